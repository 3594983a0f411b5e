"""The compensation of coordinators: what is due by the rules, and what has been paid."""

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.tables.measures import figure_cell
from aip_analysis.tables.table import Cell, Table
from aip_analysis.ward import Place


def compensation_table(
    figures: RecordedFigures, place: Place, fiscal_year: int, language: Language
) -> Table:
    """Set the months in office, what they come to, what was paid, and the difference.

    Columns item, months or yen with their unit, remark.
    """
    price = figures.ward.rules_of(fiscal_year).coordinator_yen_per_month

    def told(name: str, **values: object) -> str:
        return say(f"settlement.{name}", language, **values)

    def figure(code: str) -> Cell:
        return figure_cell(figures, place, fiscal_year, figures.ward.codebook[code], language)

    months, due, paid = (
        figure(code) for code in ("coordinator_months", "compensation", "compensation_paid")
    )
    left = (due.value or 0) - (paid.value or 0)
    yen = figures.ward.codebook["compensation"]
    unit = figures.ward.vocabularies["unit"][yen.unit].label(language)
    between = "" if language == "ja" else " "
    office = "remark_office" if place.level == "area" else "remark_office_areas"
    rows = (
        (Cell(told("months_in_office")), months, Cell(told(office))),
        (
            Cell(told("due")),
            due,
            Cell(told("remark_due", month=number(price), months=months.text)),
        ),
        (Cell(told("paid")), paid, Cell("")),
        (
            Cell(told("unpaid" if left >= 0 else "overpaid")),
            Cell(f"{number(abs(left))}{between}{unit}", abs(left), unit=unit),
            Cell(""),
        ),
    )
    heads = ("compensation_item", "compensation_amount", "remark")
    return Table(tuple(told(name) for name in heads), rows, frozenset({1}), frozenset({3}))
