"""Map of the change of a measure: circles for a count, shades of two hues for a rate."""

from collections.abc import Mapping

import plotly.graph_objects as go

from aip_analysis.charts.legend_entries import MISSING_PATTERN, add_legend_entry
from aip_analysis.charts.maps.layers import Circles, Layers, layered_map
from aip_analysis.charts.maps.map_elements import PlaceStyle, add_circle_legend_entry
from aip_analysis.charts.maps.map_labels import hover_name, wrapped_name
from aip_analysis.charts.maps.map_sheets import View, sheet_of
from aip_analysis.charts.maps.measure_map import KEY_COLUMNS
from aip_analysis.charts.maps.value_classes import classes_of_changes
from aip_analysis.charts.style.number_format import (
    format_quantity,
    panel_figures,
    panel_heading,
    unit_suffix,
)
from aip_analysis.charts.style.palette import CIRCLE, MUTED, PAPER, QUIET
from aip_analysis.measures.comparing.changes import Change
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import difference
from aip_analysis.reference import Level, Measure, Place, Ward

# Decreases are empty circles and increases filled ones: no colours need to be distinguished.
LESS, MORE = PAPER, CIRCLE


def change_map(  # noqa: PLR0913 -- what is drawn, and how
    ward: Ward,
    changes: Mapping[str, Change],
    measure: Measure,
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
    level: Level = "area",
) -> go.Figure:
    """Return a map of by how much a measure of places has increased or decreased.

    Parameters
    ----------
    changes
        Changes by area_code, or by block_code if blocks are drawn; a place of which none is claimed
        is hatched.
    place, view, level
        As in ``measure_map``.
    """
    sheet = sheet_of(ward, place, view=view, level=level)
    claimed = {
        drawn_place.code: one
        for drawn_place in sheet.places
        if (one := changes.get(drawn_place.code)) and one.is_claimed
    }
    change = {code: _difference(one, measure) for code, one in claimed.items()}
    classes = classes_of_changes(list(change.values())) if measure.is_rate else None
    points = say("charts.points", language) if measure.unit == "percent" else ""
    signed = dict(zip(change, _signed(change, measure, language), strict=True))
    styles, texts = {}, {}
    for drawn_place in sheet.places:
        name, code = wrapped_name(drawn_place, language), drawn_place.code
        where = hover_name(ward, drawn_place, language)
        if code not in change:
            hover = f"{where}\n{say('charts.no_comparison', language)}"
            styles[code], texts[code] = PlaceStyle(PAPER, hover, MISSING_PATTERN), name
            continue
        before, after = (
            format_quantity(figure.value or 0.0, measure, ward, language)
            for figure in (claimed[code].before, claimed[code].now)
        )
        hover = say(
            "charts.change_hover",
            language,
            place=where,
            measure=measure.label(language),
            before=before,
            after=after,
            change=signed[code] + points,
        )
        if not claimed[code].is_of_all:
            hover += f"\n{say('charts.change_areas', language, areas=claimed[code].areas)}"
        styles[code] = PlaceStyle(classes.shade(change[code]) if classes else QUIET, hover)
        texts[code] = f"{name}\n{signed[code]}"
    circles: tuple[Circles, ...] = ()
    if classes is None:
        more = {code: value for code, value in change.items() if value > 0}
        less = {code: -value for code, value in change.items() if value < 0}
        circles = (Circles(more, MORE), Circles(less, LESS, MUTED))
    drawing = layered_map(
        ward, sheet, Layers(styles, texts, circles), language=language, place=place
    )
    if classes is None:
        name = panel_heading(
            measure, list(change.values()), KEY_COLUMNS, ward=ward, language=language
        )
        add_circle_legend_entry(drawing, say("charts.increase", language, measure=name), MORE)
        add_circle_legend_entry(
            drawing, say("charts.decrease", language, measure=name), LESS, MUTED
        )
    else:
        unit = points or unit_suffix(measure.unit, ward, language)
        for name, shade in zip(classes.names(unit, language), classes.shades, strict=True):
            add_legend_entry(drawing, name, shade)
    if len(change) < len(sheet.places):
        add_legend_entry(drawing, say("charts.no_comparison", language), PAPER, MISSING_PATTERN)
    return drawing.figure()


def _difference(change: Change, measure: Measure) -> float:
    now, before = (figure.value or 0.0 for figure in (change.now, change.before))
    return float(difference(now, before, measure.decimals))


def _signed(change: dict[str, float], measure: Measure, language: Language) -> list[str]:
    """Return changes with their sign: +3, −2, ±0."""
    sizes = panel_figures(measure, [abs(value) for value in change.values()], language)
    signs = ["+" if value > 0 else "−" if value < 0 else "±" for value in change.values()]
    return [sign + size for sign, size in zip(signs, sizes, strict=True)]
