"""The figures of measures, of the codebook or of one's own, of whole years or of some months."""

from collections.abc import Sequence
from dataclasses import replace

from aip_analysis.measures import Figures
from aip_analysis.measures.comparing.changes import Change, change_between
from aip_analysis.measures.counting.counts import Count
from aip_analysis.measures.figure import STATES, Figure, summed
from aip_analysis.measures.part_figures import PartFigures
from aip_analysis.records.some_months import WHOLE_YEAR, Months
from aip_analysis.reference import Measure, Place
from aip_analysis.workbench.figures.formulas import (
    Counted,
    Formula,
    Only,
    counts_of,
    figure_of,
    formula_of,
)
from aip_analysis.workbench.figures.groups import Groups
from aip_analysis.workbench.figures.own_measures import OwnMeasure

# Lists as they stand in a year, and the plans for it: no months of it have to elapse.
STANDING = frozenset({"population", "members", "budgets", "goals"})


class MeasureFigures:
    """The figures of measures, each kept once it is computed.

    A measure of the codebook has the figure of ``Figures``. Any other, and any of some months or of
    rows with a certain term, is computed from the counts of its formula: in a block or the ward,
    from their sums over the areas that have all of them.

    Parameters
    ----------
    figures
        The figures of the codebook.
    groups
        The columns by which counts can be restricted.
    """

    def __init__(self, figures: Figures, groups: Groups) -> None:
        self.whole = figures
        self._groups = groups
        self._parts: dict[Months, PartFigures] = {}

    def part(self, months: Months) -> PartFigures:
        """Return the counts of some months."""
        return self._parts.setdefault(months, PartFigures(self.whole, months))

    def formula(self, measure: Measure, only: Only = ()) -> Formula:
        """Return the formula of a measure, of the rows with certain terms."""
        formula = measure.formula if isinstance(measure, OwnMeasure) else formula_of(measure)
        return self._groups.restricted(formula, only) if only else formula

    def figure(
        self,
        measure: Measure,
        place: Place,
        fiscal_year: int,
        months: Months = WHOLE_YEAR,
        only: Only = (),
    ) -> Figure:
        """Return the figure of a measure of a place.

        Parameters
        ----------
        months
            The months of the year; a measure without months has the figure of the year.
        only
            Columns of its rows, with the value that is asked for in each.
        """
        is_whole = measure.is_estimate or (months.are_all and not only)
        if is_whole and not isinstance(measure, OwnMeasure):
            return self.whole.figure(place, fiscal_year, measure.code)
        areas = self.whole.ward.areas_of(place)
        formula = self.formula(measure, only)
        counts = counts_of(formula)
        if len(counts) > 1 and len(areas) > 1:
            having = [
                area
                for area in areas
                if all(self._count(each, [area], fiscal_year, months).known for each in counts)
            ]
            if not having:
                return self._unknown(counts, areas, fiscal_year, months)
            areas = tuple(having)
        return self._over(formula, areas, fiscal_year, months)

    def areas_with(
        self, measure: Measure, place: Place, fiscal_year: int, months: Months = WHOLE_YEAR
    ) -> list[Place]:
        """Return the areas of a place that have a figure of a measure in a year."""
        return [
            area
            for area in self.whole.ward.areas_of(place)
            if self.figure(measure, area, fiscal_year, months).known
        ]

    def change(
        self, measure: Measure, place: Place, years: tuple[int, int], months: Months = WHOLE_YEAR
    ) -> Change:
        """Return the change of a measure from the second of two years to the first.

        A block or the ward is compared over the areas that have the figure in both. Where there
        are none, the figures are those of the place, and no change is claimed.
        """
        part = self.part(months)
        later, earlier = ((each, self.areas_with(measure, place, each, months)) for each in years)
        ended = {
            area.code
            for area in self.whole.ward.areas_of(place)
            if any(part.ended(area, each) for each in years)
        }

        def of_areas(some: Sequence[Place] | None, each: int) -> Figure:
            if some is None:
                return self.figure(measure, place, each, months)
            return self._over(self.formula(measure), some, each, months)

        records = part.records if self.has_months(measure, months) else self.whole.records
        change = change_between(later, earlier, ended, of_areas, is_complete=records.is_complete)
        if change.areas:
            return change
        now, before = (self.figure(measure, place, each, months) for each in years)
        return replace(change, now=now, before=before)

    def has_months(self, measure: Measure, months: Months) -> bool:
        """Return whether a measure can be told of some months: whether its records have months.

        Of a rate it is enough that one of its counts can: residents are the same all the year.
        """
        if measure.is_estimate:
            return months.are_all
        return any(
            count is not None and self.part(months).has_months(count)
            for count in self._counts(measure)
        )

    def of_year(self, measure: Measure, months: Months) -> list[str]:
        """Return the codes of the counts of a measure that are those of the year, not of months."""
        part = self.part(months)
        return [
            each.code
            for each in counts_of(self.formula(measure))
            if (count := each.count) is None or not part.has_months(count)
        ]

    def grows(self, measure: Measure) -> bool:
        """Return whether a measure grows with the months of a year, or with what happens in it."""
        tables = {each.table for each in counts_of(self.formula(measure))}
        return bool(tables - STANDING)

    def of_council(self, measure: Measure) -> bool:
        """Return whether a measure depends on the months in which a council is at work."""
        return any(count is not None and count.of_council for count in self._counts(measure))

    def _counts(self, measure: Measure) -> list[Count | None]:
        return [each.count for each in counts_of(self.formula(measure))]

    def _over(
        self, formula: Formula, areas: Sequence[Place], fiscal_year: int, months: Months
    ) -> Figure:
        """Return the figure of a formula over some areas, each of which has all of its counts."""
        counts = counts_of(formula)
        figures = {each: self._count(each, areas, fiscal_year, months) for each in counts}
        return figure_of(formula, figures)

    def _count(
        self, counted: Counted, areas: Sequence[Place], fiscal_year: int, months: Months
    ) -> Figure:
        count = counted.count
        if count is not None:
            return self.part(months).figure(areas, fiscal_year, count)
        # An estimate is rounded once: that of all areas is not the sum of theirs.
        whole = self.whole
        if len(areas) == len(whole.ward.places_of("area")):
            return whole.figure(whole.ward.whole, fiscal_year, counted.code)
        return summed([whole.figure(area, fiscal_year, counted.code) for area in areas])

    def _unknown(
        self, counts: Sequence[Counted], areas: Sequence[Place], fiscal_year: int, months: Months
    ) -> Figure:
        states = {
            self._count(each, [area], fiscal_year, months).state
            for each in counts
            for area in areas
        }
        return Figure(None, next((state for state in STATES if state in states), "unrecorded"))
