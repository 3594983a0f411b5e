"""Tables of measures: key figures with the previous year, comparison, definitions."""

from collections.abc import Sequence
from dataclasses import replace

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING, difference, signed_number
from aip_analysis.reference import FiscalYear, Measure, Place
from aip_analysis.reference.units import format_figure
from aip_analysis.tables.table import Cell, Table

# A mean below this is shown with one decimal.
SMALL = 100


def key_figures_table(
    figures: RecordedFigures,
    place: Place,
    fiscal_year: int,
    measures: Sequence[Measure],
    language: Language,
) -> Table:
    """Return a place's figures next to those of the previous year and of the surrounding place.

    For complete years there is a column with the difference. For a year still running the headers
    state how many months each column covers, and there is no difference: a part of a year is not
    compared with a whole one, nor is a year with incomplete records.
    An area is shown next to its block, a block next to the ward, both per area that has a council:
    counts as the mean, rates as the quotient of the sums.
    """
    years = (fiscal_year, fiscal_year - 1)
    complete = figures.is_complete(fiscal_year) and not any(
        figures.gaps_of(place, year) for year in years
    )
    headers = [say("tables.measure", language), *_year_headers(figures, years, language)]
    if complete:
        headers.append(say("tables.difference", language))
    around = around_of(figures, place)
    if around is not None:
        name = figures.ward.label(around, language)
        headers.append(say("keyfigures.beside", language, place=name))
    rows = []
    for measure in measures:
        cells = [figure_cell(figures, place, year, measure, language) for year in years]
        row = [Cell(measure.label(language)), *cells]
        if complete:
            now, before = (cell.value for cell in cells)
            row.append(_difference(now, before, measure, language))
        if around is not None:
            row.append(_beside(figures, around, fiscal_year, measure, language))
        rows.append(tuple(row))
    return Table(tuple(headers), tuple(rows), frozenset(range(1, len(headers))), kind="key")


def _difference(
    now: float | None, before: float | None, measure: Measure, language: Language
) -> Cell:
    """Return the difference of two figures as a cell; of percentages it is in points."""
    if now is None or before is None:
        return Cell(MISSING)
    change = difference(now, before, measure.decimals)
    if measure.unit != "percent":
        return Cell(signed_number(change), float(change))
    unit = say("tables.points", language)
    text = say("tables.in_points", language, difference=signed_number(change))
    return Cell(text, float(change), unit=unit)


def around_of(figures: RecordedFigures, place: Place) -> Place | None:
    """Return the place that a place is shown next to: its block, the ward, or None."""
    if place.level == "area":
        return figures.ward.block_of(place)
    return figures.ward.whole if place.level == "block" else None


def _beside(
    figures: RecordedFigures, place: Place, fiscal_year: int, measure: Measure, language: Language
) -> Cell:
    """Return what is usual per area: on one base for all rows, so no figure of a place itself."""
    value = figures.per_area(place, fiscal_year, measure.code)
    # For small numbers the first decimal is informative.
    small = not measure.is_rate and value is not None and value < SMALL
    displayed = replace(measure, decimals=1) if small and not measure.decimals else measure
    return Cell(format_figure(figures.ward, displayed, value, language), value)


def _year_headers(figures: RecordedFigures, years: Sequence[int], language: Language) -> list[str]:
    """Return the labels of fiscal years, with their month counts if the first is still running."""
    labels = [FiscalYear(year).short_label(language) for year in years]
    if figures.is_complete(years[0]):
        return labels
    counts = [len(figures.months(year)) for year in years]
    return [
        say("tables.year_and_months", language, year=label, months=months) if months else label
        for label, months in zip(labels, counts, strict=True)
    ]


def comparison_table(
    figures: RecordedFigures,
    places: Sequence[Place],
    fiscal_year: int,
    measures: Sequence[Measure],
    language: Language,
) -> Table:
    """Return the figures of several places side by side, in the given order."""
    headers = (
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
    return Table(headers, rows, frozenset(range(1, len(headers))))


def definitions_table(measures: Sequence[Measure], language: Language) -> Table:
    """Return a list of each measure's definition and the records that it is counted from."""
    headers = tuple(
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
    return Table(headers, rows, kind="list", unbroken=frozenset({1}))


def figure_cell(
    figures: RecordedFigures, place: Place, fiscal_year: int, measure: Measure, language: Language
) -> Cell:
    """Return one figure as a cell that can be traced to its measure, place and fiscal year."""
    value = figures.value(place, fiscal_year, measure.code)
    text = format_figure(figures.ward, measure, value, language)
    return Cell(text, value, measure.code, place.key, fiscal_year)
