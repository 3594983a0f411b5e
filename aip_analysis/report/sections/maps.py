"""Map blocks of the areas, or of the blocks of a large ward, each with the figures behind it."""

import math

import pandas as pd

from aip_analysis.charts import is_large, listed_places, mapped_places
from aip_analysis.charts.maps import (
    Background,
    Reach,
    change_map,
    field_map,
    measure_map,
    place_map,
    step_map,
    years_map,
)
from aip_analysis.charts.maps.map_sheets import box_around
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.people import share_65plus_by_chome
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import say
from aip_analysis.reference import Place
from aip_analysis.report import map_findings
from aip_analysis.report.blocks import ChartBlock
from aip_analysis.report.context import Context
from aip_analysis.tables import Cell, Table
from aip_analysis.tables.measures import figure_cell

# The measure of residents shown behind the places of activities.
BACKGROUND = "share_65plus"
GATHERING = ("f6", "far_65plus", "share_far_65plus")


def of_measure(context: Context, code: str, by: str) -> ChartBlock:
    """Return a map of a measure of the year.

    Parameters
    ----------
    by
        The suffix of text names where a place is a block.
    """
    measure, label = context.measure(code), context.measure(code).label(context.language)
    places = mapped_places(context.ward, context.place)
    figure = measure_map(
        context.ward,
        _figures(context, places, code, context.fiscal_year),
        measure,
        language=context.language,
        place=context.place,
        view=context.view,
    )
    heads = (_head(context, places), label)
    rows = tuple(
        (_name(context, place), _cell(context, place, context.fiscal_year, code))
        for place in places
    )
    return context.chart(
        f"map_{code}{by}",
        figure,
        Table(heads, rows, frozenset({1})),
        source=code,
        headline=map_findings.spread(context, places, code),
        measure=label,
    )


def of_change(context: Context, code: str, by: str) -> list[ChartBlock]:
    """Return a map of the change of a measure since the previous year; empty without any change."""
    current, before = context.fiscal_year, context.fiscal_year - 1
    if before not in context.figures.years_until(current) or not context.facts.complete:
        return []
    measure, label = context.measure(code), context.measure(code).label(context.language)
    places = mapped_places(context.ward, context.place)
    changes = {place.code: context.figures.change(place, code, current, before) for place in places}
    if not any(change.is_claimed for change in changes.values()):
        return []
    figure = change_map(
        context.ward,
        changes,
        measure,
        language=context.language,
        place=context.place,
        view=context.view,
    )
    heads = (_head(context, places), *(_year(context, year) for year in (before, current)))
    rows = tuple(
        (_name(context, place), *(_cell(context, place, year, code) for year in (before, current)))
        for place in places
    )
    chart = context.chart(
        f"change_{code}{by}",
        figure,
        Table(heads, rows, frozenset({1, 2})),
        source=code,
        headline=map_findings.change(context, places, code),
        measure=label,
    )
    return [chart]


def of_years(context: Context, code: str, by: str) -> list[ChartBlock]:
    """Return small maps of a measure, one per year; empty where there is only one year."""
    years = context.figures.years_until(context.fiscal_year)
    if len(years) == 1:
        return []
    measure, label = context.measure(code), context.measure(code).label(context.language)
    places = mapped_places(context.ward, context.place)
    level = places[0].level
    figure = years_map(
        context.ward,
        {
            year_head(context.figures, year, context.language, broken=True): _figures(
                context, places, code, year
            )
            for year in years
        },
        measure,
        language=context.language,
        view=context.view,
        level=level,
    )
    heads = (_head(context, places), *(_year(context, year) for year in years))
    rows = tuple(
        (_name(context, place), *(_cell(context, place, year, code) for year in years))
        for place in places
    )
    chart = context.chart(
        f"years_{code}{by}",
        figure,
        Table(heads, rows, frozenset(range(1, len(heads)))),
        source=code,
        headline=map_findings.years(context, years, code),
        measure=label,
    )
    return [chart]


def of_steps(context: Context) -> list[ChartBlock]:
    """Return a map of the councils' steps; empty in a large ward, whose areas are not drawn."""
    if is_large(context.ward):
        return []
    steps = context.figures.steps_of(context.ward.whole, context.fiscal_year)
    names = context.ward.vocabularies["council_step"].labels(context.language)
    rows = tuple(
        (_name(context, area), Cell(names[steps.get(area.code, "none")]))
        for area in context.ward.places_of("area")
    )
    chart = context.chart(
        "map_steps",
        step_map(context.ward, steps, language=context.language, view=context.view),
        Table((context.say("head_area"), context.say("head_step")), rows),
        source="councils_established",
        headline=map_findings.steps(context, steps),
    )
    return [chart]


