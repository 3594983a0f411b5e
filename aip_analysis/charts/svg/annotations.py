"""Notes: text at a position on the plot or its axes, plotly's annotations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aip_analysis.charts.svg.axes import Attributes, Axis
from aip_analysis.charts.svg.canvas import Canvas
from aip_analysis.charts.svg.svg_text import Word
from aip_analysis.charts.svg.unsupported import require_supported

ANCHORS = {"left": "", "center": "middle", "right": "end"}
HANGS = ("top", "middle", "bottom")
# Pixels of padding that plotly puts around an annotation.
FRAME = 2
# Stroke width in pixels of the background around letters that have one.
VEIL = "8"


def draw_annotations(
    canvas: Canvas, notes: Sequence[Attributes], axes: Mapping[str, Axis], base: Attributes
) -> None:
    """Write the notes of a chart.

    Parameters
    ----------
    base
        Default attributes of notes.
    """
    canvas.write(_words(canvas, notes, axes, base))


def _words(
    canvas: Canvas, notes: Sequence[Attributes], axes: Mapping[str, Axis], base: Attributes
) -> Iterator[Word]:
    for note in notes:
        require_supported(
            "annotation.showarrow", note.get("showarrow", base.get("showarrow", True)), (False,)
        )
        require_supported("annotation.textangle", note.get("textangle", 0), (0,))
        across = _share(note, "x", axes)
        down = _share(note, "y", axes)
        side = _side(note, "xanchor", across, ("left", "center", "right"))
        hang = _side(note, "yanchor", down, HANGS)
        font = {**base.get("font", {}), **note.get("font", {})}
        shift = (
            note.get("xshift", 0) + {"left": FRAME, "center": 0, "right": -FRAME}[side],
            {"top": FRAME, "middle": 0, "bottom": -FRAME}[hang] - note.get("yshift", 0),
        )
        yield canvas.word(
            note["text"],
            across,
            down,
            size=font.get("size", 12),
            hang=hang,
            shift=shift,
            fill=font.get("color", ""),
            stroke=note.get("bgcolor", ""),
            stroke_width=VEIL if note.get("bgcolor") else "",
            text_anchor=ANCHORS[side],
        )


def _share(note: Attributes, letter: str, axes: Mapping[str, Axis]) -> float:
    """Return the position of a note as a fraction of the plot, from the left or from the top."""
    ref = note.get(f"{letter}ref", letter)
    value: Any = note[letter]
    if ref == "paper":
        return float(value if letter == "x" else 1 - value)
    require_supported(f"annotation.{letter}ref", ref, tuple(axes))
    return axes[ref].share(value)


def _side(note: Attributes, name: str, share: float, sides: tuple[str, str, str]) -> str:
    """Return the edge of a note that is placed at its position; by default as plotly picks it."""
    stated = note.get(name, "auto")
    if stated == "auto":
        on_paper = note.get(f"{name[0]}ref", name[0]) == "paper"
        return sides[min(int(share * 3), 2)] if on_paper else sides[1]
    require_supported(f"annotation.{name}", stated, sides)
    return str(stated)
