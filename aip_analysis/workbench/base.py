"""What all parts of the workbench share: the figures, and who is meant by a name."""

from functools import cached_property
from pathlib import Path

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import Language
from aip_analysis.reference import Level, Measure, Place
from aip_analysis.workbench.names.typed_names import Names, OneOrMore, Typed, listed


class WorkbenchBase:
    """The built records with their figures.

    Parameters
    ----------
    figures
        All figures.
    language
        The language of names and labels.
    home
        The workbench's folder; None where there is none, as in a test of figures alone.
    """

    def __init__(
        self, figures: Figures, language: Language = "ja", home: Path | None = None
    ) -> None:
        self.home = home
        self.figures = figures
        self.ward = figures.ward
        self.language = language
        # Measures that the analyst defined.
        self.own_measures: list[Measure] = []

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal years on record.

        Examples
        --------
        >>> wb.fiscal_years
        (2022, 2023, 2024, 2025, 2026)
        """
        return self.figures.records.fiscal_years

    @cached_property
    def _names(self) -> Names:
        return Names(self.ward, self.figures.records, self.language, self.own_measures)

    def _measure(self, typed: Typed) -> Measure:
        """Return a measure of the codebook, or one that the analyst defined."""
        return self._names.measure(typed)

    def _figure(self, measure: Measure, place: Place, fiscal_year: int) -> Figure:
        """Return a figure of a measure of the codebook, or of one that the analyst defined."""
        return self.figures.figure(place, fiscal_year, measure.code)

    def _place(self, area: Typed | None, block: Typed | None = None) -> Place:
        """Return the area or the block that is named; the ward where neither is."""
        if area is not None and block is not None:
            raise UsageError("workbench.area_and_block")
        if block is not None:
            return self._names.place_of("block", block)
        return self.ward.whole if area is None else self._names.place(area)

    def _places(
        self,
        level: Typed = "area",
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
    ) -> list[Place]:
        """Return the places of a level, or those that are named, in the ward's order.

        Of blocks that are named, the areas are returned, unless the level is that of blocks.
        """
        wanted: Level = self._names.level(level)
        chosen = [self._names.place_of("area", one) for one in listed(area)] if area else []
        blocks = [self._names.place_of("block", one) for one in listed(block)] if block else []
        if wanted == "block":
            return [
                place for place in self.ward.places_of("block") if not blocks or place in blocks
            ]
        members = [member for one in blocks for member in self.ward.areas_of(one)]
        if wanted == "ward" or not (chosen or members):
            return list(self.ward.places_of(wanted))
        return [place for place in self.ward.places_of("area") if place in {*chosen, *members}]
