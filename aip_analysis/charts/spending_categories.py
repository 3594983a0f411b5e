"""Chart of spending against the budget by category."""

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder, bold
from aip_analysis.charts.month_bars import bar_marker
from aip_analysis.charts.number_format import largest, yen
from aip_analysis.charts.palette import INK, MUTED, PURPOSE_PATTERNS, PURPOSES
from aip_analysis.messages import Language, say
from aip_analysis.reference import Ward


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
        drawing.bar(
            x=[spent.get(row, 0) for row in own],
            y=[rows.index(row) for row in own],
            orientation="h",
            width=0.34,
            name=name,
            marker=bar_marker(PURPOSES.get(purpose, MUTED), PURPOSE_PATTERNS.get(purpose, "")),
            hovertext=[
                f"{name} {categories[row[1]]}\n"
                + say("charts.spent", language, amount=yen(spent.get(row, 0), language))
                for row in own
            ],
            hoverinfo="text",
        )
    marked = [row for row in rows if row in planned]
    drawing.scatter(
        x=[planned[row] for row in marked],
        y=[rows.index(row) for row in marked],
        mode="markers",
        name=say("charts.budget", language),
        marker={"symbol": "line-ns", "size": 14, "line": {"color": INK, "width": 3}},
        hovertext=[
            f"{purposes[row[0]]} {categories[row[1]]}\n"
            + say("charts.planned", language, amount=yen(planned[row], language))
            for row in marked
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    for place, row in enumerate(rows):
        amounts = {"spent": yen(spent.get(row, 0), language)}
        if row in planned:
            amounts["planned"] = yen(planned[row], language)
        amount = say(f"charts.row_{'_'.join(amounts)}", language, **amounts)
        text = f"{bold(f'{purposes[row[0]]} {categories[row[1]]}')}  {amount}"
        spot = {"xref": "paper", "yref": "y", "y": place, "yshift": 20, "yanchor": "middle"}
        drawing.note(text, **spot, font={"size": 13, "color": INK})
    most = largest([*spent.values(), *planned.values()])
    drawing.lay_out(barmode="overlay")
    drawing.x_axis(visible=False, range=[0, max(1, most) * 1.03])
    drawing.y_axis(visible=False, range=[max(len(rows), 1) - 0.5, -0.8])
    return drawing.figure()


def _amounts(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    amounts: dict[tuple[str, str], int] = {}
    columns = (table[name].tolist() for name in ("purpose", "category", "amount_yen"))
    for purpose, category, amount in zip(*columns, strict=True):
        place = (str(purpose), str(category))
        amounts[place] = amounts.get(place, 0) + int(amount)
    return amounts
