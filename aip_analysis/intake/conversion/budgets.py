"""Budget rows: a purpose follows from the category if the rules leave no choice."""

import numpy as np

from aip_analysis.intake.conversion.parsed_table import (
    Completed,
    Flags,
    ParsedColumn,
    ParsedTable,
    RowProblems,
)


def complete_budgets(table: ParsedTable, _set_aside: Flags) -> Completed:
    """Return the purpose of each row; set rows aside if it cannot be inferred."""
    category = table.columns.get("category")
    if category is None:
        return Completed()
    purpose = table.columns.get("purpose")
    completed = purposes_of(table, category, purpose)
    lacking = np.array([value is None for value in completed], dtype=np.bool_)
    wrong = np.zeros(table.size, dtype=np.bool_)
    if purpose is not None:
        wrong = purpose.column.cells.where(reading.code != "" for reading in purpose.readings)
    rows = np.flatnonzero(lacking & ~wrong & ~category.lacks)
    column = "purpose" if purpose else ""
    problem = RowProblems("missing", "set_aside", column, rows, table.label("purpose"))
    return Completed({"purpose": completed}, [problem])


def purposes_of(
    table: ParsedTable, category: ParsedColumn, purpose: ParsedColumn | None
) -> list[object]:
    """Return the purpose written in each row, or in the title, or implied by the category."""
    titled = table.raw.constants.get("purpose")
    rules = table.ward.rules.get(table.origin.year.year)
    purposes = [*purpose.values, None] if purpose else [None]
    codes = purpose.codes if purpose else np.full(table.size, -1)
    by_category = {
        str(value): _only_purpose(rules.categories if rules else {}, str(value))
        for value in category.values
        if value is not None
    }
    values = [*category.values, None]
    return [
        purposes[code] or titled or by_category.get(str(values[own]))
        for code, own in zip(codes, category.codes, strict=True)
    ]


def _only_purpose(categories: dict[str, tuple[str, ...]], category: str) -> str | None:
    candidates = [purpose for purpose, covered in categories.items() if category in covered]
    return candidates[0] if len(candidates) == 1 else None
