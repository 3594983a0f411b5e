"""Map of a measure: counts as circles, rates as shades."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.maps.layers import Circles, Layers, layered_map
from aip_analysis.charts.maps.map_elements import (
    MISSING_PATTERN,
    PlaceStyle,
    add_circle_legend_entry,
    add_legend_entry,
)
from aip_analysis.charts.maps.map_labels import hover_name, wrapped_name
from aip_analysis.charts.maps.map_sheets import View, sheet_of
from aip_analysis.charts.maps.value_classes import Classes, classes_of
from aip_analysis.charts.number_format import (
    format_quantity,
    panel_figures,
    panel_heading,
    unit_suffix,
)
from aip_analysis.charts.palette import CIRCLE, PAPER, QUIET
from aip_analysis.messages import Language, say
from aip_analysis.reference import Level, Measure, Place, Ward

KEY_COLUMNS = 40


def measure_map(  # noqa: PLR0913 -- what is drawn, and how
    ward: Ward,
    values: pd.Series,
    measure: Measure,
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
    level: Level = "area",
) -> go.Figure:
    """Return a map of a measure of places: circles for a count, shades for a rate.

    Parameters
    ----------
    values
        Values by area_code, or by block_code if blocks are drawn; places that are absent, or whose
        value is missing, are hatched.
    place
        The place of the page that it is for: an area or a block is highlighted; ``mapped_places``
        determines which places are drawn. Without one, all areas.
    view, level
        Shapes or tiles, areas or blocks, as in ``sheet_of``.
    """
    sheet = sheet_of(ward, place, view=view, level=level)
    known = known_values(values, sheet.places)
    classes = classes_of(list(known.values())) if measure.is_rate else None
    styles = {
        drawn_place.code: PlaceStyle(
            fill_of(known.get(drawn_place.code), classes),
            figure_hover(ward, drawn_place, known.get(drawn_place.code), measure, language),
            "" if drawn_place.code in known else MISSING_PATTERN,
        )
        for drawn_place in sheet.places
    }
    circles = () if classes else (Circles(known, CIRCLE),)
    layers = Layers(styles, labels(sheet.places, known, measure, language), circles)
    drawing = layered_map(ward, sheet, layers, language=language, place=place)
    add_legend(drawing, list(known.values()), classes, measure, ward, language)
    if len(known) < len(sheet.places):
        add_legend_entry(drawing, say("charts.no_figure", language), PAPER, MISSING_PATTERN)
    return drawing.figure()


def known_values(values: pd.Series, places: Sequence[Place]) -> dict[str, float]:
    """Return the values of some places that are not missing, by code."""
    drawn = {place.code for place in places}
    return {
        str(code): float(value)
        for code, value in values.items()
        if code in drawn and not pd.isna(value)
    }


def labels(
    places: Sequence[Place], known: dict[str, float], measure: Measure, language: Language
) -> dict[str, str]:
    """Return labels of the places by code: the name, and the figure on a line of its own."""
    texts = panel_figures(measure, list(known.values()), language)
    figures = {code: [text] for code, text in zip(known, texts, strict=True)}
    return {
        place.code: "\n".join([wrapped_name(place, language), *figures.get(place.code, [])])
        for place in places
    }


def add_legend(
    drawing: ChartBuilder,
    values: list[float],
    classes: Classes | None,
    measure: Measure,
    ward: Ward,
    language: Language,
) -> None:
    """Add a legend that explains the circles or shades."""
    if classes is None:
        name = panel_heading(measure, values, KEY_COLUMNS, ward=ward, language=language)
        text = say("charts.circle_key", language, measure=name)
        add_circle_legend_entry(drawing, text, CIRCLE)
        return
    names = classes.names(unit_suffix(measure.unit, ward, language), language)
    for name, shade in zip(names, classes.shades, strict=True):
        add_legend_entry(drawing, name, shade)


def fill_of(value: float | None, classes: Classes | None) -> str:
    """Return the colour of a place: the shade of its class, or a quiet one behind circles."""
    if value is None:
        return PAPER
    return classes.shade(value) if classes else QUIET


def figure_hover(
    ward: Ward, place: Place, value: float | None, measure: Measure, language: Language
) -> str:
    """Return the hover text of a place: its name and figure."""
    figure = (
        say("charts.no_figure", language)
        if value is None
        else format_quantity(value, measure, ward, language)
    )
    return f"{hover_name(ward, place, language)}\n{measure.label(language)} {figure}"
