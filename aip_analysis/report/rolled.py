"""The areas of a block or the ward side by side, in the order of their codes."""

import pandas as pd

from aip_analysis.charts import field_matrix, measure_map
from aip_analysis.report.context import Context
from aip_analysis.report.section import Block, Section
from aip_analysis.tables import Cell, Table, plain_table
from aip_analysis.tables.measures import figure_cell

MAPPED = ("meetings", "attendances", "f4")
LISTED = ("seats", "meetings", "activities", "attendances", "ideas", "spending")


def section(context: Context) -> Section:
    """Show maps of the areas, their topics by priority field, and a line of figures each."""
    blocks: list[Block] = [context.paragraphs([context.say("areas_text")])]
    blocks += [_map(context, code) for code in MAPPED]
    matrix = _matrix(context)
    if len(matrix):
        fields = context.ward.vocabularies["priority_field"].labels(context.language)
        names = [area.name(context.language) for area in context.ward.areas_of(context.place)]
        wide = matrix.assign(priority_field=matrix["priority_field"].map(fields)).pivot_table(
            index="area", columns="priority_field", values="meetings", aggfunc="sum", sort=False
        )
        wide = wide.reindex(columns=list(fields.values())).fillna(0).astype("Int64").reset_index()
        blocks.append(
            context.chart(
                "fields",
                field_matrix(matrix, names, ward=context.ward, language=context.language),
                plain_table(wide, [context.say("head_area"), *fields.values()]),
                source="meetings",
                finding=context.say("finding_fields"),
            )
        )
    blocks.append(context.table("areas", _lines(context), LISTED))
    return Section("areas", context.say("areas"), tuple(blocks))


def _map(context: Context, code: str) -> Block:
    measure = context.measure(code)
    # The whole ward on every map: a block is read among its neighbours.
    areas = context.ward.places_of("area")
    values = pd.Series(
        {area.code: context.figures.value(area, context.fiscal_year, code) for area in areas},
        dtype="Float64",
    )
    rows = tuple(
        (
            Cell(area.name(context.language)),
            figure_cell(context.figures, area, context.fiscal_year, measure, context.language),
        )
        for area in areas
    )
    label = measure.label(context.language)
    return context.chart(
        f"map_{code}",
        measure_map(context.ward, values, measure, language=context.language),
        Table((context.say("head_area"), label), rows, frozenset({1})),
        source=code,
        finding=context.say("finding_map", measure=label),
        measure=label,
    )


def _matrix(context: Context) -> pd.DataFrame:
    """Count meetings by area and priority field: area, priority_field, meetings; every area."""
    topics = context.figures.topics
    rows = []
    for area in context.ward.areas_of(context.place):
        own = topics[(topics["place"] == area.key) & (topics["fiscal_year"] == context.fiscal_year)]
        sums = own.groupby("priority_field")["meetings"].sum()
        rows += [
            (area.name(context.language), field, int(sums.get(field, 0)))
            for field in context.ward.vocabularies["priority_field"].codes
        ]
    return pd.DataFrame(rows, columns=["area", "priority_field", "meetings"])


def _lines(context: Context) -> Table:
    measures = [context.measure(code) for code in LISTED]
    areas = context.ward.areas_of(context.place)
    rows = tuple(
        (
            Cell(place.name(context.language) if place != context.place else context.say("sum")),
            *(
                figure_cell(context.figures, place, context.fiscal_year, measure, context.language)
                for measure in measures
            ),
        )
        for place in (*areas, context.place)
    )
    heads = (context.say("head_area"), *(measure.label(context.language) for measure in measures))
    return Table(heads, rows, frozenset(range(1, len(heads))), frozenset({len(areas)}))
