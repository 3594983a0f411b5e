"""Points, lines and text along values: plotly's ``scatter`` traces."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from aip_analysis.charts.svg.axes import Attributes, Axis
from aip_analysis.charts.svg.canvas import Canvas
from aip_analysis.charts.svg.paths import lines_of
from aip_analysis.charts.svg.svg_text import short, svg_attributes
from aip_analysis.charts.svg.unsupported import require_supported

MODES = ("lines", "markers", "text")
SIZE = 6
WIDTH = 2
# How much larger than its nominal size plotly draws a symbol, from the centre to a corner or end.
CORNER = 1.3
STROKE = 1.4
# Stroke width in pixels of the halo around letters on a coloured background.
HALO = "3"
# Text is placed at points by its opposite edge.
HANGS = {"top": "bottom", "middle": "middle", "bottom": "top"}
ANCHORS = {"left": "end", "center": "middle", "right": ""}
AWAY = {"left": -1, "center": 0, "right": 1, "top": -1, "middle": 0, "bottom": 1}


def modes_of(trace: Attributes) -> set[str]:
    """Return which of lines, markers and text a trace has."""
    modes = set(trace.get("mode", "lines").split("+"))
    for mode in modes:
        require_supported("scatter.mode", mode, MODES)
    return modes


def draw_scatter(canvas: Canvas, trace: Attributes, axes: Mapping[str, Axis]) -> None:
    """Draw a trace of points: its lines, on top of them its markers, then its text."""
    across, up = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
    modes = modes_of(trace)
    if "lines" in modes:
        require_supported("scatter.fill", trace.get("fill", "none"), ("none",))
        _lines(canvas, trace, across, up)
    places = [
        (turn, across.share(x), up.share(y))
        for turn, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True))
        if x is not None and y is not None
    ]
    if "markers" in modes:
        _markers(canvas, trace.get("marker", {}), places)
    if "text" in modes:
        _texts(canvas, trace, places, radius=marker_size(trace) / 2 if "markers" in modes else 0)


def marker_size(trace: Attributes) -> float:
    """Return the size of a trace's markers in pixels, or of the largest if there are several."""
    size = trace.get("marker", {}).get("size", SIZE)
    return float(max(size) if isinstance(size, list) else size)


def line_style(line: Attributes, scale: float = 1) -> dict[str, str]:
    """Return a line's colour, width and dashes as SVG attributes.

    Parameters
    ----------
    scale
        Units of the picture per pixel.
    """
    width = line.get("width", WIDTH) * scale
    return {
        "stroke": line.get("color", ""),
        "stroke-width": short(width) if width != 1 else "",
        "stroke-dasharray": _dashes(line.get("dash", "solid"), width, scale),
    }


def _dashes(dash: str, width: float, scale: float) -> str:
    require_supported("line.dash", dash, ("solid", "dot", "dash"))
    unit = max(width, 3 * scale)
    return {"solid": "", "dot": short(unit), "dash": short(3 * unit)}[dash]


def _lines(canvas: Canvas, trace: Attributes, across: Axis, up: Axis) -> None:
    line = trace.get("line", {})
    shape = line.get("shape", "linear")
    require_supported("line.shape", shape, ("linear", "hvh"))
    drawn = []
    for run in lines_of(trace["x"], trace["y"]):
        places = [(across.share(x), up.share(y)) for x, y in run]
        if len(places) > 1:
            drawn.append(list(_stepped(places)) if shape == "hvh" else places)
    if not drawn:
        return
    style = svg_attributes({"fill": "none"} | line_style(line))
    if all(len(places) == 2 for places in drawn):  # noqa: PLR2004 -- both ends of a line
        for (left, high), (right, low) in drawn:
            canvas.add(
                f'<line x1="{canvas.x(left)}" y1="{canvas.y(high)}" '
                f'x2="{canvas.x(right)}" y2="{canvas.y(low)}"{style}/>'
            )
        return
    path = "".join(
        "M" + "L".join(f"{short(canvas.units(x), 1)} {canvas.y(y)}" for x, y in places)
        for places in drawn
    )
    canvas.add(canvas.stretched(path, style))


