"""What makes a figure unsafe to compare, in a few words: its status."""

from dataclasses import replace
from typing import Literal

from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, state_text
from aip_analysis.messages import Language, say
from aip_analysis.messages.months import month_name
from aip_analysis.records.some_months import WHOLE_YEAR, Months
from aip_analysis.reference import Measure, Place
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.workbench.figures.measure_figures import MeasureFigures

# Rows that are missing as a whole, so that nobody knows what they say.
_OF_ROWS = frozenset({"held", "skipped"})
Part = Literal["whole", "part", "month"]
_NO_RECORD = frozenset({"not_kept", "suppressed"})


class FigureStatus:
    """Says in a few words why a figure cannot be compared without care.

    Parameters
    ----------
    figures
        The figures of measures.
    language
        The language of the words.
    """

    def __init__(self, figures: MeasureFigures, language: Language) -> None:
        self._figures = figures
        self._language = language

    def of(
        self,
        measure: Measure,
        place: Place,
        fiscal_year: int,
        figure: Figure,
        months: Months = WHOLE_YEAR,
        part: Part = "whole",
    ) -> str:
        """Return the status of a figure; empty where nothing is to be said.

        Parameters
        ----------
        figure
            The figure of the measure in these months.
        part
            Whether it is one of several parts of the measure, or of a table that says of which
            month each figure is.
        """
        parts = [
            self._state(measure, fiscal_year, figure, months),
            "" if part == "month" else self.period(measure, fiscal_year, months),
            *self._lacks(figure, of_part=part != "whole" or not months.are_all),
            *self._of_place(measure, place, fiscal_year, months, known=figure.known),
        ]
        return say("figure_tables.between", self._language).join(filter(None, parts))

    def period(self, measure: Measure, fiscal_year: int, months: Months) -> str:
        """Return which months a measure covers; empty if they are the whole year."""
        if not months.are_all and not self._figures.has_months(measure, months):
            return self._say("of_year")
        if not self._figures.grows(measure):
            return ""
        elapsed = self._figures.part(months).records.months(fiscal_year)
        if not elapsed or len(elapsed) == MONTHS:
            return ""
        if len(elapsed) == 1:
            return self._say("one_month", month=self._month(elapsed[0].month))
        first, last = (self._month(month.month) for month in (elapsed[0], elapsed[-1]))
        text = self._say("months", first=first, last=last, count=len(elapsed))
        of_year = self._figures.of_year(measure, months)
        growing = [code for code in of_year if self._figures.grows(self._measure(code))]
        return text + (self._say("part_of_year", names=self._names(growing)) if growing else "")

    def _state(self, measure: Measure, fiscal_year: int, figure: Figure, months: Months) -> str:
        if figure.known:
            return ""
        has_months = self._figures.has_months(measure, months)
        if has_months and not self._figures.part(months).records.months(fiscal_year):
            return self._say("not_elapsed")
        return state_text(figure.state, self._language)

    def _lacks(self, figure: Figure, *, of_part: bool) -> list[str]:
        """Return what a figure leaves out; of a row set aside nobody knows its part or month."""
        if not of_part:
            return [lack_text(figure, self._language)]
        whose = tuple(pair for pair in figure.lacks if pair[0] not in _OF_ROWS)
        rows = tuple(pair for pair in figure.lacks if pair[0] in _OF_ROWS)
        own, other = (
            lack_text(replace(figure, lacks=lacks), self._language) for lacks in (whose, rows)
        )
        return [own, self._say("somewhere", lacks=other) if other else ""]

    def _of_place(
        self, measure: Measure, place: Place, fiscal_year: int, months: Months, *, known: bool
    ) -> list[str]:
        areas = self._figures.whole.ward.areas_of(place)
        part = self._figures.part(months)
        ended = [day for area in areas if (day := part.ended(area, fiscal_year))]
        grows = self._figures.grows(measure)
        if place.level == "area":
            until = [self._say("ended", month=self._month(day.month)) for day in ended if grows]
            return [*until, self.at_work(measure, place, fiscal_year, months) if known else ""]
        without = [
            area
            for area in areas
            if known and self._lacks_figure(measure, area, fiscal_year, months)
        ]
        return [
            say("states.lack_areas", self._language, number=len(without)) if without else "",
            self._say("areas_ended", number=len(ended)) if ended and grows else "",
        ]

    def at_work(self, measure: Measure, place: Place, fiscal_year: int, months: Months) -> str:
        """Return for how many months the council of an area was at work, if not all the time.

        Only what a council does itself, such as meeting, is told so; two years are compared with
        it whatever is counted: see ``fewer_months``.
        """
        if not self._figures.of_council(measure):
            return ""
        return self.fewer_months(place, fiscal_year, months)

    def fewer_months(self, place: Place, fiscal_year: int, months: Months) -> str:
        """Return for how many months the council of an area was at work, if not all the time."""
        at_work = self.months_at_work(place, fiscal_year, months)
        elapsed = self._figures.part(months).records.months(fiscal_year)
        if at_work is None or at_work >= len(elapsed):
            return ""
        return self._say("at_work", number=at_work)

    def months_at_work(self, place: Place, fiscal_year: int, months: Months) -> int | None:
        """Return for how many months the council of an area was at work; None if unknown."""
        if place.level != "area":
            return None
        operation = self._figures.whole.ward.codebook["months_in_operation"]
        at_work = self._figures.figure(operation, place, fiscal_year, months).value
        return None if at_work is None else int(at_work)

    def _lacks_figure(
        self, measure: Measure, area: Place, fiscal_year: int, months: Months
    ) -> bool:
        """Return whether an area has no figure, though it could have one."""
        state = self._figures.figure(measure, area, fiscal_year, months).state
        if state in _NO_RECORD:
            whole = self._figures.whole
            return bool(whole.value(area, fiscal_year, "councils_established"))
        return state == "unrecorded"

    def _measure(self, code: str) -> Measure:
        return self._figures.whole.ward.codebook[code]

    def _names(self, codes: list[str]) -> str:
        names = [self._measure(code).label(self._language) for code in codes]
        return say("figure_tables.between", self._language).join(names)

    def _month(self, month: int) -> str:
        return month_name(month, self._language)

    def _say(self, name: str, **values: object) -> str:
        return say(f"figure_tables.{name}", self._language, **values)
