"""Horizontal bar charts in the order of a vocabulary: kinds of activities, ideas, seats."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.style.label_wrapping import width_in_columns, wrap_text
from aip_analysis.charts.style.number_format import largest
from aip_analysis.charts.style.palette import INK, ROLE_GROUP_PATTERNS, ROLE_GROUPS, THIS, WARD
from aip_analysis.charts.style.theme import bar_marker
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Ward

LABEL_COLUMNS = 20
# Widths in pixels of a plot on a screen 390 pixels wide, and of a half-width character.
NARROW = 358
COLUMN = 7
# Height in pixels of a row, low enough for a section to fit on a page of paper.
ROW = 27
Row = tuple[str, str]


def activity_kinds_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Return a chart of the attendances of activities by kind, with the number of activities.

    Parameters
    ----------
    table
        Columns kind, activities, sessions, attendances.
    """
    columns = ["activities", "sessions", "attendances"]
    sums = sums_by_term(table, "kind", columns, ward, language, vocabulary="activity_kind")
    words = [
        {"kind": kind} | dict(zip(columns, map(number, counts), strict=True))
        for kind, counts in sums.items()
    ]
    texts = [say("charts.attendances_of_activities", language, **word) for word in words]
    hovers = [say("charts.kind_hover", language, **word) for word in words]
    attendances = [attendances for _activities, _sessions, attendances in sums.values()]
    return _rows(list(sums), attendances, texts, hovers)


def ideas_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Return a chart of the number of ideas by status, including statuses without an idea.

    Parameters
    ----------
    table
        Columns status, ideas.
    """
    every = dict.fromkeys(ward.vocabularies["idea_status"].labels(language).values(), (0,))
    sums = every | sums_by_term(
        table, "status", ["ideas"], ward, language, vocabulary="idea_status"
    )
    ideas = [ideas for (ideas,) in sums.values()]
    texts = [say("charts.items", language, number=number(value)) for value in ideas]
    return _rows(list(sums), ideas, texts)


def sums_by_term(
    table: pd.DataFrame,
    column: str,
    values: Sequence[str],
    ward: Ward,
    language: Language,
    *,
    vocabulary: str = "",
) -> dict[str, tuple[int, ...]]:
    """Return the sums of a table by the terms of a vocabulary, in its order; unstated ones last.

    Returns
    -------
    dict
        The sums of the columns ``values`` as whole numbers, by the label of the term.
    """
    labels = ward.vocabularies[vocabulary or column].labels(language)
    sums: dict[str, tuple[int, ...]] = {}
    for code, *counts in zip(*(table[name] for name in (column, *values)), strict=True):
        stated = code if isinstance(code, str) and code in labels else ""
        addends = (0 if pd.isna(count) else int(count) for count in counts)
        known = sums.get(stated, (0,) * len(values))
        sums[stated] = tuple(map(sum, zip(known, addends, strict=True)))
    names = labels | {"": say("charts.not_stated", language)}
    return {name: sums[code] for code, name in names.items() if code in sums}


def _rows(
    labels: Sequence[str], values: Sequence[int], texts: Sequence[str], hovers: Sequence[str] = ()
) -> go.Figure:
    names = [wrap_text(label, LABEL_COLUMNS) for label in labels]
    lines = sum(1 + name.count("\n") * 0.6 for name in names)
    drawing = ChartBuilder(int(36 + ROW * max(lines, 1)))
    drawing.add_bars(
        x=list(values),
        y=names,
        orientation="h",
        marker=bar_marker(THIS),
        text=list(texts),
        textposition="outside",
        textfont={"size": 13, "color": INK},
        textangle=0,
        cliponaxis=False,
        hovertext=list(hovers)
        or [f"{label} {text}" for label, text in zip(labels, texts, strict=True)],
        hoverinfo="text",
    )
    drawing.update_x_axis(
        visible=False, range=[0, max(1, largest(values)) * room_beyond(names, texts)]
    )
    drawing.update_y_axis(autorange="reversed", type="category")
    return drawing.figure()


def room_beyond(names: Sequence[str], texts: Sequence[str]) -> float:
    """Return the length of an axis relative to its longest bar, so that texts fit when narrow."""
    lines = [line for name in names for line in name.split("\n")]
    plot = NARROW - COLUMN * (width_in_columns(max(lines, key=width_in_columns, default="")) + 3)
    text = COLUMN * (width_in_columns(max(texts, key=width_in_columns, default="")) + 2)
    return plot / max(plot - text, plot / 4)


def seats_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Return a chart of the seats of a council: a row per kind of organisation, by role group.

    Parameters
    ----------
    table
        Columns organisation_type, role_group (either code may be missing), seats (people).
    """
    roles = _with_unstated(ward, "role_group", language)
    types = _with_unstated(ward, "organisation_type", language)
    seats = _sums(table, set(roles), set(types))
    rows = [(role, kind) for role in roles for kind in types if (role, kind) in seats]
    names = [wrap_text(types[kind], LABEL_COLUMNS) for _role, kind in rows]
    texts = [say("charts.people", language, number=number(seats[row])) for row in rows]
    lines = sum(1 + name.count("\n") * 0.6 for name in names)
    drawing = ChartBuilder(int(60 + ROW * max(lines, 1)), top=36, legend=True)
    for role, name in roles.items():
        places = [place for place, row in enumerate(rows) if row[0] == role]
        if not places:
            continue
        whole = say("charts.people", language, number=number(sum(seats[rows[at]] for at in places)))
        drawing.add_bars(
            x=[seats[rows[at]] for at in places],
            y=places,
            orientation="h",
            name=say("charts.role_and_seats", language, role=name, seats=whole),
            marker=bar_marker(ROLE_GROUPS.get(role, WARD), ROLE_GROUP_PATTERNS.get(role, "")),
            text=[texts[at] for at in places],
            textposition="outside",
            textfont={"size": 13, "color": INK},
            textangle=0,
            cliponaxis=False,
            hovertext=[f"{name}\n{types[rows[at][1]]} {texts[at]}" for at in places],
            hoverinfo="text",
        )
    reach = max(1, largest(list(seats.values()))) * room_beyond(names, texts)
    drawing.update_layout(barmode="overlay")
    drawing.update_x_axis(visible=False, range=[0, reach])
    drawing.update_y_axis(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=names,
        range=[max(len(rows), 1) - 0.5, -0.5],
    )
    return drawing.figure()


def _with_unstated(ward: Ward, vocabulary: str, language: Language) -> dict[str, str]:
    unstated = {"": say("charts.not_stated", language)}
    return ward.vocabularies[vocabulary].labels(language) | unstated


def _sums(table: pd.DataFrame, roles: set[str], types: set[str]) -> dict[Row, int]:
    """Return seats by role group and kind; codes that no vocabulary knows count as not stated."""
    sums: dict[Row, int] = {}
    columns = (table[name] for name in ("role_group", "organisation_type", "seats"))
    for role, kind, seats in zip(*columns, strict=True):
        row = (role if role in roles else "", kind if kind in types else "")
        sums[row] = sums.get(row, 0) + (0 if pd.isna(seats) else int(seats))
    return sums
