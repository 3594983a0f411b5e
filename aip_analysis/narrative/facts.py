"""What the sentences ask about a place in a year."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from aip_analysis.measures import Figures
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.ward import FiscalYear, Place
from aip_analysis.ward.units import shown


class FigureText(str):
    """A figure with its unit, which a sentence may also ask for bare: ``{meetings:n}``.

    Parameters
    ----------
    text
        With its unit.
    bare
        Without.
    """

    __slots__ = ("bare",)
    bare: str

    def __new__(cls, text: str, bare: str) -> Self:
        """Make the text and keep the bare figure beside it."""
        made = super().__new__(cls, text)
        made.bare = bare
        return made

    def __format__(self, spec: str) -> str:
        return self.bare if spec == "n" else super().__format__(spec)


@dataclass(frozen=True)
class Facts:
    """The figures of one place and fiscal year, ready to be said.

    Parameters
    ----------
    figures
        All figures.
    place, fiscal_year
        What is spoken of.
    language
        In which language.
    """

    figures: Figures
    place: Place
    fiscal_year: int
    language: Language

    def value(self, measure: str) -> float:
        """Give a figure, zero where it is missing: sentences test for missing ones first."""
        return self.figures.value(self.place, self.fiscal_year, measure) or 0.0

    def has(self, measure: str) -> bool:
        """Tell whether a figure is there and above zero."""
        return self.value(measure) > 0

    def knows(self, measure: str) -> bool:
        """Tell whether a figure is there: a rate is not where there is nothing to divide by."""
        return self.figures.value(self.place, self.fiscal_year, measure) is not None

    def text(self, measure: str) -> FigureText:
        """Write a figure with its unit."""
        return self.written(measure, self.figures.value(self.place, self.fiscal_year, measure))

    def written(self, measure: str, value: float | None) -> FigureText:
        """Write any value as the figures of a measure are written."""
        definition = self.figures.ward.codebook[measure]
        text = shown(self.figures.ward, definition, value, self.language)
        return FigureText(text, number(value, definition.decimals))

    def say(self, key: str, **values: object) -> str:
        """Say a sentence of the catalogue's narrative, the place and the year filled in."""
        return say(f"narrative.{key}", self.language, **self._common, **values)

    def compared(self, measure: str) -> str:
        """Say in brackets what the figure was the year before; nothing where that says nothing.

        A year still running is not compared, nor is one that follows a year without records.
        """
        ward = self.figures.ward
        before = self.figures.value(self.place, self.fiscal_year - 1, measure)
        recorded = self.figures.has(self.place, self.fiscal_year - 1)
        if not self.complete or before is None or not recorded:
            return ""
        definition = ward.codebook[measure]
        if number(before, definition.decimals) == number(self.value(measure), definition.decimals):
            return say("narrative.same_as_before", self.language)
        text = shown(ward, definition, before, self.language)
        return say("narrative.before", self.language, value=text)

    @property
    def recorded(self) -> bool:
        """Whether there are any records of this place and year."""
        return self.figures.has(self.place, self.fiscal_year)

    @property
    def complete(self) -> bool:
        """Whether all months of the year have been lived through."""
        return self.figures.records.is_complete(self.fiscal_year)

    @cached_property
    def step(self) -> str:
        """The council's step at the end of the period; ``"none"`` for blocks and the ward."""
        steps = self.figures.steps
        chosen = steps[
            (steps["area_code"] == self.place.code) & (steps["fiscal_year"] == self.fiscal_year)
        ]
        return str(chosen["step"].iloc[0]) if self.place.level == "area" and len(chosen) else "none"

    @cached_property
    def _common(self) -> dict[str, object]:
        as_of = self.figures.records.as_of(self.fiscal_year)
        return {
            "place": self.figures.ward.label(self.place, self.language),
            "year": FiscalYear(self.fiscal_year).short_label(self.language),
            "month": as_of.month,
            "until": say(
                "narrative.until_year_end" if self.complete else "narrative.until_month",
                self.language,
                month=as_of.month,
            ),
            "in_year": say(
                "narrative.in_year" if self.complete else "narrative.in_year_so_far",
                self.language,
                year=FiscalYear(self.fiscal_year).short_label(self.language),
                month=as_of.month,
            ),
        }
