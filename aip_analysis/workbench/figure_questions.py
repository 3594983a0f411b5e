"""Questions about figures: what is counted, how much it is, and which rows are behind it."""

import pandas as pd

from aip_analysis.reference import Level
from aip_analysis.workbench.base import WorkbenchBase


class FigureQuestions(WorkbenchBase):
    """The questions of a workbench that are answered with figures."""

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
        place, year = self._place(area, block), self._names.year(fiscal_year)
        behind = self.figures.rows_behind(code, place, year)
        rows = pd.concat([behind.rows, behind.missing], ignore_index=True)
        names = {area.code: area.name(self.language) for area in self.ward.places_of("area")}
        rows.insert(0, "area", rows["area_code"].map(names))
        return rows.drop(columns=["area_code", "fiscal_year"])
