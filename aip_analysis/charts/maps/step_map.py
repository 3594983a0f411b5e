"""Map of the steps of councils."""

from collections.abc import Mapping

import plotly.graph_objects as go

from aip_analysis.charts.legend_entries import add_legend_entry
from aip_analysis.charts.maps.layers import Layers, layered_map
from aip_analysis.charts.maps.map_elements import PlaceStyle
from aip_analysis.charts.maps.map_labels import hover_name, wrapped_name
from aip_analysis.charts.maps.map_sheets import View, sheet_of
from aip_analysis.charts.style.palette import STEP_PATTERNS, STEPS
from aip_analysis.messages import Language
from aip_analysis.reference import Place, Ward


def step_map(
    ward: Ward,
    steps: Mapping[str, str],
    *,
    language: Language,
    place: Place | None = None,
    view: View = "map",
) -> go.Figure:
    """Return a map of the step of each area's council.

    Parameters
    ----------
    steps
        A code of the vocabulary ``council_step`` by area_code; none where an area is absent.
    place, view
        As in ``measure_map``; areas are drawn one by one in any ward.
    """
    sheet = sheet_of(ward, place, view=view)
    names = ward.vocabularies["council_step"].labels(language)
    styles = {}
    for drawn_place in sheet.places:
        step = steps.get(drawn_place.code, "none")
        hover = f"{hover_name(ward, drawn_place, language)}\n{names[step]}"
        styles[drawn_place.code] = PlaceStyle(STEPS[step], hover, STEP_PATTERNS[step])
    texts = {drawn_place.code: wrapped_name(drawn_place, language) for drawn_place in sheet.places}
    drawing = layered_map(ward, sheet, Layers(styles, texts), language=language, place=place)
    present = {steps.get(drawn_place.code, "none") for drawn_place in sheet.places}
    for step, name in names.items():
        if step in present:
            add_legend_entry(drawing, name, STEPS[step], STEP_PATTERNS[step])
    return drawing.figure()
