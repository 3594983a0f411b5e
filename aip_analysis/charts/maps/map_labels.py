"""Text on maps: names of areas and blocks, the scale, and the kind of map."""

import math
from collections.abc import Mapping
from typing import Any

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.maps.block_labels import Named
from aip_analysis.charts.maps.label_placement import STRONGER, Boxes, Spots
from aip_analysis.charts.maps.map_sheets import Sheet
from aip_analysis.charts.style.palette import MUTED, text_colour_on
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place, Ward

# Font sizes in pixels; Latin letters run wider.
NAME_SIZE = {"ja": 11, "en": 10}
BLOCK_NAME = 12
KILOMETRE = 1000
# Maximum length of the scale bar in pixels on a narrow screen.
SCALE = 40
# Pixels on a narrow screen: from the corner to the scale bar, and the height of its ends.
INSET = 8
TICK = 5
VEIL = "rgba(255,255,255,0.75)"


def block_name(block: Place, language: Language) -> str:
    """Return the name of a block with the word for it: 「ブロック」, or "block" in English."""
    return say("charts.block", language, name=block.name(language))


def wrapped_name(place: Place, language: Language) -> str:
    """Return the name of a place on a map, with a name of two parts on two lines."""
    return place.name(language).replace("-", "-\n")


def hover_name(ward: Ward, place: Place, language: Language) -> str:
    """Return the name of a place for a hover text: that of an area with its block."""
    if place.level == "block":
        return block_name(place, language)
    return f"{place.name(language)} ({block_name(ward.block_of(place), language)})"


def add_names(
    drawing: ChartBuilder,
    spots: Spots,
    texts: Mapping[str, str],
    *,
    fills: Mapping[str, str],
    size: int,
    strong: str = "",
) -> None:
    """Write labels on areas, by code, with that of the area ``strong`` larger.

    A label that extends beyond its area keeps a halo of the area's colour.
    """
    drawing.add_scatter(
        x=[spots[code][0] for code in texts],
        y=[spots[code][1] for code in texts],
        mode="text",
        text=[bold(text) if code == strong else text for code, text in texts.items()],
        textfont={
            "size": [size + STRONGER if code == strong else size for code in texts],
            "color": [text_colour_on(fills[code]) for code in texts],
            "shadow": [", ".join([f"0 0 2px {fills[code]}"] * 4) for code in texts],
        },
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def named_blocks(sheet: Sheet, words: Boxes, *, ward: Ward, language: Language) -> Named:
    """Return the wordings and spots of the names of the blocks, by code.

    Parameters
    ----------
    words
        Boxes of the names of places.
    """
    wordings = {}
    for code in sheet.borders:
        name = ward.places[f"block-{code}"].name(language)
        wordings[code] = (
            say("charts.block", language, name=name),
            say("charts.block_on_two_lines", language, name=name),
        )
    return sheet.outside.place(wordings, BLOCK_NAME, words)


def add_block_names(
    drawing: ChartBuilder, sheet: Sheet, words: Boxes, *, ward: Ward, language: Language
) -> None:
    """Write the names of the blocks next to them, where the map is empty.

    Parameters
    ----------
    words
        Boxes of the names of places.
    """
    named = named_blocks(sheet, words, ward=ward, language=language)
    drawing.add_scatter(
        x=[spot[0] for _wording, spot in named.values()],
        y=[spot[1] for _wording, spot in named.values()],
        mode="text",
        text=[bold(wording) for wording, _spot in named.values()],
        textfont={"size": BLOCK_NAME, "color": MUTED},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def add_scale(drawing: ChartBuilder, sheet: Sheet, language: Language) -> None:
    """Draw a scale bar of a round length at the lower left, the direction north, and map notes."""
    extent = sheet.extent
    zoom = extent.metres_per_pixel
    west, south, _east, _north = extent.box
    x, y = round(west + INSET * zoom), round(south + INSET * zoom)
    # The background hides most of what lies below the text.
    spot: dict[str, Any] = {"xref": "x", "yref": "y", "y": y, "bgcolor": VEIL}
    if sheet.origin == "tiles":
        drawing.add_note(say("charts.tile_map", language), **spot, x=x)
        return
    length, length_text = scale_length(zoom)
    tick = round(TICK * zoom)
    drawing.add_scatter(
        x=[x, x, x + length, x + length],
        y=[y + tick, y, y, y + tick],
        mode="lines",
        line={"color": MUTED, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    spot["y"] = y + tick
    drawing.add_note(length_text, **spot, x=x + length / 2, xanchor="center")
    drawing.add_note(say("charts.north", language), **spot, x=x + length, xshift=14)
    if sheet.origin == "sketch":
        drawing.add_note(say("charts.sketch_map", language), **spot, x=x, yshift=18)


def scale_length(metres_per_pixel: float) -> tuple[int, str]:
    """Return the length of the scale bar, in metres and as text."""
    length = _round_length(SCALE * metres_per_pixel)
    return length, f"{length} m" if length < KILOMETRE else f"{length // KILOMETRE} km"


def _round_length(most: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20, 50 ... metres that is not above ``most``."""
    scale = int(10 ** max(math.floor(math.log10(most)), 0))
    return max((scale * step for step in (2, 5) if scale * step <= most), default=scale)
