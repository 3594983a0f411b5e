"""Chart of the steps of many councils, block by block."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.month_bars import bar_marker
from aip_analysis.charts.number_format import counted
from aip_analysis.charts.palette import GRID, STEP_PATTERNS, STEPS, text_on
from aip_analysis.charts.theme import SMALL
from aip_analysis.messages import Language
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Ward

# Height of a row in pixels: bars may be close together, but their figures need room.
ROW = 26


def steps_chart(
    counts: Sequence[tuple[str, Mapping[str, int]]], *, ward: Ward, language: Language
) -> go.Figure:
    """Return a chart of the number of councils at each step, one row per place.

    Parameters
    ----------
    counts
        The label of each place and its councils by step, a code of the vocabulary
        ``council_step``; rows keep this order.
    """
    drawing = ChartBuilder(86 + ROW * max(len(counts), 1), top=44, legend=True)
    for step, name in ward.vocabularies["council_step"].labels(language).items():
        part = [
            (row, label, by_step[step])
            for row, (label, by_step) in enumerate(counts)
            if by_step.get(step, 0)
        ]
        if not part:
            continue
        drawing.bar(
            x=[count for _row, _label, count in part],
            y=[row for row, _label, _count in part],
            orientation="h",
            name=name,
            marker=bar_marker(STEPS.get(step, GRID), STEP_PATTERNS.get(step, "")),
            text=[number(count) for _row, _label, count in part],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": SMALL, "color": text_on(STEPS.get(step, GRID))},
            hovertext=[
                f"{label}\n{name} {counted(count, 'councils', ward, language)}"
                for _row, label, count in part
            ],
            hoverinfo="text",
        )
    drawing.lay_out(barmode="stack", bargap=0.15)
    drawing.x_axis(visible=False)
    drawing.y_axis(
        tickmode="array",
        tickvals=list(range(len(counts))),
        ticktext=[label for label, _by_step in counts],
        range=[max(len(counts), 1) - 0.5, -0.5],
    )
    return drawing.figure()
