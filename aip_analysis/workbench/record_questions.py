"""Questions about records: the rows as they were received and checked, and the places."""

import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.records import TABLES
from aip_analysis.workbench.base import WorkbenchBase


class RecordQuestions(WorkbenchBase):
    """The questions of a workbench that are answered with rows."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the record tables."""
        return tuple(self.figures.records.tables)

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
