"""The parts that maps are drawn from: shapes, names, keys, a scale."""

import math

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.maps.ground import METRES_PER_PIXEL
from aip_analysis.charts.maps.label_spots import Spots
from aip_analysis.charts.maps.outlines import Outline
from aip_analysis.charts.maps.sheet import EDGE, Extent
from aip_analysis.charts.palette import MUTED, text_on
from aip_analysis.messages import Language, say

HEIGHT = 440
KILOMETRE = 1000
# Pixels that the bar of the scale may take on a narrow screen.
SCALE = 40


def blank_map(extent: Extent) -> Drawing:
    """Begin a map: equal scales, north up, no axes, room for a legend."""
    west, south, east, north = extent.box
    drawing = Drawing(HEIGHT, top=40, legend=True)
    drawing.x_axis(visible=False, range=[west, east], constrain="domain")
    drawing.y_axis(
        visible=False,
        range=[south, north],
        scaleanchor="x",
        scaleratio=1,
        constrain="domain",
        constraintoward="top",
    )
    # A page on a narrow screen takes away the height that the map cannot use there.
    drawing.lay_out(
        meta={"height_to_width": round((extent.foot + extent.height) / extent.width, 3)}
    )
    return drawing


def add_scale(drawing: Drawing, extent: Extent, language: Language) -> None:
    """Draw a bar of a round length at the lower left, and say that this is a sketch map."""
    zoom = extent.metres_per_pixel / METRES_PER_PIXEL
    west, south, _east, _north = extent.box
    x, y = west + round(EDGE * zoom), south + round(EDGE * zoom)
    length = _round_length(SCALE * extent.metres_per_pixel)
    drawing.scatter(
        x=[x, x, x + length, x + length],
        y=[y + round(120 * zoom), y, y, y + round(120 * zoom)],
        mode="lines",
        line={"color": MUTED, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    spot = {"xref": "x", "yref": "y", "y": y + round(140 * zoom)}
    told = f"{length} m" if length < KILOMETRE else f"{length // KILOMETRE} km"
    drawing.note(told, **spot, x=x + length / 2, xanchor="center")
    drawing.note(say("charts.sketch_map", language), **spot, x=x, yshift=18)


def _round_length(most: float) -> int:
    """Give the longest of 1, 2, 5, 10, 20, 50 ... metres that is not above some metres."""
    scale = int(10 ** max(math.floor(math.log10(most)), 0))
    return max((scale * step for step in (2, 5) if scale * step <= most), default=scale)


def add_shape(  # noqa: PLR0913 -- a shape and how it looks
    drawing: Drawing,
    outline: Outline,
    *,
    fill: str = "",
    line: str = MUTED,
    width: float = 1,
    hover: str = "",
    pattern: str = "",
) -> None:
    """Draw a shape."""
    xs, ys = outline.rings
    look: dict[str, object] = {"fill": "toself", "fillcolor": fill} if fill else {}
    if pattern:
        look["fillpattern"] = {
            "shape": pattern,
            "fgcolor": MUTED,
            "bgcolor": fill,
            "size": 7,
            "solidity": 0.15,
        }
    drawing.scatter(
        x=list(xs),
        y=list(ys),
        mode="lines",
        line={"color": line, "width": width},
        hoveron="fills" if hover else "points",
        text=hover,
        hoverinfo="text" if hover else "skip",
        showlegend=False,
        **look,
    )


def add_key(drawing: Drawing, name: str, fill: str, pattern: str = "") -> None:
    """Add an entry to the legend."""
    drawing.bar(
        x=[None],
        y=[None],
        name=name,
        marker={
            "color": fill,
            "line": {"color": MUTED, "width": 1},
            "pattern": {"shape": pattern, "fgcolor": MUTED, "size": 5, "solidity": 0.2},
        },
        showlegend=True,
        hoverinfo="skip",
    )


def add_names(
    drawing: Drawing,
    spots: Spots,
    texts: dict[str, str],
    *,
    fills: dict[str, str],
    size: int,
    strong: str = "",
) -> None:
    """Write words on areas, by code; those of the area ``strong`` larger.

    A word that reaches beyond its area keeps a halo of the area's colour.
    """
    drawing.scatter(
        x=[spots[code][0] for code in texts],
        y=[spots[code][1] for code in texts],
        mode="text",
        text=[f"<b>{text}</b>" if code == strong else text for code, text in texts.items()],
        textfont={
            "size": [size + 2 if code == strong else size for code in texts],
            "color": [text_on(fills[code]) for code in texts],
            "shadow": [", ".join([f"0 0 2px {fills[code]}"] * 4) for code in texts],
        },
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
