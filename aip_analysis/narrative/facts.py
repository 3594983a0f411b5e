"""The facts about a place and year that sentences are built from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.councils import Course
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.gaps import Gaps
from aip_analysis.messages import Language, say
from aip_analysis.messages.figure_text import FigureText
from aip_analysis.messages.months import month_name
from aip_analysis.messages.numbers import number
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.reference.calendar import MONTHS as WHOLE
from aip_analysis.reference.calendar import era_year, wareki
from aip_analysis.reference.units import TIGHT, exact_figure, format_figure

MONTHS = "months_in_operation"


@dataclass(frozen=True)
class Facts:
    """The figures of one place and fiscal year, formatted for sentences.

    Parameters
    ----------
    figures
        All figures, which log every read.
    place, fiscal_year
        The subject of the sentences.
    language
        The language of the sentences.
    """

    figures: RecordedFigures
    place: Place
    fiscal_year: int
    language: Language

    def figure(self, measure: str) -> Figure:
        """Return a figure with what it leaves out, or with the reason why there is no value."""
        return self.figures.figure(self.place, self.fiscal_year, measure)

    def has(self, measure: str) -> bool:
        """Return whether a figure is known and above zero."""
        return (self.figure(measure).value or 0) > 0

    def knows(self, measure: str) -> bool:
        """Return whether a figure is known; a rate without anything to divide by is not."""
        return self.figure(measure).known

    def change(self, measure: str) -> Change:
        """Return the change of a figure from the previous year, like with like."""
        return self.figures.change(self.place, measure, self.fiscal_year, self.fiscal_year - 1)

    def text(self, measure: str) -> FigureText:
        """Return a figure with its unit: at least as much, where parts of it are suppressed."""
        return self.text_of(measure, self.figure(measure))

    def text_of(self, measure: str, figure: Figure) -> FigureText:
        """Return any figure of a measure with its unit; at least so much, if partly suppressed."""
        at_least = figure.lacking("suppressed") > 0 and figure.low == figure.value
        return self.format_value(measure, figure.value, at_least=at_least)

    def format_value(
        self, measure: str, value: float | None, *, at_least: bool = False
    ) -> FigureText:
        """Return any value formatted like the figures of a measure.

        Parameters
        ----------
        at_least
            Whether the value is the known part of a sum: 38人以上.
        """
        definition = self.figures.ward.codebook[measure]
        ward = self.figures.ward
        text = format_figure(ward, definition, value, self.language, at_least=at_least)
        # A percent sign belongs to the number.
        bare = (
            exact_figure(ward, definition, value, self.language)
            if definition.unit in TIGHT
            else number(value, definition.decimals)
        )
        if at_least:
            bare = say("reference.at_least", self.language, figure=bare)
        return FigureText(text, bare)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue's narrative, with place and year filled in."""
        return self.say_from("narrative", key, **values)

    def say_from(self, file: str, key: str, /, **values: object) -> str:
        """Return a sentence of another catalogue file, with place and year filled in."""
        return say(f"{file}.{key}", self.language, **(self._common | values))

    def value_in_sentence(self, measure: str, value: float | None) -> FigureText:
        """Return a value as worded in sentences: 17.1人, where a table has 17.1人／回."""
        definition = self.figures.ward.codebook[measure]
        if definition.unit == "per_meeting":
            count = number(value, definition.decimals)
            return FigureText(say("summary.people_each", self.language, count=count), count)
        return self.format_value(measure, value)

    @property
    def gaps(self) -> Gaps:
        """The gaps in the records of this place and year."""
        return self.figures.gaps_of(self.place, self.fiscal_year)

    @property
    def course(self) -> Course | None:
        """The course of an area's council as recorded in the year; None for blocks and the ward."""
        if self.place.level != "area":
            return None
        return self.figures.course_of(self.place, self.fiscal_year)

    def has_rows(self, table: str) -> bool:
        """Return whether a record table has any row of this place and year."""
        return self.figures.has_records(table, self.place, self.fiscal_year)

    def day(self, day: date) -> str:
        """Format a day: 令和7年4月1日, 2025-04-01."""
        return wareki(day) if self.language == "ja" else day.isoformat()

    def month(self, month: date) -> str:
        """Format a month: 令和7年4月, April 2025."""
        era, year = era_year(month)
        return say(
            "summary.month",
            self.language,
            era=era,
            year=year if year > 1 else say("summary.first_year", self.language),
            month=month.month,
            iso=f"{month:%B %Y}",
        )

    @property
    def months_before(self) -> int:
        """The months an area's council operated in the previous year; 0 if not meaningful."""
        if self.place.level != "area":
            return 0
        before = self.figures.value(self.place, self.fiscal_year - 1, MONTHS) or 0
        return int(before) if before != self.figure(MONTHS).value and before < WHOLE else 0

    @property
    def recorded(self) -> bool:
        """Whether anything was received of this place and year."""
        return self.figures.has(self.place, self.fiscal_year)

    @property
    def complete(self) -> bool:
        """Whether all months of the year have elapsed."""
        return self.figures.is_complete(self.fiscal_year)

    @cached_property
    def step(self) -> str:
        """The council's step at the end of the period; ``"none"`` for blocks and the ward."""
        if self.place.level != "area":
            return "none"
        return self.figures.steps_of(self.place, self.fiscal_year).get(self.place.code, "none")

    @property
    def is_preparing(self) -> bool:
        """Whether an area has no council yet, nor a meeting of one on record."""
        without = self.place.level == "area" and self.step in {"preparing", "none"}
        return without and not self.has("meetings")

    @cached_property
    def _common(self) -> dict[str, object]:
        as_of = self.figures.as_of(self.fiscal_year)
        return {
            "place": self.figures.ward.label(self.place, self.language),
            "year": FiscalYear(self.fiscal_year).short_label(self.language),
            "month": as_of.month,
            "month_name": month_name(as_of.month, self.language),
            "until": say(
                "narrative.until_year_end" if self.complete else "narrative.until_month",
                self.language,
                month=as_of.month,
                month_name=month_name(as_of.month, self.language),
            ),
            "within": self._within,
            "in_year": say(
                "narrative.in_year" if self.complete else "narrative.in_year_so_far",
                self.language,
                year=FiscalYear(self.fiscal_year).short_label(self.language),
                month=as_of.month,
                month_name=month_name(as_of.month, self.language),
            ),
        }

    @property
    def months_so_far(self) -> str:
        """The months on record of a year still running: 4月から10月まで, April to October."""
        months = self.figures.months(self.fiscal_year)
        first, last = (month_name(month.month, self.language) for month in (months[0], months[-1]))
        key = "summary.month_so_far" if len(months) == 1 else "summary.months_so_far"
        return say(key, self.language, first=first, last=last)

    @property
    def _within(self) -> str:
        """The period in words: in the year, or from April to the last month on record."""
        year = FiscalYear(self.fiscal_year)
        if self.complete:
            label = year.short_label(self.language)
            return say("summary.within_year", self.language, year=label)
        months = self.figures.months(self.fiscal_year)
        first, last = months[0], months[-1]
        if first == last:
            return say("summary.within_month", self.language, first=self.month(first))
        same = era_year(first) == era_year(last)
        return say(
            "summary.within_months",
            self.language,
            first=self.month(first),
            last=say("summary.month_only", self.language, month=last.month, iso=f"{last:%B %Y}")
            if same
            else self.month(last),
        )
