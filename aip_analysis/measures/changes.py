"""Changes of a figure between two fiscal years: like is compared with like, or nothing is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aip_analysis.measures.figure import LACKS, Figure, rate
from aip_analysis.reference import Measure, Place

if TYPE_CHECKING:
    from aip_analysis.measures.figures import Figures

# Why no change is claimed: a year is still running; no area has figures of both years; what the
# figures leave out could be the reason for their difference.
Reason = Literal["", "running", "nothing_in_common", "lacking"]


@dataclass(frozen=True)
class Change:
    """A figure of two fiscal years, over the areas that have it in both.

    Parameters
    ----------
    now, before
        The figures of the later and of the earlier year, of these areas only.
    areas
        The number of these areas. Areas whose records end early in one of the years are not among
        them.
    areas_now, areas_before
        The numbers of areas that have the figure in the later and in the earlier year.
    reason
        Why no change is claimed; empty where one is.
    """

    now: Figure
    before: Figure
    areas: int
    areas_now: int
    areas_before: int
    reason: Reason = ""

    @property
    def is_claimed(self) -> bool:
        """Whether the two figures may be compared in words, charts and questions."""
        return not self.reason

    @property
    def is_of_all(self) -> bool:
        """Whether all areas that have the figure in either year have it in both."""
        return self.areas == self.areas_now == self.areas_before


def change_of(figures: "Figures", place: Place, measure: str, year: int, before: int) -> Change:
    """Return the change of a measure of a place from one fiscal year to a later one.

    A block or the ward is compared over the areas that have the figure in both years.
    """
    by_year = [
        {area.code: area for area in figures.areas_with(place, each, measure)}
        for each in (year, before)
    ]
    now, then = by_year
    ended = {
        area.code
        for each in (year, before)
        if (gaps := figures.gaps.get((place.key, each)))
        for area, _month in gaps.ended
    }
    common = [area for code, area in now.items() if code in then and code not in ended]
    of_all = len(common) == len(now) == len(then)
    compared = [
        figures.figure(place, each, measure) if of_all else _summed(figures, common, measure, each)
        for each in (year, before)
    ]
    reason: Reason = ""
    if not common:
        reason = "nothing_in_common"
    elif not all(figures.records.is_complete(each) for each in (year, before)):
        reason = "running"
    elif not compared[0].is_apart_from(compared[1]):
        reason = "lacking"
    return Change(compared[0], compared[1], len(common), len(now), len(then), reason)


def _summed(figures: "Figures", areas: Sequence[Place], code: str, year: int) -> Figure:
    """Return the figure of some areas together."""
    measure: Measure = figures.ward.codebook[code]
    if not measure.is_rate:
        return _sum([figures.figure(area, year, code) for area in areas])
    above, below = (
        _sum([figures.figure(area, year, part) for area in areas])
        for part in (measure.numerator, measure.denominator)
    )
    if above.value is None or not below.value:
        return rate(None, above, below)
    return rate(measure.factor * above.value / below.value, above, below)


def _sum(figures: Sequence[Figure]) -> Figure:
    values = [figure.value for figure in figures if figure.value is not None]
    if not values:
        return figures[0] if figures else Figure(None, "unrecorded")
    known = [figure for figure in figures if figure.known]
    lacks = tuple(
        (lack, number) for lack in LACKS if (number := sum(one.lacking(lack) for one in known))
    )
    low, high = sum(one.low for one in known), sum(one.high for one in known)
    return Figure(sum(values), "known", lacks, low, high)
