"""A measure on the map: counts as circles, rates as shades."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.headings import figures_of, heading
from aip_analysis.charts.maps.atlas import View, sheet_of
from aip_analysis.charts.maps.classes import Classes, classes_of
from aip_analysis.charts.maps.layers import Circles, Layers, layered_map
from aip_analysis.charts.maps.names import hover_name, wrapped_name
from aip_analysis.charts.maps.parts import MISSING_PATTERN, Look, add_circle_key, add_key
from aip_analysis.charts.numbers import quantity, unit_label
from aip_analysis.charts.palette import CIRCLE, PAPER, QUIET
from aip_analysis.messages import Language, say
from aip_analysis.ward import Level, Measure, Place, Ward

KEY_COLUMNS = 40


def measure_map(  # noqa: PLR0913 -- what is shown, and how
    ward: Ward,
    values: pd.Series,
    measure: Measure,
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
    level: Level = "area",
) -> go.Figure:
    """Show a measure of places: circles for a count, shades for a rate.

    Parameters
    ----------
    values
        Values by area_code, or by block_code where blocks are drawn; places that it lacks, or
        whose value is missing, are hatched.
    place
        Whose page it is for: an area is set off; ``mapped`` tells which places are drawn. Without
        one, all areas.
    view, level
        Shapes or tiles, areas or blocks, as ``sheet_of`` takes them.
    """
    sheet = sheet_of(ward, place, view=view, level=level)
    known = known_values(values, sheet.places)
    classes = classes_of(list(known.values())) if measure.is_rate else None
    looks = {
        shown.code: Look(
            fill_of(known.get(shown.code), classes),
            figure_hover(ward, shown, known.get(shown.code), measure, language),
            "" if shown.code in known else MISSING_PATTERN,
        )
        for shown in sheet.places
    }
    circles = () if classes else (Circles(known, CIRCLE),)
    layers = Layers(looks, labels(sheet.places, known, measure, language), circles)
    drawing = layered_map(ward, sheet, layers, language=language, place=place)
    add_legend(drawing, list(known.values()), classes, measure, ward, language)
    if len(known) < len(sheet.places):
        add_key(drawing, say("charts.no_figure", language), PAPER, MISSING_PATTERN)
    return drawing.figure()


def known_values(values: pd.Series, places: Sequence[Place]) -> dict[str, float]:
    """Take the values of some places that are not missing, by code."""
    drawn = {shown.code for shown in places}
    return {
        str(code): float(value)
        for code, value in values.items()
        if code in drawn and not pd.isna(value)
    }


def labels(
    places: Sequence[Place], known: dict[str, float], measure: Measure, language: Language
) -> dict[str, str]:
    """Name the places, each with its figure on a line of its own."""
    texts = figures_of(measure, list(known.values()), language)
    figures = {code: [text] for code, text in zip(known, texts, strict=True)}
    return {
        place.code: "\n".join([wrapped_name(place, language), *figures.get(place.code, [])])
        for place in places
    }


def add_legend(
    drawing: Drawing,
    values: list[float],
    classes: Classes | None,
    measure: Measure,
    ward: Ward,
    language: Language,
) -> None:
    """Say what circles or shades mean."""
    if classes is None:
        name = heading(measure, values, KEY_COLUMNS, ward=ward, language=language)
        text = say("charts.circle_key", language, measure=name)
        add_circle_key(drawing, text, CIRCLE)
        return
    names = classes.names(unit_label(measure.unit, ward, language), language)
    for name, shade in zip(names, classes.shades, strict=True):
        add_key(drawing, name, shade)


def fill_of(value: float | None, classes: Classes | None) -> str:
    """Give the colour of a place: the shade of its class; quiet where circles are drawn."""
    if value is None:
        return PAPER
    return classes.shade(value) if classes else QUIET


def figure_hover(
    ward: Ward, place: Place, value: float | None, measure: Measure, language: Language
) -> str:
    """Write the name and the figure of a place, for where a pointer rests on it."""
    figure = (
        say("charts.no_figure", language)
        if value is None
        else quantity(value, measure, ward, language)
    )
    return f"{hover_name(ward, place, language)}\n{measure.label(language)} {figure}"
