"""The heading of a small panel, and the figures in it, short enough for a narrow screen."""

from collections.abc import Sequence

from aip_analysis.charts.numbers import in_unit, largest, unit_label, yen_unit
from aip_analysis.charts.wrapping import columns_of, lines_of
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.ward import Measure, Ward

Values = Sequence[float | None]


def heading(
    measure: Measure, values: Values, columns: int, *, ward: Ward, language: Language
) -> str:
    """Give the name of a measure and its unit, on as few lines as hold them.

    Parameters
    ----------
    values
        The figures of the panel: amounts of money choose their unit by the largest.
    columns
        How wide a line may be, in half-width characters.
    """
    unit = (
        yen_unit(_most(values), language)[1]
        if measure.unit == "yen"
        else unit_label(measure.unit, ward, language)
    )
    name = measure.label(language)
    lines = lines_of(name, columns)
    # Meetings (meetings) says nothing; 人口（人） does.
    if language == "en" and unit.casefold() in name.casefold():
        return "\n".join(lines)
    told = say("charts.in_unit", language, unit=unit)
    if columns_of(lines[-1] + told) > columns:
        return "\n".join([*lines, told.strip()])
    return "\n".join(lines) + told


def figures_of(measure: Measure, values: Values, language: Language) -> list[str]:
    """Write the figures of a panel without their unit, which the heading tells."""
    if measure.unit != "yen":
        return ["" if value is None else number(value, measure.decimals) for value in values]
    scale, _name = yen_unit(_most(values), language)
    return ["" if value is None else in_unit(value, scale) for value in values]


def _most(values: Values) -> float:
    return largest([value for value in values if value is not None])
