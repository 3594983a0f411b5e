"""Spending against the allowance over the year."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.marking import bold
from aip_analysis.charts.months import bar_marker
from aip_analysis.charts.numbers import in_unit, largest, round_steps, short_yen, yen, yen_unit
from aip_analysis.charts.palette import ALLOWANCE, INK, MUTED, PURPOSE_PATTERNS, PURPOSES, THIS
from aip_analysis.charts.theme import SMALL
from aip_analysis.charts.time_axis import by_month, month_axis, month_key, month_name
from aip_analysis.messages import Language, say
from aip_analysis.ward import Ward

LOWER = 0.33
# Behind the last values, over whatever line passes.
VEIL = "rgba(255,255,255,0.8)"
# Yen: an axis of nothing still reaches this far.
LEAST_AXIS = 10_000
# Two ends nearer than this share of the larger would overlap.
CLOSE = 0.12


def spending_by_month_chart(
    table: pd.DataFrame,
    months: Sequence[date],
    allowance: Sequence[int],
    *,
    ward: Ward,
    language: Language,
) -> go.Figure:
    """Show spending so far against the allowance so far, and each month's spending below.

    Parameters
    ----------
    table
        Columns month, purpose, amount_yen.
    months
        The months of the axis.
    allowance
        Yen due up to the end of each month, all areas of the place together; all zero draws none.
    """
    drawing = Drawing(510, top=94, legend=True)
    totals = by_month(table, "amount_yen", months)
    spent = [sum(totals[: turn + 1]) for turn in range(len(totals))]
    due = list(allowance)
    if any(due):
        _line(drawing, months, due, "allowance", language)
    _line(drawing, months, spent, "spending", language)
    _ends(drawing, months, spent, due if any(due) else [], language)
    _purposes(drawing, table, months, ward, language)
    scale, unit = yen_unit(largest(totals), language)
    drawing.scatter(
        x=[month_key(month) for month in months],
        y=totals,
        yaxis="y2",
        mode="text",
        text=[in_unit(total, scale) if total else "" for total in totals],
        textposition="top center",
        textfont={"size": SMALL, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    heading = {"font": {"size": 13, "color": INK}}
    drawing.note(say("charts.spending_so_far", language), yshift=20, **heading)
    each = say("charts.spending_each_month", language, unit=unit)
    drawing.note(each, y=LOWER, yshift=8, **heading)
    steps = round_steps(max(LEAST_AXIS, largest([*spent, *due])))
    highest = max(LEAST_AXIS, largest(totals)) * 1.18
    drawing.lay_out(
        barmode="stack",
        yaxis=_yen_axis(drawing, steps, language) | {"domain": [0.5, 1]},
        yaxis2={"visible": False, "range": [0, highest], "domain": [0, LOWER], "fixedrange": True},
    )
    drawing.x_axis(**month_axis(months, language), anchor="y2")
    return drawing.figure()


def _line(
    drawing: Drawing, months: Sequence[date], values: list[int], what: str, language: Language
) -> None:
    """Draw a sum that grows over the year, its name and last value beside its end."""
    spending = what == "spending"
    name = say(f"charts.{what}", language)
    colour = THIS if spending else ALLOWANCE
    drawing.scatter(
        x=[month_key(month) for month in months],
        y=values,
        name=say("charts.amount_so_far", language, what=name),
        mode="lines+markers" if spending else "lines",
        line={
            "color": colour,
            "width": 3 if spending else 2,
            "dash": "solid" if spending else "dash",
        },
        marker={"size": 7, "color": colour},
        hovertext=[
            f"{month_name(month, language)}\n{name} {yen(value, language)}"
            for month, value in zip(months, values, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
    )


def _ends(
    drawing: Drawing, months: Sequence[date], spent: list[int], due: list[int], language: Language
) -> None:
    """Write the last values: that of the upper line above its end, that of the lower below.

    A line that ends near the axis has no room below, and is far enough from the other anyway.
    """
    if not months:
        return
    last = spent[-1]
    limit = due[-1] if due else 0
    above = last >= limit or last < CLOSE * limit
    _end(drawing, months[-1], last, above=above, colour=THIS, language=language)
    if due:
        _end(drawing, months[-1], limit, above=limit > last, colour=ALLOWANCE, language=language)


def _end(
    drawing: Drawing, month: date, value: int, *, above: bool, colour: str, language: Language
) -> None:
    drawing.annotate(
        x=month_key(month),
        y=value,
        text=bold(short_yen(value, language)),
        xanchor="right",
        xshift=10,
        yanchor="bottom" if above else "top",
        yshift=5 if above else -7,
        bgcolor=VEIL,
        font={"size": 14, "color": colour},
    )


def _purposes(
    drawing: Drawing, table: pd.DataFrame, months: Sequence[date], ward: Ward, language: Language
) -> None:
    for purpose, name in ward.vocabularies["ledger_purpose"].labels(language).items():
        values = by_month(table[table["purpose"] == purpose], "amount_yen", months)
        drawing.bar(
            x=[month_key(month) for month in months],
            y=values,
            yaxis="y2",
            name=name,
            marker=bar_marker(PURPOSES.get(purpose, MUTED), PURPOSE_PATTERNS.get(purpose, "")),
            hovertext=[
                f"{month_name(month, language)}\n{name} {yen(value, language)}"
                for month, value in zip(months, values, strict=True)
            ],
            hoverinfo="text",
        )


def _yen_axis(drawing: Drawing, steps: list[float], language: Language) -> dict[str, object]:
    """Give an axis whose amounts stand on their lines, inside the plot, to leave it the width."""
    for step in steps[1:]:
        drawing.note(short_yen(step, language), yref="y", y=step, yshift=-2)
    return {
        "range": [0, steps[-1] * 1.04],
        "tickmode": "array",
        "tickvals": steps,
        "showticklabels": False,
        "showgrid": True,
        "fixedrange": True,
    }
