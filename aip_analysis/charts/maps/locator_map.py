"""Map of where a place is in the ward."""

import plotly.graph_objects as go

from aip_analysis.charts.compared_places import is_large
from aip_analysis.charts.legend_entries import add_legend_entry
from aip_analysis.charts.maps.layers import Layers, layered_map
from aip_analysis.charts.maps.map_elements import PlaceStyle
from aip_analysis.charts.maps.map_labels import block_name, hover_name, wrapped_name
from aip_analysis.charts.maps.map_sheets import Sheet, View, sheet_of
from aip_analysis.charts.style.palette import BLOCKS, NEIGHBOUR, QUIET, THIS
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place, Ward


def locator_map(ward: Ward, place: Place, *, language: Language, view: View = "map") -> go.Figure:
    """Return a map of the areas and blocks of the ward with one place highlighted.

    In a large ward only the areas of the place's block are drawn one by one, and for the ward only
    its blocks.

    Parameters
    ----------
    place
        An area (highlighted strongly, the rest of its block lightly), a block (its areas
        highlighted), or the ward (its blocks in four tints).
    view
        Shapes or tiles.
    """
    sheet = sheet_of(ward, place, view=view)
    fills = _fills(ward, sheet, place)
    styles = {
        drawn_place.code: PlaceStyle(
            fills[drawn_place.code], hover_name(ward, drawn_place, language)
        )
        for drawn_place in sheet.places
    }
    texts = {drawn_place.code: wrapped_name(drawn_place, language) for drawn_place in sheet.places}
    surroundings = {
        code: PlaceStyle(QUIET, block_name(ward.places[f"block-{code}"], language))
        for code in sheet.surroundings
    }
    layers = Layers(styles, texts, surroundings=surroundings)
    drawing = layered_map(ward, sheet, layers, language=language, place=place)
    for name, fill in _keys(ward, place, language):
        add_legend_entry(drawing, name, fill)
    return drawing.figure()


def _fills(ward: Ward, sheet: Sheet, place: Place) -> dict[str, str]:
    """Return the colour of each place, by code."""
    if place.level == "ward":
        tints = block_colours(ward)
        return {
            drawn_place.code: tints[
                drawn_place.code
                if drawn_place.level == "block"
                else ward.block_of(drawn_place).code
            ]
            for drawn_place in sheet.places
        }
    inside = {area.code for area in ward.areas_of(place)}
    block = ward.block_of(place) if place.level == "area" else place
    near = {area.code for area in ward.areas_of(block)}
    return {
        area.code: THIS if area.code in inside else NEIGHBOUR if area.code in near else QUIET
        for area in sheet.places
    }


def block_colours(ward: Ward) -> dict[str, str]:
    """Return the colour of each block, by code."""
    blocks = ward.places_of("block")
    return {block.code: BLOCKS[turn % len(BLOCKS)] for turn, block in enumerate(blocks)}


def _keys(ward: Ward, place: Place, language: Language) -> list[tuple[str, str]]:
    if place.level == "ward":
        # The blocks of a large ward have their names on the map.
        blocks = () if is_large(ward) else ward.places_of("block")
        tints = block_colours(ward)
        return [(block_name(block, language), tints[block.code]) for block in blocks]
    if place.level == "block":
        return [(block_name(place, language), THIS), (say("charts.other_blocks", language), QUIET)]
    block = block_name(ward.block_of(place), language)
    return [
        (ward.label(place, language), THIS),
        (say("charts.rest_of_block", language, block=block), NEIGHBOUR),
        (say("charts.other_blocks", language), QUIET),
    ]
