"""Maps for analysts: any measure or own numbers, changes, years, steps, fields, places.

In JupyterLab a map stands alone, so its title states what it shows and for which year.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import plotly.graph_objects as go

from aip_analysis.charts.maps import (
    Background,
    Reach,
    View,
    change_map,
    field_map,
    measure_map,
    place_map,
    step_map,
    years_map,
)
from aip_analysis.charts.maps.value_classes import separating_classes
from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.measures.people import share_65plus_by_chome
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import Language, say
from aip_analysis.reference import Level, Measure, Place
from aip_analysis.workbench.drawings.chart_texts import (
    Texts,
    at_work_notes,
    fictional_mark,
    figures_of,
    heading,
    lack_notes,
    small_number_note,
    titled,
    where_of,
    without_notes,
)
from aip_analysis.workbench.drawings.plotted import Plotted, Source

if TYPE_CHECKING:
    import pandas as pd

# The levels whose places maps draw individually.
LEVELS: tuple[Level, ...] = ("area", "block")
VIEWS: tuple[View, ...] = get_args(View)
# The measure for shading the 町丁目 behind the places of activities.
BACKGROUND = "share_65plus"
NO_TEXTS = Texts()


@dataclass(frozen=True)
class Maps:
    """The maps of a workbench.

    Parameters
    ----------
    source
        Where their figures come from.
    """

    source: Source

    @property
    def figures(self) -> Figures:
        """All figures."""
        return self.source.figures

    @property
    def language(self) -> Language:
        """The language of names and labels."""
        return self.source.language

    def of_measure(
        self, measure: Measure, fiscal_year: int | None, level: Level, view: View
    ) -> go.Figure:
        """Return a map of a measure of a year; parameters as in ``Workbench.map``."""
        self.check_drawing(level, view)
        year = self._year(fiscal_year)
        plotted = self.source.plotted(measure.code, level, year)
        return self.of_plotted(plotted, view, year=year)

    def of_plotted(
        self,
        plotted: Plotted,
        view: View,
        texts: Texts = NO_TEXTS,
        *,
        year: int,
        place: Place | None = None,
    ) -> go.Figure:
        """Return a map of figures, of a measure or of an analyst's own.

        Parameters
        ----------
        year
            The fiscal year, for the denominators of a rate.
        place
            A place to be set off by a strong line.
        """
        self.check_drawing(plotted.level, view)
        ward, places = self.source.ward, self.source.ward.places_of(plotted.level)
        figure = measure_map(
            ward,
            plotted.by_code(),
            plotted.measure,
            language=self.language,
            place=place,
            view=view,
            level=plotted.level,
            classes=separating_classes(plotted.known) if plotted.shaded else None,
        )
        return titled(
            figure,
            texts,
            title=heading(self.source, plotted),
            where=where_of(self.source, plotted.level, places),
            period=plotted.period,
            mark=fictional_mark(self.source, [plotted]),
            notes=(
                *lack_notes(
                    self.source,
                    [(one.name(self.language), plotted.figures[one.key]) for one in places],
                ),
                *without_notes(self.source, [plotted], places, year),
                *at_work_notes(self.source, figures_of([plotted], places, year, self.language)),
                *small_number_note(self.source, plotted, places, year),
                *plotted.notes,
            ),
        )

    def of_change(
        self,
        measure: Measure,
        years: tuple[int, int | None],
        level: Level,
        view: View,
        texts: Texts = NO_TEXTS,
        *,
        place: Place | None = None,
    ) -> go.Figure:
        """Return a map of the change of a measure between two years, the first one earlier.

        A place is set off as in ``of_plotted``.
        """
        self.check_drawing(level, view)
        before, after = years[0], self._year(years[1])
        self._check_change(before, after)
        ward, places = self.source.ward, self.source.ward.places_of(level)
        changes = {
            place.code: self.source.measured.change(
                measure, place, (after, before), self.source.months
            )
            for place in places
        }
        language = self.language
        figure = change_map(
            ward, changes, measure, language=language, place=place, view=view, level=level
        )
        return self._titled(
            figure,
            texts,
            say("drawings.change", language, measure=measure.label(language)),
            self._between(before, after),
            level,
        )

    def of_years(
        self,
        measure: Measure,
        fiscal_year: int | None,
        level: Level,
        view: View,
        texts: Texts = NO_TEXTS,
    ) -> go.Figure:
        """Return small maps of a measure, one per year, up to a year."""
        self.check_drawing(level, view)
        last = self._year(fiscal_year)
        years = [year for year in self.figures.records.fiscal_years if year <= last]
        plotted = {year: self.source.plotted(measure.code, level, year) for year in years}
        heads = {
            year: year_head(self.figures.records, year, self.language, broken=True)
            for year in years
        }
        figure = years_map(
            self.source.ward,
            {heads[year]: own.by_code() for year, own in plotted.items()},
            measure,
            language=self.language,
            view=view,
            level=level,
            classes=separating_classes([value for own in plotted.values() for value in own.known])
            if measure.is_rate
            else None,
        )
        every = {key: one for own in plotted.values() for key, one in own.figures.items()}
        title = heading(self.source, plotted[last], every)
        return self._titled(figure, texts, title, self._between(years[0], last), level)

    def of_steps(self, fiscal_year: int | None, view: View, texts: Texts = NO_TEXTS) -> go.Figure:
        """Return a map of the steps of the councils at the end of a year."""
        self.check_drawing("area", view)
        year = self._year(fiscal_year)
        steps = self.figures.steps
        own = steps[steps["fiscal_year"] == year]
        steps_by_area = dict(zip(own["area_code"], own["step"], strict=True))
        figure = step_map(self.source.ward, steps_by_area, language=self.language, view=view)
        title = say("workbench.steps", self.language)
        return self._titled(figure, texts, title, self.source.period(year), "area")

    def of_fields(self, fiscal_year: int | None, view: View, texts: Texts = NO_TEXTS) -> go.Figure:
        """Return a map of how many priority fields each council discussed in a year."""
        self.check_drawing("area", view)
        year = self._year(fiscal_year)
        figure = field_map(
            self.source.ward,
            self._fields(year),
            self.source.plotted("meetings", "area", year).by_code(),
            language=self.language,
            view=view,
        )
        title = say("workbench.fields", self.language)
        return self._titled(figure, texts, title, self.source.period(year), "area")

    def of_places(
        self,
        place: Place,
        fiscal_year: int | None,
        kind: str | None = None,
        metres: int | None = None,
        texts: Texts = NO_TEXTS,
    ) -> go.Figure:
        """Return a map of where activities are held, in a place and around it.

        Parameters
        ----------
        kind
            A code of the vocabulary ``activity_kind``: only these activities, all of which are
            then places whose reach is outlined; by default every activity.
        metres
            How far they reach; by default as far as in the measures.
        """
        ward, year = self.source.ward, self._year(fiscal_year)
        activities = self._activities(year, kind)
        term = ward.vocabularies["activity_kind"][kind].label(self.language) if kind else ""
        figure = place_map(
            ward,
            activities,
            Background(ward.codebook[BACKGROUND], share_65plus_by_chome(ward)),
            Reach(metres or int(ward.checks["gathering_metres"]), term),
            language=self.language,
            place=place,
        )
        key = "drawings.places_of_kind" if kind else "drawings.places"
        return titled(
            figure,
            texts,
            title=say(key, self.language, kind=term),
            where=ward.label(place, self.language),
            period=self.source.period(year),
            mark=self.source.mark,
            notes=self._unplaced(activities, place),
        )

    def _activities(self, year: int, kind: str | None) -> "pd.DataFrame":
        activities = self.figures.activity_places
        own = activities[activities["fiscal_year"] == year]
        return own[own["kind"] == kind] if kind else own

    def _unplaced(self, activities: "pd.DataFrame", place: Place) -> tuple[str, ...]:
        """Return how many activities of a place have no position, and so are not on its map."""
        codes = [area.code for area in self.source.ward.areas_of(place)]
        own = activities[activities["area_code"].isin(codes)]
        missing = int(own["x"].isna().sum())
        if not missing:
            return ()
        return (say("drawings.unplaced", self.language, number=missing, all=len(own)),)

    def _year(self, fiscal_year: int | None) -> int:
        """Return a year after checking that it has records; the newest complete one by default."""
        if fiscal_year is None:
            return self.figures.records.newest_complete()
        self.figures.records.check_year(fiscal_year)
        return fiscal_year

    def check_drawing(self, level: str, view: str) -> None:
        """Raise if there are no maps of a level or of a view.

        Raises
        ------
        UsageError
            The message names the choices.
        """
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
            if not self.source.is_complete(year):
                raise UsageError("workbench.year_running", fiscal_year=year)

    def _fields(self, year: int) -> dict[str, Collection[str]]:
        """Return the recorded priority fields of each area by area_code; without any, no entry."""
        topics = self.figures.table("topics")
        own = topics[(topics["fiscal_year"] == year) & (topics["meetings"] > 0)]
        named = own.dropna(subset=["priority_field"])
        fields = {place: set(codes) for place, codes in named.groupby("place")["priority_field"]}
        return {
            area.code: fields[area.key]
            for area in self.source.ward.places_of("area")
            if area.key in fields
        }

    def _between(self, first: int, last: int) -> str:
        """Return two years and all between them."""
        names = [self.source.period(year) for year in dict.fromkeys((first, last))]
        return say("workbench.to", self.language).join(names)

    def _titled(
        self, figure: go.Figure, texts: Texts, title: str, period: str, level: Level
    ) -> go.Figure:
        """Return a map of all places of a level with its texts."""
        return titled(
            figure,
            texts,
            title=title,
            where=where_of(self.source, level, self.source.ward.places_of(level)),
            period=period,
            mark=self.source.mark,
        )
