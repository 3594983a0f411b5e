"""Map of how many of the priority fields each council has talked about."""

from collections.abc import Collection, Mapping

import plotly.graph_objects as go

from aip_analysis.charts.legend_entries import add_legend_entry, add_missing_legend
from aip_analysis.charts.maps.layers import Layers, layered_map
from aip_analysis.charts.maps.map_elements import PlaceStyle
from aip_analysis.charts.maps.map_labels import hover_name, wrapped_name
from aip_analysis.charts.maps.map_sheets import View, sheet_of
from aip_analysis.charts.maps.missing_places import Figures, figure_at, missing_style
from aip_analysis.charts.style.palette import SEQUENCE
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place, Ward


def field_map(
    ward: Ward,
    fields: Mapping[str, Collection[str]],
    meetings: Figures,
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
) -> go.Figure:
    """Return a map of in how many of the priority fields each place had a meeting.

    This is a count, but one out of a fixed total: that is why it is drawn as shades.

    Parameters
    ----------
    fields
        Codes of the vocabulary ``priority_field`` by area_code (block_code if blocks are drawn).
    meetings
        The number of meetings of places: those that are not among the fields are hatched, by the
        reason why there is no such number, or because no field is stated.
    place, view
        As in ``measure_map``.
    """
    sheet = sheet_of(ward, place, view=view)
    names = ward.vocabularies["priority_field"].labels(language)
    styles, texts = {}, {}
    missing = []
    for drawn_place in sheet.places:
        name, where = wrapped_name(drawn_place, language), hover_name(ward, drawn_place, language)
        if drawn_place.code not in fields:
            # Where there are meetings, no record says what they were about.
            figure = figure_at(meetings, drawn_place)
            missing.append(Figure(None, "not_kept") if figure.known else figure)
            styles[drawn_place.code] = missing_style(where, missing[-1], language)
            texts[drawn_place.code] = name
            continue
        own = [label for code, label in names.items() if code in fields[drawn_place.code]]
        summary = say("charts.talked_about", language, count=len(own), all=len(names))
        hover = "\n".join([where, summary, *own])
        styles[drawn_place.code] = PlaceStyle(_shade(len(own), len(names)), hover)
        texts[drawn_place.code] = f"{name}\n{len(own)}"
    drawing = layered_map(ward, sheet, Layers(styles, texts), language=language, place=place)
    for low, high, shade in _classes(len(names)):
        key = "charts.fields_key" if low < high else "charts.fields_key_one"
        add_legend_entry(drawing, say(key, language, low=low, high=high), shade)
    add_missing_legend(drawing, (figure.state for figure in missing), language)
    return drawing.figure()


def _shade(count: int, most: int) -> str:
    return next(shade for low, high, shade in _classes(most) if low <= count <= high)


def _classes(most: int) -> list[tuple[int, int, str]]:
    """Return classes of counts from none to all; none and all are classes of their own."""
    inner = SEQUENCE[1:-1]
    edges = [1 + round(turn * (most - 1) / len(inner)) for turn in range(len(inner) + 1)]
    classes = [(0, 0, SEQUENCE[0])]
    classes += [
        (low, high - 1, shade)
        for low, high, shade in zip(edges, edges[1:], inner, strict=False)
        if low < high
    ]
    return [*classes, (most, most, SEQUENCE[-1])]
