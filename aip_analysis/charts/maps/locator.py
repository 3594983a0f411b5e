"""Where a place lies in the ward."""

import plotly.graph_objects as go

from aip_analysis.charts.maps.parts import add_key, add_names, add_scale, add_shape, blank_map
from aip_analysis.charts.maps.sheet import Sheet, sheet_of
from aip_analysis.charts.palette import BLOCKS, BORDER, INK, NEIGHBOUR, PAPER, QUIET, THIS
from aip_analysis.charts.side_by_side import is_large
from aip_analysis.messages import Language, say
from aip_analysis.ward import Place, Ward

# Pixels; Latin letters run wider.
NAME_SIZE = {"ja": 12, "en": 11}


def locator_map(ward: Ward, place: Place, *, language: Language) -> go.Figure:
    """Show the areas and blocks of the ward as a sketch map, with one place set off.

    In a large ward only the areas of the place's block are drawn one by one, and of the ward only
    its blocks.

    Parameters
    ----------
    place
        An area (set off strongly, the rest of its block lightly), a block (its areas set off), or
        the ward (its blocks in four tints).
    """
    sheet = sheet_of(ward, place)
    fills = _fills(ward, sheet, place)
    drawing = blank_map(sheet.extent)
    for code, outline in sheet.quiet.items():
        name = block_name(ward.places[f"block-{code}"], language)
        add_shape(drawing, outline, fill=QUIET, line=BORDER, hover=name)
    for shown in sheet.places:
        outline, fill = sheet.outlines[shown.code], fills[shown.code]
        add_shape(drawing, outline, fill=fill, line=PAPER, hover=_hover(ward, shown, language))
    for code, outline in sheet.borders.items():
        own = place.level == "block" and code == place.code
        add_shape(drawing, outline, line=INK if own else BORDER, width=2.5 if own else 1.8)
    texts = {shown.code: wrapped_name(shown, language) for shown in sheet.places}
    strong = place.code if place.level == "area" else ""
    spots = sheet.spots.of(texts, NAME_SIZE[language])
    add_names(drawing, spots, texts, fills=fills, size=NAME_SIZE[language], strong=strong)
    for name, fill in _keys(ward, place, language):
        add_key(drawing, name, fill)
    add_scale(drawing, sheet.extent, language)
    return drawing.figure()


def block_name(block: Place, language: Language) -> str:
    """Name a block as one: its name and 「ブロック」, or its name and block."""
    return say("charts.block", language, name=block.name(language))


def wrapped_name(place: Place, language: Language) -> str:
    """Name a place on a map, a name of two parts on two lines."""
    return place.name(language).replace("-", "-<br>")


def _hover(ward: Ward, place: Place, language: Language) -> str:
    if place.level == "block":
        return block_name(place, language)
    return f"{place.name(language)}<br>{block_name(ward.block_of(place), language)}"


def _fills(ward: Ward, sheet: Sheet, place: Place) -> dict[str, str]:
    """Choose the colour of each place."""
    if place.level == "ward":
        tints = _tints(ward)
        return {
            shown.code: tints[shown.code if shown.level == "block" else ward.block_of(shown).code]
            for shown in sheet.places
        }
    inside = {area.code for area in ward.areas_of(place)}
    block = ward.block_of(place) if place.level == "area" else place
    near = {area.code for area in ward.areas_of(block)}
    return {
        area.code: THIS if area.code in inside else NEIGHBOUR if area.code in near else QUIET
        for area in sheet.places
    }


def _tints(ward: Ward) -> dict[str, str]:
    blocks = ward.places_of("block")
    return {block.code: BLOCKS[turn % len(BLOCKS)] for turn, block in enumerate(blocks)}


def _keys(ward: Ward, place: Place, language: Language) -> list[tuple[str, str]]:
    if place.level == "ward":
        # The blocks of a large ward have their names on the map.
        blocks = () if is_large(ward) else ward.places_of("block")
        tints = _tints(ward)
        return [(block_name(block, language), tints[block.code]) for block in blocks]
    if place.level == "block":
        return [(block_name(place, language), THIS), (say("charts.other_blocks", language), QUIET)]
    block = block_name(ward.block_of(place), language)
    return [
        (place.name(language), THIS),
        (say("charts.rest_of_block", language, block=block), NEIGHBOUR),
        (say("charts.other_blocks", language), QUIET),
    ]