def _stepped(places: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield the corners of a step line, whose vertical steps are halfway between two points."""
    yield places[0]
    for (left, high), (right, low) in pairwise(places):
        middle = (left + right) / 2
        yield middle, high
        yield middle, low
    yield places[-1]


def _markers(
    canvas: Canvas, marker: Mapping[str, Any], places: Sequence[tuple[int, float, float]]
) -> None:
    symbol = marker.get("symbol", "circle")
    visible = [
        (_of(marker.get("size", SIZE), turn), _of(marker.get("color", ""), turn), across, down)
        for turn, across, down in places
        if _of(marker.get("size", SIZE), turn)
    ]
    if not visible:
        return
    colours = {colour for _size, colour, _across, _down in visible}
    symbols = "".join(
        symbol_of(
            symbol,
            size / 2,
            canvas.x(across),
            canvas.y(down),
            svg_attributes({"fill": colour}) if len(colours) > 1 else "",
        )
        for size, colour, across, down in visible
    )
    fill = colours.pop() if len(colours) == 1 else ""
    canvas.add(f"<g{svg_attributes(marker_style({**marker, 'color': fill}))}>{symbols}</g>")


def marker_style(marker: Attributes) -> dict[str, str]:
    """Return the fill and stroke of markers as SVG attributes."""
    line = marker.get("line", {})
    width = line.get("width", 0)
    return {
        "fill": marker.get("color", ""),
        "stroke": line.get("color", "") if width else "",
        "stroke-width": short(width) if width and width != 1 else "",
    }


def symbol_of(symbol: str, radius: float, x: str, y: str, own: str = "") -> str:
    """Return a marker as SVG.

    Parameters
    ----------
    radius
        Half its size in pixels.
    x, y
        Its position as SVG.
    own
        Further attributes.
    """
    require_supported("marker.symbol", symbol, ("circle", "square", "diamond", "line-ns"))
    if symbol == "circle":
        return f'<circle cx="{x}" cy="{y}" r="{short(radius)}"{own}/>'
    if symbol == "square":
        side = short(2 * radius)
        back = short(-radius)
        return (
            f'<rect x="{x}" y="{y}" width="{side}" height="{side}" '
            f'transform="translate({back},{back})"{own}/>'
        )
    if symbol == "diamond":
        out = short(CORNER * radius)
        path = f"M0-{out}L{out} 0 0 {out}-{out} 0z"
    else:
        out = short(STROKE * radius)
        path = f"M0-{out}V{out}"
    if x.endswith("%") or y.endswith("%"):
        return f'<svg x="{x}" y="{y}"><path d="{path}"{own}/></svg>'
    return f'<path d="{path}" transform="translate({x} {y})"{own}/>'


def _texts(
    canvas: Canvas, trace: Attributes, places: Sequence[tuple[int, float, float]], *, radius: float
) -> None:
    texts = trace.get("text", ())
    font = trace.get("textfont", {})
    down_word, across_word = trace.get("textposition", "middle center").split()
    require_supported("textposition", down_word, tuple(HANGS))
    require_supported("textposition", across_word, tuple(ANCHORS))
    away = radius + 2 if radius else 0
    words = []
    for turn, across, down in places:
        text = _of(texts, turn)
        shadow = _of(font.get("shadow", ""), turn)
        weight = _of(font.get("weight", 400), turn)
        if text:
            words.append(
                canvas.word(
                    text,
                    across,
                    down,
                    size=_of(font.get("size", 12), turn),
                    hang=HANGS[down_word],
                    shift=(away * AWAY[across_word], away * AWAY[down_word]),
                    fill=_of(font.get("color", ""), turn),
                    stroke=shadow.rpartition(" ")[2],
                    stroke_width=HALO if shadow else "",
                    text_anchor=ANCHORS[across_word],
                    font_weight="700" if weight == 700 else "",  # noqa: PLR2004 -- bold letters
                )
            )
    canvas.write(words)


def _of(value: Any, turn: int) -> Any:  # noqa: ANN401 -- one value for all, or one for each
    return value[turn] if isinstance(value, list) else value
