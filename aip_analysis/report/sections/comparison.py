"""The place compared with its block and the ward, and over the years; never a ranking."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from aip_analysis.charts import comparison_chart, trend_chart
from aip_analysis.measures.figure_words import sign_of
from aip_analysis.measures.year_head import year_head
from aip_analysis.reference import Place
from aip_analysis.report import map_findings
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.tables import Cell, Table, comparison_table
from aip_analysis.tables.measures import figure_cell

if TYPE_CHECKING:
    from aip_analysis.report.blocks import Block

RATES = ("share_65plus", "rhythm", "attendance_per_meeting", "f4", "execution_rate")
OVER_YEARS = ("meetings", "attendance", "activities", "attendances", "ideas", "spending")


def beside_section(context: Context) -> Section:
    """Return the section with rates of the place next to those of its block and of the ward.

    Rates that the place does not have are left out, and so is the chart if it has none.
    """
    places = _places(context)
    measures = [
        context.measure(code)
        for code in context.of_period(RATES)
        if context.figures.value(context.place, context.fiscal_year, code) is not None
    ]
    if not measures:
        return _nothing(context, "beside")
    rows = [
        (
            measure.code,
            context.ward.label(place, context.language),
            role,
            value,
        )
        for measure in measures
        for role, place in places
        if (value := context.figures.value(place, context.fiscal_year, measure.code)) is not None
    ]
    table = pd.DataFrame(rows, columns=["measure", "place_label", "role", "value"])
    data = comparison_table(
        context.figures,
        [place for _, place in places],
        context.fiscal_year,
        measures,
        context.language,
    )
    chart = context.chart(
        "beside",
        comparison_chart(table, measures, ward=context.ward, language=context.language),
        data,
        source=tuple(measure.code for measure in measures),
        headline=map_findings.beside(context, table),
    )
    blocks: list[Block] = [context.paragraphs([context.say("beside_text")]), chart]
    if "f4" in set(table["measure"]):
        blocks.append(context.paragraphs([context.facts.say("participants")]))
    return Section("beside", context.say("beside"), tuple(blocks), context.language)


def trend_section(context: Context) -> Section:
    """Return the section with counts over the fiscal years on record, up to this one."""
    years = context.figures.years_until(context.fiscal_year)
    figures = [
        (year, code, context.figures.figure(context.place, year, code))
        for code in OVER_YEARS
        for year in years
    ]
    table = pd.DataFrame(
        [
            (year, code, figure.value, sign_of(figure, context.language))
            for year, code, figure in figures
        ],
        columns=["fiscal_year", "measure", "value", "sign"],
    )
    known = set(table.dropna()["measure"])
    measures = [context.measure(code) for code in OVER_YEARS if code in known]
    if not measures:
        return _nothing(context, "trend")
    partial = None if context.facts.complete else context.fiscal_year
    lines = tuple(
        (
            Cell(measure.label(context.language)),
            *(
                figure_cell(context.figures, context.place, year, measure, context.language)
                for year in years
            ),
        )
        for measure in measures
    )
    heads = (
        context.say("head_measure"),
        *(year_head(context.figures, year, context.language) for year in years),
    )
    chart = context.chart(
        "trend",
        trend_chart(table, measures, partial, ward=context.ward, language=context.language),
        Table(heads, (*lines, *_areas_recorded(context, years)), frozenset(range(1, len(heads)))),
        source=tuple(measure.code for measure in measures),
        headline=map_findings.trend(context, years),
    )
    lacking = table["sign"].any()
    note = [context.paragraphs([context.say("trend_lacking_note")])] if lacking else []
    return Section("trend", context.say("trend"), (chart, *note), context.language)


def _areas_recorded(context: Context, years: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Return the row on how many areas of a block or the ward have records of each year."""
    if context.place.level == "area":
        return []
    areas = context.ward.areas_of(context.place)
    unit = context.say("areas_unit")
    counts = [sum(context.figures.has(area, year) for area in areas) for year in years]
    cells = (Cell(context.say("areas_count", areas=count), count, unit=unit) for count in counts)
    return [(Cell(context.say("head_areas_recorded")), *cells)]


def _nothing(context: Context, name: str) -> Section:
    sentence = context.paragraphs([context.say(f"{name}_nothing")])
    return Section(name, context.say(name), (sentence,), context.language)


def _places(context: Context) -> list[tuple[str, Place]]:
    places = [("this", context.place)]
    if context.place.level == "area":
        places.append(("block", context.ward.block_of(context.place)))
    return [*places, ("ward", context.ward.whole)]
