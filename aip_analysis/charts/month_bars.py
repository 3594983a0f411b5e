"""Bar charts over the months of a year: attendance at meetings, activities."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.style.number_format import largest, round_steps
from aip_analysis.charts.style.palette import INK, MUTED, PERSON_PATTERNS, PERSONS, THIS
from aip_analysis.charts.style.theme import SMALL, bar_marker
from aip_analysis.charts.time_axis import (
    known_by_month,
    lacking_by_month,
    month_axis,
    month_key,
    month_name,
)
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number

# Above this value, labels on twelve bars would touch on a narrow screen: there is an axis instead.
LABELLED = 999
# From this number of meetings a month on, the number is written without its unit.
MANY = 10
Counts = Sequence[int | None]
PANELS = (("y", "sessions", "times", 0.58, 1.0), ("y2", "attendances", "people", 0.0, 0.44))


def attendance_chart(
    table: pd.DataFrame, meetings: pd.DataFrame, months: Sequence[date], *, language: Language
) -> go.Figure:
    """Return a chart of attendance at meetings by month and group, with the number of meetings.

    Parameters
    ----------
    table
        Columns month, attendance_members, attendance_supporters, attendance_others (attendances);
        and lacking, if any month leaves something out.
    meetings
        Columns month, meetings (missing where no council is at work).
    months
        The months of the axis, including those without a meeting.
    """
    drawing = ChartBuilder(280, top=72, legend=True)
    keys = [month_key(month) for month in months]
    names = [month_name(month, language) for month in months]
    totals: list[int | None] = [None] * len(months)
    lacking = lacking_by_month(table, months)
    for person, colour in PERSONS.items():
        values = known_by_month(table, f"attendance_{person}", months)
        totals = [
            total if value is None else (total or 0) + value
            for total, value in zip(totals, values, strict=True)
        ]
        label = say(f"charts.{person}", language)
        drawing.add_bars(
            x=keys,
            y=values,
            name=label,
            marker=bar_marker(colour, PERSON_PATTERNS[person]),
            hovertext=_hovers(f"charts.{person}", "people", names, values, lacking, language),
            hoverinfo="text",
        )
    _labels(drawing, keys, totals, lacking, language)
    held = known_by_month(meetings, "meetings", months)
    few = _most(held) < MANY
    for key, count in zip(keys, held, strict=True):
        count_text = say("charts.times", language, number=count) if few else number(count)
        text = count_text if count else "" if count is None else "–"
        drawing.add_annotation(x=key, y=1, yref="paper", yanchor="bottom", text=text)
    drawing.add_note(say("charts.attendance_note", language), yshift=17)
    drawing.update_layout(barmode="stack")
    drawing.update_x_axis(**month_axis(months, language))
    if _most(totals) > LABELLED:
        drawing.update_x_axis(tickfont={"size": SMALL - 1})
    drawing.update_y_axis(**_counts_axis(totals))
    return drawing.figure()


def activities_chart(
    table: pd.DataFrame, months: Sequence[date], *, language: Language
) -> go.Figure:
    """Return a chart of sessions and attendances of activities by month, in one panel each.

    Parameters
    ----------
    table
        Columns month, sessions, attendances; and lacking, if any month leaves something out.
    months
        The months of the axis, including those without a session.
    """
    drawing = ChartBuilder(340, top=30)
    keys = [month_key(month) for month in months]
    names = [month_name(month, language) for month in months]
    lacking = lacking_by_month(table, months)
    for axis, column, unit, bottom, top in PANELS:
        values = known_by_month(table, column, months)
        label = say(f"charts.{column}", language)
        drawing.add_bars(
            x=keys,
            y=values,
            yaxis=axis,
            name=label,
            marker=bar_marker(THIS),
            hovertext=_hovers(f"charts.{column}", unit, names, values, lacking, language),
            hoverinfo="text",
        )
        _labels(drawing, keys, values, lacking, language, axis)
        drawing.add_note(
            say(f"charts.{column}_note", language),
            y=top,
            yshift=6,
            font={"color": INK, "size": 13},
        )
        domain = {"domain": [bottom, top]}
        drawing.update_layout(**{f"yaxis{axis[1:]}": _counts_axis(values) | domain})
    drawing.update_x_axis(**month_axis(months, language), anchor="y2")
    return drawing.figure()


def _hovers(
    label: str,
    unit: str,
    names: Sequence[str],
    values: Counts,
    lacking: Sequence[int],
    language: Language,
) -> list[str]:
    """Return the hover texts of bars: month, what is counted and its number, and what it lacks."""
    texts = []
    for name, value, lack in zip(names, values, lacking, strict=True):
        figure = say(f"charts.{unit}", language, number=number(value))
        if value is None or (lack and not value):
            figure = say("charts.no_record", language)
        text = f"{name}\n{say(label, language)} {figure}"
        left_out = say("charts.lacking", language, number=lack)
        texts.append(f"{text}\n{left_out}" if lack else text)
    return texts


def _most(values: Counts) -> float:
    return largest([value for value in values if value is not None])


def _counts_axis(values: Counts) -> dict[str, object]:
    """Return an axis from zero, hidden if the bars are labelled with their figures."""
    most = max(1, _most(values))
    if most <= LABELLED:
        return {"visible": False, "range": [0, most * 1.18], "fixedrange": True}
    steps = round_steps(most, 3)
    return {
        "range": [0, steps[-1] * 1.02],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [number(step) for step in steps],
        "tickfont": {"size": SMALL, "color": MUTED},
        "showgrid": True,
        "automargin": True,
        "fixedrange": True,
    }


def _labels(
    drawing: ChartBuilder,
    keys: list[str],
    values: Counts,
    lacking: Sequence[int],
    language: Language,
    axis: str = "y",
) -> None:
    """Write the figures above bars, if they are few enough, and a sign where something lacks."""
    sign = say("states.lacking_sign", language)
    written = _most(values) <= LABELLED
    texts = [
        (number(value) if value and written else "") + (sign if lack else "")
        for value, lack in zip(values, lacking, strict=True)
    ]
    if not any(texts) and not written:
        return
    drawing.add_scatter(
        x=keys,
        y=[value or 0 for value in values],
        yaxis=axis,
        mode="text",
        text=texts,
        textposition="top center",
        textfont={"size": SMALL, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
