"""The section with the areas of a block or the ward side by side, in the order of their codes.

For a large ward, its blocks are shown side by side instead.
"""

import pandas as pd

from aip_analysis.charts import field_matrix, listed_places, mapped_places
from aip_analysis.measures.kept import kept
from aip_analysis.reference import Place
from aip_analysis.report.blocks import Block, ChartBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.report.sections import maps
from aip_analysis.report.sections.area_cards import strip
from aip_analysis.tables import Cell, Table, table_from_frame
from aip_analysis.tables.measures import figure_cell

MAPPED = ("meetings", "attendances", "f4", "share_far_65plus")
# On the page of the ward: the measures of the change map and of the small maps over years.
CHANGED = "meetings"
OVER_YEARS = "attendances"
LISTED = ("seats", "meetings", "activities", "attendances", "ideas", "spending")


def section(context: Context) -> Section:
    """Return the section with cards, maps, topics by field, and a line of figures for each area."""
    places = listed_places(context.ward, context.place)
    # The suffix of text names where a line represents a block.
    by = "_by_block" if any(place.level == "block" for place in places) else ""
    blocks: list[Block] = [context.paragraphs([context.say(f"areas_text{by}")])]
    blocks.append(strip(context, places, by))
    blocks += maps.of_steps(context) if context.place.level == "ward" else []
    drawn = mapped_places(context.ward, context.place)
    blocks += [maps.of_measure(context, code, by) for code in _kept(context, drawn, MAPPED)]
    if context.place.level == "ward":
        blocks += maps.of_change(context, CHANGED, by)
        for code in kept(
            context.figures, drawn, context.figures.years_until(context.fiscal_year), [OVER_YEARS]
        ):
            blocks += maps.of_years(context, code, by)
        blocks += maps.of_fields(context, by, [_topics(context, place) for place in drawn])
    blocks += _fields(context, places, by)
    blocks.append(context.table(f"areas{by}", _lines(context, places, by), LISTED))
    return Section("areas", context.say(f"areas{by}"), tuple(blocks), context.language)


def _fields(context: Context, places: tuple[Place, ...], by: str) -> list[ChartBlock]:
    """Return the chart of how often each place talked about each priority field."""
    fields = context.ward.vocabularies["priority_field"].labels(context.language)
    if not fields or not places:
        return []
    names = [place.name(context.language) for place in places]
    counts = [_topics(context, place) for place in places]
    matrix = pd.DataFrame(
        [
            (name, code, by_field.get(code, 0))
            for name, by_field in zip(names, counts, strict=True)
            for code in fields
        ],
        columns=["area", "priority_field", "meetings"],
    )
    # Where no record names a field, nobody knows which ones were talked about.
    numbers = {
        code: pd.array(
            [by_field.get(code, 0) if by_field else None for by_field in counts], dtype="Int64"
        )
        for code in fields
    }
    wide = pd.DataFrame({"area": names} | numbers)
    chart = context.chart(
        f"fields{by}",
        field_matrix(matrix, names, ward=context.ward, language=context.language),
        table_from_frame(wide, [_head(context, by), *fields.values()]),
        source="meetings",
        finding=context.say(f"finding_fields{by}"),
    )
    return [chart]


def _topics(context: Context, place: Place) -> dict[str, int]:
    """Count the meetings of a place by priority field, without those that name none."""
    topics = context.figures.rows_of(
        "topics", place, context.fiscal_year, "priority_field", "meetings"
    )
    counts: dict[str, int] = {}
    for field, meetings in zip(topics["priority_field"], topics["meetings"], strict=True):
        if not pd.isna(field):
            counts[field] = counts.get(field, 0) + int(meetings)
    return counts


def _lines(context: Context, places: tuple[Place, ...], by: str) -> Table:
    measures = [context.measure(code) for code in _kept(context, places, LISTED)]
    rows = tuple(
        (
            Cell(place.name(context.language) if place != context.place else context.say("sum")),
            *(
                figure_cell(context.figures, place, context.fiscal_year, measure, context.language)
                for measure in measures
            ),
        )
        for place in (*places, context.place)
    )
    heads = (_head(context, by), *(measure.label(context.language) for measure in measures))
    return Table(heads, rows, frozenset(range(1, len(heads))), frozenset({len(places)}))


def _kept(context: Context, places: tuple[Place, ...], codes: tuple[str, ...]) -> list[str]:
    """Return the measures of the year that any of some places keeps."""
    return kept(context.figures, places, [context.fiscal_year], codes)


def _head(context: Context, by: str) -> str:
    return context.say("head_block" if by else "head_area")
