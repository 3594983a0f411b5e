"""Bars: vertical or horizontal, grouped, stacked or overlaid, with hatching and text."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aip_analysis.charts.svg.axes import Attributes, Axis
from aip_analysis.charts.svg.canvas import Box, Canvas
from aip_analysis.charts.svg.shared_definitions import Shared, hatching_of
from aip_analysis.charts.svg.svg_text import Word, svg_attributes, width_of
from aip_analysis.charts.svg.unsupported import require_supported

# Fraction of a place that plotly leaves free between bars by default.
GAP = 0.2
# Pixels between a bar and the text next to it, and around text on it.
BESIDE = 3
AROUND = 6
# Breakpoints in pixels: the width from which on text on a bar is shown, and the width of the
# picture that can then be relied on. The first one, for phones, has no lower limit. The style sheet
# has the same breakpoints.
WIDTHS = ((0, 280), (480, 400), (660, 580), (880, 800))


def draw_bars(
    canvas: Canvas,
    bars: Sequence[Attributes],
    axes: Mapping[str, Axis],
    layout: Attributes,
    shared: Shared,
) -> None:
    """Draw the bars of a chart."""
    mode = layout.get("barmode", "group")
    require_supported("barmode", mode, ("group", "stack", "overlay"))
    gap = layout.get("template", {}).get("layout", {}).get("bargap", GAP)
    gap = layout.get("bargap", gap)
    on_axes: dict[tuple[str, str], list[Attributes]] = {}
    # A bar without a place only exists for its legend entry.
    for trace in (bar for bar in bars if set(bar["x"]) != {None}):
        on_axes.setdefault((trace.get("xaxis", "x"), trace.get("yaxis", "y")), []).append(trace)
    for (across, up), traces in on_axes.items():
        lots = len(traces) if mode == "group" and _meet(traces) else 1
        tops: dict[float, float] | None = {} if mode == "stack" else None
        for turn, trace in enumerate(traces):
            lying = trace.get("orientation") == "h"
            lot = _Lot(*((axes[up], axes[across]) if lying else (axes[across], axes[up])), tops)
            wide = (1 - gap) * _nearest(traces, lot.along, lying=lying) / lots
            offset = (turn - (lots - 1) / 2) * wide if lots > 1 else 0
            boxes = list(lot.boxes(trace, trace.get("width", wide), offset))
            _draw(canvas, trace, boxes, shared)
            _label(canvas, trace, boxes, lying=lying)


def _meet(traces: Sequence[Attributes]) -> bool:
    """Return whether bars of several traces share a place: only then are they set side by side."""
    places = [
        place
        for trace in traces
        for place in set(trace["y" if trace.get("orientation") == "h" else "x"])
    ]
    return len(set(places)) < len(places)


def _nearest(traces: Sequence[Attributes], axis: Axis, *, lying: bool) -> float:
    """Return the distance between the two bars that are closest to each other."""
    places = sorted(
        {axis.number(place) for trace in traces for place in trace["y" if lying else "x"]}
    )
    return min((after - before for before, after in itertools.pairwise(places)), default=1)


@dataclass(frozen=True)
class _Lot:
    """The axes of a set of bars, and the tops of those below if they are stacked.

    Parameters
    ----------
    along, lengthwise
        The axis along which the bars are lined up, and that of their lengths.
    tops
        The end of the stack so far at each place; None if bars are not stacked.
    """

    along: Axis
    lengthwise: Axis
    tops: dict[float, float] | None

    def boxes(self, trace: Attributes, wide: float, offset: float) -> Iterator[Box]:
        """Yield the bars of a trace, in its order, including those of length 0."""
        lying = not self.along.across
        lengths, places = (trace["x"], trace["y"]) if lying else (trace["y"], trace["x"])
        bases: Any = trace.get("base") or [0] * len(places)
        for place, length, stated in zip(places, lengths, bases, strict=True):
            middle = self.along.number(place) + offset
            base = self.lengthwise.number(stated)
            if self.tops is not None:
                base += self.tops.get(middle, 0)
                self.tops[middle] = base + (length or 0)
            ends = sorted(self.lengthwise.share(end) for end in (base, base + (length or 0)))
            sides = sorted(self.along.share(middle + half) for half in (-wide / 2, wide / 2))
            yield Box(*ends, *sides) if lying else Box(*sides, *ends)


def _draw(canvas: Canvas, trace: Attributes, boxes: Sequence[Box], shared: Shared) -> None:
    visible = [box for box in boxes if not box.empty]
    style = bar_style(trace, shared)
    if not visible:
        return
    if style["fill"].startswith("url("):
        canvas.add(f"<g{svg_attributes(style)}>{''.join(map(canvas.rect, visible))}</g>")
    else:
        canvas.add(canvas.boxes(visible, svg_attributes(style)))


def bar_style(trace: Attributes, shared: Shared) -> dict[str, str]:
    """Return the fill and stroke of a trace's bars as SVG attributes."""
    marker = trace.get("marker", {})
    colour = marker["color"]
    pattern = marker.get("pattern", {})
    over = pattern.get("fillmode", "replace") == "overlay"
    hatching = hatching_of(pattern, colour if over else "none", colour)
    line = marker.get("line", {})
    width = line.get("width", 0)
    return {
        "fill": shared.hatching(hatching) if hatching else colour,
        "stroke": line["color"] if width else "",
        "stroke-width": str(width) if width and width != 1 else "",
    }


def _label(canvas: Canvas, trace: Attributes, bars: Sequence[Box], *, lying: bool) -> None:
    """Write the texts of bars inside them or beyond their ends."""
    texts = trace.get("text")
    if not texts:
        return
    position = trace.get("textposition", "auto")
    require_supported("bar.textposition", position, ("inside", "outside"))
    require_supported("bar.textangle", trace.get("textangle", "auto"), (0,))
    font = trace.get("textfont", {})
    size, colour = font.get("size", 12), font.get("color", "")
    words = []
    for bar, text in zip(bars, texts, strict=True):
        middle = ((bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2)
        if position == "inside":
            require_supported("insidetextanchor", trace.get("insidetextanchor", "end"), ("middle",))
            room = _room(text, size, bar.right - bar.left)
            if room is not None:
                style = {"text_anchor": "middle", "fill": colour}
                word = canvas.word(text, *middle, size=size, **style)
                words.append(_from_width(word, room))
        elif lying:
            words.append(
                canvas.word(text, bar.right, middle[1], size=size, fill=colour, shift=(BESIDE, 0))
            )
        else:
            words.append(
                canvas.word(
                    text,
                    middle[0],
                    bar.top,
                    size=size,
                    hang="bottom",
                    fill=colour,
                    text_anchor="middle",
                )
            )
    canvas.write(words)


def _room(text: str, size: float, share: float) -> int | None:
    """Return the width of the picture from which a bar holds its text: 0 always, None never."""
    if share <= 0:
        return None
    needed = (width_of(text) * size + AROUND) / share
    return next((least for least, width in WIDTHS if needed <= width), None)


def _from_width(word: Word, width: int) -> Word:
    """Return a word that is shown only in a picture of at least this width."""
    if not width:
        return word
    return Word(word.x, word.y, word.text, word.style, f'{word.place} class="w{width}"')
