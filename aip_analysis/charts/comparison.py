"""Comparison of a place with its block and the ward, each measure on its own scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.style.label_wrapping import width_in_columns
from aip_analysis.charts.style.number_format import (
    format_quantity,
    largest,
    panel_figures,
    panel_heading,
)
from aip_analysis.charts.style.palette import INK, ROLE_MARKERS, ROLES
from aip_analysis.charts.style.theme import TEXT
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

# Heights in pixels of a panel, its heading and its plot.
PANEL = 116
HEADING = 26
PLOT = 78
HEADING_COLUMNS = 46


@dataclass(frozen=True)
class Row:
    """The row of a place in a panel."""

    label: str
    role: str
    value: float | None


def comparison_chart(
    table: pd.DataFrame, measures: Sequence[Measure], *, ward: Ward, language: Language
) -> go.Figure:
    """Return a chart of a place, its block and the ward side by side; nothing is ranked.

    Parameters
    ----------
    table
        Columns measure, place_label, role (``"this"``, ``"block"`` or ``"ward"``), value.
    measures
        The measures to show, from top to bottom.
    """
    height = PANEL * max(len(measures), 1) + 8
    left = 24 + 8 * max((width_in_columns(label) for label in table["place_label"]), default=0)
    drawing = ChartBuilder(height, top=4)
    drawing.update_layout(margin={"l": left, "b": 4})
    for turn, measure in enumerate(measures):
        rows = _rows(table, measure)
        name = panel_heading(
            measure, [row.value for row in rows], HEADING_COLUMNS, ward=ward, language=language
        )
        top = 1 - (PANEL * turn + HEADING) / (height - 8)
        _panel(drawing, rows, measure, turn, ward=ward, language=language)
        _axes(drawing, rows, turn, [max(0.0, top - PLOT / (height - 8)), top])
        drawing.add_note(
            bold(name),
            y=top,
            yshift=2,
            xshift=-left + 8,
            font={"size": TEXT, "color": INK},
        )
    return drawing.figure()


def _rows(table: pd.DataFrame, measure: Measure) -> list[Row]:
    matches = table[table["measure"] == measure.code]
    columns = (matches[name] for name in ("place_label", "role", "value"))
    return [
        Row(str(label), str(role), None if pd.isna(value) else float(value))
        for label, role, value in zip(*columns, strict=True)
    ]


def _axes(drawing: ChartBuilder, rows: list[Row], turn: int, domain: list[float]) -> None:
    suffix = str(turn + 1) if turn else ""
    most = largest([row.value for row in rows if row.value is not None]) or 1
    drawing.update_layout(
        **{
            f"xaxis{suffix}": {
                "anchor": f"y{suffix}",
                "visible": False,
                # Leaves room for the figure beyond the longest line.
                "range": [0, most * 1.45],
                "fixedrange": True,
            },
            f"yaxis{suffix}": {
                "anchor": f"x{suffix}",
                "domain": domain,
                "range": [max(len(rows), 1) - 0.5, -0.5],
                "tickmode": "array",
                "tickvals": list(range(len(rows))),
                "ticktext": [row.label for row in rows],
                "fixedrange": True,
                "automargin": False,
            },
        }
    )


def _panel(
    drawing: ChartBuilder,
    rows: list[Row],
    measure: Measure,
    turn: int,
    *,
    ward: Ward,
    language: Language,
) -> None:
    suffix = str(turn + 1) if turn else ""
    missing = say("charts.no_figure", language)
    texts = panel_figures(measure, [row.value for row in rows], language)
    for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
        hover = (
            missing if row.value is None else format_quantity(row.value, measure, ward, language)
        )
        strong = row.role == "this"
        drawing.add_scatter(
            x=[0, row.value or 0],
            y=[place, place],
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            mode="text" if row.value is None else "lines+markers+text",
            line={"color": ROLES[row.role], "width": 4 if strong else 2.5},
            marker={
                "color": ROLES[row.role],
                "size": [0, 13],
                "symbol": ROLE_MARKERS[row.role],
                "opacity": 1,
            },
            text=["", f"  {text or missing}"],
            textposition="middle right",
            textfont={"size": TEXT, "color": INK, "weight": 700 if strong else 400},
            hovertext=["", f"{row.label}\n{measure.label(language)} {hover}"],
            hoverinfo="text",
            cliponaxis=False,
            showlegend=False,
        )
