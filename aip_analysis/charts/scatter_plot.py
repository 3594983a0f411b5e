"""Points of places by two measures, with values that they are seen beside as dotted lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.style.label_wrapping import width_in_ems
from aip_analysis.charts.style.number_format import (
    format_in_unit,
    format_quantity,
    panel_heading,
    plain_number,
    round_step,
    yen_unit,
)
from aip_analysis.charts.style.palette import GRID, INK, MUTED, PAPER, THIS
from aip_analysis.charts.style.theme import SMALL
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, marked, sign_of
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

HEIGHT, TOP = 480, 34
# Pixels below the plot: tick labels and the name of the axis.
FOOT = 56
STEPS = 5
HEADING_COLUMNS = 60
# Pixels of the plot in a narrow notebook, by which names are kept apart.
WIDE, HIGH = 560, 390
# Beside a point: above, below, right, left; in this order a name looks for room.
POSITIONS = ("top center", "bottom center", "middle right", "middle left")
NAME, AWAY, MARK = 12, 8, 10


@dataclass(frozen=True)
class Point:
    """A point: a name and the figures of both measures."""

    name: str
    x: Figure
    y: Figure


@dataclass(frozen=True)
class Line:
    """A dotted line at a value of an axis, ``"x"`` or ``"y"``, with a name."""

    axis: str
    value: float
    name: str


Box = tuple[float, float, float, float]


def scatter_chart(
    points: Sequence[Point],
    measures: tuple[Measure, Measure],
    lines: Sequence[Line] = (),
    *,
    ward: Ward,
    language: Language,
) -> go.Figure:
    """Return places as points; those that lack either figure are not drawn.

    Parameters
    ----------
    measures
        The measures of the axis across and of the one up.
    lines
        Values drawn as dotted lines, so that a point is seen beside them.
    """
    drawn = [point for point in points if point.x.known and point.y.known]
    xs, ys = ([_value(figure) for figure in own] for own in _pairs(drawn))
    across, up = (
        _Axis.of(
            [*own, *(line.value for line in lines if line.axis == axis)], measure, ward, language
        )
        for axis, own, measure in zip("xy", (xs, ys), measures, strict=True)
    )
    drawing = ChartBuilder(HEIGHT, top=TOP)
    drawing.update_layout(margin={"b": FOOT})
    drawing.update_x_axis(**across.layout)
    drawing.update_y_axis(**up.layout)
    foot = {"x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "yshift": -26}
    drawing.add_note(across.heading, **foot, font={"size": 13, "color": INK})
    drawing.add_note(up.heading, yshift=8, font={"size": 13, "color": INK}, xshift=-4)
    boxes = _add_lines(drawing, lines, across, up)
    plane = _Plane(across, up, boxes)
    _add_points(drawing, drawn, measures, plane, ward=ward, language=language)
    return drawing.figure()


@dataclass(frozen=True)
class _Axis:
    """An axis: its ends, its steps and the heading with the unit."""

    low: float
    high: float
    steps: tuple[float, ...]
    texts: tuple[str, ...]
    heading: str

    @classmethod
    def of(
        cls, values: Sequence[float], measure: Measure, ward: Ward, language: Language
    ) -> "_Axis":
        """Return an axis with round steps; it begins at zero unless that would waste most of it."""
        most, least = max(values, default=1.0), min(values, default=0.0)
        begins = least if least < 0 or least > (most - least) else 0.0
        step = round_step(((most - begins) or abs(most) or 1.0) / STEPS)
        first = math.floor(begins / step + 1e-9)
        last = max(math.ceil(most / step - 1e-9), first + 1)
        steps = tuple(round(step * turn, 10) for turn in range(first, last + 1))
        scale = yen_unit(max(abs(most), abs(least)), language)[0] if measure.unit == "yen" else 0
        texts = tuple(
            format_in_unit(value, scale) if scale else plain_number(value, 2) for value in steps
        )
        heading = panel_heading(measure, values, HEADING_COLUMNS, ward=ward, language=language)
        size = steps[-1] - steps[0]
        return cls(steps[0] - 0.04 * size, steps[-1] + 0.06 * size, steps, texts, heading)

    @property
    def layout(self) -> dict[str, object]:
        return {
            "range": [self.low, self.high],
            "tickmode": "array",
            "tickvals": list(self.steps),
            "ticktext": list(self.texts),
            "tickfont": {"size": SMALL, "color": MUTED},
            "showgrid": True,
            "gridcolor": GRID,
        }

    def share(self, value: float) -> float:
        """Return where a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class _Plane:
    """Both axes, and the boxes in pixels that names must keep clear of."""

    across: _Axis
    up: _Axis
    taken: Sequence[Box]


