"""Rows of a cash book with a column for each category: their parts against their totals."""

from collections.abc import Collection

import numpy as np

from aip_analysis.intake.conversion.parsed_table import Flags, ParsedTable, RowProblems, Values
from aip_analysis.intake.layout.category_columns import AMOUNT, TOTALS
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.values import read_yen


def check_row_sums(table: ParsedTable, direction: Values) -> list[RowProblems]:
    """Return the rows whose total is not the sum of their amounts: something is wrong or lost.

    Rows with an amount that cannot be read are left out: that is said already.
    """
    amounts = table.columns[AMOUNT].numbers()
    received = np.array([word == "income" for word in direction], dtype=np.bool_)
    income, expense = np.where(received, amounts, 0), np.where(received, 0, amounts)
    parts = {
        "total_income": (income,),
        "total_expense": (expense,),
        "total_amount": (expense, amounts, income - expense, income),
    }
    readings = table.columns[AMOUNT].readings
    unread = table.columns[AMOUNT].rows_where([reading.code != "" for reading in readings])
    rows = set(table.raw.rows[unread].tolist())
    return [
        _wrong_sums(table, name, parts[name], rows)
        for name in TOTALS.values()
        if name in table.raw.columns
    ]


def _wrong_sums(
    table: ParsedTable, name: str, parts: tuple[np.ndarray, ...], unread: Collection[int]
) -> RowProblems:
    """Return the rows whose total is none of some sums; the first of these is the expected one."""
    rows, first, of_row = np.unique(table.raw.rows, return_index=True, return_inverse=True)
    sums = [np.bincount(of_row, weights=part, minlength=len(rows)).astype(np.int64)
            for part in parts]  # fmt: skip
    column = table.raw.columns[name]
    stated = [read_yen(cell, column.scale) for cell in column.cells.values] + [None]
    wrong = {
        int(start): f"{sums[0][place]:,}"
        for place, start in enumerate(first)
        if (total := stated[column.cells.codes[start]]) is not None
        and int(rows[place]) not in unread
        and all(total != each[place] for each in sums)
    }
    indexes = np.array(list(wrong), dtype=np.intp)
    return RowProblems("parts_disagree", "set_aside", name, indexes, list(wrong.values()))


def whole_rows(set_aside: Flags, rows: Rows) -> Flags:
    """Return a mask of all amounts that share a row of the sheet with one that is set aside."""
    mask: Flags = np.isin(rows, rows[set_aside])
    return mask
