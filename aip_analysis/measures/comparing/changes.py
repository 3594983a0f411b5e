"""Changes of a figure between two fiscal years: like is compared with like, or nothing is said."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aip_analysis.measures.figure import Figure, rate, summed
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
    now, then = (figures.areas_with(place, each, measure) for each in (year, before))
    ended = {
        area.code
        for each in (year, before)
        if (gaps := figures.gaps.get((place.key, each)))
        for area, _month in gaps.ended
    }

    def figure_of(areas: Sequence[Place] | None, each: int) -> Figure:
        if areas is None:
            return figures.figure(place, each, measure)
        return _figure_over(figures, areas, measure, each)

    return change_between(
        (year, now), (before, then), ended, figure_of, is_complete=figures.records.is_complete
    )


def change_between(
    later: tuple[int, Sequence[Place]],
    earlier: tuple[int, Sequence[Place]],
    ended: Collection[str],
    figure_of: Callable[[Sequence[Place] | None, int], Figure],
    *,
    is_complete: Callable[[int], bool],
) -> Change:
    """Return the change of a measure between two fiscal years, over the areas that have it in both.

    Parameters
    ----------
    later, earlier
        Each year, with the areas that have a figure in it.
    ended
        The codes of areas whose records end early in one of the years.
    figure_of
        Returns the figure of some areas in a year; of all areas of the place for None.
    is_complete
        Returns whether a year has elapsed as far as it is compared.
    """
    (year, now), (before, then) = later, earlier
    in_both = {area.code for area in then} - {*ended}
    common = [area for area in now if area.code in in_both]
    of_all = len(common) == len(now) == len(then)
    compared = [figure_of(None if of_all else common, each) for each in (year, before)]
    reason: Reason = ""
    if not common:
        reason = "nothing_in_common"
    elif not (is_complete(year) and is_complete(before)):
        reason = "running"
    elif not compared[0].is_apart_from(compared[1]):
        reason = "lacking"
    return Change(compared[0], compared[1], len(common), len(now), len(then), reason)


def _figure_over(figures: "Figures", areas: Sequence[Place], code: str, year: int) -> Figure:
    """Return the figure of some areas together."""
    measure: Measure = figures.ward.codebook[code]
    if not measure.is_rate:
        return summed([figures.figure(area, year, code) for area in areas])
    above, below = (
        summed([figures.figure(area, year, part) for area in areas])
        for part in (measure.numerator, measure.denominator)
    )
    if above.value is None or not below.value:
        return rate(None, above, below)
    return rate(measure.factor * above.value / below.value, above, below)
