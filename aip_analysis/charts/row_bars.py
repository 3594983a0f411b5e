"""Horizontal bars of one or several measures, each on its own scale, in rows of places or terms.

Rows stand in the order in which they come: nothing is ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.legend_entries import PATTERNS, add_missing_legend, hatching
from aip_analysis.charts.style.label_wrapping import width_in_columns, wrap_text
from aip_analysis.charts.style.number_format import format_quantity, panel_figures, panel_heading
from aip_analysis.charts.style.palette import INK, MUTED, THIS
from aip_analysis.charts.style.theme import SMALL, bar_marker
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, marked, state_text
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

# Height in pixels of a row: 18 areas in four blocks fit on a slide.
ROW = 23
LABEL_COLUMNS = 24
# Pixels of a half-width character, and of all panels in a narrow notebook.
COLUMN = 7
WIDTH = 640
HEADING_LINE = 18
GAP = 0.03
# Thickness of a bar, as a share of its row.
THICK = 0.74
# Length of the hatching that stands for a missing figure, as a share of the panel.
STUB = 0.05


@dataclass(frozen=True)
class Row:
    """A row: a bar of each panel beside its label; a row without a key is a heading of a group."""

    key: str
    label: str


@dataclass(frozen=True)
class BarPanel:
    """A panel: a measure with its figures by the keys of the rows; absent ones were not received.

    Parameters
    ----------
    heading
        Whether it has a heading with the name of the measure; one alone may go without.
    """

    measure: Measure
    figures: Mapping[str, Figure]
    heading: bool = True


def row_bars_chart(
    rows: Sequence[Row],
    panels: Sequence[BarPanel],
    *,
    ward: Ward,
    language: Language,
    same_scale: bool = False,
) -> go.Figure:
    """Return bars of each measure side by side, over the same rows.

    A missing figure is hatched by the reason, which stands beside it; a figure that leaves
    something out has its sign.

    Parameters
    ----------
    same_scale
        Whether all panels have one scale: they show the same measure of several places.
    """
    names = [wrap_text(row.label, LABEL_COLUMNS) for row in rows]
    left = 20 + COLUMN * max((_width(name) for name in names), default=0)
    room = (WIDTH - left) * (1 - GAP * (len(panels) - 1)) / max(len(panels), 1)
    headings = [_heading(panel, int(room / COLUMN), ward, language) for panel in panels]
    heads = max((heading.count("\n") + 1 for heading in headings if heading), default=0)
    states = {_at(panel, row).state for panel in panels for row in rows if row.key}
    # Beside the bars of several panels there is no room for the reason: the legend has it.
    told = len(panels) > 1 and bool(states - {"known"})
    top = (8 if told or not heads else 2) + HEADING_LINE * heads + (26 if told else 0)
    lines = sum(1 + 0.6 * name.count("\n") for name in names)
    drawing = ChartBuilder(round(top + 8 + ROW * max(lines, 1)), top=top, legend=told)
    drawing.update_layout(margin={"l": left, "b": 8}, barmode="overlay")
    for turn, panel in enumerate(panels):
        spot = _Spot(turn, len(panels), room, tuple(panels) if same_scale else (panel,))
        _add_panel(drawing, rows, panel, spot, ward, language)
    for turn, heading in enumerate(headings):
        spot = _Spot(turn, len(panels), room, ())
        if heading:
            drawing.add_note(heading, x=spot.left, yshift=3, font={"size": 13, "color": INK})
    _add_rows(drawing, rows, names)
    if told:
        add_missing_legend(drawing, states, language)
    return drawing.figure()


@dataclass(frozen=True)
class _Spot:
    """The place of a panel among all, its width in pixels in a narrow notebook, and its scale.

    ``scale`` has the panels that are drawn on one scale.
    """

    turn: int
    panels: int
    pixels: float
    scale: tuple[BarPanel, ...]

    @property
    def width(self) -> float:
        return (1 - GAP * (self.panels - 1)) / self.panels

    @property
    def left(self) -> float:
        return self.turn * (self.width + GAP)

    @property
    def axis(self) -> str:
        return f"x{self.turn + 1}" if self.turn else "x"


def _heading(panel: BarPanel, columns: int, ward: Ward, language: Language) -> str:
    if not panel.heading:
        return ""
    values = [figure.value for figure in panel.figures.values()]
    return panel_heading(panel.measure, values, columns, ward=ward, language=language)


def _add_rows(drawing: ChartBuilder, rows: Sequence[Row], names: Sequence[str]) -> None:
    drawing.update_y_axis(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[name if row.key else bold(name) for row, name in zip(rows, names, strict=True)],
        range=[max(len(rows), 1) - 0.5, -0.5],
        automargin=False,
    )


def _at(panel: BarPanel, row: Row) -> Figure:
    return panel.figures.get(row.key, Figure(None, "unrecorded"))


def _add_panel(
    drawing: ChartBuilder,
    rows: Sequence[Row],
    panel: BarPanel,
    spot: _Spot,
    ward: Ward,
    language: Language,
) -> None:
    """Draw the bars of a panel, hatching where there is no figure, and the figures beside them."""
    places = [place for place, row in enumerate(rows) if row.key]
    figures = [_at(panel, rows[place]) for place in places]
    values = [figure.value for figure in figures]
    texts = _texts(panel.measure, figures, language, alone=spot.panels == 1)
    every = [_at(one, rows[place]).value for one in spot.scale for place in places]
    low, high = _reach(every, texts, spot.pixels)
    known = [turn for turn, value in enumerate(values) if value is not None]
    axes = {"xaxis": spot.axis, "yaxis": "y"}
    drawing.add_bars(
        x=[values[turn] for turn in known],
        y=[places[turn] for turn in known],
        orientation="h",
        width=THICK,
        marker=bar_marker(THIS),
        hovertext=[
            _hover(rows[places[turn]], panel.measure, figures[turn], ward, language)
            for turn in known
        ],
        hoverinfo="text",
        showlegend=False,
        **axes,
    )
    stub = STUB * (high - low)
    for state in PATTERNS:
        own = [places[turn] for turn, figure in enumerate(figures) if figure.state == state]
        if own:
            drawing.add_bars(
                x=[stub] * len(own),
                y=own,
                orientation="h",
                width=THICK,
                marker=hatching(state),
                hovertext=[f"{rows[at].label}\n{state_text(state, language)}" for at in own],
                hoverinfo="text",
                showlegend=False,
                **axes,
            )
    drawing.add_scatter(
        x=[stub if value is None else max(value, 0.0) for value in values],
        y=places,
        mode="text",
        text=[
            f"{' ' if figure.known else '  '}{text}"
            for text, figure in zip(texts, figures, strict=True)
        ],
        textposition="middle right",
        textfont={
            "size": 13 if spot.panels == 1 else SMALL,
            "color": [INK if figure.known else MUTED for figure in figures],
        },
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        **axes,
    )
    if low < 0:
        drawing.add_scatter(
            x=[0, 0],
            y=[-0.5, len(rows) - 0.5],
            mode="lines",
            line={"color": MUTED, "width": 1},
            hoverinfo="skip",
            showlegend=False,
            **axes,
        )
    drawing.update_layout(
        **{
            f"xaxis{spot.turn + 1 if spot.turn else ''}": {
                "anchor": "y",
                "domain": [spot.left, spot.left + spot.width],
                "visible": False,
                "range": [low, high],
                "fixedrange": True,
            }
        }
    )


def _texts(
    measure: Measure, figures: Sequence[Figure], language: Language, *, alone: bool
) -> list[str]:
    """Return what stands beside the bars: figures with their signs, or why there is none.

    Parameters
    ----------
    alone
        Whether there is only one panel: the reason is then in full.
    """
    numbers = panel_figures(measure, [figure.value for figure in figures], language)
    return [
        marked(number, figure, language)
        if figure.known
        else state_text(figure.state, language)
        if alone
        else say(f"states.{figure.state}", language)
        for number, figure in zip(numbers, figures, strict=True)
    ]


def _reach(
    values: Sequence[float | None], texts: Sequence[str], pixels: float
) -> tuple[float, float]:
    """Return the ends of the axis, with room for the text beyond the longest bar."""
    known = [value for value in values if value is not None]
    most, least = max([*known, 0.0]), min([*known, 0.0])
    size = (most - least) or 1.0
    beyond = COLUMN * (max(map(width_in_columns, texts), default=0) + 2)
    share = min(beyond / max(pixels, 1), 0.75)
    return least, least + size / (1 - share)


def _hover(row: Row, measure: Measure, figure: Figure, ward: Ward, language: Language) -> str:
    text = format_quantity(figure.value or 0.0, measure, ward, language)
    lack = lack_text(figure, language)
    left_out = f"\n{say('charts.left_out', language, lack=lack)}" if lack else ""
    number = marked(text, figure, language)
    return f"{row.label}\n{measure.label(language)} {number}{left_out}"


def _width(name: str) -> int:
    return max(map(width_in_columns, name.split("\n")))
