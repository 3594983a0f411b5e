"""The areas whose figure a block or the ward would have to count, and does not have."""

from collections.abc import Callable

from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figures import Figures
from aip_analysis.reference import Place


def areas_without(figures: Figures, place: Place, fiscal_year: int, code: str) -> int:
    """Return how many areas of a block or the ward have no figure, though they could have one.

    Nothing was received of them, or their council is set up and the figure is not on record. A
    council that does not exist yet, or is suspended, leaves nothing out.
    """
    return areas_lacking(
        figures, place, fiscal_year, lambda area: figures.figure(area, fiscal_year, code)
    )


def areas_lacking(
    figures: Figures, place: Place, fiscal_year: int, figure_of: Callable[[Place], Figure]
) -> int:
    """Return the same of any measure, whose figures ``figure_of`` returns."""
    if place.level == "area":
        return 0
    return sum(
        _lacks(figures, area, fiscal_year, figure_of(area)) for area in figures.ward.areas_of(place)
    )


def _lacks(figures: Figures, area: Place, fiscal_year: int, figure: Figure) -> bool:
    state = figure.state
    if state in {"not_kept", "suppressed"}:
        return bool(figures.value(area, fiscal_year, "councils_established"))
    return state == "unrecorded"
