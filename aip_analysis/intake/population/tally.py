"""Decide which rows of a published table count, and make the records of areas from them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aip_analysis.intake.layout import Headings
from aip_analysis.intake.population.area_sums import AreaSum, Counted, areas_of, sum_areas
from aip_analysis.intake.population.labels import ALL_AGES
from aip_analysis.intake.population.lines import Kind, Line
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods
from aip_analysis.intake.population.reporter import Reporter
from aip_analysis.reference import FiscalYear

# e-Stat's codes: five digits of the municipality, then four of a town or six of a 丁目.
_MUNICIPALITY, _WHOLE_CODE = 5, 9


@dataclass
class Tally:
    """What becomes of the rows with figures; their kind says so in the end.

    Parameters
    ----------
    known
        The neighbourhoods of the ward.
    reporter
        Where problems are reported.
    """

    known: Neighbourhoods
    reporter: Reporter
    _absent: list[str] = field(default_factory=list)

    def records(self, lines: Sequence[Line], year: FiscalYear, survey: str) -> list[dict[str, Any]]:
        """Return the records of ``population`` for all days and areas that are complete."""
        return [
            area.record()
            | {
                "area_code": code,
                "fiscal_year": year.year,
                "source_file": self.reporter.sheet.file,
                "source_sheet": self.reporter.sheet.name,
                "as_of": day,
                "survey": survey or None,
            }
            for day in dict.fromkeys(line.day for line in lines)
            for code, area in self._areas([line for line in lines if line.day == day]).items()
        ]

    def _areas(self, lines: Sequence[Line]) -> dict[str, AreaSum]:
        """Return the sums of complete areas on a day, and account for every row of it."""
        if lines[0].day is None:
            return self._without_day(lines)
        groups = self._groups(lines)
        single = {key for group in groups if not group.several for key in group.keys}
        towns = [group for group in groups if group.several and single & set(group.keys)]
        counted = [group for group in groups if group not in towns]
        sums, others = self._sums(lines, counted)
        for group in counted:
            self._examine(group, counted)
        for total in (*towns, *sums):
            self._compare(total, counted, others)
        blurred = self._report_suppressed(counted)
        lacking = self._lacking(counted)
        areas = sum_areas((group for group in counted if not group.refused), self.known)
        complete = {code: area for code, area in sorted(areas.items()) if code not in lacking}
        for code in blurred & complete.keys():
            complete[code].approximate = True
        for group in groups:
            kind = "sum" if group in towns else self._kind(group, complete)
            for line in group.lines:
                line.kind = kind
        self._report_unpublished(complete)
        return complete

    def _without_day(self, lines: Iterable[Line]) -> dict[str, AreaSum]:
        for line in lines:
            if line.kind != "sum":
                self.reporter.report_cell("not_a_day", line, line.columns.roles["day"])
                line.kind = "set_aside"
        return {}

    def _groups(self, lines: Iterable[Line]) -> list[Counted]:
        """Return neighbourhoods and towns with their rows, and report what cannot be used."""
        groups: dict[tuple[str, ...], Counted] = {}
        for line in lines:
            if line.kind != "named" or line.named is None:
                continue
            named = line.named
            new = Counted(named.name, named.keys, several=named.several)
            group = groups.setdefault(named.keys, new)
            again = group.add(line)
            if again:
                first = str(group.rows[0] + 1)
                self.reporter.report("row_twice", "set_aside", row=line.row, expected=first)
            for place in line.unread:
                self.reporter.report_cell("not_a_count", line, place)
            group.refused |= again or bool(line.unread)
            if line.counts.contradictory:
                self._refuse(group, "counts_disagree")
        return list(groups.values())

    def _sums(self, lines: Iterable[Line], counted: Sequence[Counted]) -> tuple[list[Counted], int]:
        """Return the sums to be compared, and the residents of places that are not known.

        A row of an unknown name is a sum if it is that of all rows, or of those just above it.
        """
        everything = sum(group.residents or 0 for group in counted)
        sums: dict[str, Counted] = {}
        above: list[int] = []
        others = 0
        for line in lines:
            number = line.counts.number(ALL_AGES) or 0
            of_above = number > 0 and len(above) > 1 and number == sum(above)
            if line.kind == "named":
                above.append(number)
            elif line.kind == "sum":
                above.clear()
                if not of_above:
                    new = Counted(line.text, line.named.keys if line.named else ())
                    sums.setdefault(line.text, new).add(line)
            elif of_above or 0 < number == everything:
                line.kind = "sum"
            else:
                others += number
                line.kind = "set_aside"
                nearest = self.known.nearest(line.text) or "―"
                place = line.columns.roles["name"]
                self.reporter.report_cell("unknown_neighbourhood", line, place, nearest)
        return list(sums.values()), others

    def _compare(self, total: Counted, counted: Iterable[Counted], others: int) -> None:
        """Report a sum that is not that of its rows; a sum without keys is of all rows."""
        parts = [part for part in counted if not total.keys or set(part.keys) <= set(total.keys)]
        expected = sum(part.residents or 0 for part in parts) + (0 if total.keys else others)
        # What is wrong in a row has been reported there.
        if total.residents in {None, expected} or any(part.refused for part in parts):
            return
        found, row = f"{total.residents:,}", total.rows[0]
        self.reporter.report("total_disagrees", "warn", found, f"{expected:,}", row)

    def _examine(self, group: Counted, groups: Iterable[Counted]) -> None:
        """Refuse a neighbourhood whose figures are missing, contradictory or not to be divided."""
        if group.refused:
            return
        codes = [code for line in group.lines if (code := line.said("added_to"))]
        if group.counts.is_suppressed or (codes and group.residents is None):
            group.added_to = _target(codes, groups, self.known)
            group.refused = group.added_to is None
        elif not areas_of(group.keys, self.known):
            self._refuse(group, "town_divided")
        elif not group.counts.agree():
            self._refuse(group, "counts_disagree")
        elif group.residents is None:
            self._refuse(group, "total_unknown")

    def _refuse(self, group: Counted, code: str) -> None:
        self.reporter.report(code, "set_aside", row=group.rows[0], found=group.name)
        group.refused = True

    def _report_suppressed(self, groups: Iterable[Counted]) -> set[str]:
        """Report suppressed neighbourhoods; return the areas whose sums they blur."""
        blurred: set[str] = set()
        for group in groups:
            if group.added_to is None:
                continue
            own, other = (dict(areas_of(part.keys, self.known)) for part in (group, group.added_to))
            target, across = group.added_to.name, own != other
            if across:
                target += f"（{self._names(other)}）"
                blurred |= own.keys() | other.keys()
            code, row = "suppressed_across" if across else "suppressed_added", group.rows[0]
            self.reporter.report(code, "warn" if across else "note", group.name, target, row)
        return blurred

    def _lacking(self, groups: Sequence[Counted]) -> set[str]:
        """Return the areas whose neighbourhoods are not all there, and report them."""
        listed = {key for group in groups for key in group.keys}
        covered = {key for group in groups if not group.refused for key in group.keys}
        small = self._small(groups)
        incomplete: set[str] = set()
        few: list[str] = []
        absent: list[str] = []
        for area in self.known.ward.places_of("area"):
            keys = self.known.of_area(area.code)
            missing = [key for key in keys if key not in covered]
            names = [self.known.names[key] for key in missing]
            if listed.isdisjoint(keys):
                absent += [area.ja] if keys else []
            elif small.issuperset(missing):
                few += names
            else:
                incomplete.add(area.code)
                self.reporter.report("area_incomplete", "set_aside", "、".join(names), area.ja)
        if absent and absent != self._absent:
            self._absent = absent
            self.reporter.report("areas_absent", "warn", found="、".join(absent))
        if few:
            self.reporter.report("neighbourhood_absent", "warn", "、".join(dict.fromkeys(few)))
        return incomplete

    def _small(self, groups: Iterable[Counted]) -> set[str]:
        """Return the neighbourhoods that may lack: so small that the census suppressed them."""
        told = [group for group in groups if group.counts.residents]
        given = {key for group in told if not group.counts.is_suppressed for key in group.keys}
        return set(self.known.without_ages - given)

    def _kind(self, group: Counted, complete: Collection[str]) -> Kind:
        """Return whether rows are used: all areas that they belong to must be complete."""
        own = {code for key in group.keys for code, _ in self.known.shares[key]}
        usable = not group.refused or group.counts.is_suppressed
        return "used" if usable and own.issubset(complete) else "set_aside"

    def _report_unpublished(self, areas: Mapping[str, AreaSum]) -> None:
        """Report ages that the bands of the table do not give, in all areas or in some."""
        headings = Headings(self.known.ward)
        nowhere: list[str] = []
        for name in ("population_65plus", "population_75plus"):
            without = {code: area for code, area in areas.items() if name in area.unknown}
            if without and len(without) == len(areas):
                nowhere.append(headings.label("population", name))
                continue
            for code, area in without.items():
                expected = f"{self._names([code])} {headings.label('population', name)}"
                found = "、".join(area.unknown[name])
                self.reporter.report("ages_suppressed", "warn", found=found, expected=expected)
        if nowhere:
            self.reporter.report("ages_unpublished", "note", expected="、".join(nowhere))

    def _names(self, codes: Iterable[str]) -> str:
        return "、".join(self.known.ward.places[f"area-{code}"].ja for code in codes)


def _target(
    codes: Sequence[str], groups: Iterable[Counted], known: Neighbourhoods
) -> Counted | None:
    """Return the neighbourhood that suppressed figures are added to, by e-Stat's code or a name."""
    told = [group for group in groups if group.residents is not None and not group.several]
    for code in codes:
        named, bare = known.find(code), _within_municipality(code)
        for group in told:
            own = {*group.keys, *(line.said("code") for line in group.lines)}
            same = bare.isdecimal() and bare in map(_within_municipality, own)
            if same or (named is not None and named.keys == group.keys):
                return group
    return None


def _within_municipality(code: str) -> str:
    """Return a code of e-Stat's without the municipality's and without leading zeros."""
    return (code[_MUNICIPALITY:] if len(code) >= _WHOLE_CODE else code).lstrip("0")
