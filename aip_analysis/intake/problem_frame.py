"""All problems as a table: of which record table, area and year each is, and the rows it holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import pandas as pd

from aip_analysis.intake.account import Block, Problem
from aip_analysis.intake.results import FileIntake
from aip_analysis.records import PROBLEM_COLUMNS

_COUNTS = ("fiscal_year", "rows", "skipped")


class _Place(NamedTuple):
    """The record table, area and fiscal year of rows; empty and 0 where they are unknown."""

    table: str = ""
    area_code: str = ""
    fiscal_year: int = 0


class _HeldRows:
    """The rows set aside of a sheet that no problem has counted so far; a form counts as one.

    Parameters
    ----------
    blocks
        The tables of the sheet.
    """

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self._blocks = [(block, {_counted(block, row) for row in block.set_aside})
                        for block in blocks]  # fmt: skip

    def take(self, problem: Problem, row: int) -> tuple[_Place, int] | None:
        """Return the place of a row set aside and 1, or 0 if it is counted; None if it is used."""
        found = None
        for block, left in self._blocks:
            if row not in block.set_aside or not block.has(problem):
                continue
            if _counted(block, row) in left:
                left.remove(_counted(block, row))
                return _place(block, row), 1
            found = _place(block, row), 0
        return found

    def take_rest(self, row: int) -> list[tuple[_Place, int]]:
        """Return the rows left of the tables that a row names, or of all if it is 0, by place."""
        counts = Counter[_Place]()
        for block, left in self._blocks:
            if not row or row in block.named_by:
                counts.update(_place(block, own) for own in left)
                left.clear()
        return list(counts.items())

    def place_of(self, problem: Problem, row: int) -> _Place:
        """Return what is known of a row that is used, or of all rows of the sheet."""
        places = {
            _place(block, row)
            for block, _ in self._blocks
            if not row or (block.has(problem) and (block.holds(row) or row in block.named_by))
        }
        tables, areas = {place.table for place in places}, {place.area_code for place in places}
        years = {place.fiscal_year for place in places}
        return _Place(
            tables.pop() if len(tables) == 1 else "",
            areas.pop() if len(areas) == 1 else "",
            years.pop() if len(years) == 1 else 0,
        )


def problem_frame(files: Iterable[FileIntake]) -> pd.DataFrame:
    """Return the problems of all files, with a line for each row that they are about.

    A problem of a whole table or sheet has a line for each area and year of rows that it alone sets
    aside.
    """
    lines = [line for file in files for line in _lines(file)]
    return pd.DataFrame(lines, columns=PROBLEM_COLUMNS).astype(dict.fromkeys(_COUNTS, "Int64"))


def _lines(file: FileIntake) -> Iterator[list[object]]:
    problems = [(problem, row) for problem in file.problems for row in problem.rows]
    counts = _counts_of(file, problems)
    held = Counter[_Place]()
    for place, rows in chain(*counts):
        held[place] += rows
    for (problem, row), places in zip(problems, counts, strict=True):
        for place, rows in places:
            skipped = _skipped(problem)
            # The row of a number that is missing may be one of those set aside.
            found = min(skipped, held[place])
            held[place] -= found
            yield [
                *(problem.file, problem.sheet, row, problem.cell),
                *(problem.column, problem.found, problem.expected),
                *(problem.code, problem.severity),
                *(problem.sentence("ja"), problem.sentence("en"), place.table, place.area_code),
                *(place.fiscal_year or pd.NA, rows, skipped - found),
            ]


def _counts_of(
    file: FileIntake, problems: Sequence[tuple[Problem, int]]
) -> list[list[tuple[_Place, int]]]:
    """Return for each row with a problem the places that it is about, and the rows held there."""
    sheets: defaultdict[str, _HeldRows] = defaultdict(_HeldRows)
    sheets |= {account.sheet: _HeldRows(account.blocks) for account in file.sheets}
    # First the problems of single rows: what is left is set aside by those of whole tables.
    counts: list[list[tuple[_Place, int]]] = []
    last: dict[str, int] = {}
    for at, (problem, row) in enumerate(problems):
        aside = problem.severity == "set_aside"
        own = sheets[problem.sheet].take(problem, row) if aside else None
        counts.append([own] if own else [])
        last |= {problem.sheet: at} if aside else {}
    for at, (problem, row) in enumerate(problems):
        sheet = sheets[problem.sheet]
        if problem.severity == "set_aside":
            # Problems that a sheet has too often are listed only in part.
            counts[at] += sheet.take_rest(0 if last[problem.sheet] == at else row)
        if at == max(last.values(), default=-1):
            # Records made from rows of several sheets are reported on one of them.
            counts[at] += [place for other in sheets.values() for place in other.take_rest(0)]
        counts[at] = counts[at] or [(sheet.place_of(problem, row), 0)]
    return counts


def _skipped(problem: Problem) -> int:
    """Return how many numbers of meetings are jumped over before a row."""
    if problem.code != "number_jumps":
        return 0
    found, expected = (int(text.replace(",", "")) for text in (problem.found, problem.expected))
    return max(0, found - expected)


def _counted(block: Block, row: int) -> int:
    return block.together[0] if row in block.together else row


def _place(block: Block, row: int) -> _Place:
    return _Place(block.table, *block.place_of(row))
