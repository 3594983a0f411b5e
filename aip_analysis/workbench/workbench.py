"""The workbench: records, figures, charts and maps by name, for exploration."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts import trend_chart
from aip_analysis.charts.maps import View
from aip_analysis.errors import UsageError
from aip_analysis.files import find_home
from aip_analysis.measures import Figures
from aip_analysis.measures.figure_words import sign_of
from aip_analysis.measures.stored_figures import load_figures
from aip_analysis.messages import Language
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear, Level, Measure, Place
from aip_analysis.workbench.analyst_maps import Maps

if TYPE_CHECKING:
    from aip_analysis.workbench.map_chooser import MapChooser


class Workbench:
    """The built records with their figures.

    Parameters
    ----------
    figures
        All figures.
    language
        The language of names and labels.
    """

    def __init__(self, figures: Figures, language: Language = "ja") -> None:
        self.figures = figures
        self.ward = figures.ward
        self.language = language
        self._maps = Maps(figures, language)

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal years on record."""
        return self.figures.records.fiscal_years

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the record tables."""
        return tuple(self.figures.records.tables)

    def codebook(self) -> pd.DataFrame:
        """Return the measures: code as index; name, definition, unit, topic."""
        units = self.ward.vocabularies["unit"].labels(self.language)
        rows = [
            (
                measure.code,
                measure.label(self.language),
                measure.definition(self.language),
                units[measure.unit],
                measure.topic,
            )
            for measure in self.ward.codebook
        ]
        columns = ["code", "name", "definition", "unit", "topic"]
        return pd.DataFrame(rows, columns=columns).set_index("code")

    def records(
        self, table: str, area: str | None = None, fiscal_year: int | None = None
    ) -> pd.DataFrame:
        """Return rows of a record table, with terms of vocabularies as labels.

        Parameters
        ----------
        table
            One of ``tables``.
        area
            The area to restrict them to; all by default.
        fiscal_year
            The year to restrict them to; all by default.

        Raises
        ------
        UsageError
            When there is no such table or area; the message names the choices.
        """
        if table not in self.tables:
            choices = "、".join(self.tables)
            raise UsageError("workbench.unknown_table", given=table, choices=choices)
        rows = self.figures.records[table]
        if area is not None:
            rows = rows[rows["area_code"] == self.ward.place_named("area", area).code]
        if fiscal_year is not None:
            rows = rows[rows["fiscal_year"] == fiscal_year]
        names = {place.code: place.name(self.language) for place in self.ward.places_of("area")}
        labelled = rows.assign(area=rows["area_code"].map(names))
        for column in TABLES[table].own:
            if column.vocabulary:
                labels = self.ward.vocabularies[column.vocabulary].labels(self.language)
                labelled[column.name] = labelled[column.name].map(labels)
        front = ["area", "fiscal_year"]
        return labelled[[*front, *labelled.columns.difference(front, sort=False)]].reset_index(
            drop=True
        )

    def measure(self, code: str, level: Level = "area") -> pd.DataFrame:
        """Return a measure as a table: one row per place, one column per fiscal year.

        Raises
        ------
        UsageError
            When there is no such measure; the message names the choices.
        """
        self._measure(code)
        places = self.ward.places_of(level)
        return pd.DataFrame(
            [
                [self.figures.value(place, year, code) for year in self.fiscal_years]
                for place in places
            ],
            index=pd.Index([place.name(self.language) for place in places], name=level),
            columns=pd.Index(self.fiscal_years, name="fiscal_year"),
        ).astype("Float64")

    def rows_behind(
        self,
        code: str,
        area: str | None = None,
        block: str | None = None,
        fiscal_year: int | None = None,
    ) -> pd.DataFrame:
        """Return the rows that a figure counts, each with its place in the files.

        Parameters
        ----------
        code
            The code of the measure, as listed by ``codebook()``.
        area, block
            The area or the block; the whole ward by default.
        fiscal_year
            The year; the newest complete one by default.

        Returns
        -------
        DataFrame
            area, part (of a rate), measure, table, file, sheet, row, activity_id, month, months,
            value (what the row adds to the figure), lack: ``suppressed``, ``blank``, or ``held``
            for a row set aside. Rows that are lacking stand at the end, without a value.

        Raises
        ------
        UsageError, NothingToDoError
            When there is no such measure, area, block or year, or both an area and a block are
            named; the message names the choices.
        """
        self._measure(code)
        if area is not None and block is not None:
            raise UsageError("workbench.area_and_block")
        place = self._place(area) if block is None else self.ward.place_named("block", block)
        year = self.figures.records.newest_complete() if fiscal_year is None else fiscal_year
        self.figures.records.check_year(year)
        behind = self.figures.rows_behind(code, place, year)
        rows = pd.concat([behind.rows, behind.missing], ignore_index=True)
        names = {area.code: area.name(self.language) for area in self.ward.places_of("area")}
        rows.insert(0, "area", rows["area_code"].map(names))
        return rows.drop(columns=["area_code", "fiscal_year"])

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
        if area is not None and block is not None:
            raise UsageError("workbench.area_and_block")
        place = self._place(area) if block is None else self.ward.place_named("block", block)
        return self._maps.of_places(place, fiscal_year)

    def choose_map(self) -> "MapChooser":
        """Return a map whose measure, years and display are chosen from lists, in JupyterLab.

        Its attribute ``figure`` is the figure last drawn.
        """
        # Imported here because only this chooser needs the widgets.
        from aip_analysis.workbench.map_chooser import MapChooser  # noqa: PLC0415

        return MapChooser(self._maps)

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

    def __repr__(self) -> str:
        years = "、".join(FiscalYear(year).short_label(self.language) for year in self.fiscal_years)
        return f"{self.ward.setting('name', self.language)}（{years}）"

    def _place(self, area: str | None) -> Place:
        return self.ward.whole if area is None else self.ward.place_named("area", area)

    def _measure(self, code: str) -> Measure:
        if code not in self.ward.codebook.codes:
            choices = "、".join(self.ward.codebook.codes)
            raise UsageError("workbench.unknown_measure", given=code, choices=choices)
        return self.ward.codebook[code]


def open_workbench(home: Path | None = None, language: Language = "ja") -> Workbench:
    """Return a workbench with the built records.

    Parameters
    ----------
    home
        The workbench's folder; by default, searched for from the current folder.
    language
        The language of names and labels.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet.
    """
    return Workbench(load_figures(find_home(home)), language)
