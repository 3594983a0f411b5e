"""A measure on the map: counts as circles, rates as shades."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.headings import figures_of, heading
from aip_analysis.charts.maps.label_spots import Spots
from aip_analysis.charts.maps.locator import block_name, wrapped_name
from aip_analysis.charts.maps.parts import add_key, add_names, add_scale, add_shape, blank_map
from aip_analysis.charts.maps.sheet import sheet_of
from aip_analysis.charts.numbers import plain_number, quantity, round_step, unit_label
from aip_analysis.charts.palette import BORDER, CIRCLE, GRID, MUTED, PAPER, QUIET, SEQUENCE
from aip_analysis.messages import Language, say
from aip_analysis.ward import Measure, Place, Ward

MISSING_PATTERN = "/"
LARGEST_CIRCLE = 36
# Pixels; Latin letters run wider.
NAME_SIZE = {"ja": 11, "en": 10}

KEY_COLUMNS = 40


def measure_map(
    ward: Ward,
    values: pd.Series,
    measure: Measure,
    *,
    language: Language,
    place: Place | None = None,
) -> go.Figure:
    """Show a measure of places: circles for a count, shades for a rate.

    Parameters
    ----------
    values
        Values by area_code, or by block_code where blocks are drawn; places that it lacks, or
        whose value is missing, are hatched.
    place
        Whose page it is for: ``mapped`` tells which places are drawn. Without one, all areas.
    """
    sheet = sheet_of(ward, place)
    drawn = {shown.code for shown in sheet.places}
    known = {
        str(code): float(value)
        for code, value in values.items()
        if code in drawn and not pd.isna(value)
    }
    classes = _classes(list(known.values())) if measure.is_rate else []
    fills = {code: _shade(value, classes) if classes else QUIET for code, value in known.items()}
    drawing = blank_map(sheet.extent)
    for outline in sheet.quiet.values():
        add_shape(drawing, outline, fill=PAPER, line=GRID)
    for shown in sheet.places:
        add_shape(
            drawing,
            sheet.outlines[shown.code],
            fill=fills.get(shown.code, PAPER),
            line=BORDER,
            hover=_hover(ward, shown, known.get(shown.code), measure, language),
            pattern="" if shown.code in known else MISSING_PATTERN,
        )
    for outline in sheet.borders.values():
        add_shape(drawing, outline, line=MUTED, width=1.8)
    texts = _labels(sheet.places, known, measure, language)
    spots = sheet.spots.of(texts, NAME_SIZE[language])
    if not measure.is_rate:
        _circles(drawing, spots, known)
    behind = {code: _behind(known, fills, code, measure) for code in texts}
    add_names(drawing, spots, texts, fills=behind, size=NAME_SIZE[language])
    _keys(drawing, list(known.values()), classes, measure, ward, language)
    if len(known) < len(sheet.places):
        add_key(drawing, say("charts.no_figure", language), PAPER, MISSING_PATTERN)
    add_scale(drawing, sheet.extent, language)
    return drawing.figure()


def _classes(values: list[float]) -> list[tuple[float, float]]:
    """Cut the span of some values into at most as many round classes as there are shades."""
    lowest, highest = min(values, default=0), max(values, default=0)
    step = round_step((highest - lowest) / len(SEQUENCE) or highest / 2)
    while math.ceil(highest / step) - math.floor(lowest / step) > len(SEQUENCE):
        step = round_step(step * 1.01)
    first = math.floor(lowest / step)
    count = max(1, math.ceil(highest / step) - first)
    edges = [round((first + turn) * step, 10) for turn in range(count + 1)]
    return list(pairwise(edges))


def _shades(count: int) -> list[str]:
    """Choose so many shades, spread from the lightest to the deepest."""
    gaps = max(count - 1, 1)
    return [SEQUENCE[round(turn * (len(SEQUENCE) - 1) / gaps)] for turn in range(count)]


def _shade(value: float, classes: list[tuple[float, float]]) -> str:
    below = sum(1 for low, _high in classes if value >= low)
    return _shades(len(classes))[max(below - 1, 0)]


def _behind(known: dict[str, float], fills: dict[str, str], code: str, measure: Measure) -> str:
    """Give the colour that the words of an area stand on."""
    if code not in known:
        return PAPER
    return fills[code] if measure.is_rate or known[code] <= 0 else CIRCLE


def _circles(drawing: Drawing, spots: Spots, known: dict[str, float]) -> None:
    most = max(known.values(), default=0) or 1
    drawing.scatter(
        x=[spots[code][0] for code in known],
        y=[spots[code][1] for code in known],
        mode="markers",
        marker={
            "size": [max(0, value) for value in known.values()],
            "sizemode": "area",
            "sizeref": most / LARGEST_CIRCLE**2,
            "color": CIRCLE,
            "opacity": 1,
            "line": {"color": PAPER, "width": 1.5},
        },
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _hover(
    ward: Ward, place: Place, value: float | None, measure: Measure, language: Language
) -> str:
    where = (
        block_name(place, language)
        if place.level == "block"
        else f"{place.name(language)} ({block_name(ward.block_of(place), language)})"
    )
    figure = (
        say("charts.no_figure", language)
        if value is None
        else quantity(value, measure, ward, language)
    )
    return f"{where}<br>{measure.label(language)} {figure}"


def _labels(
    places: Sequence[Place], known: dict[str, float], measure: Measure, language: Language
) -> dict[str, str]:
    """Name the places, each with its figure on a line of its own."""
    texts = figures_of(measure, list(known.values()), language)
    figures = {code: [text] for code, text in zip(known, texts, strict=True)}
    return {
        place.code: "<br>".join([wrapped_name(place, language), *figures.get(place.code, [])])
        for place in places
    }


def _keys(
    drawing: Drawing,
    values: list[float],
    classes: list[tuple[float, float]],
    measure: Measure,
    ward: Ward,
    language: Language,
) -> None:
    unit = unit_label(measure.unit, ward, language)
    if not classes:
        name = heading(measure, values, KEY_COLUMNS, ward=ward, language=language)
        text = say("charts.circle_key", language, measure=name)
        drawing.scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=text,
            marker={"size": 14, "color": CIRCLE},
            hoverinfo="skip",
            showlegend=True,
        )
        return
    for turn, (low, high) in enumerate(classes):
        ends = {"low": plain_number(low, 2), "high": plain_number(high, 2)}
        text = say("charts.class_key", language, **ends, unit=unit)
        add_key(drawing, text, _shades(len(classes))[turn])
