"""A figure that an analyst made with plotly, in the style of the report's own charts.

Fonts, margins and the first colours become those of the report; the title is left out, as a page
has captions. For bars, lines and points on one pair of axes, whatever plotly would decide when it
draws is decided here (the kind of axis, its range, its labels), so that the still picture for print
and for readers without scripts shows the same. Other kinds of charts are left as they are.
"""

import base64
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import LazyFigure
from aip_analysis.charts.stand_alone import LINE as LINE_HEIGHT
from aip_analysis.charts.stand_alone import OVER_NOTES, SMALLER
from aip_analysis.charts.style.number_format import plain_number, round_step
from aip_analysis.charts.style.palette import MUTED, OWN
from aip_analysis.charts.style.theme import SMALL, TEMPLATE
from aip_analysis.charts.time_axis import month_label, short_year
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING

# The colours that plotly gives traces by itself, in their order.
PLOTLY_COLOURS = (
    *("#636efa", "#ef553b", "#00cc96", "#ab63fa", "#ffa15a"),
    *("#19d3f3", "#ff6692", "#b6e880", "#ff97ff", "#fecb52"),
)
DRAWN = ("bar", "scatter")
# Attributes of traces that still pictures do not show.
UNDRAWN = frozenset({"stackgroup", "error_x", "error_y", "fill", "base"})
HEIGHT = 360
# Pixels for a line of the legend or the note on the axes.
LINE = 24
KEYS_A_LINE = 3
TOP = 12
# Room above other kinds of charts, whose legends plotly makes.
OTHER_TOP = 44
# Pixels between an axis and the sign of a missing bar.
OVER_AXIS = 10
MOST_TICKS, MONTHS = 8, 12
PARTS = 5
# Fraction of an axis left free beyond points.
BEYOND = 0.06
# Where the notes of a chart that stands alone are.
FOOT = ("paper", "paper", 0, 0)
Attributes = dict[str, Any]


def own_figure(figure: go.Figure | Mapping[str, Any], language: Language) -> go.Figure:
    """Return a figure in the style of the report's charts; a chart of the report stays as it is.

    Parameters
    ----------
    figure
        The figure, or its plain values.
    language
        The language of the note that names the axes.
    """
    values = figure.to_plotly_json() if isinstance(figure, go.Figure) else figure
    plain = plain_values({"data": values.get("data", ()), "layout": values.get("layout", {})})
    data, layout = plain["data"], plain["layout"]
    if layout.get("template", {}).get("layout") == plain_values(TEMPLATE["layout"]):
        return LazyFigure(data, {**_without_title(layout), "template": TEMPLATE})
    layout = {key: value for key, value in layout.items() if key != "title"}
    layout |= {"template": TEMPLATE, "colorway": list(OWN), "margin": {"t": OTHER_TOP}}
    layout.setdefault("height", HEIGHT)
    for turn, trace in enumerate(data):
        trace.setdefault("type", "scatter")
        _recolour(trace, turn)
    if _is_plain(data, layout):
        _settle(data, layout, language)
    return LazyFigure(data, layout)


def figure_titles(figure: go.Figure | Mapping[str, Any]) -> tuple[str, str]:
    """Return the title of a figure and the line below it, as plain texts; empty if it has none."""
    values = figure.to_plotly_json() if isinstance(figure, go.Figure) else figure
    title = values.get("layout", {}).get("title") or {}
    text = title.get("text") if isinstance(title, Mapping) else title
    title_lines, _, below = str(text or "").partition(SMALLER)
    return plain_text(title_lines), plain_text(below)


def figure_notes(figure: go.Figure | Mapping[str, Any]) -> str:
    """Return the notes at the foot of a chart of the workbench; empty if it has none."""
    values = figure.to_plotly_json() if isinstance(figure, go.Figure) else figure
    layout = plain_values(values.get("layout", {}))
    if "title" not in layout:
        return ""
    return "".join(plain_text(foot["text"].replace("<br>", "")) for foot in _feet(layout))


