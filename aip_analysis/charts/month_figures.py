"""Bars of measures over months, one panel below the other; months without a figure are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import PATTERNS, add_missing_legend, hatching
from aip_analysis.charts.style.number_format import format_quantity, panel_figures, panel_heading
from aip_analysis.charts.style.palette import INK, THIS
from aip_analysis.charts.style.theme import SMALL, bar_marker
from aip_analysis.charts.time_axis import month_axis, month_key, month_name
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, marked, state_text
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

PANEL, HEADING, LEGEND = 150, 30, 28
# Pixels below the last panel: two lines of tick labels.
TICKS = 40
HEADING_COLUMNS = 60
# Room for the figures above the longest bar.
ROOM = 1.22


def month_figures_chart(
    panels: Sequence[tuple[Measure, Sequence[Figure]]],
    months: Sequence[date],
    *,
    ward: Ward,
    language: Language,
    same_scale: bool = False,
) -> go.Figure:
    """Return bars of measures over months, each measure in a panel of its own.

    A single panel has no heading: the title of the chart says what it shows.

    Parameters
    ----------
    panels
        Measures with a figure of each month; zero is written, a missing one hatched by its reason.
    months
        The months of the axis.
    same_scale
        Whether all panels have one scale: they show the same measure of several places.
    """
    states = {figure.state for _measure, figures in panels for figure in figures}
    told = bool(states - {"known"})
    top = LEGEND if told else 4
    room = HEADING if len(panels) > 1 else 4
    each = room + PANEL
    every = [one for _measure, figures in panels for one in figures]
    drawing = ChartBuilder(top + each * len(panels) + TICKS, top=top, legend=told)
    drawing.update_layout(barmode="overlay", margin={"b": TICKS})
    for turn, (measure, figures) in enumerate(panels):
        axis = f"y{turn + 1}" if turn else "y"
        ceiling = 1 - turn / len(panels)
        reach = _reach(every if same_scale else figures)
        panel = _Panel(measure, figures, axis, reach)
        _add_panel(drawing, panel, months, ward=ward, language=language)
        heading = panel_heading(
            measure,
            [figure.value for figure in figures],
            HEADING_COLUMNS,
            ward=ward,
            language=language,
        )
        if len(panels) > 1:
            drawing.add_note(heading, y=ceiling, yanchor="top", font={"color": INK, "size": 13})
        drawing.update_layout(
            **{
                f"yaxis{axis[1:]}": {
                    "visible": False,
                    "domain": [
                        ceiling - 1 / len(panels),
                        ceiling - room / each / len(panels),
                    ],
                    "range": list(reach),
                    "fixedrange": True,
                }
            }
        )
    last = f"y{len(panels)}" if len(panels) > 1 else "y"
    drawing.update_x_axis(**month_axis(months, language), anchor=last, automargin=False)
    if told:
        add_missing_legend(drawing, states, language)
    return drawing.figure()


@dataclass(frozen=True)
class _Panel:
    """A measure with a figure of each month, the axis of its bars, and the ends of this axis."""

    measure: Measure
    figures: Sequence[Figure]
    axis: str
    reach: tuple[float, float]


def _add_panel(
    drawing: ChartBuilder,
    panel: _Panel,
    months: Sequence[date],
    *,
    ward: Ward,
    language: Language,
) -> None:
    measure, figures, axis = panel.measure, panel.figures, panel.axis
    keys = [month_key(month) for month in months]
    names = [f"{month_name(month, language)}\n{measure.label(language)}" for month in months]
    low, high = panel.reach
    known = [turn for turn, figure in enumerate(figures) if figure.known]
    drawing.add_bars(
        x=[keys[turn] for turn in known],
        y=[figures[turn].value for turn in known],
        yaxis=axis,
        width=0.7,
        marker=bar_marker(THIS),
        hovertext=[
            f"{names[turn]} {_quantity(figures[turn], measure, ward, language)}" for turn in known
        ],
        hoverinfo="text",
        showlegend=False,
    )
    for state in PATTERNS:
        turns = [turn for turn, figure in enumerate(figures) if figure.state == state]
        if turns:
            drawing.add_bars(
                x=[keys[turn] for turn in turns],
                y=[high - low] * len(turns),
                base=[low] * len(turns),
                width=0.94,
                yaxis=axis,
                marker=hatching(state),
                hovertext=[f"{names[turn]} {state_text(state, language)}" for turn in turns],
                hoverinfo="text",
                showlegend=False,
            )
    texts = panel_figures(measure, [figure.value for figure in figures], language)
    drawing.add_scatter(
        x=keys,
        y=[max(figure.value or 0.0, 0.0) for figure in figures],
        yaxis=axis,
        mode="text",
        text=[marked(text, figure, language) for text, figure in zip(texts, figures, strict=True)],
        textposition="top center",
        textfont={"size": SMALL, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _quantity(figure: Figure, measure: Measure, ward: Ward, language: Language) -> str:
    """Return a figure with its unit, and on a line below what it leaves out."""
    text = format_quantity(figure.value or 0.0, measure, ward, language)
    lack = lack_text(figure, language)
    left_out = f"\n{say('charts.left_out', language, lack=lack)}" if lack else ""
    return marked(text, figure, language) + left_out


def _reach(figures: Sequence[Figure]) -> tuple[float, float]:
    values = [figure.value for figure in figures if figure.value is not None]
    most, least = max([*values, 0.0]), min([*values, 0.0])
    return least, least + ((most - least) or 1.0) * ROOM
