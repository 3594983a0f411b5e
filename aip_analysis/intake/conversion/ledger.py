"""Rows of a cash book: income and expense."""

import numpy as np

from aip_analysis.intake.conversion.conversion import Conversion
from aip_analysis.intake.values import read_text
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.vocabulary import plain

AMOUNTS = ("income_yen", "expense_yen", "amount_yen")


def complete_ledger(work: Conversion) -> None:
    """Set amount and direction of each row; a row is either income or expense."""
    present = [name for name in AMOUNTS if name in work.read]
    if not present:
        # A table without the heading is set aside as a whole.
        work.made |= {"amount_yen": np.zeros(work.size, dtype=np.int64),
                      "direction": [None] * work.size}  # fmt: skip
        return
    filled = np.zeros((len(present), work.size), dtype=np.bool_)
    amounts = np.zeros((len(present), work.size), dtype=np.int64)
    for place, name in enumerate(present):
        read = work.read[name]
        amounts[place] = read.numbers()
        filled[place] = ~read.lacks & ((amounts[place] != 0) | (name == "amount_yen"))
        wrong = read.per_code([reading.code != "" for reading in read.readings])
        if len(wrong):
            work.set_aside("not_a_yen", name, wrong)
    count = filled.sum(axis=0)
    # Without an amount, the row is reported, not a cell: the clerk decides which cell is missing.
    work.set_aside("no_amount", "", np.flatnonzero((count == 0) & ~work.aside))
    both = np.flatnonzero(count > 1)
    if len(both):
        work.set_aside("both_amounts", present[0], both)
    chosen = filled.argmax(axis=0)
    work.made["amount_yen"] = amounts[chosen, np.arange(work.size)]
    direction = np.array([name.removesuffix("_yen") for name in present], dtype=object)[chosen]
    undecided = np.flatnonzero(direction == "amount")
    if len(undecided):
        direction[undecided] = _inferred_direction(work, undecided)
    work.made["direction"] = direction


def _inferred_direction(work: Conversion, rows: np.ndarray) -> np.ndarray:
    """Return the direction of rows of a single amount column, by direction column or category."""
    direction = np.full(work.size, None, dtype=object)
    if "direction" in work.raw.columns:
        cells = work.raw.columns["direction"].cells
        columns = [
            work.headings.column("ledger", plain(read_text(value))) for value in cells.values
        ]
        words = np.array([*(_direction(column) for column in columns), None], dtype=object)
        direction = words[cells.codes]
    lacking = rows[np.array([direction[row] is None for row in rows], dtype=np.bool_)]
    read = work.read.get("category")
    if read is not None and len(lacking):
        traits = {term.code: term.traits for term in work.ward.vocabularies["ledger_category"]}
        by_code = np.array(
            [
                None if value is None else "income" if "income" in traits[str(value)] else "expense"
                for value in read.values
            ]
            + [None],
            dtype=object,
        )
        direction[lacking] = by_code[read.codes[lacking]]
    result: np.ndarray = direction[rows]
    return result


def _direction(column: str | None) -> str | None:
    return column.removesuffix("_yen") if column in {"income_yen", "expense_yen"} else None


def check_categories(work: Conversion) -> None:
    """Warn about expenses that the rules of the year do not cover."""
    rules = work.ward.rules.get(work.year.year)
    category = work.read.get("category")
    if rules is None or category is None:
        return
    purpose = work.read.get("purpose")
    purposes = [*(purpose.values if purpose else ()), None]
    own = purpose.codes if purpose else np.full(work.size, -1, dtype=np.int32)
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
    expense = np.asarray(work.made["direction"], dtype=object) == "expense"
    wrong = np.flatnonzero(expense & ~covered[own, category.codes])
    if len(wrong):
        words = work.ward.vocabularies
        expected = "；".join(
            f"{words['ledger_purpose'][name].ja}："
            + "、".join(words["ledger_category"][code].ja for code in codes)
            for name, codes in rules.categories.items()
        )
        work.tell("category_not_covered", "warn", "category", wrong, expected)


def _covers(rules: Rules, purpose: object, category: str) -> bool:
    """Return whether the rules have a category for a purpose, or for any if there is none."""
    purposes = [str(purpose)] if purpose else list(rules.categories)
    return any(rules.covers(name, category) for name in purposes)
