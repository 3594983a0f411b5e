"""Rows that only repeat sums and counts of the records: no records, and nothing is missing there.

A number is explained if it is the count or a sum of the records of its month, area, word and
activity. Numbers are explained together: a table, a column or a row of numbers by one measure, and
no column has two numbers for one thing. So rows that nobody could read are not taken for a summary
because a few of their numbers happen to occur.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from aip_analysis.intake.account import Block, SheetAccount, StatedFigure
from aip_analysis.intake.checks.all_records import FILE, AllRecords, rows_of_block
from aip_analysis.intake.checks.no_records import NoRecords
from aip_analysis.records import TABLES
from aip_analysis.records.records import LIVED
from aip_analysis.reference.calendar import FIRST_MONTH

# Tables whose rows offices count and add up.
_COUNTED = ("meetings", "activity_months", "ledger", "activities", "members", "payments")
# The share of numbers that one measure, and all measures together, must explain.
_OF_GROUP, _OF_BLOCK = 0.9, 0.8
_FEWEST, _SMALLEST_GROUP, _SEVERAL_KEYS = 3, 2, 2
# Numbers that hardly agree by chance: different ones with so many digits together.
_DIGITS = 5


def check_summaries(records: AllRecords) -> Iterator[NoRecords]:
    """Yield the rows of each table that are sums of records, and tables that claim to be."""
    for place, file in enumerate(records.files):
        for account in file.sheets:
            rows_used = account.rows_used
            for block in account.blocks:
                if block.figures:
                    found = list(_summary(records, place, account, block, rows_used))
                    # What is a summary counts no longer as used in the next table of the sheet.
                    rows_used -= sum(len(none.used) for none in found)
                    yield from found


def _summary(
    records: AllRecords, place: int, account: SheetAccount, block: Block, rows_used: int
) -> Iterator[NoRecords]:
    used = _budget_rows(records, place, account, block)
    figures = [figure for figure in block.figures if figure.row in block.set_aside or len(used)]
    explained = _explained(records, place, block, figures)
    rows = [row for row in block.set_aside if row in _summed_rows(figures, explained, block)]
    if explained and (rows or len(used)):
        yield NoRecords(
            place,
            account.sheet,
            "summary",
            "summary",
            "note",
            found=f"{len(rows) + len(used):,}",
            table=block.table,
            used=used,
            set_aside=[(block, rows)],
            row=min(rows) if rows and rows_used > len(used) else 0,
        )
    elif _claims_to_be_one(block, rows_used):
        yield NoRecords(
            place,
            account.sheet,
            "summary",
            "summary_differs",
            "warn",
            found=f"{len(block.set_aside):,}",
            set_aside=[(block, list(block.set_aside))],
        )


def _claims_to_be_one(block: Block, rows_used: int) -> bool:
    """Return whether a table that nobody could read is called a summary and looks like one."""
    keyed = sum(bool(figure.keys) for figure in block.figures)
    return (
        block.role == "summary"
        and block.table in {"", *LIVED}
        and not rows_used
        and bool(block.set_aside)
        and keyed >= _SEVERAL_KEYS
    )


def _budget_rows(
    records: AllRecords, place: int, account: SheetAccount, block: Block
) -> Sequence[int]:
    """Return the rows read as a budget whose heading does not say that they are planned."""
    heading = block.columns.get("amount_yen", (0, ""))[1]
    if block.table != "budgets" or "予算" in heading:
        return ()
    frame = records.tables["budgets"]
    return rows_of_block(frame, place, account, block).index.tolist()


def _summed_rows(
    figures: Sequence[StatedFigure], explained: set[StatedFigure], block: Block
) -> set[int]:
    """Return the rows with explained numbers, and those above or between that have no numbers."""
    if not explained:
        return set()
    with_numbers = {figure.row for figure in figures}
    summed = {figure.row for figure in explained}
    unexplained = with_numbers - summed
    first = max((row for row in unexplained if row < min(summed)), default=0)
    # Headings and titles directly above belong to the summary; records below do not.
    return summed | {
        row for row in block.set_aside if row not in with_numbers and first < row < max(summed)
    }


def _explained(
    records: AllRecords, place: int, block: Block, figures: Sequence[StatedFigure]
) -> set[StatedFigure]:
    """Return the numbers that are sums or counts; empty if these are too few to be certain."""
    keyed = [figure for figure in figures if figure.keys]
    if len(keyed) < _FEWEST or _repeats_keys(keyed):
        return set()
    for areas in _scopes(records, place, block):
        sums = _Sums(records, areas, block.fiscal_year)
        found = _agreeing(figures, sums)
        if len(found) >= max(_FEWEST, _OF_BLOCK * len(_worth(figures))) and _certain(found, block):
            return set(figures) if _whole(figures, found) else found
    return set()


def _agreeing(figures: Sequence[StatedFigure], sums: "_Sums") -> set[StatedFigure]:
    """Return the numbers explained in groups; beside these, single numbers need no group."""
    found = {
        figure
        for group in _groups(figures)
        if len(group) >= _SMALLEST_GROUP
        for figure in _by_one_measure(group, sums)
    }
    if found:
        rest = [figure for figure in figures if figure not in found]
        found |= {figure for group in _groups(rest) for figure in _by_one_measure(group, sums)}
    return found


def _repeats_keys(figures: Sequence[StatedFigure]) -> bool:
    """Return whether two numbers are stated for one thing: records do that, a summary does not.

    Its things are in its first column, or in its headings; then each row has several.
    """
    if len({(figure.column, figure.keys) for figure in figures}) == len(figures):
        return False
    rows = {figure.row for figure in figures}
    by_row = len({(figure.row, figure.keys) for figure in figures}) == len(figures)
    return not by_row or len(figures) < _SEVERAL_KEYS * len(rows)


def _whole(figures: Sequence[StatedFigure], found: set[StatedFigure]) -> bool:
    rows = {figure.row for figure in found}
    return all(figure.row in rows for figure in figures if figure.keys)


def _worth(figures: Sequence[StatedFigure]) -> list[StatedFigure]:
    """Return the numbers that have to be explained: those of columns that do not just count up."""
    by_column: dict[int, list[StatedFigure]] = defaultdict(list)
    for figure in figures:
        by_column[figure.column].append(figure)
    return [
        figure
        for column in by_column.values()
        for values in [[figure.value for figure in column]]
        if values != list(range(values[0], values[0] + len(values))) or len(values) < _FEWEST
        for figure in column
    ]


def _certain(found: Iterable[StatedFigure], block: Block) -> bool:
    if len({figure.keys for figure in found}) < _SEVERAL_KEYS:
        return False
    values = {abs(figure.value) for figure in found}
    return block.role == "summary" or sum(map(math.log10, values)) >= _DIGITS


def _scopes(records: AllRecords, place: int, block: Block) -> Iterator[frozenset[str]]:
    """Yield the areas whose records may be summed: those of the table, of its file, or all."""
    if block.area_code:
        yield frozenset({block.area_code})
    own = frozenset(
        str(area)
        for name in _COUNTED
        for frame in [records.tables[name]]
        for area in frame.loc[frame[FILE] == place, "area_code"].unique()
    )
    if own and own != {block.area_code}:
        yield own
    yield frozenset()


def _groups(figures: Sequence[StatedFigure]) -> Iterator[list[StatedFigure]]:
    """Yield all numbers, those of each column, and those of each row."""
    if figures:
        yield list(figures)
    for name in ("column", "row"):
        parts: dict[int, list[StatedFigure]] = defaultdict(list)
        for figure in figures:
            parts[getattr(figure, name)].append(figure)
        yield from parts.values()


def _by_one_measure(group: Sequence[StatedFigure], sums: "_Sums") -> set[StatedFigure]:
    """Return the numbers of a group that one measure explains, if it explains nearly all."""
    right: dict[str, set[StatedFigure]] = defaultdict(set)
    for figure in group:
        for measure, value in sums.of(figure.keys).items():
            if value == figure.value:
                right[measure].add(figure)
    best = max(right.values(), key=len, default=set[StatedFigure]())
    return best if len(best) >= _OF_GROUP * len(group) else set()


@dataclass
class _Sums:
    """The sums and counts of the records of some areas and of a year, by keys.

    Parameters
    ----------
    records
        The records of all files.
    areas
        Their areas; all areas if empty.
    year
        The fiscal year; 0 for all years.
    """

    records: AllRecords
    areas: frozenset[str]
    year: int
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    _known: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)

    def of(self, keys: tuple[str, ...]) -> dict[str, int]:
        """Return measure -> value for the records that have all keys."""
        if keys not in self._known:
            self._known[keys] = {
                f"{table}.{measure}": value
                for table in _COUNTED
                for measure, value in self._measured(table, keys)
            }
        return self._known[keys]

    def _frame(self, table: str) -> pd.DataFrame:
        if table not in self._frames:
            frame = self.records.tables[table]
            if self.areas:
                frame = frame[frame["area_code"].isin(self.areas)]
            if self.year:
                frame = frame[frame["fiscal_year"] == self.year]
            self._frames[table] = frame
        return self._frames[table]

    def _measured(self, table: str, keys: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        frame = self._frame(table)
        months = {int(key.removeprefix("month=")) for key in keys if key.startswith("month=")}
        rest = [key for key in keys if not key.startswith("month=")]
        for key in rest:
            chosen = _CHOOSE[key.partition("=")[0]](table, frame, key.partition("=")[2])
            if chosen is None:
                return
            frame = frame[chosen]
        days = TABLES[table].days
        if months and not days:
            return
        until = frame
        if months:
            order = (frame[days].dt.month - FIRST_MONTH) % 12
            places = {(month - FIRST_MONTH) % 12 for month in months}
            until = frame[order <= max(places)]
            frame = frame[order.isin(places)]
        yield from _measures(table, frame)
        yield from ((f"{name} so far", value) for name, value in _measures(table, until))


def _measures(table: str, frame: pd.DataFrame) -> Iterator[tuple[str, int]]:
    yield "rows", len(frame)
    if table == "ledger":
        income = frame["direction"] == "income"
        earned, spent = (int(frame.loc[rows, "amount_yen"].sum()) for rows in (income, ~income))
        yield from (("income", earned), ("expense", spent), ("balance", earned - spent))
        return
    counts = [column.name for column in TABLES[table].own if column.kind in {"count", "yen"}]
    for name in counts:
        yield name, int(frame[name].sum())
    present = [name for name in counts if name.endswith("_present")]
    if present:
        parts = frame[[name for name in present if name != "total_present"]].sum(axis=1)
        yield "everyone", int(frame["total_present"].fillna(parts).sum())


_Choice = Callable[[str, pd.DataFrame, str], "pd.Series[bool] | None"]


def _of_area(_table: str, frame: pd.DataFrame, code: str) -> "pd.Series[bool]":
    return frame["area_code"] == code


def _of_term(table: str, frame: pd.DataFrame, code: str) -> "pd.Series[bool] | None":
    columns = [column.name for column in TABLES[table].own if column.kind == "term"]
    masks = [frame[name].isin(code.split("|")) for name in columns]
    if not any(mask.any() for mask in masks):
        return None
    return pd.concat(masks, axis=1).any(axis=1)


def _of_activity(table: str, frame: pd.DataFrame, code: str) -> "pd.Series[bool] | None":
    if "activity_id" not in {column.name for column in TABLES[table].own}:
        return None
    return frame["activity_id"].str.casefold() == code


_CHOOSE: dict[str, _Choice] = {"area": _of_area, "term": _of_term, "activity": _of_activity}
