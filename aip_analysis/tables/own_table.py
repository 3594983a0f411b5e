"""Tables of an analyst's own: from any data frame, and the data behind a plotly figure."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING, number
from aip_analysis.tables.table import Cell, Table

# Where the workbench's tables say what is shown beside their cells: heads, units, decimals, a note.
ABOUT = "aip"
# The columns of the workbench's tables by which a figure is traced, and that say why there is none.
PLACE, YEAR, MEASURE, VALUE, STATUS = "place_code", "fiscal_year", "measure", "value", "status"
# Numbers with as many different digits as this are told apart.
SIGNIFICANT = 2
MOST_DECIMALS = 3
# Between the names of columns or rows on several levels.
BETWEEN = "・"


def own_table(frame: pd.DataFrame | pd.Series, language: Language) -> Table:
    """Return a data frame or a series as a table, with the names of its columns as heads.

    An index with names of its own becomes the first columns. A missing number is a dash; in a table
    of the workbench, the word for why it is missing.

    Parameters
    ----------
    frame
        The data.
    language
        The language of the heads that the workbench's own columns get.
    """
    about: Mapping[str, Any] = frame.attrs.get(ABOUT, {})
    whole = _flat(frame)
    hidden = [name for name in whole if str(whole[name].dtype) == "geometry"]
    if PLACE in whole and "place" in whole:
        hidden.append(PLACE)
        # Of a single place its block says nothing more.
        hidden += ["block"] if "block" in whole and len(set(whole[PLACE])) == 1 else []
    shown = whole.drop(columns=hidden)
    naming = {YEAR, *about.get("naming", ())}
    numeric = [
        at
        for at, name in enumerate(shown.columns)
        if at and name not in naming and _is_number(shown[name])
    ]
    stated = about.get("decimals", {})
    columns = {
        at: _number_cells(shown, name, stated.get(name))
        if at in numeric
        else _word_cells(shown[name])
        for at, name in enumerate(shown.columns)
    }
    rows = tuple(zip(*columns.values(), strict=True))
    heads = tuple(_head(name, about, language) for name in shown.columns)
    return Table(heads, rows, frozenset(numeric), note=about.get("note", ""))


def figure_table(figure: Mapping[str, Any], language: Language) -> Table | None:
    """Return the data of a figure's traces as a table; None if they do not tell any.

    Parameters
    ----------
    figure
        The figure as values of JSON.
    language
        The language of the heads that the traces do not name.
    """
    traces = [trace for trace in figure["data"] if trace.get("type") != "heatmap"]
    if any(trace.get("hoverinfo") == "text" for trace in traces):
        # A chart of the report's making: its values are positions within the chart.
        return _hover_table(traces, language)
    read = (_slices(traces), _points(traces, figure["layout"], language), _grid(figure["data"]))
    return next((own_table(frame, language) for frame in read if frame is not None), None)


def _flat(frame: pd.DataFrame | pd.Series) -> pd.DataFrame:
    whole = frame.to_frame() if isinstance(frame, pd.Series) else frame
    if any(name is not None for name in whole.index.names) or not isinstance(
        whole.index, pd.RangeIndex
    ):
        whole = whole.reset_index()
    return whole.set_axis(list(map(_name, whole.columns)), axis=1)


def _name(name: Any) -> str:  # noqa: ANN401 -- whatever a column is called
    """Return the name of a column; on several levels, the names of all of them."""
    return BETWEEN.join(map(str, filter(None, name))) if isinstance(name, tuple) else str(name)


def _head(name: str, about: Mapping[str, Any], language: Language) -> str:
    """Return the head of a column: as the workbench calls it, with its unit, or its name."""
    unit = about.get("units", {}).get(name, "")
    label = about.get("heads", {}).get(name) or _known_head(name, language)
    return say("attachments.unit_behind", language, head=label, unit=unit) if unit else label


def _known_head(name: str, language: Language) -> str:
    known = {"index", "place", YEAR, MEASURE, "name", VALUE, "unit", STATUS, "block"}
    return say(f"own_reports.head_{name}", language) if name in known else name


def _is_number(column: pd.Series) -> bool:
    is_bool = pd.api.types.is_bool_dtype(column)
    return pd.api.types.is_numeric_dtype(column) and not is_bool


def _number_cells(frame: pd.DataFrame, name: str, stated: int | None) -> list[Cell]:
    values = [None if pd.isna(value) else float(value) for value in frame[name]]
    nothing = [""] * len(values)
    reasons = frame[STATUS] if name == VALUE and STATUS in frame else nothing
    # In a long table, each measure has decimals of its own.
    kinds = list(frame[MEASURE]) if name == VALUE and MEASURE in frame else nothing
    by_kind: dict[str, list[float]] = {}
    for kind, value in zip(kinds, values, strict=True):
        by_kind.setdefault(kind, []).extend([] if value is None else [value])
    decimals = {kind: _decimals(known) for kind, known in by_kind.items()}
    return [
        _missing(reason)
        if value is None
        else Cell(number(value, decimals[kind] if stated is None else stated), value)
        for value, reason, kind in zip(values, reasons, kinds, strict=True)
    ]


def _missing(reason: Any) -> Cell:  # noqa: ANN401 -- a cell of a frame
    words = "" if pd.isna(reason) else str(reason)
    return Cell(words or MISSING, state=words)


def _decimals(values: Sequence[float]) -> int:
    """Return how many decimals numbers need: none if all are whole, or else a few."""
    if all(value == int(value) for value in values):
        return 0
    least = min(abs(value) for value in values if value)
    needed = SIGNIFICANT - 1 - math.floor(math.log10(least))
    return min(max(needed, 1), MOST_DECIMALS)


def _word_cells(column: pd.Series) -> list[Cell]:
    return [Cell(_word(value)) for value in column]


def _word(value: Any) -> str:  # noqa: ANN401 -- a cell of a frame
    if not isinstance(value, list | tuple | set | dict) and pd.isna(value):
        return MISSING
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _slices(traces: Sequence[Mapping[str, Any]]) -> pd.DataFrame | None:
    """Return the names and values of pies and the like."""
    told = [trace for trace in traces if trace.get("labels") and trace.get("values")]
    if not told or len(told) < len(traces):
        return None
    rows = [pair for trace in told for pair in zip(trace["labels"], trace["values"], strict=False)]
    return pd.DataFrame(rows, columns=["name", VALUE])


def _points(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], language: Language
) -> pd.DataFrame | None:
    """Return the values of bars, lines and points: side by side where they have the same places."""
    drawn = [trace for trace in traces if trace.get("x") or trace.get("y")]
    if not drawn or len(drawn) < len(traces):
        return None
    lying = all(trace.get("orientation") == "h" for trace in drawn)
    place, length = ("y", "x") if lying else ("x", "y")
    heads = [_axis_head(layout, letter, language) for letter in (place, length)]
    columns = [trace.get(place) or range(len(trace[length])) for trace in drawn]
    texts = [_point_names(trace) for trace in drawn]
    measured = all(trace.get(length) for trace in drawn)
    if measured and all(list(one) == list(columns[0]) for one in columns) and not any(texts):
        values = {str(trace.get("name") or heads[1]): trace[length] for trace in drawn}
        if len(values) == len(drawn):
            return pd.DataFrame({heads[0]: list(columns[0]), **values})
    rows = [
        (name or trace.get("name") or "", x, y)
        for trace, xs, names in zip(drawn, columns, texts, strict=True)
        for x, y, name in zip(
            xs, trace.get(length) or [None] * len(xs), names or [""] * len(xs), strict=False
        )
    ]
    table = pd.DataFrame(rows, columns=["name", *heads]).dropna(axis="columns", how="all")
    return table if (table["name"] != "").any() else table.drop(columns="name")


def _point_names(trace: Mapping[str, Any]) -> list[str]:
    """Return the names of points that differ from each other, such as those of places."""
    for attribute in ("hovertext", "text"):
        names = trace.get(attribute)
        if isinstance(names, list) and len(set(map(str, names))) > 1 and trace["type"] != "bar":
            return [str(name or "").split("<br>")[0] for name in names]
    return []


def _axis_head(layout: Mapping[str, Any], letter: str, language: Language) -> str:
    title = layout.get(f"{letter}axis", {}).get("title") or {}
    text = title.get("text") if isinstance(title, Mapping) else title
    return str(text or say(f"own_reports.head_{letter}", language))


def _grid(traces: Sequence[Mapping[str, Any]]) -> pd.DataFrame | None:
    """Return the cells of a heat map, a row of it as a row."""
    if len(traces) != 1 or not traces[0].get("z") or not isinstance(traces[0]["z"][0], list):
        return None
    trace = traces[0]
    columns = [str(name) for name in trace.get("x") or range(len(trace["z"][0]))]
    table = pd.DataFrame(trace["z"], columns=columns)
    table.insert(0, "name", list(map(str, trace.get("y") or range(len(table)))))
    return table


def _hover_table(traces: Sequence[Mapping[str, Any]], language: Language) -> Table | None:
    """Return what a chart of the report's making says of its places when they are pointed at.

    The first line of each text is a name, the others are a measure with its figure, or a remark. It
    is None if a name stands for several figures of a measure, as in small panels.
    """
    told = dict.fromkeys(
        str(text)
        for trace in traces
        if trace.get("hoverinfo") == "text"
        for text in _listed(trace.get("hovertext") or trace.get("text"))
        if "<br>" in str(text)
    )
    rows: dict[str, dict[str, Cell]] = {}
    units: dict[str, str] = {}
    remarks: dict[str, list[str]] = {}
    for text in told:
        name, *lines = map(_bare, text.split("<br>"))
        row = rows.setdefault(name, {})
        for line in lines:
            match = _FIGURE.fullmatch(line)
            if not match:
                remarks.setdefault(name, []).append(line)
                continue
            label, sign, digits, unit = match.groups()
            # A column has one unit: another one, such as "at least", stays in its cell.
            other = "" if units.setdefault(label, unit) == unit else unit
            value = float(digits.replace(",", "")) * (-1 if sign in _MINUS else 1)
            if row.setdefault(label, Cell(f"{sign}{digits}{other}", value)).value != value:
                return None
    if not units:
        return None
    heads = [_head(label, {"units": units}, language) for label in units]
    notes = [_known_head(STATUS, language)] if remarks else []
    return Table(
        (_known_head("name", language), *heads, *notes),
        tuple(
            (
                Cell(name),
                *(row.get(label, Cell(MISSING)) for label in units),
                *(Cell("。".join(remarks.get(name, ()))) for _ in notes),
            )
            for name, row in rows.items()
        ),
        frozenset(range(1, len(heads) + 1)),
    )


# A measure and its figure, such as 会議 1,234回※.
_FIGURE = re.compile(r"(.*?)[ \u3000]([+△▲-]?)(\d[\d,]*(?:\.\d+)?)([^\d※]*)※?")
_MINUS = frozenset({"△", "▲", "-"})


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 -- one text for all points, or one for each
    return value if isinstance(value, list) else [value] if value else []


def _bare(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "").strip()
