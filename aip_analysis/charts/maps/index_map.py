"""Map of the ward as a table of contents: every area and block links to its page."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

import shapely

from aip_analysis.charts.maps.label_placement import Spots
from aip_analysis.charts.maps.locator_map import block_colours
from aip_analysis.charts.maps.map_labels import (
    INSET,
    NAME_SIZE,
    TICK,
    block_name,
    hover_name,
    named_blocks,
    scale_length,
    wrapped_name,
)
from aip_analysis.charts.maps.map_sheets import Sheet, sheet_of
from aip_analysis.charts.maps.place_outlines import Outline
from aip_analysis.charts.style.label_wrapping import width_in_columns
from aip_analysis.charts.style.palette import INK, MUTED, PAPER, text_colour_on
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place, Ward

# Pixels: labels get the room of a larger font, because browsers render fonts differently.
MORE = 1
# Sizes in pixels on a narrow screen: bold names of blocks (Latin letters run wider); text next to
# the scale, and the heights of the lines above its bar.
BLOCK_SIZE = {"ja": 12, "en": 11}
NOTE = 10
LINES = (4, 20, 33)
# Line height, and distance from the middle of a line to its baseline, as multiples of the font
# size.
LINE = 1.25
SINK = 0.36
# Padding around the name of a block, as a multiple of the font size.
FRAME = 0.35
# Opacity of a place without a page.
PALE = "0.35"

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Target:
    """The page that a place on the map links to.

    Parameters
    ----------
    page
        URL of the page; empty if there is none.
    remark
        A remark on it, such as that it has not been built; empty if everything is in order.
    """

    page: str
    remark: str = ""


def linked_map(ward: Ward, targets: Mapping[str, Target], *, language: Language) -> str:
    """Return the ward as SVG to embed in a page: places are links, in the order of their codes.

    It needs no script. The style sheet of the page sets line widths; font sizes are multiples of a
    pixel on a narrow screen, and the style sheet reduces them on wide ones.

    Parameters
    ----------
    targets
        The target of each area and block, by its key (``area-12``). In a large ward the blocks are
        drawn one by one, and the targets of areas are not needed.

    Returns
    -------
    str
        The element ``svg``; the same ward and targets produce exactly the same text.
    """
    sheet = sheet_of(ward, ward.whole)
    west, south, east, north = sheet.extent.box
    label = escape(say("page.map_alternative", language))
    box = f"{west} {-north} {east - west} {north - south}"
    parts = [
        f'<svg viewBox="{box}" role="group" aria-label="{label}">',
        f'<g font-size="{sheet.extent.metres_per_pixel:.2f}" text-anchor="middle">',
        '<g class="sizes">',
        *_shapes(ward, sheet, targets, language),
        *_borders(sheet),
        *_names(ward, sheet, targets, language),
        *_block_names(ward, sheet, targets, language),
        *_scale(sheet, language),
        "</g></g></svg>",
    ]
    return "\n".join(parts)


def _shapes(
    ward: Ward, sheet: Sheet, targets: Mapping[str, Target], language: Language
) -> Iterator[str]:
    tints = block_colours(ward)
    yield f'<g class="shapes" stroke="{INK}">'
    for place in sheet.places:
        target = targets[place.key]
        pale = "" if target.page else f' fill-opacity="{PALE}"'
        shape = (
            f'<path d="{outline_path(sheet.outlines[place.code])}" fill-rule="evenodd" '
            f'fill="{tints[_block_code(ward, place)]}"{pale}/>'
        )
        yield _link(place, target, hover_name(ward, place, language), shape)
    yield "</g>"


def _borders(sheet: Sheet) -> Iterator[str]:
    if sheet.borders:
        lines = "".join(outline_path(outline) for outline in sheet.borders.values())
        yield f'<path class="borders" d="{lines}" fill="none" stroke="{MUTED}"/>'


def _names(
    ward: Ward, sheet: Sheet, targets: Mapping[str, Target], language: Language
) -> Iterator[str]:
    """Yield the names on top of all shapes; for screen readers, links have them already."""
    tints = block_colours(ward)
    texts, spots = _placed(sheet, language)
    yield f'<g class="names" font-size="{NAME_SIZE[language]}em" aria-hidden="true">'
    for place in sheet.places:
        fill = tints[_block_code(ward, place)]
        halo, ink = (fill, text_colour_on(fill)) if targets[place.key].page else (PAPER, MUTED)
        words = _words(texts[place.code], spots[place.code])
        yield f'<g data-place="{escape(place.key)}" fill="{ink}" stroke="{halo}">{words}</g>'
    yield "</g>"


def _placed(sheet: Sheet, language: Language) -> tuple[dict[str, str], Spots]:
    """Return the labels of places and their spots, by code."""
    texts = {place.code: wrapped_name(place, language) for place in sheet.places}
    return texts, sheet.spots.place(texts, NAME_SIZE[language] + MORE)


def _block_names(
    ward: Ward, sheet: Sheet, targets: Mapping[str, Target], language: Language
) -> Iterator[str]:
    yield f'<g class="blocks" font-size="{BLOCK_SIZE[language]}em" fill="{MUTED}" stroke="{PAPER}">'
    texts, spots = _placed(sheet, language)
    words = sheet.spots.boxes(spots, texts, NAME_SIZE[language] + MORE)
    named = named_blocks(sheet, words, ward=ward, language=language)
    for code, (wording, spot) in sorted(named.items()):
        block = ward.places[f"block-{code}"]
        yield _link(
            block,
            targets[block.key],
            block_name(block, language),
            _frame(wording, spot) + _words(wording, spot),
        )
    yield "</g>"


def _scale(sheet: Sheet, language: Language) -> Iterator[str]:
    """Yield a scale bar of a round length at the lower left, the direction north, and map notes."""
    zoom = sheet.extent.metres_per_pixel
    west, south, _east, _north = sheet.extent.box
    x, y = round(west + INSET * zoom), -round(south + INSET * zoom)
    tick = round(TICK * zoom)
    length, length_text = scale_length(zoom)
    lines = [y - tick - round(line * zoom) for line in LINES]
    bar = f"M{x} {y - tick}v{tick}h{length}v{-tick}"
    yield f'<path class="scale" d="{bar}" fill="none" stroke="{MUTED}"/>'
    yield f'<g class="names" font-size="{NOTE}em" fill="{MUTED}" stroke="{PAPER}">'
    yield f'<text x="{x + length // 2}" y="{lines[0]}">{length_text}</text>'
    north = escape(say("charts.north", language))
    beside = x + length + round(NOTE * zoom)
    yield f'<text x="{beside}" y="{y}" text-anchor="start">{north}</text>'
    if sheet.origin == "sketch":
        note = say("charts.sketch_map", language).split("\n")
        for line, at in zip(note, reversed(lines[1:]), strict=True):
            # The left half of a full-width bracket is empty.
            back = ' dx="-0.5em"' if line.startswith("（") else ""
            yield f'<text x="{x}" y="{at}"{back} text-anchor="start">{escape(line)}</text>'
    yield "</g>"


def _link(place: Place, target: Target, name: str, inside: str) -> str:
    """Return the drawing of a place as a named link, or only with the name if it has no page."""
    key = escape(place.key)
    name = escape(f"{name}: {target.remark}" if target.remark else name, quote=False)
    if target.page:
        page = escape(target.page)
        return f'<a href="{page}" data-place="{key}"><title>{name}</title>{inside}</a>'
    return f'<g role="img" data-place="{key}"><title>{name}</title>{inside}</g>'


def _words(text: str, spot: tuple[int, int]) -> str:
    """Return lines of text centred on a spot."""
    lines = text.split("\n")
    first = SINK - LINE * (len(lines) - 1) / 2
    spans = "".join(
        f'<tspan x="0" y="{first + LINE * turn:.3g}em">{escape(line, quote=False)}</tspan>'
        for turn, line in enumerate(lines)
    )
    return f'<text transform="translate({spot[0]} {-spot[1]})">{spans}</text>'


def _frame(text: str, spot: tuple[int, int]) -> str:
    """Return the invisible background of a name, as a target for a pointer."""
    lines = text.split("\n")
    width = max(width_in_columns(line) for line in lines) / 2 + 2 * FRAME
    height = LINE * len(lines) + FRAME
    return (
        f'<rect transform="translate({spot[0]} {-spot[1]})" x="{-width / 2:.3g}em" '
        f'y="{-height / 2:.3g}em" width="{width:.3g}em" height="{height:.3g}em" rx=".3em" '
        f'fill="{PAPER}" fill-opacity="0" stroke="none"/>'
    )


def _block_code(ward: Ward, place: Place) -> str:
    return place.code if place.level == "block" else ward.block_of(place).code


def outline_path(outline: Outline) -> str:
    """Return an outline as path data, holes included, in whole metres from point to point."""
    return "".join(_ring_path(ring) for ring in _rings(outline))


def _rings(outline: Outline) -> Iterator[Ring]:
    for part in shapely.get_parts(outline.shape):
        for line in (part.exterior, *part.interiors):
            points = [(round(x), -round(y)) for x, y in line.coords[:-1]]
            yield [point for point, _same in itertools.groupby(points)]


def _ring_path(ring: Ring) -> str:
    steps = [(x - old_x, y - old_y) for (old_x, old_y), (x, y) in itertools.pairwise(ring)]
    return f"M{_numbers([ring[0]])}l{_numbers(steps)}z"


def _numbers(points: Iterable[tuple[int, int]]) -> str:
    """Return numbers joined by spaces, or by a minus sign where there is one."""
    written = " ".join(f"{x} {y}" for x, y in points)
    return written.replace(" -", "-")
