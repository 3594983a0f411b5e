"""Map of a measure: counts as circles, rates as shades."""

from collections.abc import Sequence

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import add_legend_entry, add_missing_legend
from aip_analysis.charts.maps.layers import Circles, Layers, layered_map
from aip_analysis.charts.maps.map_elements import add_circle_legend_entry
from aip_analysis.charts.maps.map_labels import wrapped_name
from aip_analysis.charts.maps.map_sheets import View, sheet_of
from aip_analysis.charts.maps.missing_places import Figures, figure_at, figure_style, known_values
from aip_analysis.charts.maps.value_classes import Classes, classes_of
from aip_analysis.charts.style.number_format import panel_figures, panel_heading, unit_suffix
from aip_analysis.charts.style.palette import CIRCLE, PAPER, QUIET
from aip_analysis.measures.figure_words import marked
from aip_analysis.messages import Language, say
from aip_analysis.reference import Level, Measure, Place, Ward

KEY_COLUMNS = 40


def measure_map(  # noqa: PLR0913 -- what is drawn, and how
    ward: Ward,
    figures: Figures,
    measure: Measure,
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
    level: Level = "area",
    classes: Classes | None = None,
) -> go.Figure:
    """Return a map of a measure of places: circles for a count, shades for a rate.

    Parameters
    ----------
    figures
        Figures by area_code, or by block_code if blocks are drawn; places without a value are
        hatched by the reason for it.
    place
        The place of the page that it is for: an area or a block is highlighted; ``mapped_places``
        determines which places are drawn. Without one, all areas.
    view, level
        Shapes or tiles, areas or blocks, as in ``sheet_of``.
    classes
        Classes of values that are shades; by default, those of a rate are, and values of which any
        is below zero, as no circle shows them, in equal steps.
    """
    sheet = sheet_of(ward, place, view=view, level=level)
    known = known_values(figures, sheet.places)
    drawn = {drawn_place.code: figure_at(figures, drawn_place) for drawn_place in sheet.places}
    if classes is None and (measure.is_rate or any(value < 0 for value in known.values())):
        classes = classes_of(list(known.values()))
    styles = {
        drawn_place.code: figure_style(
            ward,
            drawn_place,
            drawn[drawn_place.code],
            measure,
            fill=fill_of(known.get(drawn_place.code), classes),
            language=language,
        )
        for drawn_place in sheet.places
    }
    circles = () if classes else (Circles(known, CIRCLE),)
    layers = Layers(styles, labels(sheet.places, drawn, measure, language), circles)
    drawing = layered_map(ward, sheet, layers, language=language, place=place)
    add_legend(drawing, list(known.values()), classes, measure, ward, language)
    add_missing_legend(drawing, (figure.state for figure in drawn.values()), language)
    return drawing.figure()


def labels(
    places: Sequence[Place], figures: Figures, measure: Measure, language: Language
) -> dict[str, str]:
    """Return labels of the places by code: the name, and the figure on a line of its own."""
    known = {code: figure for code, figure in figures.items() if figure.known}
    texts = panel_figures(measure, [figure.value for figure in known.values()], language)
    lines = {
        code: [marked(text, figure, language)]
        for (code, figure), text in zip(known.items(), texts, strict=True)
    }
    return {
        place.code: "\n".join([wrapped_name(place, language), *lines.get(place.code, [])])
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