def plain_text(markup: str) -> str:
    """Return a text of plotly's, which may have tags, without them."""
    bare = pd.Series([markup]).str.replace(r"<br\s*/?>", " ", regex=True)
    text: str = bare.str.replace(r"<[^<>]*>", "", regex=True).iloc[0]
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#36;", "$"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text.strip()


def plain_values(value: Any) -> Any:  # noqa: ANN401 -- attributes of a figure, at any depth
    """Return attributes of a figure as values of JSON: arrays as lists, days as texts."""
    if isinstance(value, Mapping):
        if "bdata" in value:
            return plain_values(_decoded(value))
        return {name: plain_values(one) for name, one in value.items() if one is not None}
    if isinstance(value, np.ndarray | pd.Series | pd.Index):
        return plain_values(value.tolist())
    if isinstance(value, list | tuple):
        return [plain_values(one) for one in value]
    return _plain_value(value)


def _plain_value(value: Any) -> Any:  # noqa: ANN401 -- one value
    if not isinstance(value, bool | str) and pd.isna(value):
        return None
    if isinstance(value, date | np.datetime64):
        return _day(value)
    one: Any = value.item() if isinstance(value, np.generic) else value
    if isinstance(one, str | bool):
        return one
    if isinstance(one, int | float):
        return one if math.isfinite(one) else None
    return str(one)


def _day(value: date | np.datetime64) -> str:
    """Return a moment as plotly reads it; without the time if that is midnight."""
    moment = pd.Timestamp(value)
    return moment.date().isoformat() if moment == moment.normalize() else moment.isoformat()


def _decoded(array: Mapping[str, Any]) -> np.ndarray:
    """Return an array that plotly has encoded."""
    values = np.frombuffer(base64.b64decode(array["bdata"]), dtype=array["dtype"])
    shape = array.get("shape")
    return values.reshape([int(size) for size in shape.split(",")]) if shape else values


def _without_title(layout: Attributes) -> Attributes:
    """Return the layout of a chart of the report without its title and the room for it."""
    if "title" not in layout:
        return layout
    room = round((1 - layout.get("legend", {}).get("y", 1)) * layout["height"])
    legend = {name: value for name, value in layout.get("legend", {}).items() if name != "y"}
    feet = _feet(layout)
    lines = sum(foot["text"].count("<br>") + 1 for foot in feet)
    below = round(OVER_NOTES + LINE_HEIGHT * SMALL * lines) if feet else 0
    margin = layout["margin"]
    margin = {**margin, "t": margin["t"] - room, "b": margin.get("b", 0) - below}
    annotations = [note for note in layout.get("annotations", ()) if note not in feet]
    kept = {name: value for name, value in layout.items() if name not in {"title", "paper_bgcolor"}}
    return {
        **kept,
        "legend": legend,
        "margin": margin,
        "height": layout["height"] - room - below,
        "annotations": annotations,
    }


def _feet(layout: Mapping[str, Any]) -> list[Attributes]:
    """Return the notes at the foot of a chart that stands alone."""
    return [
        note
        for note in layout.get("annotations", ())
        if (note.get("xref"), note.get("yref"), note.get("x"), note.get("y")) == FOOT
        and note.get("yanchor") == "top"
    ]


def _recolour(trace: Attributes, turn: int) -> None:
    """Set the colours of a trace to those of the report, unless its author chose them."""
    colour = OWN[turn % len(OWN)]
    part = "line" if trace["type"] == "scatter" and "lines" in trace.get("mode", "lines") else ""
    for name in filter(None, ("marker", part)):
        # Only bars, lines and points have one colour for sure: pies and the like use the colorway.
        attributes = trace.setdefault(name, {}) if trace["type"] in DRAWN else trace.get(name, {})
        stated = attributes.get("color", "" if trace["type"] in DRAWN else None)
        if stated == "" or (isinstance(stated, str) and stated.lower() in PLOTLY_COLOURS):
            attributes["color"] = colour


