"""Tables of measures: key figures with the previous year, comparison, definitions."""

from collections.abc import Sequence
from dataclasses import replace

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.figure_words import figure_text, lack_text, state_text
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING, difference, signed_number
from aip_analysis.reference import Measure, Place
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

    There is a column with the difference if any can be claimed: like is compared with like, and a
    part of a year with nothing.
    An area is shown next to its block, a block next to the ward, both per area that has a council:
    counts as the mean, rates as the quotient of the sums.
    """
    years = (fiscal_year, fiscal_year - 1)
    changes = {measure.code: figures.change(place, measure.code, *years) for measure in measures}
    has_differences = any(change.is_claimed for change in changes.values())
    headers = [say("tables.measure", language)]
    headers += [year_head(figures, year, language) for year in years]
    if has_differences:
        headers.append(say("tables.difference", language))
    around = around_of(figures, place)
    if around is not None:
        name = figures.ward.label(around, language)
        headers.append(say("keyfigures.beside", language, place=name))
    rows = []
    for measure in measures:
        row = [Cell(measure.label(language))]
        row += [figure_cell(figures, place, year, measure, language) for year in years]
        if has_differences:
            row.append(_difference(changes[measure.code], measure, language))
        if around is not None:
            row.append(_beside(figures, around, fiscal_year, measure, language))
        rows.append(tuple(row))
    lacking = has_differences and any(change.reason == "lacking" for change in changes.values())
    note = say("tables.lacking_note", language) if lacking else ""
    numeric = frozenset(range(1, len(headers)))
    return Table(tuple(headers), tuple(rows), numeric, kind="key", note=note)


def _difference(change: Change, measure: Measure, language: Language) -> Cell:
    """Return a difference as a cell, or why there is none; of percentages it is in points."""
    now, before = change.now.value, change.before.value
    if not change.is_claimed or now is None or before is None:
        return Cell(MISSING, state=say(f"tables.not_compared_{change.reason}", language))
    value = difference(now, before, measure.decimals)
    text, unit, lack = signed_number(value), "", ""
    if not (change.now.whole and change.before.whole):
        lack = say("tables.of_lacking", language)
    if measure.unit == "percent":
        unit = say("tables.points", language)
        text = say("tables.in_points", language, difference=text)
    if not change.is_of_all:
        lack = say("tables.of_areas", language, areas=change.areas)
    if lack:
        text += say("states.lacking_sign", language)
    return Cell(text, float(value), unit=unit, lack=lack)


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
    """Return one figure as a cell that can be traced to its measure, place and fiscal year.

    It says what the figure leaves out, or why there is none.
    """
    figure = figures.figure(place, fiscal_year, measure.code)
    text = figure_text(figures.ward, measure, figure, language)
    lack = lack_text(figure, language)
    without = figures.areas_without(place, fiscal_year, measure.code) if figure.known else 0
    if without:
        text += "" if lack else say("states.lacking_sign", language)
        missing = say("states.lack_areas", language, number=without)
        lack = say("states.between", language).join(filter(None, (lack, missing)))
    state = state_text(figure.state, language)
    return Cell(text, figure.value, measure.code, place.key, fiscal_year, state=state, lack=lack)
