"""The areas whose figure a block or the ward would have to count, and does not have."""

from aip_analysis.measures.figures import Figures
from aip_analysis.reference import Place


def areas_without(figures: Figures, place: Place, fiscal_year: int, code: str) -> int:
    """Return how many areas of a block or the ward have no figure, though they could have one.

    Nothing was received of them, or their council is set up and the figure is not on record. A
    council that does not exist yet, or is suspended, leaves nothing out.
    """
    if place.level == "area":
        return 0
    return sum(_lacks(figures, area, fiscal_year, code) for area in figures.ward.areas_of(place))


def _lacks(figures: Figures, area: Place, fiscal_year: int, code: str) -> bool:
    state = figures.figure(area, fiscal_year, code).state
    if state in {"not_kept", "suppressed"}:
        return bool(figures.value(area, fiscal_year, "councils_established"))
    return state == "unrecorded"
