"""Topics of meetings as heat maps of counts: the more meetings, the deeper the shade."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.style.label_wrapping import width_in_columns, wrap_text
from aip_analysis.charts.style.palette import INK, QUIET, colour_scale, shade, text_colour_on
from aip_analysis.charts.style.theme import SMALL, TEXT
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Ward

CIRCLED_ONE = 0x2460
KEY_COLUMNS = 44
# The deepest shade stands for at least this number of meetings.
LEAST_TOP = 4
# Maximum width of a row's name, in half-width characters.
ROW_COLUMNS = {"ja": 14, "en": 16}


def topic_matrix(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Return a chart of how often meetings dealt with each priority field in each cycle step.

    Parameters
    ----------
    table
        Columns priority_field, cycle_step, meetings; either code may be missing.
    """
    # A field that nobody talked about takes up no space on the page; a note mentions it.
    every = _fields(table, ward, language)
    talked_about = set(table["priority_field"].where(table["meetings"] > 0).dropna())
    rows = {code: name for code, name in every.items() if not code or code in talked_about}
    steps = ward.vocabularies["cycle_step"].labels(language)
    columns = _with_unstated(steps, table["cycle_step"], language)
    counts = _counts(table, "priority_field", "cycle_step")
    drawing = _grid(counts, rows, columns, language)
    names = [wrap_text(name, ROW_COLUMNS[language]) for name in rows.values()]
    headers = [wrap_text(name, 10) for name in columns.values()]
    tallest = 15 * max((name.count("\n") + 1 for name in names), default=1)
    drawing.update_layout(height=82 + max(36, tallest + 6) * max(len(rows), 1), margin={"b": 30})
    if len(rows) < len(every):
        note = say("charts.other_fields", language)
        drawing.add_note(note, y=0, yanchor="top", yshift=-6)
    small = 12 if len(columns) == len(steps) else 11
    drawing.update_y_axis(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=names,
        tickfont={"size": SMALL},
    )
    drawing.update_x_axis(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=headers,
        tickfont={"size": small if language == "ja" else small - 2},
    )
    return drawing.figure()


def field_matrix(
    table: pd.DataFrame, areas: Sequence[str], *, ward: Ward, language: Language
) -> go.Figure:
    """Return a chart of how often the meetings of each area dealt with each priority field.

    Parameters
    ----------
    table
        Columns area (its label), priority_field, meetings.
    areas
        The labels of all areas to show, in the order of their codes.
    """
    columns = _fields(table, ward, language)
    counts = _counts(table, "area", "priority_field")
    rows = {area: area for area in areas}
    drawing = _grid(counts, rows, columns, language)
    key = _key(list(columns.values()))
    lines = key.count("\n") + 1
    drawing.update_layout(height=60 + 30 * len(rows) + 18 * lines)
    drawing.update_y_axis(tickmode="array", tickvals=list(range(len(rows))), ticktext=list(rows))
    headers = [name[0] if code else wrap_text(name, 8) for code, name in columns.items()]
    drawing.update_x_axis(tickmode="array", tickvals=list(range(len(columns))), ticktext=headers)
    left = 20 + 7 * max((width_in_columns(area) for area in areas), default=0)
    drawing.update_layout(margin={"l": left, "b": 22 + 18 * lines})
    drawing.update_y_axis(automargin=False)
    drawing.add_note(
        key, y=0, yanchor="top", yshift=-8, xshift=-left, font={"size": SMALL, "color": INK}
    )
    return drawing.figure()


def _fields(table: pd.DataFrame, ward: Ward, language: Language) -> dict[str, str]:
    """Return the labels of the priority fields, with their circled numbers, by code."""
    labels = ward.vocabularies["priority_field"].labels(language)
    named = {
        code: f"{chr(CIRCLED_ONE + place)}{'' if language == 'ja' else ' '}{label}"
        for place, (code, label) in enumerate(labels.items())
    }
    return _with_unstated(named, table["priority_field"], language)


def _with_unstated(labels: dict[str, str], codes: pd.Series, language: Language) -> dict[str, str]:
    """Return labels with one added for records that state no known code, if there are any."""
    stated = codes.isin(list(labels))
    return labels if stated.all() else labels | {"": say("charts.not_stated", language)}


def _counts(table: pd.DataFrame, row: str, column: str) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for one, other, value in zip(table[row], table[column], table["meetings"], strict=True):
        place = ("" if pd.isna(one) else str(one), "" if pd.isna(other) else str(other))
        counts[place] = counts.get(place, 0) + (0 if pd.isna(value) else int(value))
    return counts


def _grid(
    counts: dict[tuple[str, str], int],
    rows: dict[str, str],
    columns: dict[str, str],
    language: Language,
) -> ChartBuilder:
    values = [[counts.get((row, column)) or None for column in columns] for row in rows]
    # What no record states is counted but not shaded: it would leave all else pale.
    shaded = [
        [value if row or column else None for column, value in zip(columns, line, strict=True)]
        for row, line in zip(rows, values, strict=True)
    ]
    most = max([LEAST_TOP, *(value for line in shaded for value in line if value)])
    drawing = ChartBuilder(300)
    drawing.add_heatmap(
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        z=shaded,
        hovertext=[
            [
                f"{row}\n{column}\n{say('charts.meetings_held', language, number=value or 0)}"
                for column, value in zip(columns.values(), line, strict=True)
            ]
            for row, line in zip(rows.values(), values, strict=True)
        ],
        hoverinfo="text",
        colorscale=colour_scale(),
        zmin=0,
        zmax=most,
        showscale=False,
        xgap=2,
        ygap=2,
    )
    cells = [
        (column, row, value, shaded[row][column] or 0)
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if value
    ]
    drawing.add_scatter(
        x=[column for column, *_ in cells],
        y=[row for _column, row, *_ in cells],
        mode="text",
        text=[number(value) for *_, value, _shaded in cells],
        textfont={
            "size": TEXT,
            "color": [text_colour_on(shade(count / most)) for *_, count in cells],
        },
        hoverinfo="skip",
        showlegend=False,
    )
    drawing.update_layout(plot_bgcolor=QUIET)
    drawing.update_x_axis(side="top", range=[-0.5, len(columns) - 0.5], tickfont={"size": 12})
    drawing.update_y_axis(range=[len(rows) - 0.5, -0.5])
    return drawing


def _key(names: list[str]) -> str:
    """Return names joined into lines that fit on a narrow screen."""
    lines = [""]
    for name in names:
        if lines[-1] and width_in_columns(lines[-1]) + width_in_columns(name) + 2 > KEY_COLUMNS:
            lines.append(name)
        else:
            lines[-1] += f"{'　' if lines[-1] else ''}{name}"
    return "\n".join(lines)
