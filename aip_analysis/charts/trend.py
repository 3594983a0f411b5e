"""Chart of measures over the fiscal years, in one small panel each."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.small_multiples import Panel, Positions, panels_chart, running_note
from aip_analysis.charts.style.number_format import panel_heading
from aip_analysis.charts.time_axis import fiscal_year_label
from aip_analysis.messages import Language
from aip_analysis.reference import Measure, Ward

# Half-width characters that fit into half the width of a narrow screen.
HEADING_COLUMNS = 24


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
    panels = []
    for measure in measures:
        values, signs = _values(table, measure, years), _signs(table, measure, years)
        # Beside each figure, the sign would lie on the next one.
        heading = panel_heading(measure, values, HEADING_COLUMNS, ward=ward, language=language)
        sign = max(signs, default="")
        panels.append(Panel(heading + sign, measure.label(language), measure, values, signs))
    labels = [fiscal_year_label(year, language) for year in years]
    partial = frozenset(turn for turn, year in enumerate(years) if year == partial_year)
    note = running_note([labels[turn] for turn in partial], language) if partial else ""
    positions = Positions(years, labels, labels, partial)
    return panels_chart(panels, positions, note, ward=ward, language=language)


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