def _is_plain(data: Sequence[Attributes], layout: Attributes) -> bool:
    """Return whether a figure has bars, lines and points on one pair of axes, and nothing else."""
    own_axes = any(name[5:] for name in layout if name[1:].startswith("axis"))
    drawn = all(
        trace["type"] in DRAWN
        and trace.get("x")
        and trace.get("y")
        and not UNDRAWN.intersection(trace)
        for trace in data
    )
    return bool(data) and drawn and not own_axes


def _settle(data: list[Attributes], layout: Attributes, language: Language) -> None:
    """Decide what plotly would decide when it draws."""
    note = _axes_note(layout, language)
    for letter in "xy":
        axis = layout.setdefault(f"{letter}axis", {})
        axis.pop("title", None)
        axis.pop("anchor", None)
        axis |= _axis(letter, axis, data, layout, language)
    if layout.get("barmode") == "relative":
        layout["barmode"] = "stack"
    for trace in data:
        if trace["type"] == "bar":
            _label_bars(trace)
    keys = [trace for trace in data if trace.get("name") and trace.get("showlegend", True)]
    layout["showlegend"] = layout.get("showlegend", len(keys) > 1) and bool(keys)
    layout["legend"] = {"tracegroupgap": 0}
    lines = -(-len(keys) // KEYS_A_LINE) if layout["showlegend"] else 0
    layout["margin"] = {"t": TOP + LINE * (lines + bool(note))}
    notes = [*([note] if note else []), *_missing_bars(data)]
    if notes:
        layout["annotations"] = [*layout.get("annotations", ()), *notes]


def _missing_bars(data: Sequence[Attributes]) -> Iterator[Attributes]:
    """Yield a sign for each place without any bar: no number is not zero."""
    for letter, across in (("x", True), ("y", False)):
        bars = [trace for trace in data if _length(trace) == ("y" if across else "x")]
        places = [place for trace in bars for place in trace[letter]]
        known = {
            place
            for trace in bars
            for place, value in zip(trace[letter], trace[_length(trace)], strict=True)
            if value is not None
        }
        for place in dict.fromkeys(place for place in places if place not in known):
            at = {"x": place, "y": 0} if across else {"x": 0, "y": place}
            shift = {"yshift": OVER_AXIS} if across else {"xshift": OVER_AXIS}
            yield {"text": MISSING, "showarrow": False, "xref": "x", "yref": "y", **at, **shift}


def _axes_note(layout: Attributes, language: Language) -> Attributes | None:
    """Return a note with the names of the axes, in one line above the plot."""
    names = []
    for letter in "yx":
        title = layout.get(f"{letter}axis", {}).get("title") or {}
        text = title.get("text") if isinstance(title, dict) else title
        if text:
            names.append(say(f"own_reports.axis_{letter}", language, name=plain_text(str(text))))
    if not names:
        return None
    return {
        "text": "　".join(names),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "yshift": 4,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL, "color": MUTED},
    }


def _axis(
    letter: str,
    stated: Attributes,
    data: Sequence[Attributes],
    layout: Attributes,
    language: Language,
) -> Attributes:
    """Return the kind, range and labels of an axis, as far as they are not stated."""
    values = [value for trace in data for value in trace[letter] if value is not None]
    kind = stated.get("type") or _kind(values)
    if kind == "category":
        names = list(dict.fromkeys([*stated.get("categoryarray", ()), *map(str, values)]))
        for trace in data:
            trace[letter] = [None if value is None else str(value) for value in trace[letter]]
        reach = {"range": [-0.5, len(names) - 0.5], "categoryarray": names}
        turned = stated.get("autorange") == "reversed"
        return {
            "type": kind,
            "categoryorder": "array",
            **reach,
            **({"range": reach["range"][::-1]} if turned else {}),
            "autorange": False,
        }
    if kind == "date":
        return _days(sorted(map(str, values)), language)
    low, high = stated.get("range") or _reach(letter, data, layout)
    whole = all(value == int(value) for value in values)
    ticks = list(_ticks(low, high, least=1 if whole else 0))
    labels = {
        "tickvals": ticks,
        "ticktext": [plain_number(tick, _decimals(ticks)) for tick in ticks],
    }
    grid = {"showgrid": letter == "y"}
    return {"type": "linear", "range": [low, high], "tickmode": "array", **labels, **grid}


