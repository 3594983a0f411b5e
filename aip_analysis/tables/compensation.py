"""The compensation table of coordinators: what is due under the rules, and what has been paid."""

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Place
from aip_analysis.tables.measures import figure_cell
from aip_analysis.tables.table import Cell, Table


def compensation_table(
    figures: RecordedFigures, place: Place, fiscal_year: int, language: Language
) -> Table:
    """Return the table of months in office, compensation due and paid, and their difference.

    Columns: item, months or yen with their unit, remark.
    """
    price = figures.ward.rules_of(fiscal_year).coordinator_yen_per_month

    def text(name: str, **values: object) -> str:
        return say(f"settlement.{name}", language, **values)

    def figure(code: str) -> Cell:
        return figure_cell(figures, place, fiscal_year, figures.ward.codebook[code], language)

    months, due, paid = (
        figure(code) for code in ("coordinator_months", "compensation", "compensation_paid")
    )
    difference = (due.value or 0) - (paid.value or 0)
    yen = figures.ward.codebook["compensation"]
    unit = figures.ward.vocabularies["unit"][yen.unit].label(language)
    between = "" if language == "ja" else " "
    office = "remark_office" if place.level == "area" else "remark_office_areas"
    rows = (
        (Cell(text("months_in_office")), months, Cell(text(office))),
        (
            Cell(text("due")),
            due,
            Cell(text("remark_due", month=number(price), months=months.text)),
        ),
        (Cell(text("paid")), paid, Cell("")),
        (
            Cell(text("unpaid" if difference >= 0 else "overpaid")),
            Cell(f"{number(abs(difference))}{between}{unit}", abs(difference), unit=unit),
            Cell(""),
        ),
    )
    heads = ("compensation_item", "compensation_amount", "remark")
    return Table(tuple(text(name) for name in heads), rows, frozenset({1}), frozenset({3}))
