"""Chart of measures over the fiscal years, in one small panel each."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.number_format import format_quantity, largest, panel_figures, panel_heading
from aip_analysis.charts.palette import INK, PAPER, THIS
from aip_analysis.charts.theme import SMALL
from aip_analysis.charts.time_axis import fiscal_year_label
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward

PANEL = 168
HEADING = 44
COLUMNS = 2
GAP = 0.06
# Half-width characters that fit into half the width of a narrow screen.
HEADING_COLUMNS = 24
# Figures of at least this many characters are written smaller.
LONG = 6


def trend_chart(
    table: pd.DataFrame,
    measures: Sequence[Measure],
    partial_year: int | None,
    *,
    ward: Ward,
    language: Language,
) -> go.Figure:
    """Return a chart of measures over fiscal years, two panels per row; missing years are gaps.

    Parameters
    ----------
    table
        Columns fiscal_year, measure, value, sign (of a figure that leaves something out; or empty).
    measures
        The measures to show, in reading order.
    partial_year
        The fiscal year that is still running, drawn hollow and dashed; None if there is none.
    """
    recorded = sorted({int(year) for year in table["fiscal_year"]})
    years = list(range(recorded[0], recorded[-1] + 1)) if recorded else []
    lines = -(-len(measures) // COLUMNS)
    running = partial_year is not None and partial_year in years
    top = 28 if running else 4
    height = PANEL * max(lines, 1) + top + 8
    drawing = ChartBuilder(height, top=top)
    for turn, measure in enumerate(measures):
        values = _values(table, measure, years)
        signs = _signs(table, measure, years)
        _panel(
            drawing,
            turn,
            years,
            values,
            measure,
            partial_year,
            signs=signs,
            ward=ward,
            language=language,
        )
        _axes(drawing, turn, years, values, lines, language)
        line, column = divmod(turn, COLUMNS)
        # Beside each figure, the sign would lie on the next one.
        heading = panel_heading(measure, values, HEADING_COLUMNS, ward=ward, language=language)
        drawing.add_note(
            heading + max(signs, default=""),
            x=column * (0.5 + GAP / 2),
            y=1 - line / lines,
            yanchor="top",
            font={"size": 13, "color": INK},
        )
    if running and partial_year is not None:
        text = say("charts.year_running", language, year=fiscal_year_label(partial_year, language))
        drawing.add_note(text, yshift=6)
    return drawing.figure()


def _values(table: pd.DataFrame, measure: Measure, years: list[int]) -> list[float | None]:
    rows = table[table["measure"] == measure.code]
    known = {
        int(year): float(value)
        for year, value in zip(rows["fiscal_year"], rows["value"], strict=True)
        if not pd.isna(value)
    }
    return [known.get(year) for year in years]


def _signs(table: pd.DataFrame, measure: Measure, years: list[int]) -> list[str]:
    """Return the sign of each year of a panel: that its figure leaves something out."""
    rows = table[table["measure"] == measure.code]
    signs = dict(zip(map(int, rows["fiscal_year"]), map(str, rows["sign"]), strict=True))
    return [signs.get(year, "") for year in years]


def _panel(  # noqa: PLR0913 -- one panel of several
    drawing: ChartBuilder,
    turn: int,
    years: list[int],
    values: list[float | None],
    measure: Measure,
    partial_year: int | None,
    *,
    signs: list[str],
    ward: Ward,
    language: Language,
) -> None:
    suffix = "" if turn == 0 else str(turn + 1)
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "showlegend": False, "cliponaxis": False}
    texts = panel_figures(measure, values, language)
    size = SMALL if max(map(len, texts), default=0) < LONG else SMALL - 1
    done = [
        value if year != partial_year else None for year, value in zip(years, values, strict=True)
    ]
    drawing.add_scatter(
        x=years,
        y=done,
        mode="lines",
        line={"color": THIS, "width": 2.5},
        connectgaps=False,
        hoverinfo="skip",
        **axes,
    )
    if partial_year in years:
        last = years.index(partial_year)
        drawing.add_scatter(
            x=years[max(0, last - 1) : last + 1],
            y=values[max(0, last - 1) : last + 1],
            mode="lines",
            line={"color": THIS, "width": 2, "dash": "dot"},
            hoverinfo="skip",
            **axes,
        )
    drawing.add_scatter(
        x=years,
        y=values,
        mode="markers+text",
        marker={
            "size": 9,
            "color": [PAPER if year == partial_year else THIS for year in years],
            "line": {"color": THIS, "width": 2},
        },
        text=texts,
        textposition="top center",
        textfont={"size": size, "color": INK},
        hovertext=[
            f"{fiscal_year_label(year, language)}\n{measure.label(language)} "
            + ("" if value is None else format_quantity(value, measure, ward, language) + sign)
            for year, value, sign in zip(years, values, signs, strict=True)
        ],
        hoverinfo="text",
        **axes,
    )


def _axes(
    drawing: ChartBuilder,
    turn: int,
    years: list[int],
    values: list[float | None],
    lines: int,
    language: Language,
) -> None:
    suffix = "" if turn == 0 else str(turn + 1)
    line, column = divmod(turn, COLUMNS)
    left = column * (0.5 + GAP / 2)
    top = 1 - line / lines - HEADING / PANEL / lines
    bottom = 1 - (line + 1) / lines + 26 / PANEL / lines
    most = largest([value for value in values if value is not None]) or 1
    first, last = (years[0], years[-1]) if years else (0, 0)
    drawing.update_layout(
        **{
            f"xaxis{suffix}": {
                "anchor": f"y{suffix}",
                "domain": [left, left + 0.5 - GAP / 2],
                "range": [first - 0.5, last + 0.5],
                "tickmode": "array",
                "tickvals": years,
                "ticktext": [fiscal_year_label(year, language) for year in years],
                "tickfont": {"size": SMALL},
                "showline": True,
                "fixedrange": True,
            },
            f"yaxis{suffix}": {
                "anchor": f"x{suffix}",
                "domain": [bottom, top],
                "range": [0, most * 1.3],
                "visible": False,
                "fixedrange": True,
            },
        }
    )
