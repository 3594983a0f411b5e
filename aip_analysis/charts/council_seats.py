"""Chart of the seats of a council by role group and kind of organisation."""

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.category_bars import LABEL_COLUMNS, ROW, room_beyond
from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.label_wrapping import wrapped
from aip_analysis.charts.month_bars import bar_marker
from aip_analysis.charts.number_format import largest
from aip_analysis.charts.palette import INK, ROLE_GROUP_PATTERNS, ROLE_GROUPS, WARD
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Ward

Row = tuple[str, str]


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
    names = [wrapped(types[kind], LABEL_COLUMNS) for _role, kind in rows]
    texts = [say("charts.people", language, number=number(seats[row])) for row in rows]
    lines = sum(1 + name.count("\n") * 0.6 for name in names)
    drawing = ChartBuilder(int(60 + ROW * max(lines, 1)), top=36, legend=True)
    for role, name in roles.items():
        places = [place for place, row in enumerate(rows) if row[0] == role]
        if not places:
            continue
        whole = say("charts.people", language, number=number(sum(seats[rows[at]] for at in places)))
        drawing.bar(
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
    drawing.lay_out(barmode="overlay")
    drawing.x_axis(visible=False, range=[0, reach])
    drawing.y_axis(
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
