"""Read a sheet with the residents of each neighbourhood into records of areas."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.amount_counts import amount_counts, amounts_read
from aip_analysis.intake.identity import identify
from aip_analysis.intake.population.area_sums import areas_of
from aip_analysis.intake.population.columns import find_lanes, has_labels, rows_of_others
from aip_analysis.intake.population.labels import ALL_AGES
from aip_analysis.intake.population.lines import RECORDED, LaneReader, Line
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods
from aip_analysis.intake.population.reporter import Reporter
from aip_analysis.intake.population.survey import (
    Survey,
    counts_others,
    find_survey,
    speaks_of_residents,
)
from aip_analysis.intake.population.tally import Tally
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import PartFates, RowFates, rows_of
from aip_analysis.intake.values import folded
from aip_analysis.reference import FiscalYear, Ward

TABLE = "population"
_FISCAL = re.compile(r"年度|FY", re.IGNORECASE)


@dataclass
class PublishedTable:
    """What a published table gives.

    Parameters
    ----------
    account
        The counts of its rows: each is used, set aside or recognised.
    problems
        What was found.
    records
        The residents of each area and day, by the columns of ``population``.
    """

    account: SheetAccount
    problems: list[Problem] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)


def read_neighbourhoods(
    sheet: Sheet, names: Sequence[str], ward: Ward, masker: Masker
) -> PublishedTable | None:
    """Return what a sheet tells of the residents of neighbourhoods; None if it is no such table.

    Parameters
    ----------
    sheet
        The sheet.
    names
        The file's name without its extension, and its folders, nearest first.
    ward
        The ward whose chome.csv assigns neighbourhoods to areas.
    masker
        Masks personal data, which a message must not repeat.
    """
    if not has_labels(sheet):
        return None
    known = Neighbourhoods(ward)
    others = rows_of_others(sheet, ward)
    readers = [LaneReader(sheet, lane, others, known) for lane in find_lanes(sheet, others, known)]
    lanes = [(reader, lines) for reader in readers if (lines := reader.read()) and reader.tables]
    lines = [line for _reader, own in lanes for line in own]
    titles, notes = ([line.text for line in lines if line.kind == kind and line.text]
                     for kind in ("title", "note"))  # fmt: skip
    titles += [sheet.name] if sheet.name else []
    recorded = [line for line in lines if line.kind in RECORDED]
    if not _is_of_neighbourhoods(recorded, [*titles, *names[:1]], ward):
        return None
    published = PublishedTable(SheetAccount(sheet.file, sheet.name, [TABLE]))
    reporter = Reporter(sheet, masker, published.problems)
    tally = Tally(known, reporter)
    year, published.records = _records(recorded, titles, notes, names or [""], tally)
    parts = [
        _count(published.account, sheet, reader, own, year.year if year else 0)
        for reader, own in lanes
    ]
    published.account.add_amounts(amount_counts(sheet, parts))
    return published


def _records(
    recorded: Sequence[Line],
    titles: Sequence[str],
    notes: Sequence[str],
    names: Sequence[str],
    tally: Tally,
) -> tuple[FiscalYear | None, list[dict[str, Any]]]:
    """Return the fiscal year and the records of rows, or set all of them aside and report why."""
    if _is_of_one_sex(recorded):
        tally.reporter.report("one_sex", "warn")
        for line in recorded:
            # They are parts of a table that stands elsewhere.
            line.kind = "note"
        return None, []
    census = any(line.columns.census for line in recorded)
    survey = find_survey(titles, names[0], notes, census=census)
    year = _year(titles, names, survey, tally)
    if _may_count(recorded, [*titles, names[0]], survey, tally.reporter) and year is not None:
        return year, tally.records(recorded, year, survey.kind)
    for line in recorded:
        line.kind = line.kind if line.kind == "sum" else "set_aside"
    return year, []


def _is_of_neighbourhoods(recorded: Iterable[Line], texts: Sequence[str], ward: Ward) -> bool:
    """Return whether residents are counted by neighbourhood, not other people or by area."""
    named = [line for line in recorded if line.kind == "named"]
    tables = {id(line.columns): line.columns for line in named}.values()
    if all(label.households for columns in tables for label in columns.figures.values()):
        return False
    if any(columns.census for columns in tables):
        return True
    if all(ward.find_place("area", line.text) for line in named):
        return False
    ages = {ages for line in recorded for _sex, ages in line.counts.residents} - {ALL_AGES}
    # Bands from the newborn on are those of people.
    if len(ages) > 1 and any(first == 0 for first, _end in ages):
        return True
    headings = [text for columns in tables for text in columns.headings.values()]
    return speaks_of_residents([*texts, *headings])


def _is_of_one_sex(recorded: Iterable[Line]) -> bool:
    sexes = {
        sex for line in recorded if line.kind == "named" for sex, _ages in line.counts.residents
    }
    return sexes in ({"men"}, {"women"})


def _may_count(
    recorded: Iterable[Line], texts: Sequence[str], survey: Survey, reporter: Reporter
) -> bool:
    """Return whether all residents of known days are counted, else report why not.

    Rows without a day of their own get that of the survey.
    """
    other = counts_others(texts)
    if other:
        reporter.report("not_all_residents", "set_aside", found=other)
    without = [line for line in recorded if "day" not in line.columns.roles]
    for line in without:
        line.day = survey.day
    if without and survey.day is None:
        reporter.report("no_survey_day", "set_aside", found=survey.days or "―")
        return False
    return not other


def _year(
    titles: Sequence[str], names: Sequence[str], survey: Survey, tally: Tally
) -> FiscalYear | None:
    """Return the fiscal year that titles, file or folder name, else that of the day itself."""
    # Any other year there is that of the survey: 国勢調査2005, h27.
    stated, name = ([text for text in texts if _FISCAL.search(folded(text))]
                    for texts in (titles, names[:1]))  # fmt: skip
    identity = identify([stated], "", [*(name or [""]), *names[1:]], tally.known.ward)
    if not identity.year_problem:
        return identity.year
    if identity.year_problem == "no_year" and survey.day is not None:
        return FiscalYear.of(survey.day)
    tally.reporter.report(identity.year_problem, "set_aside", found=identity.years)
    return None


def _count(
    account: SheetAccount, sheet: Sheet, reader: LaneReader, lines: Sequence[Line], year: int
) -> PartFates:
    """Count the rows of a lane in the account, note where it is, and return what became of them."""
    rows: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        rows["total" if line.kind == "sum" else line.kind].append(line.row)
    fates = RowFates(
        rows_of(rows.pop("used", [])),
        set_aside={row + 1: 0 for row in rows.pop("set_aside", [])},
        recognised={kind: rows_of(own) for kind, own in rows.items()},
    )
    first = rows["heading"][0]
    heads = tuple(row for place, row in enumerate(rows["heading"]) if row == first + place)
    lane = reader.lane
    block = Block(
        TABLE,
        tuple(row for row in rows["title"] if row < first),
        heads,
        len(lines) - 1,
        lane.left,
        lane.right,
        {"area_code": (lane.name, reader.tables[0].headings[lane.name])},
        dict(fates.set_aside),
        fiscal_year=year,
        named_by=tuple(row + 1 for row in heads),
        by_row=False,
        amounts=amounts_read(sheet, range(lane.left, lane.right)),
        places=_places(lines, reader.known, year),
    )
    account.blocks.append(block)
    account.rows_read += len(lines)
    account.add(fates)
    return PartFates(lane.left, lane.right, frozenset(range(lane.left, lane.right)), [fates])


def _places(lines: Iterable[Line], known: Neighbourhoods, year: int) -> dict[int, tuple[str, int]]:
    """Return the area and the year of each row with figures that is of one area only."""
    named = ((line.row + 1, line.named) for line in lines if line.kind in {"used", "set_aside"})
    areas = ((row, areas_of(name.keys, known)) for row, name in named if name)
    return {row: (several[0][0], year) for row, several in areas if len(several) == 1}
