"""What a change did to the records of a workbook: nothing, rows set aside and said, or a defect."""

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from aip_analysis.intake import Intake, check_files
from aip_analysis.records import TABLES
from tests.metamorphic.changes import CHANGES, WARD, with_other_area
from tests.metamorphic.sheets import Book, sample_book, sample_files

TODAY = date(2027, 6, 1)
PLACES = {"source_file", "source_sheet", "source_row", "source_rows", "source_cells"}
# Most records that one row of a sheet can make: a row of months has twelve.
RECORDS_OF_A_ROW = {"activity_months": 12}
OTHER_AREA = "with_other_area"
Row = tuple[str, tuple[tuple[str, Any], ...]]


@dataclass(frozen=True)
class Case:
    """A changed workbook, which a seed and the names of changes make again.

    Parameters
    ----------
    seed
        Which sample workbook and sheets, and how each change is done.
    changes
        The names of the changes, in order.
    """

    seed: int
    changes: tuple[str, ...]

    def books(self) -> list[Book]:
        """Return the workbooks that it is made from."""
        chance = random.Random(self.seed)  # noqa: S311 -- chosen by chance, not secret
        first = chance.choice(sample_files())
        books = [sample_book(first, chance)]
        if OTHER_AREA in self.changes:
            others = [file for file in sample_files() if file.parent == first.parent != file]
            books.append(
                sample_book(chance.choice([file for file in others if file != first]), chance)
            )
        return books

    def changed(self) -> Book:
        """Return the changed workbook."""
        book, *others = self.books()
        for name in self.changes:
            chance = random.Random(f"{self.seed} {name}")  # noqa: S311 -- as above
            if name == OTHER_AREA:
                book = with_other_area(book, others[0], chance)
            else:
                CHANGES[name](book, chance)
        return book


def case_of(seed: int) -> Case:
    """Return the case of a seed, with one to four changes."""
    chance = random.Random(f"changes {seed}")  # noqa: S311 -- as above
    names = chance.sample(list(CHANGES), k=chance.randint(1, 4))
    # What a CSV cannot have comes before it is written as one.
    names.sort(key=lambda name: name == "as_texts")
    return Case(seed, (OTHER_AREA, *names) if chance.random() < 0.2 else tuple(names))


@dataclass
class Outcome:
    """What came of a case.

    Parameters
    ----------
    kind
        ``same``: the same records. ``aside``: some are set aside, and all of these are said.
        ``said``: values are left out, and that is said. ``silent``: records differ without a word,
        or with others than there should be. ``fault``: the program failed, or the account does not
        add up.
    missing, extra
        The records that are not there any more, and those that were not there before.
    codes
        The problems of the changed workbook.
    """

    kind: str
    missing: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)


def outcome_of(case: Case) -> Outcome:
    """Read a workbook before and after its change, and compare."""
    before, aside_before = Counter[Row](), 0
    for book in case.books():
        intake = _read(book)
        before += _records(intake)
        aside_before += intake.rows_set_aside
    intake = _read(case.changed())
    after = _records(intake)
    codes = Counter(problem.code for problem in intake.problems)
    missing, extra = [*(before - after).elements()], [*(after - before).elements()]
    aside = intake.rows_set_aside - aside_before
    kind = _kind(intake, missing, extra, aside)
    return Outcome(kind, missing, extra, codes)


def _kind(intake: Intake, missing: list[Row], extra: list[Row], aside: int) -> str:
    if intake.faults or not all(sheet.balances for sheet in intake.sheets):
        return "fault"
    if not missing and not extra:
        return "same"
    if not extra:
        most = Counter(table for table, _ in missing)
        rows = sum(-(-count // RECORDS_OF_A_ROW.get(table, 1)) for table, count in most.items())
        return "aside" if rows <= aside or intake.refused else "silent"
    warned = any(problem.severity in {"warn", "set_aside"} for problem in intake.problems)
    return "said" if warned and _are_left_out(missing, extra) else "silent"


def _are_left_out(missing: Sequence[Row], extra: Sequence[Row]) -> bool:
    """Return whether each new record is an old one without some of its values."""
    left = list(missing)
    for table, values in extra:
        fits = [
            row
            for row in left
            if row[0] == table
            and all(new in (old, None) for (_, old), (_, new) in _pairs(row[1], values))
        ]
        if not fits:
            return False
        left.remove(fits[0])
    return True


def _pairs(old: Any, new: Any) -> Any:  # noqa: ANN401 -- names and values
    return zip(old, new, strict=True)


def _read(book: Book) -> Intake:
    with tempfile.TemporaryDirectory() as folder:
        return check_files(book.write(Path(folder)), WARD, today=TODAY)


def _records(intake: Intake) -> Counter[Row]:
    return Counter(
        (name, tuple((column, _value(row[column])) for column in names))
        for name, table in TABLES.items()
        for names in [[column.name for column in table.columns if column.name not in PLACES]]
        for row in intake.records[name].to_dict("records")
    )


def _value(cell: Any) -> Any:  # noqa: ANN401 -- any value of a record
    if isinstance(cell, pd.Timestamp):
        return cell.date()
    return None if pd.isna(cell) else cell


def smallest(case: Case) -> Case:
    """Return the case with the fewest changes that still has a silent difference."""
    changes = case.changes
    for name in case.changes:
        fewer = tuple(other for other in changes if other != name)
        if fewer and outcome_of(Case(case.seed, fewer)).kind in {"silent", "fault"}:
            changes = fewer
    return Case(case.seed, changes)
