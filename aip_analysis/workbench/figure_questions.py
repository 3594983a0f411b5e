"""Questions about figures: how much it is, month by month, by kind, and beside another year."""

from collections.abc import Sequence

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.records.some_months import WHOLE_YEAR, Months
from aip_analysis.workbench.figures.groups import MONTH
from aip_analysis.workbench.figures.measure_tables import Asked
from aip_analysis.workbench.lists.area_tables import shapes_of
from aip_analysis.workbench.measure_questions import MeasureQuestions
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_months import TypedMonths, typed_months
from aip_analysis.workbench.names.typed_names import OneOrMore, Typed, listed

# What is compared where no measure is named: what every office asks about first.
COMPARED = (
    *("meetings", "attendance", "attendance_per_meeting", "activities", "sessions", "attendances"),
    *("spending", "execution_rate"),
)


class FigureQuestions(MeasureQuestions):
    """The questions of a workbench that are answered with figures."""

    @typed_arguments
    def measures(  # noqa: PLR0913 -- each narrows the question down in another way
        self,
        measures: OneOrMore,
        level: Typed = "area",
        *,
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        years: OneOrMore | None = None,
        months: TypedMonths | None = None,
        by: str | Sequence[str] | None = None,
        wide: bool = False,
        geometry: bool = False,
    ) -> pd.DataFrame:
        """Return figures as a table: one row for each place, fiscal year and measure.

        Parameters
        ----------
        measures
            Measures by any of their names, one or several.
        level
            地域 (the default), ブロック or 区.
        area, block
            The areas, or the blocks whose areas are meant; all by default.
        years
            The fiscal years; all on record by default.
        months
            The first and the last month, ``(4, 10)`` or ``(10, 3)``, or one month. A measure whose
            records have no months keeps the figure of the year, and its status says so.
        by
            A column of the records that are counted, or several: 種別, 科目, 重点分野, 領域,
            所属区分, 曜日, 月 ... By one column there is a row for every term that the measure
            counts anywhere on record, be it zero, and one for rows without a term; by several, for
            every combination that occurs. The rows add up to the figure. A rate is divided by the
            part of its denominator with the same term, or by all of it if its records have no such
            column.
            Months are counted each on its own, as ``months()`` does.
        wide
            Whether each measure is a column instead.
        geometry
            Whether the shape of each place is joined.

        Returns
        -------
        DataFrame
            place_code, place, block, fiscal_year, the columns of ``by``, measure (its code), name,
            value, unit, status. A value is missing where nothing can be said; status says why, and
            why a value cannot be compared without care: so many months only, cells suppressed, rows
            set aside, a council not set up yet or suspended. It is empty where all is well.

        Raises
        ------
        UsageError, NothingToDoError
            When a name is wrong; the message names the nearest right one.

        Examples
        --------
        >>> float(wb.measures("会議", area="舟渡", years=2025)["value"].item())
        11.0
        """
        asked = self._asked(measures, level, area, block, years, months)
        frame = self._by(asked, by) if by else self._measure_tables.tidy(asked)
        if wide:
            frame = self._measure_tables.wide(frame, asked)
        return self._with_geometry(frame, level) if geometry else frame

    @typed_arguments
    def months(
        self,
        measures: OneOrMore,
        area: OneOrMore | None = None,
        *,
        block: OneOrMore | None = None,
        level: Typed | None = None,
        years: OneOrMore | None = None,
    ) -> pd.DataFrame:
        """Return figures month by month: every month, with zeros, and with what is missing.

        Each month is a period of its own: activities are those held in it, so that they add up to
        more than those of the year.

        Parameters
        ----------
        measures
            Measures whose records have months, by any of their names, one or several.
        area, block
            The areas or blocks; the whole ward by default.
        level
            With a block, 地域 for each of its areas; without, all places of a level.
        years
            The fiscal years; all on record by default.

        Returns
        -------
        DataFrame
            As of ``measures()``, with the column month: its first day. Of months that no record
            shows to have elapsed yet, and of a council that was not set up or suspended, the value
            is missing and status says why.

        Raises
        ------
        UsageError, NothingToDoError
            When a name is wrong, or a measure has no months.

        Examples
        --------
        >>> len(wb.months("会議", area="17", years=2025))
        12
        """
        if level is None:
            level = "area" if area is not None else "ward" if block is None else "block"
        asked = self._asked(measures, level, area, block, years, None)
        self._measure_tables.check_months(asked.measures)
        return self._measure_tables.by_month(asked, as_days=True)

    @typed_arguments
    def compare(  # noqa: PLR0913 -- each narrows the question down in another way
        self,
        after: Typed,
        before: Typed,
        measures: OneOrMore | None = None,
        *,
        level: Typed = "area",
        area: OneOrMore | None = None,
        block: OneOrMore | None = None,
        same_months: bool = True,
    ) -> pd.DataFrame:
        """Return figures of two fiscal years side by side, with the change where one can be told.

        Like is compared with like: a block or the ward over the areas that have the figure in both
        years, and the figures given are those of these areas. No change is given where what is
        missing in the records could be the reason for it.

        Parameters
        ----------
        after, before
            The later and the earlier fiscal year.
        measures
            Measures by any of their names; by default those that are asked about most.
        level, area, block
            As of ``measures()``.
        same_months
            Whether a year that is still running is compared with the same months of the other one;
            otherwise no change is given for it.

        Returns
        -------
        DataFrame
            place_code, place, block, measure, name, before, after, change, percent (not of a
            percentage, whose change is in points; nor where a council was not at work for as many
            months in both years), unit, status (months at work, and why there is no change). The
            title tells the months of both years.

        Raises
        ------
        UsageError, NothingToDoError
            When a name is wrong, or the years are not in order.

        Examples
        --------
        >>> suspended = wb.compare(2026, 2025, "支出", area="清水")
        >>> suspended["status"].item(), suspended["percent"].isna().item()
        ('令和7年度：運営4か月', True)
        """
        years = [self._names.year(after), self._names.year(before)]
        if years[0] <= years[1]:
            raise UsageError("figure_tables.years_in_order", after=years[0], before=years[1])
        months = self._same_months(years) if same_months else WHOLE_YEAR
        asked = Asked(
            [self._measure(one) for one in listed(COMPARED if measures is None else measures)],
            self._places(level, area, block),
            years,
            months,
        )
        return self._measure_tables.compared(asked)

    def _asked(
        self,
        measures: OneOrMore,
        level: Typed,
        area: OneOrMore | None,
        block: OneOrMore | None,
        years: OneOrMore | None,
        months: TypedMonths | None,
    ) -> Asked:
        return Asked(
            [self._measure(one) for one in listed(measures)],
            self._places(level, area, block),
            self._names.years(years),
            WHOLE_YEAR if months is None else typed_months(months),
        )

    def _by(self, asked: Asked, by: str | Sequence[str]) -> pd.DataFrame:
        typed = [by] if isinstance(by, str) else list(by)
        formulas = {one.code: self._formula(one) for one in asked.measures}
        columns = {code: [self._groups.column(formula, one) for one in typed]
                   for code, formula in formulas.items()}  # fmt: skip
        first, *others = columns.values()
        if any(other != first for other in others):
            raise UsageError("figure_tables.other_columns", given=typed[0])
        if MONTH in first:
            if len(first) > 1:
                raise UsageError("figure_tables.months_alone")
            self._measure_tables.check_months(asked.measures)
            return self._measure_tables.by_month(asked, as_days=False)
        groups = {code: self._groups.groups(formula, first) for code, formula in formulas.items()}
        formula = next(iter(formulas.values()))
        heads = {column: self._groups.head(formula, column) for column in first}
        return self._measure_tables.by(asked, heads, groups)

    def _same_months(self, years: Sequence[int]) -> Months:
        """Return the months from April that have elapsed in all of some years."""
        records = self.figures.records
        last = min((records.months(year) for year in years), key=len)[-1]
        return Months(last=last.month)

    def _with_geometry(self, frame: pd.DataFrame, level: Typed) -> pd.DataFrame:
        shapes = shapes_of(self.ward, self._names.level(level), self.language)
        outlines = shapes[["place_code", "geometry"]]
        joined: pd.DataFrame = outlines.merge(frame, on="place_code", how="right")
        joined.attrs = frame.attrs
        return joined[[*frame.columns, "geometry"]]