def of_fields(context: Context, by: str, counts: list[dict[str, int]]) -> list[ChartBlock]:
    """Return a map of how many of the priority fields were talked about.

    Parameters
    ----------
    counts
        The meetings by priority field of each mapped place.
    """
    places = mapped_places(context.ward, context.place)
    names = context.ward.vocabularies["priority_field"].labels(context.language)
    discussed = {
        place.code: {code for code, meetings in by_field.items() if meetings}
        for place, by_field in zip(places, counts, strict=True)
        if by_field
    }
    between = context.say("between")
    rows = tuple(
        (
            _name(context, place),
            _talked_about(context, place, discussed.get(place.code)),
            Cell(
                between.join(
                    label for code, label in names.items() if code in discussed.get(place.code, ())
                )
            ),
        )
        for place in places
    )
    heads = (
        _head(context, places),
        context.say("head_fields_talked_about"),
        context.say("head_field_of_work"),
    )
    chart = context.chart(
        f"map_fields{by}",
        field_map(
            context.ward,
            discussed,
            _figures(context, places, "meetings", context.fiscal_year),
            language=context.language,
            place=context.place,
            view=context.view,
        ),
        Table(heads, rows, frozenset({1})),
        source="meetings",
        headline=map_findings.fields(context, places, [len(codes) for codes in discussed.values()]),
        count=len(names),
    )
    return [chart]


def of_places(context: Context) -> list[ChartBlock]:
    """Return a map of where activities are held; empty if none has a place, or too many do."""
    if context.place.level == "ward" and is_large(context.ward):
        return []
    own = context.figures.activities_of(context.place, context.fiscal_year, "lon", "gathering")
    placed = own[own["lon"].notna()]
    if placed.empty:
        return []
    metres = int(context.ward.checks["gathering_metres"])
    figure = place_map(
        context.ward,
        _visible_activities(context, metres),
        Background(context.measure(BACKGROUND), share_65plus_by_chome(context.ward)),
        Reach(metres),
        language=context.language,
        place=context.place,
    )
    places = (*listed_places(context.ward, context.place), context.place)
    table_places = places[:1] if context.place.level == "area" else places
    level = table_places[0].level
    heads = (
        _head(context, table_places),
        *(context.measure(code).label(context.language) for code in GATHERING),
    )
    rows = tuple(
        (
            _name(context, place) if place.level == level else _label(context, place),
            *(_cell(context, place, context.fiscal_year, code) for code in GATHERING),
        )
        for place in table_places
    )
    chart = context.chart(
        "places",
        figure,
        Table(heads, rows, frozenset(range(1, len(heads)))),
        source="far_65plus",
        headline=map_findings.places(context, placed),
        metres=metres,
    )
    return [chart]


def _visible_activities(context: Context, reach: int) -> pd.DataFrame:
    """Return the activities on the map of the page, and those whose reach extends into it."""
    west, south, east, north = box_around(context.ward, context.place)
    # Whole metres keep the recorded box short.
    low = (math.floor(west - reach), math.floor(south - reach))
    high = (math.ceil(east + reach), math.ceil(north + reach))
    columns = ("name", "kind", "gathering", "area_code", "x", "y")
    return context.figures.activities_within((*low, *high), context.fiscal_year, *columns)


def _talked_about(context: Context, place: Place, fields: set[str] | None) -> Cell:
    if fields is not None:
        return Cell(str(len(fields)), len(fields), unit=say("report.fields", context.language))
    meetings = _cell(context, place, context.fiscal_year, "meetings")
    if meetings.value is None:
        return Cell(meetings.text, state=meetings.state)
    return Cell(context.say("not_recorded"))


def _figures(
    context: Context, places: tuple[Place, ...], code: str, year: int
) -> dict[str, Figure]:
    return {place.code: context.figures.figure(place, year, code) for place in places}


def _name(context: Context, place: Place) -> Cell:
    return Cell(place.name(context.language))


def _label(context: Context, place: Place) -> Cell:
    """Return the name with its level: an area and a block may have the same."""
    return Cell(context.ward.label(place, context.language))


def _cell(context: Context, place: Place, year: int, code: str) -> Cell:
    return figure_cell(context.figures, place, year, context.measure(code), context.language)


def _head(context: Context, places: tuple[Place, ...]) -> str:
    return context.say("head_block" if places[0].level == "block" else "head_area")


def _year(context: Context, year: int) -> str:
    return year_head(context.figures, year, context.language)
