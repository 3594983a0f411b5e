"""Rows of a cash book: income and expense."""

import re
from collections.abc import Sequence

import numpy as np

from aip_analysis.intake.conversion.budgets import purposes_of
from aip_analysis.intake.conversion.category_rows import check_row_sums
from aip_analysis.intake.conversion.parsed_table import (
    Completed,
    Flags,
    ParsedTable,
    RowProblems,
    Values,
    rows_set_aside,
)
from aip_analysis.intake.layout.match_headings import AMOUNTS
from aip_analysis.intake.values import read_text
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.vocabulary import plain

# As clerks shorten them in a narrow column.
_SHORT = {
    "income": re.compile(r"収(?:入の部)?|入金?|受入?"),
    "expense": re.compile(r"支(?:払い?|出の部)?|出金?|払出?"),
}


def complete_ledger(table: ParsedTable, set_aside: Flags) -> Completed:
    """Return amount and direction of each row; a row is either income or expense.

    Parameters
    ----------
    table
        The cash book.
    set_aside
        Mask of the rows that are set aside already: that they lack an amount need not be said.
    """
    present = [name for name in AMOUNTS if name in table.columns]
    if not present:
        # A table without the heading is set aside as a whole.
        return Completed({"amount_yen": np.zeros(table.size, dtype=np.int64),
                          "direction": [None] * table.size})  # fmt: skip
    columns = [table.columns[name] for name in present]
    amounts = np.array([column.numbers() for column in columns])
    filled = np.array(
        [
            ~column.lacks & ((amounts[place] != 0) | (present[place] == "amount_yen"))
            for place, column in enumerate(columns)
        ],
        dtype=np.bool_,
    )
    chosen = filled.argmax(axis=0)
    direction = np.array([name.removesuffix("_yen") for name in present], dtype=object)[chosen]
    undecided = np.flatnonzero(direction == "amount")
    if len(undecided):
        direction[undecided] = _inferred_direction(table, undecided)
    derived: dict[str, Values] = {
        "amount_yen": amounts[chosen, np.arange(table.size)],
        "direction": direction,
    }
    problems = _direction_problems(table, present)
    if table.raw.by_category:
        derived |= _purposes(table)
        problems += check_row_sums(table, direction)
    set_aside = set_aside | rows_set_aside(problems, table.size)
    problems += _amount_problems(table, present, filled.sum(axis=0), set_aside)
    return Completed(derived, problems)


def _purposes(table: ParsedTable) -> dict[str, Values]:
    """Return the purposes of amounts that stand below their categories."""
    category = table.columns["category"]
    return {"purpose": purposes_of(table, category, table.columns.get("purpose"))}


def _amount_problems(
    table: ParsedTable, present: Sequence[str], count: np.ndarray, set_aside: Flags
) -> list[RowProblems]:
    """Return the rows with an unreadable amount, with none, or with more than one."""
    problems = [
        RowProblems(
            code,
            "set_aside",
            name,
            column.rows_where([reading.code == code for reading in column.readings]),
        )
        for name in present
        for column in (table.columns[name],)
        for code in dict.fromkeys(reading.code for reading in column.readings if reading.code)
    ]
    known = set_aside | rows_set_aside(problems, table.size)
    # Without an amount, the row is reported, not a cell: the clerk decides which cell is missing.
    return [
        *problems,
        RowProblems("no_amount", "set_aside", "", np.flatnonzero((count == 0) & ~known)),
        RowProblems("both_amounts", "set_aside", present[0], np.flatnonzero(count > 1)),
    ]


def _inferred_direction(table: ParsedTable, rows: np.ndarray) -> np.ndarray:
    """Return the direction of rows of a single amount column, by direction column or category."""
    direction = np.full(table.size, table.raw.constants.get("direction"), dtype=object)
    if "direction" in table.raw.columns:
        words = np.array([*_direction_words(table), None], dtype=object)
        direction = words[table.raw.columns["direction"].cells.codes]
    lacking = rows[np.array([direction[row] is None for row in rows], dtype=np.bool_)]
    category = table.columns.get("category")
    if category is not None and len(lacking):
        traits = {term.code: term.traits for term in table.ward.vocabularies["ledger_category"]}
        by_code = np.array(
            [
                None if value is None else "income" if "income" in traits[str(value)] else "expense"
                for value in category.values
            ]
            + [None],
            dtype=object,
        )
        direction[lacking] = by_code[category.codes[lacking]]
    result: np.ndarray = direction[rows]
    return result


def _direction_words(table: ParsedTable) -> list[str | None]:
    """Return what each distinct cell of the direction column says; None if that is unclear."""
    words = [read_text(value) for value in table.raw.columns["direction"].cells.values]
    columns = [table.headings.column("ledger", plain(word)) for word in words]
    return [
        column.removesuffix("_yen")
        if column in {"income_yen", "expense_yen"}
        else next((name for name, short in _SHORT.items() if short.fullmatch(plain(word))), None)
        for word, column in zip(words, columns, strict=True)
    ]


def _direction_problems(table: ParsedTable, present: Sequence[str]) -> list[RowProblems]:
    """Return the rows whose direction is written, but is neither income nor expense: 振替."""
    if "direction" not in table.raw.columns or present != ["amount_yen"]:
        return []
    unclear = [word is None for word in _direction_words(table)]
    rows = np.flatnonzero(table.raw.columns["direction"].cells.where(unclear))
    expected = "、".join(table.label(name) for name in ("income_yen", "expense_yen"))
    return [RowProblems("unknown_term", "set_aside", "direction", rows, expected)]


def check_categories(table: ParsedTable, direction: Values) -> list[RowProblems]:
    """Warn about expenses that the rules of the year do not cover."""
    rules = table.ward.rules.get(table.origin.year.year)
    category = table.columns.get("category")
    if rules is None or category is None:
        return []
    purpose = table.columns.get("purpose")
    purposes = [*(purpose.values if purpose else ()), None]
    own = purpose.codes if purpose else np.full(table.size, -1, dtype=np.int32)
    # There are few combinations of purpose and category: look up each of them once.
    covered = np.array(
        [
            [
                value is None or _covers(rules, name, str(value))
                for value in [*category.values, None]
            ]
            for name in purposes
        ],
        dtype=np.bool_,
    )
    expense = np.asarray(direction, dtype=object) == "expense"
    wrong = np.flatnonzero(expense & ~covered[own, category.codes])
    if not len(wrong):
        return []
    words = table.ward.vocabularies
    expected = "；".join(
        f"{words['ledger_purpose'][name].ja}："
        + "、".join(words["ledger_category"][code].ja for code in codes)
        for name, codes in rules.categories.items()
    )
    return [RowProblems("category_not_covered", "warn", "category", wrong, expected)]


def _covers(rules: Rules, purpose: object, category: str) -> bool:
    """Return whether the rules have a category for a purpose, or for any if there is none."""
    purposes = [str(purpose)] if purpose else list(rules.categories)
    return any(rules.covers(name, category) for name in purposes)
