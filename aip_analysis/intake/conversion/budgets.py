"""Budget rows: a purpose follows from the category if the rules leave no choice."""

import numpy as np

from aip_analysis.intake.conversion.conversion import Conversion


def complete_budgets(work: Conversion) -> None:
    """Fill in the purpose of each row that has none; set rows aside if it cannot be inferred."""
    category = work.read.get("category")
    rules = work.ward.rules.get(work.year.year)
    purpose = work.read.get("purpose")
    if category is None:
        return
    purposes = [*purpose.values, None] if purpose else [None]
    codes = purpose.codes if purpose else np.full(work.size, -1)
    by_category = {
        str(value): _only_purpose(rules.categories if rules else {}, str(value))
        for value in category.values
        if value is not None
    }
    values = [*category.values, None]
    completed = [
        purposes[code] or by_category.get(str(values[own]))
        for code, own in zip(codes, category.codes, strict=True)
    ]
    lacking = np.array([value is None for value in completed], dtype=np.bool_)
    wrong = np.zeros(work.size, dtype=np.bool_)
    if purpose is not None:
        wrong = purpose.column.cells.where(reading.code != "" for reading in purpose.readings)
    work.set_aside(
        "missing", "purpose" if purpose else "", np.flatnonzero(lacking & ~wrong & ~category.lacks),
        work.label("purpose"),
    )  # fmt: skip
    work.made["purpose"] = completed


def _only_purpose(categories: dict[str, tuple[str, ...]], category: str) -> str | None:
    candidates = [purpose for purpose, covered in categories.items() if category in covered]
    return candidates[0] if len(candidates) == 1 else None
