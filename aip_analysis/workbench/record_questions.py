"""Questions about records: the rows as they were received and checked, and the places."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from aip_analysis.messages import say
from aip_analysis.reference import Place
from aip_analysis.workbench.base import WorkbenchBase
from aip_analysis.workbench.lists.area_tables import CHOME, area_table, shapes_of
from aip_analysis.workbench.lists.record_columns import column_list, table_list, years_text
from aip_analysis.workbench.lists.record_table import Headings, RecordTable
from aip_analysis.workbench.lists.set_aside_table import set_aside_table
from aip_analysis.workbench.names.typed_arguments import typed_arguments
from aip_analysis.workbench.names.typed_names import OneOrMore, Typed, listed

CHOME_NAMES = frozenset({CHOME, "町丁目", "丁目", "町丁"})


class RecordQuestions(WorkbenchBase):
    """The questions of a workbench that are answered with rows."""

    @property
    def tables(self) -> pd.DataFrame:
        """The record tables: table, name, rows, first_year, last_year.

        >>> wb.tables.loc[wb.tables["table"] == "meetings", "name"].item()
        '会議記録'
        """
        return table_list(self.figures.records, self.language)

    @typed_arguments
    def columns(self, table: Typed) -> pd.DataFrame:
        """Return the columns of a record table: what each is called, means and comes from.

        Parameters
        ----------
        table
            A table of ``tables``, by either of its names.

        Returns
        -------
        DataFrame
            column, heading, kind, unit, required, vocabulary (its terms), origin.

        Raises
        ------
        UsageError
            When there is no such table; the message names the nearest.

        Examples
        --------
        >>> ledger = wb.columns("ledger").set_index("column")
        >>> ledger.loc["amount_yen", ["heading", "unit"]].tolist()
        ['金額', '円']
        """
        return column_list(self._names.table(table), self.ward, self.language)

    @typed_arguments
    def records(
        self,
        table: Typed,
        area: OneOrMore | None = None,
        years: OneOrMore | None = None,
        *,
        block: OneOrMore | None = None,
        labels: bool = True,
        headings: Headings = "code",
    ) -> pd.DataFrame:
        """Return the rows of a record table, each with its place and its cells in the files.

        Parameters
        ----------
        table
            A table of ``tables``, by either of its names.
        area, block
            The places to restrict them to; the whole ward by default.
        years
            The fiscal years; all by default.
        labels
            Whether terms are shown in words; otherwise as codes.
        headings
            The names of the columns: ``"code"``, ``"ja"`` or ``"en"``. Codes suit further work.

        Returns
        -------
        DataFrame
            place_code, place, block, fiscal_year; the columns of the table; of meetings also
            attendance, the people there as the measure 出席 counts them; status, which names
            numbers that are suppressed, approximate or blank; file, sheet, row, and cells, the
            addresses of the numbers.

        Raises
        ------
        UsageError
            When there is no such table, place or year; the message names the nearest.

        Examples
        --------
        >>> meetings = wb.records("meetings", area="04", years=2025)
        >>> meetings.loc[1, ["kind", "sheet", "cells"]].tolist()
        ['定例会', '会議記録', '回 A6、構成員出席 G6、協力員出席 H6、その他出席 I6']
        """
        name = self._names.table(table)
        places = self._named(area, block)
        chosen = None if years is None else self._names.years(years)
        known = RecordTable(name, self.figures.records, self.ward, self.language)
        return known.rows(
            self._codes(places),
            chosen,
            labels=labels,
            headings=headings,
            subject=self._subject(places, chosen),
        )

    @typed_arguments
    def set_aside(
        self,
        area: OneOrMore | None = None,
        years: OneOrMore | None = None,
        *,
        block: OneOrMore | None = None,
        table: Typed | None = None,
    ) -> pd.DataFrame:
        """Return the rows set aside: where each stands, what stands there, and what to do.

        Parameters
        ----------
        area, block, years, table
            What to restrict them to; all by default. Rows of which this is not known are counted
            below the table.

        Returns
        -------
        DataFrame
            place, fiscal_year, file, sheet, cell, found (the text in the cell), reason, to_do,
            heading, row, rows (which sum to the number of rows set aside), table, block,
            place_code.

        Raises
        ------
        UsageError
            When there is no such place, year or table; the message names the nearest.

        Examples
        --------
        >>> wb.set_aside(area="02")[["cell", "heading", "found"]].values.tolist()
        [['C11', '開催日', '2024-09-13']]
        """
        narrowed = area is not None or block is not None
        return set_aside_table(
            self.figures.records,
            self.ward,
            self.language,
            areas=self._codes(self._named(area, block)) if narrowed else None,
            years=None if years is None else self._names.years(years),
            table=None if table is None else self._names.table(table),
        )

    @typed_arguments
    def areas(self, year: Typed | None = None) -> pd.DataFrame:
        """Return the areas: codes, names, block, the council's step and days, residents.

        Parameters
        ----------
        year
            The fiscal year; the newest on record by default.

        Raises
        ------
        UsageError, NothingToDoError
            When there are no records of the year; the message names the years on record.

        Examples
        --------
        >>> wb.areas().set_index("place_code").loc["area-12", ["kana", "step"]].tolist()
        ['ふなど', '継続']
        """
        known = self.fiscal_years[-1] if year is None else self._names.year(year)
        return area_table(self.figures, known, self.language)

    @typed_arguments
    def geometry(self, level: Typed = "area") -> gpd.GeoDataFrame:
        """Return the shapes of areas, blocks, the ward or 町丁目, in metres.

        Parameters
        ----------
        level
            ``"area"``, ``"block"``, ``"ward"``, or ``"chome"``; Japanese, too.

        Returns
        -------
        GeoDataFrame
            place_code, place, block, geometry; of 町丁目 also key_code, chome and share. A copy:
            it may be changed. ``attrs["official"]`` says whether the boundaries are official; if
            not, they are a sketch.

        Raises
        ------
        UsageError
            When there is no such level; the message names the choices.

        Examples
        --------
        >>> shapes = wb.geometry("block")
        >>> len(shapes), shapes.crs.to_string()
        (4, 'EPSG:6677')
        """
        wanted = CHOME if level in CHOME_NAMES else self._names.level(level)
        return shapes_of(self.ward, wanted, self.language)

    @typed_arguments
    def read_excel(self, path: Path | str, sheet: str | None = None) -> pd.DataFrame:
        """Return an office's own table: xlsx, xls, ods or CSV, with its places recognised.

        The row of headings is found, numbers are read as offices write them (1,200, １２, △5), and
        place_code and place are put in front where a column holds places. What is no number stays
        text. What was left out or not understood is said below the table.

        Parameters
        ----------
        path
            The file.
        sheet
            The name of the sheet; the first one with a table by default.

        Raises
        ------
        InputRefusedError
            When there is no such file, or it cannot be read.
        UsageError
            When it has no such sheet, or no table; the message names the sheets.

        Examples
        --------
        >>> table = wb.read_excel("見守り件数.xlsx")  # doctest: +SKIP
        """
        # Imported here because the intake, which reads files, takes a second to load.
        from aip_analysis.workbench.lists.office_table import read_office_table  # noqa: PLC0415

        return read_office_table(Path(path), sheet, self._names)

    def _named(self, area: OneOrMore | None, block: OneOrMore | None) -> list[Place]:
        """Return the places that are named; the ward if none is."""
        places = [self._names.place(one) for one in listed(area)] if area is not None else []
        if block is not None:
            places += [self._names.place_of("block", one) for one in listed(block)]
        return places or [self.ward.whole]

    def _codes(self, places: list[Place]) -> list[str]:
        return [area.code for place in places for area in self.ward.areas_of(place)]

    def _subject(self, places: list[Place], years: list[int] | None) -> str:
        """Return whose rows of which years a table has, for its title."""
        between = say("record_lists.between", self.language)
        names = [self.ward.label(place, self.language) for place in places]
        spans = [years_text(years, self.language)] if years else []
        return between.join([*names, *spans])
