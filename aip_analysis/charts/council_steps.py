"""Charts of the steps of councils (preparing, set up, ...): a timeline, and a count by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.style.number_format import format_count
from aip_analysis.charts.style.palette import GRID, STEP_PATTERNS, STEPS, text_colour_on
from aip_analysis.charts.style.theme import SMALL, bar_marker
from aip_analysis.charts.time_axis import day_name, fiscal_year_label
from aip_analysis.messages import Language
from aip_analysis.messages.numbers import number
from aip_analysis.reference import FiscalYear, Ward

# A day in milliseconds, the unit of plotly's date axes.
DAY = 86_400_000
MOST_TICKS = 8
# Height of a row in pixels: bars may be close together, but their figures need room.
ROW = 26


@dataclass(frozen=True)
class StepPeriod:
    """A council's period in one step, including the first and last day."""

    label: str
    step: str
    starts_on: date
    ends_on: date


def council_timeline(intervals: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Return a timeline of the steps of councils, one row per council.

    Parameters
    ----------
    intervals
        Columns label (the row), step (a code of the vocabulary ``council_step``), starts_on,
        ends_on (dates; a missing end stands for the latest day in the table). Rows keep the order
        of the table.
    """
    stays = _stays(intervals)
    rows = list(dict.fromkeys(stay.label for stay in stays))
    drawing = ChartBuilder(86 + 32 * max(len(rows), 1), top=44, legend=True)
    for step, name in ward.vocabularies["council_step"].labels(language).items():
        part = [stay for stay in stays if stay.step == step]
        if not part:
            continue
        drawing.add_bars(
            x=[((stay.ends_on - stay.starts_on).days + 1) * DAY for stay in part],
            base=[stay.starts_on.isoformat() for stay in part],
            y=[stay.label for stay in part],
            orientation="h",
            name=name,
            marker=bar_marker(STEPS.get(step, GRID), STEP_PATTERNS.get(step, "")),
            text=[name] * len(part),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": SMALL, "color": text_colour_on(STEPS.get(step, GRID))},
            hovertext=[
                f"{stay.label}\n{name} {day_name(stay.starts_on, language)}"
                f"–{day_name(stay.ends_on, language)}"
                for stay in part
            ],
            hoverinfo="text",
        )
    drawing.update_layout(barmode="overlay", uniformtext={"mode": "hide", "minsize": 11})
    drawing.update_y_axis(
        type="category", categoryorder="array", categoryarray=rows, range=[len(rows) - 0.5, -0.5]
    )
    if stays:
        first = min(stay.starts_on for stay in stays)
        last = max(stay.ends_on for stay in stays)
        drawing.update_x_axis(**_years(first, last, language))
    return drawing.figure()


def _stays(intervals: pd.DataFrame) -> list[StepPeriod]:
    starts = pd.to_datetime(intervals["starts_on"]).tolist()
    ends = pd.to_datetime(intervals["ends_on"]).tolist()
    latest = max((day for day in (*starts, *ends) if not pd.isna(day)), default=None)
    return [
        StepPeriod(str(label), str(step), begins.date(), (latest if pd.isna(day) else day).date())
        for label, step, begins, day in zip(
            intervals["label"], intervals["step"], starts, ends, strict=True
        )
    ]


def _years(first: date, last: date, language: Language) -> dict[str, object]:
    """Return an axis of fiscal years with grid lines at their beginnings and legible labels."""
    begins, ends = FiscalYear.of(first).year, FiscalYear.of(last).year
    every = (ends - begins) // MOST_TICKS + 1
    years = list(range(begins, ends + 1, every))
    return {
        "type": "date",
        "range": [f"{begins}-04-01", f"{ends + 1}-04-01"],
        "tickmode": "array",
        "tickvals": [f"{year}-10-01" for year in years],
        "ticktext": [fiscal_year_label(year, language) for year in years],
        "minor": {
            "tickmode": "array",
            "tickvals": [f"{year}-04-01" for year in range(begins, ends + 2)],
            "showgrid": True,
            "gridcolor": GRID,
        },
        "showline": True,
    }


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
        drawing.add_bars(
            x=[count for _row, _label, count in part],
            y=[row for row, _label, _count in part],
            orientation="h",
            name=name,
            marker=bar_marker(STEPS.get(step, GRID), STEP_PATTERNS.get(step, "")),
            text=[number(count) for _row, _label, count in part],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": SMALL, "color": text_colour_on(STEPS.get(step, GRID))},
            hovertext=[
                f"{label}\n{name} {format_count(count, 'councils', ward, language)}"
                for _row, label, count in part
            ],
            hoverinfo="text",
        )
    drawing.update_layout(barmode="stack", bargap=0.15)
    drawing.update_x_axis(visible=False)
    drawing.update_y_axis(
        tickmode="array",
        tickvals=list(range(len(counts))),
        ticktext=[label for label, _by_step in counts],
        range=[max(len(counts), 1) - 0.5, -0.5],
    )
    return drawing.figure()
