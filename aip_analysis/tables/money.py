"""The settlement table (収支決算書): budget, actual, and what is returned."""

import pandas as pd

from aip_analysis.measures import Figures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number, signed
from aip_analysis.tables.measures import figure_cell
from aip_analysis.tables.table import Cell, Table
from aip_analysis.ward import Place
from aip_analysis.ward import rows as each


def settlement_table(figures: Figures, place: Place, fiscal_year: int, language: Language) -> Table:
    """Set income, then expenses by purpose and category, then what is left.

    Amounts in yen. The difference is budget less actual for expenses.
    """
    vocabularies = figures.ward.vocabularies
    purposes = vocabularies["ledger_purpose"].labels(language)
    categories = vocabularies["ledger_category"].labels(language)
    strong: set[int] = set()

    income = figures.rows_of("income_by_category", place, fiscal_year)
    rows = [_line(categories[row.category], None, int(row.amount_yen)) for row in each(income)]
    rows.append(_line(say("tables.income_total", language), None, int(income["amount_yen"].sum())))
    strong.add(len(rows) - 1)

    for line in each(_expenses(figures, place, fiscal_year)):
        label = say(
            "tables.expense_line",
            language,
            purpose=purposes.get(line.purpose, ""),
            category=categories[line.category],
        )
        rows.append(_line(label, int(line.budget), int(line.actual)))
    spending = figures.ward.codebook["spending"]
    planned = figures.value(place, fiscal_year, "budget")
    actual = figure_cell(figures, place, fiscal_year, spending, language)
    rows.append(
        (
            Cell(say("tables.expense_total", language)),
            Cell(number(planned), planned),
            Cell(number(actual.value), actual.value, actual.measure, place.key, fiscal_year),
            Cell(signed((planned or 0) - (actual.value or 0))),
        )
    )
    strong.add(len(rows) - 1)
    complete = figures.records.is_complete(fiscal_year)
    for code in ("unspent", "overspent"):
        cell = figure_cell(figures, place, fiscal_year, figures.ward.codebook[code], language)
        name = f"tables.{code}" if complete else f"tables.{code}_so_far"
        amount = Cell(number(cell.value), cell.value, cell.measure, place.key, fiscal_year)
        rows.append((Cell(say(name, language)), Cell(""), amount, Cell("")))
        strong.add(len(rows) - 1)
    heads = tuple(
        say(f"tables.{name}", language)
        for name in ("item", "budget", "actual", "budget_less_actual")
    )
    return Table(heads, tuple(rows), frozenset({1, 2, 3}), frozenset(strong))


def _expenses(figures: Figures, place: Place, fiscal_year: int) -> pd.DataFrame:
    """Join planned and actual expenses: purpose, category, budget, actual, in reference order."""
    keys = ["purpose", "category"]
    planned = figures.rows_of("budget_by_category", place, fiscal_year)
    actual = figures.rows_of("spending_by_category", place, fiscal_year)
    both = planned.merge(actual, how="outer", on=keys).set_axis([*keys, "budget", "actual"], axis=1)
    both[["budget", "actual"]] = both[["budget", "actual"]].fillna(0)
    vocabularies = figures.ward.vocabularies
    orders = {
        "purpose": {code: at for at, code in enumerate(vocabularies["ledger_purpose"].codes)},
        "category": {code: at for at, code in enumerate(vocabularies["ledger_category"].codes)},
    }
    return both.sort_values(keys, key=lambda column: column.map(orders[str(column.name)]))


def _line(label: str, planned: int | None, actual: int) -> tuple[Cell, ...]:
    return (
        Cell(label),
        Cell("" if planned is None else number(planned), planned),
        Cell(number(actual), actual),
        Cell("" if planned is None else signed(planned - actual)),
    )
