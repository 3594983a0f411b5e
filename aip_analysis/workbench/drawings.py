"""Charts and maps of measures, and of an analyst's own numbers."""

from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts import trend_chart
from aip_analysis.charts.maps import View
from aip_analysis.measures.figure_words import sign_of
from aip_analysis.reference import Level
from aip_analysis.workbench.base import WorkbenchBase
from aip_analysis.workbench.maps import Maps


class Drawings(WorkbenchBase):
    """The questions of a workbench that are answered with a chart or a map."""

    @cached_property
    def _maps(self) -> Maps:
        return Maps(self.figures, self.language)

    def map(
        self,
        code: str,
        fiscal_year: int | None = None,
        *,
        level: Level = "area",
        view: View = "map",
        since: int | None = None,
    ) -> go.Figure:
        """Return a map of a measure: circles for a count, shades for a rate.

        Parameters
        ----------
        code
            The code of the measure, as listed by ``codebook()``.
        fiscal_year
            The year; the newest complete one by default.
        level
            ``"area"`` or ``"block"``.
        view
            ``"map"``, or ``"tiles"``: one equal tile per area.
        since
            An earlier year; if given, the map shows how much the measure has changed since then.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, year, level or view, or the years cannot be compared;
            the message names the choices.
        """
        measure = self._measure(code)
        if since is None:
            return self._maps.of_measure(measure, fiscal_year, level, view)
        return self._maps.of_change(measure, (since, fiscal_year), level, view)

    def map_years(
        self,
        code: str,
        fiscal_year: int | None = None,
        *,
        level: Level = "area",
        view: View = "map",
    ) -> go.Figure:
        """Return small maps of a measure, one per year, up to a year; otherwise as ``map``."""
        return self._maps.of_years(self._measure(code), fiscal_year, level, view)

    def map_steps(self, fiscal_year: int | None = None, *, view: View = "map") -> go.Figure:
        """Return a map of the steps that the councils have reached; otherwise as ``map``."""
        return self._maps.of_steps(fiscal_year, view)

    def map_fields(self, fiscal_year: int | None = None, *, view: View = "map") -> go.Figure:
        """Return a map of how many priority fields each council discussed; otherwise as ``map``."""
        return self._maps.of_fields(fiscal_year, view)

    def map_places(
        self, area: str | None = None, block: str | None = None, fiscal_year: int | None = None
    ) -> go.Figure:
        """Return a map of activities, over the share of residents 65+ of each 町丁目.

        Parameters
        ----------
        area, block
            The area or the block to show; the whole ward by default.
        fiscal_year
            The year; the newest complete one by default.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such area, block or year, or both an area and a block are named.
        """
        return self._maps.of_places(self._place(area, block), fiscal_year)

    def trend(self, *codes: str, area: str | None = None) -> go.Figure:
        """Return a chart of measures over the fiscal years, for an area or by default the ward."""
        place = self._place(area)
        measures = [self._measure(code) for code in codes]
        rows = [
            (year, measure.code, figure.value, sign_of(figure, self.language))
            for measure in measures
            for year in self.fiscal_years
            if (figure := self.figures.figure(place, year, measure.code))
        ]
        table = pd.DataFrame(rows, columns=["fiscal_year", "measure", "value", "sign"])
        newest = self.fiscal_years[-1]
        partial = None if self.figures.records.is_complete(newest) else newest
        return trend_chart(table, measures, partial, ward=self.ward, language=self.language)