def _add_lines(drawing: ChartBuilder, lines: Sequence[Line], across: _Axis, up: _Axis) -> list[Box]:
    """Draw the dotted lines with their names, and return the boxes of these in pixels."""
    boxes: list[Box] = []
    for line in lines:
        wide = SMALL * width_in_ems(line.name)
        if line.axis == "x":
            ends = {"x": [line.value] * 2, "y": [up.low, up.high]}
            drawing.add_note(line.name, x=line.value, xref="x", y=1, yanchor="top", xshift=2)
            left = WIDE * across.share(line.value)
            boxes.append((left, 0, left + wide, SMALL * 1.5))
        else:
            ends = {"x": [across.low, across.high], "y": [line.value] * 2}
            drawing.add_note(line.name, x=1, xanchor="right", y=line.value, yref="y")
            foot = HIGH * (1 - up.share(line.value))
            boxes.append((WIDE - wide, foot - SMALL * 1.5, WIDE, foot))
        drawing.add_scatter(
            **ends,
            mode="lines",
            line={"color": MUTED, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
        )
    return boxes


def _add_points(
    drawing: ChartBuilder,
    points: Sequence[Point],
    measures: tuple[Measure, Measure],
    plane: _Plane,
    *,
    ward: Ward,
    language: Language,
) -> None:
    across, up = plane.across, plane.up
    spots = [
        (WIDE * across.share(_value(point.x)), HIGH * (1 - up.share(_value(point.y))))
        for point in points
    ]
    names = [f"{point.name}{_signs(point, language)}" for point in points]
    hovers = [
        "\n".join(
            [
                bold(point.name),
                *(
                    _line(figure, measure, ward, language)
                    for figure, measure in zip((point.x, point.y), measures, strict=True)
                ),
            ]
        )
        for point in points
    ]
    placed = name_positions(spots, names, plane.taken)
    for position in (*POSITIONS, None):
        own = [turn for turn, one in enumerate(placed) if one == position]
        if not own:
            continue
        drawing.add_scatter(
            x=[_value(points[turn].x) for turn in own],
            y=[_value(points[turn].y) for turn in own],
            mode="markers+text" if position else "markers",
            marker={"size": MARK, "color": THIS, "line": {"color": PAPER, "width": 1}},
            text=[names[turn] for turn in own] if position else None,
            textposition=position,
            textfont={"size": NAME, "color": INK},
            hovertext=[hovers[turn] for turn in own],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=False,
        )


def name_positions(
    spots: Sequence[tuple[float, float]], names: Sequence[str], words: Sequence[Box] = ()
) -> list[str | None]:
    """Return where the name of each point stands beside it; None where there is no room.

    Parameters
    ----------
    spots
        The points in pixels, from the top left.
    words
        Boxes of other texts, which names keep clear of.
    """
    half = MARK / 2
    taken = [*words, *((x - half, y - half, x + half, y + half) for x, y in spots)]
    placed: list[str | None] = []
    for (x, y), name in zip(spots, names, strict=True):
        wide = NAME * width_in_ems(name)
        boxes = {
            "top center": (x - wide / 2, y - AWAY - NAME, x + wide / 2, y - AWAY),
            "bottom center": (x - wide / 2, y + AWAY, x + wide / 2, y + AWAY + NAME),
            "middle right": (x + AWAY, y - NAME / 2, x + AWAY + wide, y + NAME / 2),
            "middle left": (x - AWAY - wide, y - NAME / 2, x - AWAY, y + NAME / 2),
        }
        free = (
            position
            for position, box in boxes.items()
            if box[0] >= -AWAY
            and box[2] <= WIDE + AWAY
            and not any(_meet(box, one) for one in taken)
        )
        found = next(free, None)
        placed.append(found)
        if found:
            taken.append(boxes[found])
    return placed


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _pairs(points: Sequence[Point]) -> tuple[list[Figure], list[Figure]]:
    return [point.x for point in points], [point.y for point in points]


def _value(figure: Figure) -> float:
    return figure.value or 0.0


def _signs(point: Point, language: Language) -> str:
    return sign_of(point.x, language) or sign_of(point.y, language)


def _line(figure: Figure, measure: Measure, ward: Ward, language: Language) -> str:
    text = marked(format_quantity(_value(figure), measure, ward, language), figure, language)
    lack = lack_text(figure, language)
    left_out = f"\n{say('charts.left_out', language, lack=lack)}" if lack else ""
    return f"{measure.label(language)} {text}{left_out}"
