"""Charts and tables of measures, and of an analyst's own numbers."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.errors import UsageError
from aip_analysis.reference import Measure, Place
from aip_analysis.workbench.drawings.chart_texts import Texts
from aip_analysis.workbench.drawings.far_table import Question, far_table
from aip_analysis.workbench.drawings.own_charts import check_levels, place_bars, scatter
from aip_analysis.workbench.drawings.own_lines import course_lines, own_courses, year_courses
from aip_analysis.workbench.drawings.part_charts import (
    Parts,
    group_bars,
    is_by_month,
    month_bars,
    month_courses,
)
from aip_analysis.workbench.drawings.plotted import Plotted, Shown, Source
from aip_analysis.workbench.drawings.report_table import ReportTable, column_of, place_table
from aip_analysis.workbench.map_questions import MapQuestions
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_months import TypedMonths
from aip_analysis.workbench.names.typed_names import OneOrMore, Typed

# One measure or one's own numbers, or several of them.
ShownOrMore = Shown | Iterable[Shown]


class ChartQuestions(MapQuestions):
    """The questions of a workbench that are answered with a chart or a table.

    Numbers and texts of one's own may be drawn as on maps.
    """

    @typed_arguments
    def bar(  # noqa: PLR0913 -- what is drawn, of where and when, and how
        self,
        measures: ShownOrMore,
        year: Typed | None = None,
        *,
        level: Typed | None = None,
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        months: TypedMonths | None = None,
        by: str = "",
        title: str = "",
        unit: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return bars of places in the ward's order, or with ``by`` of kinds or months.

        Parameters
        ----------
        measures
            One or several measures by name or code, or Series or frames with places: up to four
            stand side by side.
        year
            The year; the newest complete one by default.
        level
            ``"area"``, ``"block"`` or ``"ward"``.
        area, block
            The areas, or the blocks whose areas are shown; all by default. With ``by``, the places
            that are taken apart, each in a panel of its own; the ward by default. For a block
            itself, the level is ``"block"``.
        months
            The first and the last month, such as ``(4, 10)``, or one month; all by default.
        by
            A column of the records that are counted, such as 種別, 科目, 曜日 or 月, as of
            ``measures()``: a bar for each of its terms.
        title, unit, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, place or year, or there are too many measures.

        Examples
        --------
        >>> wb.bar("会議", 2025)
        >>> wb.bar(["会議", "出席"], block="志村")
        >>> wb.bar("活動", by="種別", level="ブロック", block="志村")
        >>> wb.bar("会議", by="月", area="徳丸")
        """
        chosen, source = self._names.year(year), self._source_of(months)
        texts = Texts(title, note)
        if by:
            places = self._line_places(level, area, block)
            parts = Parts(source, self._only_measures(measures), places, chosen)
            if is_by_month(self._groups, source, parts.measures, by):
                return month_bars(parts, self._measure_tables, texts)
            return group_bars(parts, self._groups, by, texts)
        plotted = self._plotted(measures, level, chosen, unit, source)
        places = self._places(plotted[0].level, area, block)
        return place_bars(source, plotted, places, texts, chosen)

    @typed_arguments
    def line(  # noqa: PLR0913 -- what is drawn, of where and when, and how
        self,
        measures: ShownOrMore,
        years: OneOrMore | None = None,
        *,
        level: Typed | None = None,
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        months: TypedMonths | None = None,
        by: str = "",
        title: str = "",
        unit: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return measures over fiscal years or months, a small panel for each measure and place.

        Panels of the same measure share one scale; years that are still running are hollow and
        dotted.

        Parameters
        ----------
        measures
            One or several measures by name or code; or a frame with places, whose columns of
            numbers are the positions of the line.
        years
            The years; all by default.
        level
            ``"area"``, ``"block"`` or ``"ward"``: all of its places. By default those that are
            named, or the ward.
        area, block
            The areas, or the blocks whose areas are shown; for a block itself, the level is
            ``"block"``.
        months
            The months of each year, such as ``(4, 10)``: years are then compared over these.
        by
            月 (``"month"``) for a point of each month instead of each year.
        title, unit, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, place or year.

        Examples
        --------
        >>> wb.line(["会議", "支出"], area="舟渡")
        >>> wb.line("会議", 2025, by="月", level="area")
        >>> wb.line("会議", level="area")
        """
        if isinstance(measures, pd.Series):
            raise UsageError("drawings.one_position")
        if isinstance(measures, pd.DataFrame):
            drawn = own_courses(self._source, measures, unit, title)
            return course_lines(self._source, drawn, Texts(note=note))
        source, wanted = self._source_of(months), self._only_measures(measures)
        places, chosen = self._line_places(level, area, block), self._names.years(years)
        if by and is_by_month(self._groups, source, wanted, by):
            parts = Parts(source, wanted, places, chosen[-1])
            drawn = month_courses(parts, self._measure_tables, chosen)
        elif by:
            raise UsageError("drawings.line_by", given=by)
        else:
            drawn = year_courses(source, wanted, places, chosen)
        return course_lines(source, drawn, Texts(title, note))

    @typed_arguments
    def scatter(  # noqa: PLR0913 -- what is drawn, of where and when, and how
        self,
        x: Shown,
        y: Shown,
        year: Typed | None = None,
        *,
        lines: Typed | None = None,
        level: Typed | None = None,
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        months: TypedMonths | None = None,
        title: str = "",
        unit: str = "",
        note: str = "",
    ) -> go.Figure:
        """Return places as points by two measures.

        Parameters
        ----------
        x, y
            A measure by name or code, or a Series or frame with places.
        year
            The year; the newest complete one by default.
        lines
            A place, such as ``"ward"``, whose figures are dotted lines: of a rate its own, of a
            count the mean of its areas.
        level
            ``"area"`` or ``"block"``.
        area, block
            The areas, or the blocks whose areas are shown; all by default.
        months
            The first and the last month, such as ``(4, 10)``, or one month; all by default.
        title, unit, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, place or year.

        Examples
        --------
        >>> wb.scatter("会議", "活動の延べ参加人数", lines="ward")
        """
        chosen, source = self._names.year(year), self._source_of(months)
        across, up = self._plotted([x, y], level, chosen, unit, source)
        places = self._places(across.level, area, block)
        beside = None if lines is None else self._names.place(lines)
        both = (across, up)
        return scatter(source, both, places, beside, Texts(title, note), chosen)

    @typed_arguments
    def table(  # noqa: PLR0913 -- what is shown, of where and when, and how
        self,
        measures: ShownOrMore,
        years: OneOrMore | None = None,
        *,
        level: Typed | None = None,
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        months: TypedMonths | None = None,
        title: str = "",
        unit: str = "",
        note: str = "",
    ) -> ReportTable:
        """Return measures of places as a table of a report, with the sums of blocks and the ward.

        Its ``frame`` has the numbers; it can be saved to Excel.

        Parameters
        ----------
        measures
            One or several measures by name or code, or Series or frames with places.
        years
            One or several years, each a column per measure; the newest complete one by default.
        level
            ``"area"``, ``"block"`` or ``"ward"``.
        area, block
            The areas, or the blocks whose areas are shown; all by default.
        months
            The first and the last month, such as ``(4, 10)``, or one month; all by default.
        title, unit, note
            Texts of one's own.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, place or year.

        Examples
        --------
        >>> wb.table(["会議", "出席", "支出"], 2025)
        >>> wb.table("会議", [2024, 2025], level="block").frame
        """
        chosen = [self._names.year()] if years is None else self._names.years(years)
        source = self._source_of(months)
        first = self._plotted(measures, level, chosen[0], unit, source)
        check_levels(first)
        by_year = {chosen[0]: first} | {
            year: self._plotted(measures, first[0].level, year, unit, source) for year in chosen[1:]
        }
        columns = [
            column_of(source, by_year[year][turn], year, with_year=len(chosen) > 1)
            for turn, own in enumerate(first)
            for year in (chosen if own.counted else chosen[:1])
        ]
        places = self._places(first[0].level, area, block)
        return place_table(source, columns, places, Texts(title, note))

    @typed_arguments
    def far(
        self,
        kind: Typed | None = None,
        metres: float | None = None,
        *,
        level: Typed = "area",
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        year: Typed | None = None,
    ) -> pd.DataFrame:
        """Return how many residents 65+ live far from the places of a kind of activity.

        It is the estimate of the measure 「通いの場が遠い65歳以上」, with other places and another
        distance.

        Parameters
        ----------
        kind
            A kind of activities, such as ``"体操"``, held at least once in the year; by default
            gathering places, as in the measure.
        metres
            The distance in a straight line; by default that of the measure.
        level
            ``"area"``, ``"block"`` or ``"ward"``.
        area, block
            The areas, or the blocks whose areas are shown; all by default.
        year
            The year; the newest complete one by default.

        Returns
        -------
        DataFrame
            place_code, place, population_65plus, far_65plus (people, estimated and rounded),
            share_far_65plus (percent), activities, without_position (of these), status.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such kind, place or year, or the distance is not above zero.

        Examples
        --------
        >>> wb.far("体操", 500, block="志村")
        """
        distance = self.ward.checks["gathering_metres"] if metres is None else metres
        if not distance > 0:
            raise UsageError("drawings.bad_metres", given=metres)
        code = None if kind is None else self._names.term("activity_kind", kind)
        question = Question(code, distance, self._names.year(year))
        return far_table(self._source, question, self._places(level, area, block))

    def _only_measures(self, shown: ShownOrMore) -> list[Measure]:
        """Return measures; numbers of one's own cannot be taken apart.

        Raises
        ------
        UsageError
            When there is a Series or a frame among them.
        """
        parts = [one for one in _each(shown) if isinstance(one, str | int)]
        if len(parts) < len(_each(shown)):
            raise UsageError("drawings.only_measures")
        return [self._measure(one) for one in parts]

    def _plotted(
        self, shown: ShownOrMore, level: Typed | None, year: int, unit: str, source: Source
    ) -> list[Plotted]:
        """Return what is to be drawn; own numbers decide the level, unless one is named."""
        parts = _each(shown)
        own = [source.own(one, unit) for one in parts if not isinstance(one, str | int)]
        wanted = own[0].level if own and level is None else self._level(level)
        numbers = iter(own)
        return [
            source.plotted(one, wanted, year) if isinstance(one, str | int) else next(numbers)
            for one in parts
        ]

    def _line_places(
        self, level: Typed | None, area: OneOrMore | None, block: OneOrMore | None
    ) -> list[Place]:
        if level is not None:
            return self._places(level, area, block)
        if area is None and block is None:
            return [self.ward.whole]
        return self._places("area", area, block)


def _each(shown: ShownOrMore) -> list[Shown]:
    """Return one or several things to be drawn as a list."""
    if isinstance(shown, str | int | pd.Series | pd.DataFrame):
        return [shown]
    return list(shown)
