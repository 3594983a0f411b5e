"""What is usual among the areas of a place: a figure of all of them per area, and their spread."""

from collections.abc import Iterable
from statistics import pstdev

from aip_analysis.measures.figures import Figures
from aip_analysis.reference import Place

# A standard deviation of fewer tells nothing.
FEWEST = 2


def per_area(figures: Figures, place: Place, fiscal_year: int, code: str) -> float | None:
    """Return a measure per area, over those areas of a place whose council has been set up.

    A count is the mean of their counts, a rate the quotient of their sums. An area without a figure
    is left out; None where no area has one.
    """
    areas = [
        area
        for area in figures.ward.areas_of(place)
        if figures.value(area, fiscal_year, "councils_established")
    ]
    measure = figures.ward.codebook[code]
    if not measure.is_rate:
        values = _known(figures, areas, fiscal_year, code)
        return sum(values) / len(values) if values else None
    both = [area for area in areas if figures.value(area, fiscal_year, code) is not None]
    above, below = (
        sum(_known(figures, both, fiscal_year, part))
        for part in (measure.numerator, measure.denominator)
    )
    factor = 100 if measure.unit == "percent" else 1
    return factor * above / below if below > 0 else None


def spread_of_areas(figures: Figures, place: Place, fiscal_year: int, code: str) -> float | None:
    """Return the standard deviation of a measure over the areas of a place that have a figure.

    It is the unit in which differences of unlike measures can be compared; None where it is zero or
    fewer than two areas have a figure.
    """
    values = _known(figures, figures.ward.areas_of(place), fiscal_year, code)
    return (pstdev(values) or None) if len(values) >= FEWEST else None


def _known(figures: Figures, areas: Iterable[Place], fiscal_year: int, code: str) -> list[float]:
    values = [figures.value(area, fiscal_year, code) for area in areas]
    return [value for value in values if value is not None]