def _kind(values: Sequence[Any]) -> str:
    if not values or not all(isinstance(value, str) for value in values):
        return "linear" if all(isinstance(value, int | float) for value in values) else "category"
    try:
        for value in values:
            datetime.fromisoformat(value)
    except ValueError:
        return "category"
    return "date"


def _days(days: Sequence[str], language: Language) -> Attributes:
    """Return an axis of days or of months; its labels are some of the days themselves."""
    distinct = list(dict.fromkeys(days))
    of_months = all(day[8:10] == "01" for day in distinct)
    every = -(-len(distinct) // (MONTHS if of_months else MOST_TICKS))
    ticks = distinct[::every]
    labels = [day[:10] for day in ticks]
    if of_months:
        labels = list(_month_labels([date.fromisoformat(day[:10]) for day in ticks], language))
    first, last = (datetime.fromisoformat(day) for day in (distinct[0], distinct[-1]))
    edge = max((last - first) * BEYOND, pd.Timedelta(days=1))
    return {
        "type": "date",
        "range": [(first - edge).date().isoformat(), (last + edge).date().isoformat()],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": labels,
        "tickfont": {"size": SMALL - 1},
    }


def _month_labels(months: Sequence[date], language: Language) -> Iterator[str]:
    """Yield the names of months; below the first of each calendar year stands the year."""
    years = [0, *(month.year for month in months)]
    for before, month in zip(years, months, strict=False):
        label = month_label(month, language)
        yield label if month.year == before else f"{label}<br>{short_year(month, language)}"


def _reach(letter: str, data: Sequence[Attributes], layout: Attributes) -> tuple[float, float]:
    """Return the ends of an axis of numbers; bars begin at zero."""
    values = [0.0] if any(_length(trace) == letter for trace in data) else []
    stacked = layout.get("barmode") in {"stack", "relative"}
    sums: dict[Any, float] = {}
    for trace in data:
        other = trace["y" if letter == "x" else "x"]
        for value, place in zip(trace[letter], other, strict=True):
            if value is None:
                continue
            if stacked and _length(trace) == letter:
                sums[place] = sums.get(place, 0) + value
            else:
                values.append(value)
    values += sums.values()
    low, high = min(values, default=0), max(values, default=1)
    edge = (high - low) * BEYOND or 1
    return (low if low == 0 else low - edge), (high if high == 0 else high + edge)


def _length(trace: Attributes) -> str:
    """Return the axis along which the bars of a trace extend; empty for other traces."""
    if trace["type"] != "bar":
        return ""
    return "x" if trace.get("orientation") == "h" else "y"


def _ticks(low: float, high: float, least: float) -> Iterator[float]:
    step = max(round_step(abs(high - low) / PARTS), least)
    turn = int(np.ceil(min(low, high) / step - 1e-9))
    while turn * step <= max(low, high) + 1e-9 * step:
        yield round(turn * step, 10)
        turn += 1


def _decimals(ticks: Sequence[float]) -> int:
    return next((most for most in range(7) if all(round(tick, most) == tick for tick in ticks)), 7)


def _label_bars(trace: Attributes) -> None:
    """Write the labels of bars beyond their ends, where plotly would choose a place."""
    template = trace.pop("texttemplate", "")
    if template and not trace.get("text"):
        trace["text"] = trace[_length(trace)]
    if "text" not in trace:
        trace.pop("textposition", None)
        return
    text = trace["text"]
    texts = text if isinstance(text, list) else [text] * len(trace["x"])
    trace["text"] = [
        plain_number(one) if isinstance(one, int | float) else str(one or "") for one in texts
    ]
    trace |= {"textposition": "outside", "textangle": 0, "cliponaxis": False}
