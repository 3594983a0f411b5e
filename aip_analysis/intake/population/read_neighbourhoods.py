"""Read a sheet with the residents of each neighbourhood into records of areas."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aip_analysis.intake.account import Block, Problem, RowCounts, SheetAccount
from aip_analysis.intake.identity import identify
from aip_analysis.intake.population.columns import Columns
from aip_analysis.intake.population.labels import ALL_AGES
from aip_analysis.intake.population.lanes import Lane, find_lanes, has_labels, names_areas
from aip_analysis.intake.population.lines import LaneReader, Line
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
from aip_analysis.intake.values import folded
from aip_analysis.reference import FiscalYear, Ward

TABLE = "population"
_FISCAL = re.compile(r"年度|FY", re.IGNORECASE)
_RECORDED = frozenset({"named", "sum", "unknown"})


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


@dataclass(frozen=True)
class _Side:
    """A lane with its rows."""

    lane: Lane
    lines: Sequence[Line]
    columns: Columns


@dataclass(frozen=True)
class _Layout:
    """The lanes of a sheet, and the names of its file and folders."""

    sheet: Sheet
    names: Sequence[str]
    sides: Sequence[_Side]

    @cached_property
    def lines(self) -> list[Line]:
        return [line for side in self.sides for line in side.lines]

    @cached_property
    def titles(self) -> list[str]:
        texts = [line.text for line in self.lines if line.kind == "title" and line.text]
        return [*texts, self.sheet.name] if self.sheet.name else texts

    @property
    def is_census(self) -> bool:
        return any(side.columns.census for side in self.sides)

    @property
    def survey(self) -> Survey:
        notes = [line.text for line in self.lines if line.kind == "note" and line.text]
        name = self.names[0] if self.names else ""
        return find_survey(self.titles, name, notes, census=self.is_census)


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
    sides = [side for lane in find_lanes(sheet, known) if (side := _read(sheet, lane, known))]
    layout = _Layout(sheet, names, sides)
    if not _is_of_neighbourhoods(layout, known):
        return None
    published = PublishedTable(SheetAccount(sheet.file, sheet.name, [TABLE]))
    tally = Tally(known, Reporter(sheet, published.problems, masker))
    year = None
    if _is_of_one_sex(layout.lines):
        tally.reporter.report("one_sex", "warn")
        _dismiss(layout.lines)
    else:
        year = _year(layout, ward, tally)
        _tally(layout, year, tally, published)
    _count(published.account, layout, tally, year)
    return published


def _read(sheet: Sheet, lane: Lane, known: Neighbourhoods) -> _Side | None:
    reader = LaneReader(sheet, lane, known)
    lines = reader.read()
    return _Side(lane, lines, reader.tables[0]) if reader.tables else None


def _is_of_neighbourhoods(layout: _Layout, known: Neighbourhoods) -> bool:
    """Return whether residents are counted by neighbourhood, not other people or by area."""
    named = [line for line in layout.lines if line.kind == "named"]
    labels = [label for side in layout.sides for label in side.columns.figures.values()]
    if not named or all(label.households for label in labels):
        return False
    if layout.is_census:
        return True
    if names_areas({line.text for line in named}, known):
        return False
    headings = [text for side in layout.sides for text in side.columns.headings.values()]
    return any(map(_is_by_age, layout.sides)) or speaks_of_residents(
        [*layout.titles, *layout.names[:1], *headings]
    )


def _is_by_age(side: _Side) -> bool:
    """Return whether people of all ages, from the newborn on, are counted."""
    ages = {
        own for line in side.lines for of, own in line.figures if of != "households"
    } - {ALL_AGES}  # fmt: skip
    return len(ages) > 1 and any(first == 0 for first, _end in ages)


def _is_of_one_sex(lines: Sequence[Line]) -> bool:
    named = (line for line in lines if line.kind == "named")
    sexes = {of for line in named for of, _ages in line.figures} - {"households"}
    return len(sexes) == 1 and "all" not in sexes


def _dismiss(lines: Sequence[Line]) -> None:
    """Take rows with figures for notes: they are parts of a table that stands elsewhere."""
    for line in lines:
        line.kind = "note" if line.kind in _RECORDED else line.kind


def _tally(
    layout: _Layout, year: FiscalYear | None, tally: Tally, published: PublishedTable
) -> None:
    """Make records of the rows, or set all of them aside and report why."""
    survey = layout.survey
    for side in layout.sides:
        for line in side.lines:
            tally.take(line, side.columns, survey.day)
    other = counts_others([*layout.titles, *layout.names[:1]])
    undated = tally.has_no_day(survey)
    if other:
        tally.reporter.report("not_all_residents", "set_aside", found=other)
    if undated:
        tally.reporter.report("no_survey_day", "set_aside", found=survey.days or "―")
    if other or undated or year is None:
        tally.set_aside_all()
    else:
        published.records = tally.records(year, survey.kind)


def _year(layout: _Layout, ward: Ward, tally: Tally) -> FiscalYear | None:
    """Return the fiscal year that titles, file or folder name, else that of the day itself."""
    stem, *folders = layout.names or [""]
    # Any other year there is that of the survey: 国勢調査2005, h27.
    titles, name = ([text for text in texts if _FISCAL.search(folded(text))]
                    for texts in (layout.titles, [stem]))  # fmt: skip
    identity = identify([titles], "", [*(name or [""]), *folders], ward)
    if not identity.year_problem:
        return identity.year
    day = layout.survey.day
    if identity.year_problem == "no_year" and day is not None:
        return FiscalYear.of(day)
    tally.reporter.report(identity.year_problem, "set_aside", found=identity.years)
    return None


def _count(account: SheetAccount, layout: _Layout, tally: Tally, year: FiscalYear | None) -> None:
    """Count the rows of each lane in the account, and note where the lanes are."""
    for side in layout.sides:
        used = 0
        recognised: Counter[str] = Counter()
        block = _block(side, year.year if year else 0)
        for line in side.lines:
            if id(line) in tally.set_aside:
                block.set_aside[line.row + 1] = 0
            elif id(line) in tally.used:
                used += 1
            else:
                is_sum = line.kind == "sum" or id(line) in tally.sums
                recognised["total" if is_sum else line.kind] += 1
        account.blocks.append(block)
        account.rows_read += len(side.lines)
        account.add(RowCounts(used, 0, block.set_aside, recognised))


def _block(side: _Side, year: int) -> Block:
    heads: list[int] = []
    for line in side.lines:
        if line.kind == "heading" and (not heads or heads[-1] == line.row - 1):
            heads.append(line.row)
    titles = [line.row for line in side.lines if line.kind == "title" and line.row < heads[0]]
    names = side.lane.name, side.columns.headings[side.lane.name]
    return Block(
        TABLE,
        tuple(titles),
        tuple(heads),
        len(side.lines) - 1,
        side.lane.left,
        side.lane.right,
        {"area_code": names},
        fiscal_year=year,
        named_by=tuple(row + 1 for row in heads),
        by_row=False,
    )
