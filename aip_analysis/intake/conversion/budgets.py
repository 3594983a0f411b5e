"""Rows of a budget: a category tells what it is for, where the rules leave no choice."""

import numpy as np

from aip_analysis.intake.conversion.work import Work


def complete_budgets(work: Work) -> None:
    """Find the purpose of each row that names none."""
    category = work.read.get("category")
    rules = work.ward.rules.get(work.year.year)
    told = work.read.get("purpose")
    if category is None:
        return
    purposes = [*told.values, None] if told else [None]
    codes = told.codes if told else np.full(work.size, -1)
    by_category = {
        str(value): _only_purpose(rules.categories if rules else {}, str(value))
        for value in category.values
        if value is not None
    }
    values = [*category.values, None]
    made = [
        purposes[code] or by_category.get(str(values[own]))
        for code, own in zip(codes, category.codes, strict=True)
    ]
    lacking = np.array([value is None for value in made], dtype=np.bool_)
    wrong = np.zeros(work.size, dtype=np.bool_)
    if told is not None:
        wrong = told.column.cells.where(reading.code != "" for reading in told.readings)
    work.set_aside(
        "missing", "purpose" if told else "", np.flatnonzero(lacking & ~wrong & ~category.lacks),
        work.label("purpose"),
    )  # fmt: skip
    work.made["purpose"] = made


def _only_purpose(categories: dict[str, tuple[str, ...]], category: str) -> str | None:
    found = [purpose for purpose, covered in categories.items() if category in covered]
    return found[0] if len(found) == 1 else None
