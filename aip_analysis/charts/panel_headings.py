"""Headings and figures of small panels, short enough for a narrow screen."""

from collections.abc import Sequence

from aip_analysis.charts.label_wrapping import columns_of, lines_of
from aip_analysis.charts.number_format import in_unit, largest, unit_label, yen_unit
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Measure, Ward

Values = Sequence[float | None]


def heading(
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
    lines = lines_of(name, columns)
    # "Meetings (meetings)" is redundant; 人口（人） is not.
    if language == "en" and unit.casefold() in name.casefold():
        return "\n".join(lines)
    unit_text = say("charts.in_unit", language, unit=unit)
    if columns_of(lines[-1] + unit_text) > columns:
        return "\n".join([*lines, unit_text.strip()])
    return "\n".join(lines) + unit_text


def figures_of(measure: Measure, values: Values, language: Language) -> list[str]:
    """Return the figures of a panel as text, without their unit, which is in the heading."""
    if measure.unit != "yen":
        return ["" if value is None else number(value, measure.decimals) for value in values]
    scale, _name = yen_unit(_most(values), language)
    return ["" if value is None else in_unit(value, scale) for value in values]


def _most(values: Values) -> float:
    return largest([value for value in values if value is not None])
