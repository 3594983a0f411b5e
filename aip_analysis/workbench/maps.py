"""Maps for analysts: any measure and year, changes, small maps over years, steps, fields, places.

In JupyterLab a map stands alone, so its title states what it shows and for which year.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

import plotly.graph_objects as go

from aip_analysis.charts.maps import (
    Background,
    View,
    change_map,
    field_map,
    measure_map,
    place_map,
    step_map,
    years_map,
)
from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.measures.changes import change_of
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.people import share_65plus_by_chome
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import Language, say
from aip_analysis.reference import FiscalYear, Level, Measure, Place

# The levels whose places maps draw individually.
LEVELS: tuple[Level, ...] = ("area", "block")
VIEWS: tuple[View, ...] = get_args(View)
# The measure for shading the 町丁目 behind the places of activities.
BACKGROUND = "share_65plus"
# In pixels: the height of the title line, including its margins.
TITLE = 36
TITLE_SIZE = 16


@dataclass(frozen=True)
class Maps:
    """The maps of a workbench.

    Parameters
    ----------
    figures
        All figures.
    language
        The language of names and labels.
    """

    figures: Figures
    language: Language

    def of_measure(
        self, measure: Measure, fiscal_year: int | None, level: Level, view: View
    ) -> go.Figure:
        """Return a map of a measure of a year; parameters as in ``Workbench.map``."""
        self._check_drawing(level, view)
        year = self._year(fiscal_year)
        figure = measure_map(
            self.figures.ward,
            self._figures(measure.code, year, level),
            measure,
            language=self.language,
            view=view,
            level=level,
        )
        return self._titled(figure, measure.label(self.language), year)

    def of_change(
        self, measure: Measure, years: tuple[int, int | None], level: Level, view: View
    ) -> go.Figure:
        """Return a map of the change of a measure between two years, the earlier first."""
        self._check_drawing(level, view)
        before, after = years[0], self._year(years[1])
        self._check_change(before, after)
        figure = change_map(
            self.figures.ward,
            {
                place.code: change_of(self.figures, place, measure.code, after, before)
                for place in self.figures.ward.places_of(level)
            },
            measure,
            language=self.language,
            view=view,
            level=level,
        )
        return self._titled(figure, measure.label(self.language), before, after)

    def of_years(
        self, measure: Measure, fiscal_year: int | None, level: Level, view: View
    ) -> go.Figure:
        """Return small maps of a measure, one per year, up to a year."""
        self._check_drawing(level, view)
        last = self._year(fiscal_year)
        years = [year for year in self.figures.records.fiscal_years if year <= last]
        figure = years_map(
            self.figures.ward,
            {
                year_head(self.figures.records, year, self.language, broken=True): self._figures(
                    measure.code, year, level
                )
                for year in years
            },
            measure,
            language=self.language,
            view=view,
            level=level,
        )
        return self._titled(figure, measure.label(self.language), years[0], last)

    def of_steps(self, fiscal_year: int | None, view: View) -> go.Figure:
        """Return a map of the steps of the councils at the end of a year."""
        self._check_drawing("area", view)
        year = self._year(fiscal_year)
        steps = self.figures.steps
        own = steps[steps["fiscal_year"] == year]
        steps_by_area = dict(zip(own["area_code"], own["step"], strict=True))
        figure = step_map(self.figures.ward, steps_by_area, language=self.language, view=view)
        return self._titled(figure, say("workbench.steps", self.language), year)

    def of_fields(self, fiscal_year: int | None, view: View) -> go.Figure:
        """Return a map of how many priority fields each council discussed in a year."""
        self._check_drawing("area", view)
        year = self._year(fiscal_year)
        figure = field_map(
            self.figures.ward,
            self._fields(year),
            self._figures("meetings", year, "area"),
            language=self.language,
            view=view,
        )
        return self._titled(figure, say("workbench.fields", self.language), year)

    def of_places(self, place: Place, fiscal_year: int | None) -> go.Figure:
        """Return a map of where activities are held, in a place and around it."""
        ward, year = self.figures.ward, self._year(fiscal_year)
        activities = self.figures.activity_places
        figure = place_map(
            ward,
            activities[activities["fiscal_year"] == year],
            Background(ward.codebook[BACKGROUND], share_65plus_by_chome(ward)),
            int(ward.checks["gathering_metres"]),
            language=self.language,
            place=place,
        )
        name = ward.label(place, self.language)
        return self._titled(figure, say("workbench.places", self.language, place=name), year)

    def _year(self, fiscal_year: int | None) -> int:
        """Return a year after checking that it has records; the newest complete one by default."""
        if fiscal_year is None:
            return self.figures.records.newest_complete()
        self.figures.records.check_year(fiscal_year)
        return fiscal_year

    def _check_drawing(self, level: str, view: str) -> None:
        if level not in LEVELS:
            raise UsageError("workbench.unknown_level", given=level, choices="、".join(LEVELS))
        if view not in VIEWS:
            raise UsageError("workbench.unknown_view", given=view, choices="、".join(VIEWS))
        if (level, view) == ("block", "tiles"):
            raise UsageError("workbench.tiles_of_blocks")

    def _check_change(self, before: int, after: int) -> None:
        self.figures.records.check_year(before)
        if before >= after:
            raise UsageError("workbench.since_not_before", since=before, fiscal_year=after)
        for year in (before, after):
            if not self.figures.records.is_complete(year):
                raise UsageError("workbench.year_running", fiscal_year=year)

    def _figures(self, code: str, year: int, level: Level) -> dict[str, Figure]:
        """Return the figures of a measure in a year, by area_code or block_code."""
        places = self.figures.ward.places_of(level)
        return {place.code: self.figures.figure(place, year, code) for place in places}

    def _fields(self, year: int) -> dict[str, Collection[str]]:
        """Return the recorded priority fields of each area by area_code; without any, no entry."""
        topics = self.figures.table("topics")
        own = topics[(topics["fiscal_year"] == year) & (topics["meetings"] > 0)]
        named = own.dropna(subset=["priority_field"])
        fields = {place: set(codes) for place, codes in named.groupby("place")["priority_field"]}
        return {
            area.code: fields[area.key]
            for area in self.figures.ward.places_of("area")
            if area.key in fields
        }

    def _titled(self, figure: go.Figure, subject: str, *years: int) -> go.Figure:
        """Return the map with a title of its subject and its year or years."""
        names = [FiscalYear(year).short_label(self.language) for year in dict.fromkeys(years)]
        period = say("workbench.to", self.language).join(names)
        height = figure.layout.height + TITLE
        return figure.update_layout(
            title={
                "text": say("workbench.title", self.language, subject=subject, years=period),
                "font": {"size": TITLE_SIZE},
                "x": 0,
                "xanchor": "left",
                "xref": "container",
                "y": 1,
                "yanchor": "top",
                "yref": "container",
                "pad": {"t": 8, "l": 8},
            },
            height=height,
            margin_t=figure.layout.margin.t + TITLE,
            legend_y=1 - TITLE / height,
        )
