"""A chart as a file of its own: one SVG with title, legend, plot and notes, for documents."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aip_analysis.charts.style.label_wrapping import width_in_ems
from aip_analysis.charts.style.palette import INK, PAPER
from aip_analysis.charts.style.theme import FONTS
from aip_analysis.charts.svg.legends import Key, legend_keys
from aip_analysis.charts.svg.shared_definitions import Shared
from aip_analysis.charts.svg.svg_chart import EDGE, Plot, plot_of
from aip_analysis.charts.svg.svg_text import LINE, marked_lines, short

# Pixels: the height of a line of the legend, its letters, between its entries and between a swatch
# and its name.
KEY_LINE, KEY_SIZE, KEY_GAP, NAME_GAP = 21, 13, 18, 6
# From these widths on, texts of these classes are shown: see the bars of these pictures.
WIDTHS = (480, 660, 880)
# A line of the title that is smaller: its size, its colour and its text.
_SPAN = re.compile(r'<span style="font-size:(\d+)px;color:(#\w+)">(.*)</span>$')
STYLE = "text{white-space:pre;stroke-linejoin:round}"


def svg_file(figure: Mapping[str, Any], width: int) -> str:
    """Return a chart as the text of an SVG file.

    Parameters
    ----------
    figure
        The chart in plotly's JSON format; a title and the line below it are part of the picture.
    width
        The width in pixels.

    Raises
    ------
    UnsupportedChartError
        If it uses an attribute or value of plotly's that is not supported here.
    """
    layout, shared = figure.get("layout", {}), Shared()
    plot = plot_of(figure, shared, width)
    keys = legend_keys(figure.get("data", []), layout, shared)
    words, top = _title(layout.get("title") or {})
    legend, below = _legend(keys, top, width)
    chart, height = _placed(plot, layout, below, width)
    hidden = "".join(f".w{least}{{display:none}}" for least in WIDTHS if width < least)
    ground = layout.get("paper_bgcolor", PAPER)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family=\'{FONTS}\' font-size="12" fill="{plot.ink}"><style>{STYLE}{hidden}</style>'
        f'<rect width="100%" height="100%" fill="{ground}"/>'
        f"{shared.definitions()}{words}{legend}{chart}</svg>\n"
    ).replace("<use href=", "<use xlink:href=")


def _title(title: Mapping[str, Any]) -> tuple[str, float]:
    """Return the title and the smaller lines below it as SVG, and where they end."""
    text, font = str(title.get("text") or ""), title.get("font") or {}
    if not text:
        return "", 0.0
    drawn, top = "", float(EDGE)
    for line in re.split(r"<br\s*/?>", text):
        smaller = _SPAN.match(line)
        size = int(smaller[1]) if smaller else font.get("size", KEY_SIZE)
        fill = smaller[2] if smaller else font.get("color", INK)
        (inside,) = marked_lines(smaller[3] if smaller else line)
        top += LINE * font.get("size", KEY_SIZE)
        style = f'font-size="{size}" fill="{fill}"'
        drawn += f'<text x="{EDGE}" y="{short(top - 5, 1)}" {style}>{inside}</text>'
    return drawn, top + EDGE


def _legend(keys: Sequence[Key], top: float, width: int) -> tuple[str, float]:
    """Return the legend as SVG, in as many lines as it needs, and where it ends."""
    drawn = ""
    for key, x, line in _spots(keys, width):
        y = top + 4 + line * KEY_LINE
        name = x + key.width + NAME_GAP
        drawn += (
            f'<g transform="translate({short(x)} {short(y)})">{key.swatch}</g>'
            f'<text x="{short(name)}" y="{short(y + 11.5)}" '
            f'font-size="{KEY_SIZE}">{key.name}</text>'
        )
    lines = max((line + 1 for _key, _x, line in _spots(keys, width)), default=0)
    return drawn, top + (4 + KEY_LINE * lines if lines else 0)


def _spots(keys: Sequence[Key], width: int) -> Iterator[tuple[Key, float, int]]:
    x, line = float(EDGE), 0
    for key in keys:
        wide = key.width + NAME_GAP + KEY_SIZE * width_in_ems(html.unescape(key.name))
        if x > EDGE and x + wide > width - EDGE:
            x, line = float(EDGE), line + 1
        yield key, x, line
        x += wide + KEY_GAP


def _placed(plot: Plot, layout: Mapping[str, Any], top: float, width: int) -> tuple[str, int]:
    """Return the plot at its place, and the height of the whole picture."""
    if plot.height is None:
        wide = min(plot.most, width - 2 * EDGE)
        left, high = float(EDGE), wide * plot.ratio
        foot: float = (layout.get("margin") or {}).get("b", EDGE)
    else:
        above, right, foot, left = plot.padding
        left = max(left, EDGE)
        wide, high, top = width - left - max(right, EDGE), plot.height, top + above
    svg = f'<g transform="translate({short(left)} {short(top)})">{plot.inside}</g>'
    return svg, round(top + high + foot)
