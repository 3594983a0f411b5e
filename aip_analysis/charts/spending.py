"""Charts of spending: by month against the allowance, by category against the budget."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.style.number_format import (
    format_in_unit,
    format_short_yen,
    format_yen,
    largest,
    round_steps,
    yen_unit,
)
from aip_analysis.charts.style.palette import (
    ALLOWANCE,
    INK,
    MUTED,
    PURPOSE_PATTERNS,
    PURPOSES,
    THIS,
)
from aip_analysis.charts.style.theme import SMALL, bar_marker
from aip_analysis.charts.time_axis import by_month, month_axis, month_key, month_name
from aip_analysis.messages import Language, say
from aip_analysis.reference import Ward

LOWER = 0.33
# Background of the last values, over any line behind them.
VEIL = "rgba(255,255,255,0.8)"
# Yen: minimum length of an axis, even without any spending.
LEAST_AXIS = 10_000
# Two end values closer than this share of the larger one would overlap.
CLOSE = 0.12


def spending_by_month_chart(
    table: pd.DataFrame,
    months: Sequence[date],
    allowance: Sequence[int],
    *,
    ward: Ward,
    language: Language,
) -> go.Figure:
    """Return a chart of cumulative spending and allowance, with the monthly ones below.

    Parameters
    ----------
    table
        Columns month, purpose, amount_yen.
    months
        The months of the axis.
    allowance
        Yen due up to the end of each month, for all areas of the place together; not drawn if all
        are zero.
    """
    drawing = ChartBuilder(430, top=74, legend=True)
    totals = by_month(table, "amount_yen", months)
    spent = [sum(totals[: turn + 1]) for turn in range(len(totals))]
    due = list(allowance)
    if any(due):
        _line(drawing, months, due, "allowance", language)
    _line(drawing, months, spent, "spending", language)
    _ends(drawing, months, spent, due if any(due) else [], language)
    _purposes(drawing, table, months, ward, language)
    parts = [after - before for before, after in zip([0, *due], due, strict=False)]
    if any(due):
        _monthly(drawing, months, parts, language)
    scale, unit = yen_unit(largest(totals), language)
    drawing.add_scatter(
        x=[month_key(month) for month in months],
        y=totals,
        yaxis="y2",
        mode="text",
        text=[format_in_unit(total, scale) if total else "" for total in totals],
        textposition="top center",
        textfont={"size": SMALL, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    heading = {"font": {"size": 13, "color": INK}}
    drawing.add_note(say("charts.spending_so_far", language), yshift=20, **heading)
    monthly = say("charts.spending_each_month", language, unit=unit)
    drawing.add_note(monthly, y=LOWER, yshift=8, **heading)
    steps = round_steps(max(LEAST_AXIS, largest([*spent, *due])))
    highest = max(LEAST_AXIS, largest([*totals, *parts])) * 1.22
    drawing.update_layout(
        barmode="stack",
        yaxis=_yen_axis(drawing, steps, language) | {"domain": [0.5, 1]},
        yaxis2={"visible": False, "range": [0, highest], "domain": [0, LOWER], "fixedrange": True},
    )
    drawing.update_x_axis(**month_axis(months, language), anchor="y2")
    return drawing.figure()


def _line(
    drawing: ChartBuilder, months: Sequence[date], values: list[int], what: str, language: Language
) -> None:
    """Draw the line of a cumulative sum; its name and last value are written at its end."""
    spending = what == "spending"
    name = say(f"charts.{what}", language)
    colour = THIS if spending else ALLOWANCE
    drawing.add_scatter(
        x=[month_key(month) for month in months],
        y=values,
        name=say("charts.amount_so_far", language, what=name),
        # The name is written at the end of the line instead.
        showlegend=False,
        mode="lines+markers" if spending else "lines",
        line={
            "color": colour,
            "width": 3 if spending else 2,
            "dash": "solid" if spending else "dash",
        },
        marker={"size": 7, "color": colour},
        hovertext=[
            f"{month_name(month, language)}\n{name} {format_yen(value, language)}"
            for month, value in zip(months, values, strict=True)
        ],
        hoverinfo="text",
        cliponaxis=False,
    )


def _ends(
    drawing: ChartBuilder,
    months: Sequence[date],
    spent: list[int],
    due: list[int],
    language: Language,
) -> None:
    """Write the last values: of the upper line above its end, of the lower line below.

    A line that ends near the axis has no room below, and is far enough from the other one anyway.
    """
    if not months:
        return
    last = spent[-1]
    limit = due[-1] if due else 0
    above = last >= limit or last < CLOSE * limit
    text = say("charts.end_spending", language, amount=format_short_yen(last, language))
    _end(drawing, months[-1], last, text, above=above, colour=THIS)
    if due:
        text = say("charts.end_allowance", language, amount=format_short_yen(limit, language))
        _end(drawing, months[-1], limit, text, above=limit > last, colour=ALLOWANCE)


def _end(
    drawing: ChartBuilder, month: date, value: int, text: str, *, above: bool, colour: str
) -> None:
    drawing.add_annotation(
        x=month_key(month),
        y=value,
        text=bold(text),
        xanchor="right",
        xshift=10,
        yanchor="bottom" if above else "top",
        yshift=5 if above else -7,
        bgcolor=VEIL,
        font={"size": 14, "color": colour},
    )


def _monthly(
    drawing: ChartBuilder, months: Sequence[date], parts: list[int], language: Language
) -> None:
    """Draw the line of each month's part of the allowance, with its last value at its end."""
    drawing.add_scatter(
        x=[month_key(month) for month in months],
        y=parts,
        yaxis="y2",
        name=say("charts.monthly_allowance", language),
        mode="lines",
        line={"color": ALLOWANCE, "width": 2, "dash": "dash"},
        hovertext=[
            f"{month_name(month, language)}\n{say('charts.monthly_allowance', language)} "
            f"{format_yen(part, language)}"
            for month, part in zip(months, parts, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )
    drawing.add_annotation(
        x=month_key(months[-1]),
        y=parts[-1],
        yref="y2",
        text=say("charts.end_monthly", language, amount=format_short_yen(parts[-1], language)),
        xanchor="right",
        xshift=10,
        yanchor="bottom",
        yshift=2,
        bgcolor=VEIL,
        font={"size": SMALL, "color": ALLOWANCE},
    )


def _purposes(
    drawing: ChartBuilder,
    table: pd.DataFrame,
    months: Sequence[date],
    ward: Ward,
    language: Language,
) -> None:
    for purpose, name in ward.vocabularies["ledger_purpose"].labels(language).items():
        values = by_month(table[table["purpose"] == purpose], "amount_yen", months)
        drawing.add_bars(
            x=[month_key(month) for month in months],
            y=values,
            yaxis="y2",
            name=name,
            marker=bar_marker(PURPOSES.get(purpose, MUTED), PURPOSE_PATTERNS.get(purpose, "")),
            hovertext=[
                f"{month_name(month, language)}\n{name} {format_yen(value, language)}"
                for month, value in zip(months, values, strict=True)
            ],
            hoverinfo="text",
        )


def _yen_axis(drawing: ChartBuilder, steps: list[float], language: Language) -> dict[str, object]:
    """Return an axis labelled on its grid lines, inside the plot, which then keeps its width."""
    for step in steps[1:]:
        drawing.add_note(format_short_yen(step, language), yref="y", y=step, yshift=-2)
    return {
        "range": [0, steps[-1] * 1.04],
        "tickmode": "array",
        "tickvals": steps,
        "showticklabels": False,
        "showgrid": True,
        "fixedrange": True,
    }


def spending_by_category_chart(
    actual: pd.DataFrame, budget: pd.DataFrame, *, ward: Ward, language: Language
) -> go.Figure:
    """Return a chart of what was spent (bar) and planned (mark) in each category.

    Parameters
    ----------
    actual, budget
        Columns purpose, category, amount_yen.
    """
    spent, planned = _amounts(actual), _amounts(budget)
    rows = [
        (purpose, category)
        for purpose in ward.vocabularies["ledger_purpose"].codes
        for category in ward.vocabularies["ledger_category"].codes
        if (purpose, category) in spent or (purpose, category) in planned
    ]
    drawing = ChartBuilder(56 + 50 * max(len(rows), 1), top=36, legend=True)
    purposes = ward.vocabularies["ledger_purpose"].labels(language)
    categories = ward.vocabularies["ledger_category"].labels(language)
    for purpose, name in purposes.items():
        own = [row for row in rows if row[0] == purpose]
        if not own:
            continue
        drawing.add_bars(
            x=[spent.get(row, 0) for row in own],
            y=[rows.index(row) for row in own],
            orientation="h",
            width=0.34,
            name=name,
            marker=bar_marker(PURPOSES.get(purpose, MUTED), PURPOSE_PATTERNS.get(purpose, "")),
            hovertext=[
                f"{name} {categories[row[1]]}\n"
                + say("charts.spent", language, amount=format_yen(spent.get(row, 0), language))
                for row in own
            ],
            hoverinfo="text",
        )
    marked = [row for row in rows if row in planned]
    drawing.add_scatter(
        x=[planned[row] for row in marked],
        y=[rows.index(row) for row in marked],
        mode="markers",
        name=say("charts.budget", language),
        marker={"symbol": "line-ns", "size": 14, "line": {"color": INK, "width": 3}},
        hovertext=[
            f"{purposes[row[0]]} {categories[row[1]]}\n"
            + say("charts.planned", language, amount=format_yen(planned[row], language))
            for row in marked
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    for place, row in enumerate(rows):
        amounts = {"spent": format_yen(spent.get(row, 0), language)}
        if row in planned:
            amounts["planned"] = format_yen(planned[row], language)
        amount = say(f"charts.row_{'_'.join(amounts)}", language, **amounts)
        text = f"{bold(f'{purposes[row[0]]} {categories[row[1]]}')}  {amount}"
        spot = {"xref": "paper", "yref": "y", "y": place, "yshift": 20, "yanchor": "middle"}
        drawing.add_note(text, **spot, font={"size": 13, "color": INK})
    most = largest([*spent.values(), *planned.values()])
    drawing.update_layout(barmode="overlay")
    drawing.update_x_axis(visible=False, range=[0, max(1, most) * 1.03])
    drawing.update_y_axis(visible=False, range=[max(len(rows), 1) - 0.5, -0.8])
    return drawing.figure()


def _amounts(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    amounts: dict[tuple[str, str], int] = {}
    columns = (table[name].tolist() for name in ("purpose", "category", "amount_yen"))
    for purpose, category, amount in zip(*columns, strict=True):
        place = (str(purpose), str(category))
        amounts[place] = amounts.get(place, 0) + int(amount)
    return amounts
