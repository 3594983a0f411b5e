"""Tables of measures: key figures with the year before, comparison, definitions."""

from collections.abc import Sequence

from aip_analysis.measures import Figures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import signed
from aip_analysis.tables.table import Cell, Table
from aip_analysis.ward import FiscalYear, Measure, Place
from aip_analysis.ward.units import shown


def key_figures_table(
    figures: Figures,
    place: Place,
    fiscal_year: int,
    measures: Sequence[Measure],
    language: Language,
) -> Table:
    """Set a place's figures beside those of the year before, with the difference.

    For a year still running the heads say how many months each column holds, and there is no
    difference: a part is not compared with a whole.
    """
    years = (fiscal_year, fiscal_year - 1)
    complete = figures.records.is_complete(fiscal_year)
    heads = [say("tables.measure", language), *_year_heads(figures, years, language)]
    if complete:
        heads.append(say("tables.difference", language))
    rows = []
    for measure in measures:
        cells = [figure_cell(figures, place, year, measure, language) for year in years]
        row = [Cell(measure.label(language)), *cells]
        if complete:
            now, before = (cell.value for cell in cells)
            change = None if now is None or before is None else now - before
            row.append(Cell(signed(change, measure.decimals), change))
        rows.append(tuple(row))
    return Table(tuple(heads), tuple(rows), frozenset(range(1, len(heads))))


def _year_heads(figures: Figures, years: Sequence[int], language: Language) -> list[str]:
    """Name fiscal years; with their months where the first is still running."""
    labels = [FiscalYear(year).short_label(language) for year in years]
    if figures.records.is_complete(years[0]):
        return labels
    return [
        say(
            "tables.year_and_months", language, year=label, months=len(figures.records.months(year))
        )
        if year in figures.records.fiscal_years
        else label
        for year, label in zip(years, labels, strict=True)
    ]


def beside_table(
    figures: Figures,
    places: Sequence[Place],
    fiscal_year: int,
    measures: Sequence[Measure],
    language: Language,
) -> Table:
    """Set the figures of several places side by side, in the order given."""
    heads = (
        say("tables.measure", language),
        *(figures.ward.label(place, language) for place in places),
    )
    rows = tuple(
        (
            Cell(measure.label(language)),
            *(figure_cell(figures, place, fiscal_year, measure, language) for place in places),
        )
        for measure in measures
    )
    return Table(heads, rows, frozenset(range(1, len(heads))))


def definitions_table(measures: Sequence[Measure], language: Language) -> Table:
    """List what each measure means and which records it is counted from."""
    heads = tuple(
        say(f"tables.{name}", language) for name in ("measure", "code", "definition", "source")
    )
    rows = tuple(
        (
            Cell(measure.label(language)),
            Cell(measure.official_code or measure.code),
            Cell(measure.definition(language)),
            Cell(measure.source(language)),
        )
        for measure in measures
    )
    return Table(heads, rows, kind="list")


def figure_cell(
    figures: Figures, place: Place, fiscal_year: int, measure: Measure, language: Language
) -> Cell:
    """Give one figure as a cell that can be traced."""
    value = figures.value(place, fiscal_year, measure.code)
    text = shown(figures.ward, measure, value, language)
    return Cell(text, value, measure.code, place.key, fiscal_year)
