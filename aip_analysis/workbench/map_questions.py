"""Maps of measures, and of an analyst's own numbers."""

from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.maps import View
from aip_analysis.errors import UsageError
from aip_analysis.records.some_months import WHOLE_YEAR
from aip_analysis.reference import Level
from aip_analysis.workbench.drawings.chart_texts import Texts
from aip_analysis.workbench.drawings.maps import Maps
from aip_analysis.workbench.drawings.plotted import Shown, Source
from aip_analysis.workbench.measure_questions import MeasureQuestions
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_months import TypedMonths, typed_months
from aip_analysis.workbench.names.typed_names import Typed


class MapQuestions(MeasureQuestions):
    """The questions of a workbench that are answered with a map.

    Where a measure is drawn, numbers of one's own may be drawn as well: any Series or frame with
    names or codes of places. ``title``, ``unit`` (of these numbers) and ``note`` are texts of
    one's own in the chart.
    """

    def _source_of(self, months: TypedMonths | None = None) -> Source:
        """Return where figures come from, of some months or of whole years."""
        chosen = WHOLE_YEAR if months is None else typed_months(months)
        return Source(self._measure_figures, self._names, self._measure, self.language, chosen)

    @cached_property
    def _source(self) -> Source:
        return self._source_of()

    @cached_property
    def _maps(self) -> Maps:
        return Maps(self._source)

    @typed_arguments
    def map(  # noqa: PLR0913 -- what is drawn, of where and when, and how
        self,
        measure: Shown,
        year: Typed | None = None,
        *,
        level: Typed | None = None,
        area: Typed | None = None,
        block: Typed | None = None,
        since: Typed | None = None,
        months: TypedMonths | None = None,
        view: View = "map",
        title: str = "",
        unit: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return a map of a measure, or of numbers of one's own.

        Counts are circles, whose areas are in proportion; rates, decimals and values below zero are
        shades.

        Parameters
        ----------
        measure
            A measure by name or code, as listed by ``codebook()``, or a Series or frame with
            places.
        year
            The year; the newest complete one by default.
        level
            ``"area"`` or ``"block"``.
        area, block
            A place to be set off by a strong line.
        since
            An earlier year; if given, the map shows how much the measure has changed since then.
        months
            The first and the last month, such as ``(4, 10)``, or one month; all by default.
        view
            ``"map"``, or ``"tiles"``: one equal tile per area.
        title, unit, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, year, place, level or view, or the years cannot be
            compared; the message names the choices.

        Examples
        --------
        >>> wb.map("会議", 2025)
        >>> wb.map("活動の延べ参加人数", 2025, since=2023)
        >>> wb.map("支出", 2026, since=2025, months=(4, 10))
        >>> agreements = pd.Series({"舟渡": 3, "徳丸": 5})
        >>> wb.map(agreements, title="見守り協定", unit="件")
        """
        wanted, texts = self._level(level), Texts(title, note)
        chosen = self._names.year(year)
        maps = Maps(self._source_of(months))
        place = None if area is None and block is None else self._place(area, block)
        if since is not None:
            if isinstance(measure, pd.Series | pd.DataFrame):
                raise UsageError("drawings.since_of_own")
            years = (self._names.year(since), chosen)
            changed = self._measure(measure)
            return maps.of_change(changed, years, wanted, view, texts, place=place)
        maps.check_drawing(wanted, view)
        plotted = maps.source.plotted(measure, wanted, chosen, unit)
        return maps.of_plotted(plotted, view, texts, year=chosen, place=place)

    @typed_arguments
    def map_years(
        self,
        measure: Typed,
        year: Typed | None = None,
        *,
        level: Typed = "area",
        view: View = "map",
        title: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return small maps of a measure, one per year, up to a year; otherwise as ``map``.

        Examples
        --------
        >>> wb.map_years("会議")
        """
        wanted, last = self._level(level), self._names.year(year)
        return self._maps.of_years(self._measure(measure), last, wanted, view, Texts(title, note))

    @typed_arguments
    def map_steps(
        self, year: Typed | None = None, *, view: View = "map", title: str = "", note: str = ""
    ) -> go.Figure:
        """Return a map of the steps that the councils have reached; otherwise as ``map``.

        Examples
        --------
        >>> wb.map_steps(2025)
        """
        return self._maps.of_steps(self._names.year(year), view, Texts(title, note))

    @typed_arguments
    def map_fields(
        self, year: Typed | None = None, *, view: View = "map", title: str = "", note: str = ""
    ) -> go.Figure:
        """Return a map of how many priority fields each council discussed; otherwise as ``map``.

        Examples
        --------
        >>> wb.map_fields(2025)
        """
        return self._maps.of_fields(self._names.year(year), view, Texts(title, note))

    @typed_arguments
    def map_places(  # noqa: PLR0913 -- what is drawn, of where and when
        self,
        kind: Typed | None = None,
        *,
        area: Typed | None = None,
        block: Typed | None = None,
        year: Typed | None = None,
        metres: int | None = None,
        title: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return a map of activities, over the share of residents 65+ of each 町丁目.

        Parameters
        ----------
        kind
            A kind of activities, such as ``"体操"``: only these are shown, and the dotted line is
            around what is within reach of any of them. By default all, with the line around what
            is within reach of a gathering place.
        area, block
            The area or the block to show; the whole ward by default.
        year
            The year; the newest complete one by default.
        metres
            How far is within reach; by default as far as in the measures.
        title, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such kind, area, block or year, or both an area and a block are named.

        Examples
        --------
        >>> wb.map_places("体操", block="志村")
        """
        code = None if kind is None else self._names.term("activity_kind", kind)
        place, chosen = self._place(area, block), self._names.year(year)
        return self._maps.of_places(place, chosen, code, metres, Texts(title, note))

    def _level(self, typed: Typed | None) -> Level:
        return "area" if typed is None else self._names.level(typed)
