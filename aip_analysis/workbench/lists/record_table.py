"""Rows of a record table as an analyst reads them: with places, terms, totals and true cells."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import pandas as pd

from aip_analysis.errors import UsageError
from aip_analysis.measures.counting.counted_rows import PRESENT, counted_meetings
from aip_analysis.messages import Language, say
from aip_analysis.records import Records
from aip_analysis.records.source_cells import address, cells_of
from aip_analysis.reference import Ward
from aip_analysis.workbench.lists.frame_display import NAMING, described
from aip_analysis.workbench.lists.record_columns import (
    FRONT,
    TOTAL,
    headings_of,
    own_columns,
    table_name,
    terms_of,
    units_of,
)

Headings = Literal["code", "ja", "en"]
HEADINGS: tuple[Headings, ...] = get_args(Headings)
NUMBERS = frozenset({"count", "yen", "degree"})
_DEGREES = 6
# What a row's numbers and texts may be, as its status names it.
MARKS = ("suppressed", "approximate", "blank", "withheld")


@dataclass(frozen=True)
class RecordTable:
    """A record table, to be read in a language.

    Parameters
    ----------
    table
        The name of the record table.
    records
        The records.
    ward
        The ward whose places, terms and headings apply.
    language
        The language of names and labels.
    """

    table: str
    records: Records
    ward: Ward
    language: Language

    def rows(
        self,
        areas: Collection[str],
        years: Collection[int] | None,
        *,
        labels: bool = True,
        headings: Headings = "code",
        subject: str = "",
    ) -> pd.DataFrame:
        """Return the rows of some areas and fiscal years.

        Parameters
        ----------
        areas
            The codes of the areas.
        years
            The fiscal years; all if None.
        labels
            Whether terms and marks are shown in words instead of codes.
        headings
            The names of columns: codes, or headings in a language.
        subject
            Whose rows they are, for the title.

        Returns
        -------
        DataFrame
            place_code, place, block, fiscal_year; the table's own columns, for meetings attendance;
            number_status (which numbers are suppressed, approximate or blank), file, sheet, row,
            cells. Without labels, marks instead of number_status.
        """
        if headings not in HEADINGS:
            choices = say("record_lists.between", self.language).join(HEADINGS)
            raise UsageError("record_lists.unknown_headings", given=headings, choices=choices)
        source = self.records[self.table]
        chosen = source["area_code"].isin(areas)
        if years is not None:
            chosen &= source["fiscal_year"].isin(years)
        rows = source[chosen]
        parts = [self._front(rows), self._own(rows, labels=labels)]
        if self.table == "meetings":
            counted = counted_meetings(self.records, self.ward).loc[rows.index]
            parts.append(counted[[TOTAL]].astype("Int64"))
        parts.append(self._back(rows, labels=labels))
        frame = pd.concat(parts, axis=1).reset_index(drop=True)
        return self._named(frame, headings, subject)

    @cached_property
    def _names(self) -> dict[str, str]:
        texts = {"texts": say("record_lists.texts", self.language)}
        return headings_of(self.table, self.ward, self.language) | texts

    def _front(self, rows: pd.DataFrame) -> pd.DataFrame:
        places = {area.code: area for area in self.ward.places_of("area")}
        blocks = {
            code: self.ward.block_of(area).name(self.language) for code, area in places.items()
        }
        names = {code: area.name(self.language) for code, area in places.items()}
        keys = {code: area.key for code, area in places.items()}
        codes = rows["area_code"]
        columns = (codes.map(keys), codes.map(names), codes.map(blocks), rows["fiscal_year"])
        return pd.DataFrame(dict(zip(FRONT, columns, strict=True)))

    def _own(self, rows: pd.DataFrame, *, labels: bool) -> pd.DataFrame:
        columns = own_columns(self.table)
        own = rows[[column.name for column in columns]].copy()
        if labels:
            for column in columns:
                terms = terms_of(column, self.ward, self.language)
                if terms:
                    own[column.name] = own[column.name].map(terms)
        return own

    def _back(self, rows: pd.DataFrame, *, labels: bool) -> pd.DataFrame:
        marks = (
            {"number_status": self._status(rows)} if labels else {"marks": rows["marks"].fillna("")}
        )
        return pd.DataFrame(
            {
                **marks,
                "file": rows["source_file"].astype("str"),
                "sheet": rows["source_sheet"].astype("str"),
                "row": rows["source_row"],
                "cells": self._cells(rows),
            },
            index=rows.index,
        )

    def _told(self, marks: str) -> dict[str, list[str]]:
        """Return the marks of a row: kind -> the names of the columns that have it."""
        told: dict[str, list[str]] = {}
        for mark in filter(None, marks.split(";")):
            column, _, kind = mark.partition("=")
            told.setdefault(kind, []).append(self._names.get(column, column))
        return told

    def _status(self, rows: pd.DataFrame) -> list[str]:
        """Return the marks of each row in words: 伏せられた数（構成員出席）."""
        told = [self._told(marks) for marks in rows["marks"].fillna("")]
        if self.table == "meetings":
            counted = counted_meetings(self.records, self.ward).loc[rows.index]
            lacks = counted["attendance:blank"].to_numpy() > 0
            for name in PRESENT:
                for at in np.flatnonzero(lacks & (counted[f"{name}:blank"].to_numpy() > 0)):
                    told[at].setdefault("blank", []).append(self._names[name])
        between = say("record_lists.between", self.language)
        return [
            between.join(
                say(f"record_lists.mark_{kind}", self.language, columns=between.join(row[kind]))
                for kind in MARKS
                if kind in row
            )
            for row in told
        ]

    def _cells(self, rows: pd.DataFrame) -> list[str]:
        """Return the cells of each row's numbers: 構成員出席 G12、協力員出席 H12."""
        numbers = [column.name for column in own_columns(self.table) if column.kind in NUMBERS]
        between = say("record_lists.between", self.language)
        found = []
        places = rows[["source_cells", "source_sheet", "source_row"]].itertuples(index=False)
        for text, sheet, row in places:
            cells = {} if pd.isna(text) else cells_of(str(text), str(sheet), int(row))
            listed = [
                (self._names[name], address(cells[name], str(sheet)))
                for name in numbers
                if name in cells
            ]
            alone = len(numbers) == 1
            found.append(between.join(cell if alone else f"{name} {cell}" for name, cell in listed))
        return found

    def _named(self, frame: pd.DataFrame, headings: Headings, subject: str) -> pd.DataFrame:
        name = table_name(self.table, self.language)
        heads = headings_of(self.table, self.ward, self.language)
        units = units_of(self.table, self.ward, self.language)
        decimals = dict.fromkeys(("lon", "lat"), _DEGREES)
        naming = list(NAMING)
        if headings != "code":
            renamed = headings_of(self.table, self.ward, headings)
            frame = frame.rename(columns=renamed)
            units = {renamed[column]: unit for column, unit in units.items()}
            decimals = {renamed.get(column, column): places for column, places in decimals.items()}
            naming = [renamed[column] for column in naming]
            heads = {renamed[column]: head for column, head in heads.items()}
        title = say("record_lists.records", self.language, table=name, subject=subject)
        return described(
            frame, title=title, heads=heads, units=units, decimals=decimals, naming=naming
        )
