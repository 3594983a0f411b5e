"""Formatting of figures for readers: 1,234人, 12.3％, 120万円; 1,234 people, 12.3%, ¥1,200k.

In a small panel the figures have no unit of their own: it is in the heading of the panel.
"""

import math
from collections.abc import Sequence

from aip_analysis.charts.style.label_wrapping import width_in_columns, wrapped_lines
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number as _number
from aip_analysis.reference import Measure, Ward
from aip_analysis.reference.units import TIGHT, about, unit_for

TEN_THOUSAND = 10_000
THOUSAND = 1_000
MILLION = 1_000_000
MANY_MILLIONS = 10_000_000
HUNDRED = 100
Values = Sequence[float | None]


def number(value: float, decimals: int = 0) -> str:
    """Return a figure with commas; one below zero has the sign for minus, not a hyphen."""
    return _number(value, decimals).replace("-", "−")


def plain_number(value: float, decimals: int = 1) -> str:
    """Return a figure without trailing zeros: 20, 12.5."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_count(
    value: float, unit: str, ward: Ward, language: Language, *, decimals: int = 0
) -> str:
    """Return a figure with its unit.

    Parameters
    ----------
    value
        The figure.
    unit
        A code of the vocabulary ``unit``.
    decimals
        Number of decimals.
    """
    if unit == "yen":
        return format_yen(value, language)
    if unit == "percent":
        return f"{number(value, decimals)}{unit_label(unit, ward, language)}"
    text = number(value, decimals)
    label = unit_for(text, unit, ward, language)
    return say("charts.quantity", language, number=text, unit=label)


def format_quantity(value: float, measure: Measure, ward: Ward, language: Language) -> str:
    """Return a value of a measure with its unit; of an estimate as approximate."""
    text = format_count(value, measure.unit, ward, language, decimals=measure.decimals)
    return about(measure, text, language)


def unit_label(unit: str, ward: Ward, language: Language) -> str:
    """Return the label of a unit, or its code if the vocabulary does not have it."""
    return ward.vocabularies["unit"].labels(language).get(unit, unit)


def unit_suffix(unit: str, ward: Ward, language: Language) -> str:
    """Return the label of a unit with the space before it, if any: ％; %, " meetings"."""
    between = "" if language == "ja" or unit in TIGHT else " "
    return f"{between}{unit_label(unit, ward, language)}"


def format_yen(value: float, language: Language) -> str:
    """Return an amount in full: 12,300円, ¥12,300."""
    return say("charts.yen", language, number=number(value))


def format_short_yen(value: float, language: Language) -> str:
    """Return an amount for an axis or a label: 12.3万円, ¥123k; below 10,000 yen in full."""
    if abs(value) < TEN_THOUSAND:
        return format_yen(value, language)
    short = value / (TEN_THOUSAND if language == "ja" else THOUSAND)
    return say("charts.yen_short", language, number=plain_number(short))


def round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, 50 ... (or 0.1, 0.2 ...) not below a value."""
    if least <= 0:
        return 1
    scale = 10.0 ** math.floor(math.log10(least))
    return next(scale * factor for factor in (1, 2, 5, 10) if scale * factor >= least * (1 - 1e-9))


def round_steps(highest: float, parts: int = 4) -> list[float]:
    """Return round values from zero to at least ``highest`` in about ``parts`` whole steps."""
    step = max(1, round_step(highest / parts))
    count = max(1, math.ceil(highest / step - 1e-9))
    return [round(step * turn, 10) for turn in range(count + 1)]


def yen_unit(highest: float, language: Language) -> tuple[int, str]:
    """Return the unit that keeps amounts on a chart short.

    Returns
    -------
    tuple
        Its size in yen, and its name: 10,000 and 万円; 1,000 and ¥1,000, or a million. Amounts that
        are all below 10,000 yen stay in yen.
    """
    if highest < TEN_THOUSAND:
        return 1, say("charts.unit_yen", language)
    if language == "ja":
        return TEN_THOUSAND, say("charts.unit_ten_thousand_yen", language)
    if highest < MANY_MILLIONS:
        return THOUSAND, say("charts.unit_thousand_yen", language)
    return MILLION, say("charts.unit_million_yen", language)


def format_in_unit(value: float, unit: int) -> str:
    """Return an amount in a unit: with one decimal below a hundred, none above."""
    scaled = value / unit
    return plain_number(scaled, 1 if abs(scaled) < HUNDRED else 0)


def largest(values: Sequence[float]) -> float:
    """Return the largest of some values; zero if there are none."""
    return max(values, default=0)


def panel_heading(
    measure: Measure, values: Values, columns: int, *, ward: Ward, language: Language
) -> str:
    """Return the name of a measure and its unit, on as few lines as possible.

    Parameters
    ----------
    values
        The figures of the panel: the unit of amounts of money depends on the largest one.
    columns
        Maximum width of a line, in half-width characters.
    """
    unit = (
        yen_unit(_most(values), language)[1]
        if measure.unit == "yen"
        else unit_label(measure.unit, ward, language)
    )
    name = measure.label(language)
    lines = wrapped_lines(name, columns)
    if not unit:
        return "\n".join(lines)
    # "Meetings (meetings)" is redundant; 人口（人） is not.
    if language == "en" and unit.casefold() in name.casefold():
        return "\n".join(lines)
    unit_text = say("charts.in_unit", language, unit=unit)
    if width_in_columns(lines[-1] + unit_text) > columns:
        return "\n".join([*lines, unit_text.strip()])
    return "\n".join(lines) + unit_text


def panel_figures(measure: Measure, values: Values, language: Language) -> list[str]:
    """Return the figures of a panel as text, without their unit, which is in the heading."""
    if measure.unit != "yen":
        return ["" if value is None else number(value, measure.decimals) for value in values]
    scale, _name = yen_unit(_most(values), language)
    return ["" if value is None else format_in_unit(value, scale) for value in values]


def _most(values: Values) -> float:
    return largest([abs(value) for value in values if value is not None])
