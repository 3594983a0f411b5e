"""Horizontal bars in the order of a vocabulary: seats, kinds of activities, ideas."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.months import bar_marker
from aip_analysis.charts.numbers import largest
from aip_analysis.charts.palette import INK, THIS
from aip_analysis.charts.wrapping import columns_of, wrapped
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.ward import Ward

LABEL_COLUMNS = 20
# Pixels: a plot on a screen 390 pixels wide, and a half-width character.
NARROW = 358
COLUMN = 7


def seats_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Show the seats of a council by type of organisation.

    Parameters
    ----------
    table
        Columns organisation_type, seats (people).
    """
    sums = sums_by_term(table, "organisation_type", ["seats"], ward, language)
    texts = [
        say("charts.people", language, number=number(value)) for value in sums["seats"].tolist()
    ]
    return _rows(sums["label"].tolist(), sums["seats"].tolist(), texts)


def activity_kinds_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Show the attendances of activities by kind, with the number of activities.

    Parameters
    ----------
    table
        Columns kind, activities, sessions, attendances.
    """
    columns = ["activities", "sessions", "attendances"]
    sums = sums_by_term(table, "kind", columns, ward, language, vocabulary="activity_kind")
    counts = zip(*(sums[name] for name in ("label", *columns)), strict=True)
    words = [
        {
            "kind": kind,
            "activities": number(activities),
            "sessions": number(sessions),
            "attendances": number(attendances),
        }
        for kind, activities, sessions, attendances in counts
    ]
    texts = [say("charts.attendances_of_activities", language, **word) for word in words]
    hovers = [say("charts.kind_hover", language, **word) for word in words]
    return _rows(sums["label"].tolist(), sums["attendances"].tolist(), texts, hovers)


def ideas_chart(table: pd.DataFrame, *, ward: Ward, language: Language) -> go.Figure:
    """Show how far ideas have come: every status, also those without an idea.

    Parameters
    ----------
    table
        Columns status, ideas.
    """
    every = pd.DataFrame({"status": list(ward.vocabularies["idea_status"].codes), "ideas": 0})
    both = pd.concat([every, table[["status", "ideas"]]], ignore_index=True)
    sums = sums_by_term(both, "status", ["ideas"], ward, language, vocabulary="idea_status")
    texts = [
        say("charts.items", language, number=number(value)) for value in sums["ideas"].tolist()
    ]
    return _rows(sums["label"].tolist(), sums["ideas"].tolist(), texts)


def sums_by_term(
    table: pd.DataFrame,
    column: str,
    values: Sequence[str],
    ward: Ward,
    language: Language,
    *,
    vocabulary: str = "",
) -> pd.DataFrame:
    """Sum a table by the words of a vocabulary, in its order; unstated words come last.

    Returns
    -------
    DataFrame
        Column label, then ``values`` as whole numbers.
    """
    labels = ward.vocabularies[vocabulary or column].labels(language)
    codes = table[column].astype("object").where(table[column].isin(list(labels)), "")
    sums = table.assign(**{column: codes}).groupby(column)[list(values)].sum()
    order = [code for code in (*labels, "") if code in sums.index]
    names = [labels.get(code) or say("charts.not_stated", language) for code in order]
    found = {name: [int(value) for value in sums[name].reindex(order).tolist()] for name in values}
    return pd.DataFrame({"label": names} | found)


def _rows(
    labels: Sequence[str], values: Sequence[int], texts: Sequence[str], hovers: Sequence[str] = ()
) -> go.Figure:
    names = [wrapped(label, LABEL_COLUMNS) for label in labels]
    lines = sum(1 + name.count("<br>") * 0.6 for name in names)
    drawing = Drawing(int(28 + 33 * max(lines, 1)))
    drawing.bar(
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
    drawing.x_axis(visible=False, range=[0, max(1, largest(values)) * _room(names, texts)])
    drawing.y_axis(autorange="reversed", type="category")
    return drawing.figure()


def _room(names: Sequence[str], texts: Sequence[str]) -> float:
    """Tell how far an axis reaches beyond the longest bar, so that its text fits when narrow."""
    lines = [line for name in names for line in name.split("<br>")]
    plot = NARROW - COLUMN * (columns_of(max(lines, key=columns_of, default="")) + 3)
    text = COLUMN * (columns_of(max(texts, key=columns_of, default="")) + 2)
    return plot / max(plot - text, plot / 4)
