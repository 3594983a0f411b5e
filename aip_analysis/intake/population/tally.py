"""Decide which rows of a published table count, and make the records of areas from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aip_analysis.intake.population.area_sums import (
    NAMES,
    AreaSum,
    Counted,
    areas_of,
    sum_areas,
)
from aip_analysis.intake.population.columns import Columns
from aip_analysis.intake.population.groups import Group
from aip_analysis.intake.population.lines import Line
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods
from aip_analysis.intake.population.reporter import Reporter
from aip_analysis.intake.population.sum_rows import check_sums, has_parts, is_sum_of
from aip_analysis.intake.population.survey import Survey
from aip_analysis.records import row_ranges
from aip_analysis.reference import FiscalYear

# e-Stat's codes: five digits of the municipality, then four of a town or six of a 丁目.
_MUNICIPALITY, _WHOLE_CODE = 5, 9


@dataclass
class Tally:
    """The rows of a table, by day, with what becomes of each.

    Parameters
    ----------
    known
        The neighbourhoods of the ward.
    reporter
        Where problems are reported.
    """

    known: Neighbourhoods
    reporter: Reporter
    used: set[int] = field(default_factory=set)
    set_aside: set[int] = field(default_factory=set)
    sums: set[int] = field(default_factory=set)
    _lines: list[tuple[Line, Columns, date | None]] = field(default_factory=list)
    _absent: list[str] = field(default_factory=list)

    def take(self, line: Line, columns: Columns, day: date | None) -> None:
        """Take a row, with the day that the table's titles give."""
        if line.kind in {"named", "sum", "unknown"}:
            self._lines.append((line, columns, line.day if columns.day is not None else day))

    def has_no_day(self, survey: Survey) -> bool:
        """Return whether neither a column nor a title or name gives the day."""
        return survey.day is None and all(columns.day is None for _, columns, _ in self._lines)

    def set_aside_all(self) -> None:
        """Set all rows with figures aside."""
        self.set_aside |= {id(line) for line, _, _ in self._lines if line.kind != "sum"}

    def records(self, year: FiscalYear, survey: str) -> list[dict[str, Any]]:
        """Return the records of ``population`` for all days and areas that are complete."""
        records = []
        for day in dict.fromkeys(day for _, _, day in self._lines):
            lines = [(line, columns) for line, columns, own in self._lines if own == day]
            if day is None:
                for line, columns in lines:
                    self._report_no_day(line, columns)
                continue
            for code, area, marks in self._areas(lines):
                records.append(
                    {name: area.known(name) for name in NAMES}
                    | {
                        "area_code": code,
                        "fiscal_year": year.year,
                        "source_file": self.reporter.sheet.file,
                        "source_sheet": self.reporter.sheet.name,
                        "source_row": min(area.rows) + 1,
                        "source_rows": row_ranges(row + 1 for row in area.rows),
                        "marks": marks,
                        "as_of": day,
                        "survey": survey or None,
                    }
                )
        return records

    def _report_no_day(self, line: Line, columns: Columns) -> None:
        if line.kind == "sum" or columns.day is None:
            return
        self.reporter.report_cell("not_a_day", line, columns, columns.day)
        self.set_aside.add(id(line))

    def _areas(
        self, lines: Sequence[tuple[Line, Columns]]
    ) -> list[tuple[str, AreaSum, str | None]]:
        """Return the sums of complete areas, and account for every row."""
        groups = self._groups(lines)
        unknown = self._unknown(lines, groups)
        counted = [group for group in groups if not has_parts(group, groups)]
        self.sums |= {id(line) for group in groups if has_parts(group, groups)
                      for line in group.lines}  # fmt: skip
        for group in counted:
            self._examine(group, counted)
        check_sums([line for line, _ in lines], groups, unknown, self.reporter.report_sum)
        approximate = self._report_suppressed(counted)
        lacking = self._lacking(counted)
        areas = sum_areas(
            (
                Counted(group.name, group.keys, None if group.added_to else group.counts,
                        [line.row for line in group.lines])
                for group in counted
                if not group.refused
            ),
            self.known,
        )  # fmt: skip
        complete = {code: area for code, area in areas.items() if code not in lacking}
        self._settle(counted, set(complete))
        self._report_unpublished(complete)
        return [
            (code, area, _marks(area) if code in approximate else None)
            for code, area in sorted(complete.items())
        ]

    def _groups(self, lines: Sequence[tuple[Line, Columns]]) -> list[Group]:
        groups: dict[tuple[str, ...], Group] = {}
        for line, columns in lines:
            if line.kind != "named" or line.named is None:
                continue
            named = line.named
            group = groups.setdefault(named.keys, Group(named.name, named.keys, named.several))
            self._add(group, line, columns)
        return list(groups.values())

    def _add(self, group: Group, line: Line, columns: Columns) -> None:
        """Add a row to those of its neighbourhood, and report what cannot be used of it."""
        again = group.add(line, unknown_ages=columns.unknown_ages)
        if again:
            first = str(group.row + 1)
            self.reporter.report("row_twice", "set_aside", line.row, expected=first)
        for place in line.unread:
            self.reporter.report_cell("not_a_count", line, columns, place)
        group.refused |= again or bool(line.unread)
        if line.twice:
            self._refuse(group, "counts_disagree")

    def _unknown(
        self, lines: Sequence[tuple[Line, Columns]], groups: Sequence[Group]
    ) -> list[Line]:
        """Return the rows of places that chome.csv does not know, and report them."""
        unknown = []
        for line, columns in lines:
            if line.kind != "unknown":
                continue
            if is_sum_of(line, [own for own, _ in lines], groups):
                self.sums.add(id(line))
                continue
            unknown.append(line)
            self.set_aside.add(id(line))
            nearest = self.known.nearest(line.text) or "―"
            self.reporter.report_cell("unknown_neighbourhood", line, columns, columns.name, nearest)
        return unknown

    def _examine(self, group: Group, groups: Sequence[Group]) -> None:
        """Refuse a neighbourhood whose figures are missing, contradictory or not to be divided."""
        if group.refused:
            return
        codes = [line.added_to for line in group.lines if line.added_to]
        if group.counts.is_suppressed or (codes and group.residents is None):
            group.added_to = _target(codes, groups, self.known)
            group.refused = group.added_to is None
        elif not areas_of(group.keys, self.known):
            self._refuse(group, "town_divided")
        elif not group.counts.agree():
            self._refuse(group, "counts_disagree")
        elif group.residents is None:
            self._refuse(group, "total_unknown")

    def _refuse(self, group: Group, code: str) -> None:
        self.reporter.report(code, "set_aside", group.row, group.name)
        group.refused = True

    def _report_suppressed(self, groups: Sequence[Group]) -> set[str]:
        """Report suppressed neighbourhoods; return the areas whose sums they blur."""
        approximate: set[str] = set()
        for group in groups:
            if group.added_to is None:
                continue
            own, other = (areas_of(part.keys, self.known) for part in (group, group.added_to))
            across = own != other
            names = "、".join(self.known.ward.places[f"area-{code}"].ja for code, _ in other)
            target = group.added_to.name
            if across:
                target = f"{target}（{names}）"
                self.reporter.report("suppressed_across", "warn", group.row, group.name, target)
            else:
                self.reporter.report("suppressed_added", "note", group.row, group.name, target)
            if across:
                approximate |= {code for code, _ in (*own, *other)}
        return approximate

    def _lacking(self, groups: Sequence[Group]) -> set[str]:
        """Return the areas whose neighbourhoods are not all there, and report them."""
        covered = {key for group in groups if not group.refused for key in group.keys}
        given = {key for group in groups for key in group.keys if group.counts.residents}
        incomplete: set[str] = set()
        few: list[str] = []
        absent: list[str] = []
        listed = {key for group in groups for key in group.keys}
        for area in self.known.ward.places_of("area"):
            keys = [key for key, parts in self.known.shares.items() if area.code in dict(parts)]
            missing = [key for key in keys if key not in covered]
            if not missing:
                continue
            if not listed & set(keys):
                absent.append(area.ja)
                continue
            names = [self.known.names[key] for key in missing]
            if self._is_small(missing, given, groups):
                few += names
                continue
            incomplete.add(area.code)
            self.reporter.report(
                "area_incomplete", "set_aside", found="、".join(names), expected=area.ja
            )
        if absent and absent != self._absent:
            self._absent = absent
            self.reporter.report("areas_absent", "warn", found="、".join(absent))
        if few:
            self.reporter.report(
                "neighbourhood_absent", "warn", found="、".join(dict.fromkeys(few))
            )
        return incomplete

    def _is_small(self, missing: Sequence[str], given: set[str], groups: Sequence[Group]) -> bool:
        """Return whether all that is missing is so small that the census suppressed its ages."""
        suppressed = {key for group in groups if group.counts.is_suppressed for key in group.keys}
        return all(
            key in self.known.without_ages and (key not in given or key in suppressed)
            for key in missing
        )

    def _settle(self, groups: Sequence[Group], complete: set[str]) -> None:
        """Count rows as used, or set them aside if any area that they belong to is incomplete."""
        for group in groups:
            own = {code for key in group.keys for code, _ in self.known.shares[key]}
            whole = not group.refused and own <= complete
            small = group.refused and group.counts.is_suppressed and own <= complete
            target = self.used if whole or small else self.set_aside
            target |= {id(line) for line in group.lines}

    def _report_unpublished(self, areas: dict[str, AreaSum]) -> None:
        """Report ages that the bands of the table do not give, in all areas or in some."""
        nowhere: list[str] = []
        for name in ("population_65plus", "population_75plus"):
            without = {code: area for code, area in areas.items() if name in area.unknown}
            if without and len(without) == len(areas):
                nowhere.append(self.label(name))
                continue
            for code, area in without.items():
                place = self.known.ward.places[f"area-{code}"].ja
                found, expected = "、".join(area.unknown[name]), f"{place} {self.label(name)}"
                self.reporter.report("ages_suppressed", "warn", found=found, expected=expected)
        if nowhere:
            self.reporter.report("ages_unpublished", "note", expected="、".join(nowhere))

    def label(self, name: str) -> str:
        """Return the heading of a column of ``population``."""
        headings = self.known.ward.headings
        own = headings[(headings["table"] == "population") & (headings["column"] == name)]
        return str(own["ja"].iloc[0]) if len(own) else name


def _marks(area: AreaSum) -> str:
    return ";".join(f"{name}=approximate" for name in NAMES if area.known(name) is not None)


def _target(codes: Sequence[str], groups: Iterable[Group], known: Neighbourhoods) -> Group | None:
    """Return the neighbourhood that suppressed figures are added to, by e-Stat's code or a name."""
    for code in codes:
        named = known.find(code)
        for group in groups:
            own = {_within_municipality(line.code) for line in group.lines} | {
                _within_municipality(key) for key in group.keys
            }
            same = code.isdecimal() and _within_municipality(code) in own
            told = group.residents is not None and not group.several
            if told and (same or (named is not None and named.keys == group.keys)):
                return group
    return None


def _within_municipality(code: str) -> str:
    """Return a code of e-Stat's without the municipality's and without leading zeros."""
    return (code[_MUNICIPALITY:] if len(code) >= _WHOLE_CODE else code).lstrip("0")
