"""Drawing of axes: grid lines, axis lines and tick labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from aip_analysis.charts.svg.axes import Axis, Look
from aip_analysis.charts.svg.canvas import Canvas
from aip_analysis.charts.svg.svg_text import BELOW, LINE, Word, attributes, count_lines, width_of
from aip_analysis.charts.svg.unsupported import UnsupportedChartError, known

# Pixels between an axis and its tick labels.
PAD = 3
SIZE = 12


def draw_grid(canvas: Canvas, axes: Mapping[str, Axis]) -> None:
    """Draw the grid lines of all axes, below everything else."""
    for axis in axes.values():
        if axis.visible:
            for look in (axis.look, axis.look.get("minor", {})):
                if look.get("showgrid"):
                    values = [value for value in look.get("tickvals", ()) if _inside(axis, value)]
                    rim = attributes({"stroke": look.get("gridcolor", "")})
                    lines = "".join(_line(canvas, axis, axes, value) for value in values)
                    canvas.add(f"<g{rim}>{lines}</g>")


def _inside(axis: Axis, value: Any) -> bool:  # noqa: ANN401 -- a value of an axis
    """Return whether a value lies strictly between the ends of an axis, where it has grid lines."""
    low, high = sorted((axis.low, axis.high))
    return low < axis.number(value) < high


def draw_axes(canvas: Canvas, axes: Mapping[str, Axis], pad: float) -> None:
    """Draw the axis lines and tick labels.

    Parameters
    ----------
    pad
        Pixels between the plot and its axes.
    """
    for axis in axes.values():
        if not axis.visible:
            continue
        if axis.look.get("showline"):
            known("showline", axis.across, (True,))
            left, right = axis.ends()
            y = canvas.y(beside(axis, axes), pad)
            canvas.add(
                f'<line x1="{canvas.x(left)}" x2="{canvas.x(right)}" y1="{y}" y2="{y}"'
                f"{attributes({'stroke': axis.look.get('linecolor', '')})}/>"
            )
        canvas.write(_words(canvas, axis, axes, pad + PAD))


def room_beside(axes: Mapping[str, Axis], letter: str, pad: float, side: str = "") -> float:
    """Return the pixels that tick labels take up beyond the plot.

    Parameters
    ----------
    letter
        ``x`` or ``y``.
    pad
        Pixels between the plot and its axes.
    side
        Only count axes on this side: ``top`` or ``bottom``.
    """
    room = 0.0
    for axis in axes.values():
        there = not side or axis.look.get("side", "bottom") == side
        at_edge = beside(axis, axes) in {0.0, 1.0}
        if axis.name.startswith(letter) and axis.visible and there and at_edge:
            size = axis.look.get("tickfont", {}).get("size", SIZE)
            for _value, text in ticks_of(axis):
                ems = width_of(text) if letter == "y" else _height(text)
                room = max(room, ems * size + pad + PAD)
    return room


def _height(text: str) -> float:
    return 1 + BELOW + LINE * (count_lines(text) - 1)


def beside(axis: Axis, axes: Mapping[str, Axis]) -> float:
    """Return the position of an axis as a fraction of the plot, from the top or from the left."""
    across = axis.across
    anchor = axes.get(axis.look.get("anchor", "y" if across else "x"))
    start, end = anchor.ends() if anchor else (0.0, 1.0)
    side = axis.look.get("side", "bottom" if across else "left")
    known(f"{axis.name}axis.side", side, ("bottom", "top") if across else ("left",))
    return end if side == "bottom" else start


def ticks_of(axis: Axis) -> Iterator[tuple[Any, str]]:
    """Yield the tick values of an axis, with their labels.

    Raises
    ------
    NotDrawnError
        If a numeric axis has no tick values or labels of its own: plotly would choose some.
    """
    if not axis.look.get("showticklabels", True):
        return
    values = axis.look.get("tickvals")
    if values is not None:
        texts = axis.look.get("ticktext")
        if texts is None:
            raise UnsupportedChartError(f"{axis.name}axis.ticktext", None)
        yield from zip(values, texts, strict=True)
    elif axis.kind == "category":
        yield from ((name, name) for name in axis.categories)
    else:
        raise UnsupportedChartError(f"{axis.name}axis.tickvals", None)


def _line(canvas: Canvas, axis: Axis, axes: Mapping[str, Axis], value: Any) -> str:  # noqa: ANN401 -- a value of an axis
    anchor = axes.get(axis.look.get("anchor", "y" if axis.across else "x"))
    start, end = anchor.ends() if anchor else (0.0, 1.0)
    at = axis.share(value)
    left, right = (at, at) if axis.across else (start, end)
    top, bottom = (start, end) if axis.across else (at, at)
    return (
        f'<line x1="{canvas.x(left)}" x2="{canvas.x(right)}" '
        f'y1="{canvas.y(top)}" y2="{canvas.y(bottom)}"/>'
    )


def _words(canvas: Canvas, axis: Axis, axes: Mapping[str, Axis], away: float) -> Iterator[Word]:
    font: Look = axis.look.get("tickfont", {})
    look = {"fill": font.get("color", ""), "text_anchor": "middle" if axis.across else "end"}
    size = font.get("size", SIZE)
    where = beside(axis, axes)
    above = axis.look.get("side") == "top"
    low, high = sorted((axis.low, axis.high))
    for value, text in ticks_of(axis):
        if not low <= axis.number(value) <= high:
            continue
        at = axis.share(value)
        if axis.across:
            hang, shift = ("bottom", (0, -away)) if above else ("top", (0, away))
            yield canvas.word(text, at, where, size=size, hang=hang, shift=shift, **look)
        else:
            yield canvas.word(text, where, at, size=size, shift=(-away, 0), **look)
