"""Small panels side by side, each of a measure over years or months: lines with gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import PATTERNS, add_missing_legend, hatching
from aip_analysis.charts.style.number_format import format_quantity, largest, panel_figures
from aip_analysis.charts.style.palette import INK, MUTED, PAPER, THIS
from aip_analysis.charts.style.theme import SMALL
from aip_analysis.measures.figure import State
from aip_analysis.measures.figure_words import state_text
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

# Heights in pixels of the heading of a panel, of its plot, and of its tick labels.
HEADING, PLOT, TICKS = 44, 98, 26
GAP = 0.06
# Figures of at least this many characters are written smaller.
LONG = 6
# From this number of positions on, only the first and the last figure are written.
MANY = 8
MANY_IN_THREE = 6
COLUMNS = 2


@dataclass(frozen=True)
class Panel:
    """A panel.

    Parameters
    ----------
    heading
        Its heading, with newlines between lines.
    name
        What its hover texts call its figures.
    measure
        The measure, for units and decimals.
    values
        A value for each position of the axis; None where there is none.
    signs
        The signs of values that leave something out; or empty.
    states
        Why there is no value, for each position; empty if that is not told.
    most, least
        The largest and the smallest value that its axis must hold, beyond its own.
    """

    heading: str
    name: str
    measure: Measure
    values: Sequence[float | None]
    signs: Sequence[str]
    states: Sequence[State] = ()
    most: float = 0.0
    least: float = 0.0


@dataclass(frozen=True)
class Positions:
    """The positions of the axis that all panels share.

    Parameters
    ----------
    at
        Their numbers on the axis.
    ticks, names
        Their tick labels, and their names in full for hover texts.
    partial
        Those that are still running: drawn hollow and dashed.
    columns
        The number of panels in a row.
    heading, plot
        Heights in pixels of the headings and of the plots.
    """

    at: Sequence[int]
    ticks: Sequence[str]
    names: Sequence[str]
    partial: frozenset[int] = field(default_factory=frozenset)
    columns: int = COLUMNS
    heading: int = HEADING
    plot: int = PLOT

    @property
    def panel(self) -> int:
        """The height of a panel in pixels."""
        return self.heading + self.plot + TICKS


def panels_chart(
    panels: Sequence[Panel], positions: Positions, note: str = "", *, ward: Ward, language: Language
) -> go.Figure:
    """Return panels in reading order; a position without a value is a gap, hatched by the reason.

    Parameters
    ----------
    note
        A line above the panels.
    """
    lines = -(-len(panels) // positions.columns)
    hatched = any(state != "known" for panel in panels for state in panel.states)
    top = (28 if note else 4) + (26 if hatched else 0)
    drawing = ChartBuilder(positions.panel * max(lines, 1) + top + 8, top=top, legend=hatched)
    drawing.update_layout(barmode="overlay")
    for turn, panel in enumerate(panels):
        spot = _Spot(turn, lines, positions.columns)
        _add_hatching(drawing, panel, positions, spot, language)
        _add_line(drawing, panel, positions, spot, ward=ward, language=language)
        _add_axes(drawing, panel, positions, spot)
        drawing.add_note(
            panel.heading, x=spot.left, y=spot.top, yanchor="top", font={"size": 13, "color": INK}
        )
    if note:
        drawing.add_note(note, yshift=6)
    if hatched:
        add_missing_legend(drawing, (s for panel in panels for s in panel.states), language)
    return drawing.figure()


@dataclass(frozen=True)
class _Spot:
    """The place of a panel: its turn, the number of lines of panels, and of panels in a line."""

    turn: int
    lines: int
    columns: int

    @property
    def suffix(self) -> str:
        return "" if self.turn == 0 else str(self.turn + 1)

    @property
    def width(self) -> float:
        return (1 - GAP * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        return (self.turn % self.columns) * (self.width + GAP)

    @property
    def top(self) -> float:
        return 1 - (self.turn // self.columns) / self.lines

    @property
    def axes(self) -> dict[str, object]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}


def _add_hatching(
    drawing: ChartBuilder, panel: Panel, positions: Positions, spot: _Spot, language: Language
) -> None:
    """Hatch the positions without a value, from the foot of the panel to its top."""
    low, high = _reach(panel)
    for state in PATTERNS:
        turns = [turn for turn, own in enumerate(panel.states) if own == state]
        if not turns:
            continue
        drawing.add_bars(
            x=[positions.at[turn] for turn in turns],
            y=[high - low] * len(turns),
            base=[low] * len(turns),
            width=0.9,
            marker=hatching(state),
            hovertext=[
                f"{positions.names[turn]}\n{panel.name} {state_text(state, language)}"
                for turn in turns
            ],
            hoverinfo="text",
            showlegend=False,
            **spot.axes,
        )


def _add_line(
    drawing: ChartBuilder,
    panel: Panel,
    positions: Positions,
    spot: _Spot,
    *,
    ward: Ward,
    language: Language,
) -> None:
    values, at, partial = panel.values, positions.at, positions.partial
    axes = {**spot.axes, "showlegend": False, "cliponaxis": False}
    done = [None if turn in partial else value for turn, value in enumerate(values)]
    drawing.add_scatter(
        x=list(at),
        y=done,
        mode="lines",
        line={"color": THIS, "width": 2.5},
        connectgaps=False,
        hoverinfo="skip",
        **axes,
    )
    for turn in sorted(partial):
        drawing.add_scatter(
            x=list(at[max(0, turn - 1) : turn + 1]),
            y=list(values[max(0, turn - 1) : turn + 1]),
            mode="lines",
            line={"color": THIS, "width": 2, "dash": "dot"},
            hoverinfo="skip",
            **axes,
        )
    texts = _written(panel_figures(panel.measure, values, language), positions.columns)
    size = SMALL if max(map(len, texts), default=0) < LONG else SMALL - 1
    drawing.add_scatter(
        x=list(at),
        y=list(values),
        mode="markers+text",
        marker={
            "size": 9 if len(at) < MANY else 6,
            "color": [PAPER if turn in partial else THIS for turn in range(len(at))],
            "line": {"color": THIS, "width": 2},
        },
        text=texts,
        textposition="top center",
        textfont={"size": size, "color": INK},
        hovertext=[
            f"{name}\n{panel.name} "
            + ("" if value is None else format_quantity(value, panel.measure, ward, language))
            + sign
            for name, value, sign in zip(positions.names, values, panel.signs, strict=True)
        ],
        hoverinfo="text",
        **axes,
    )


def _written(texts: list[str], columns: int) -> list[str]:
    """Return the texts above the points: of many, only the first and the last."""
    written = [turn for turn, text in enumerate(texts) if text]
    if len(written) < (MANY if columns <= COLUMNS else MANY_IN_THREE):
        return texts
    ends = {written[0], written[-1]}
    return [text if turn in ends else "" for turn, text in enumerate(texts)]


def _reach(panel: Panel) -> tuple[float, float]:
    """Return the ends of the axis of a panel: from zero, with room for the figures."""
    values = [value for value in panel.values if value is not None]
    most = max(largest(values), panel.most, 0)
    least = min(*values, panel.least, 0) if values else min(panel.least, 0)
    size = (most - least) or 1
    return least - (0.15 * size if least < 0 else 0), most + 0.3 * size


def _add_axes(drawing: ChartBuilder, panel: Panel, positions: Positions, spot: _Spot) -> None:
    low, high = _reach(panel)
    first, last = (positions.at[0], positions.at[-1]) if positions.at else (0, 0)
    if low < 0:
        drawing.add_scatter(
            x=[first - 0.5, last + 0.5],
            y=[0, 0],
            mode="lines",
            line={"color": MUTED, "width": 1},
            hoverinfo="skip",
            showlegend=False,
            **spot.axes,
        )
    each = positions.panel * spot.lines
    top = spot.top - positions.heading / each
    bottom = spot.top - 1 / spot.lines + TICKS / each
    drawing.update_layout(
        **{
            f"xaxis{spot.suffix}": {
                "anchor": f"y{spot.suffix}",
                "domain": [spot.left, spot.left + spot.width],
                "range": [first - 0.5, last + 0.5],
                "tickmode": "array",
                "tickvals": list(positions.at),
                "ticktext": list(positions.ticks),
                "tickfont": {"size": SMALL},
                "showline": True,
                "fixedrange": True,
            },
            f"yaxis{spot.suffix}": {
                "anchor": f"x{spot.suffix}",
                "domain": [bottom, top],
                "range": [low, high],
                "visible": False,
                "fixedrange": True,
            },
        }
    )


def running_note(names: Sequence[str], language: Language) -> str:
    """Return the note on hollow points: which years they are, still running."""
    return say("charts.year_running", language, year=say("states.between", language).join(names))
