"""The record tables and their columns in words: headings, kinds, units and origins."""

from collections.abc import Sequence

import pandas as pd

from aip_analysis.messages import Language, say
from aip_analysis.records import ORIGIN, TABLES, Column, Records
from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.rows import iter_rows
from aip_analysis.workbench.lists.frame_display import described

# The units of counts, as codes of the vocabulary of units; amounts are in yen.
UNITS = {
    **dict.fromkeys(
        (
            *("members", "proxies", "members_present", "supporters_present", "others_present"),
            *("total_present", "attendance", "attendances", "people", "population"),
            *("population_65plus", "population_75plus"),
        ),
        "people",
    ),
    "households": "households",
    "sessions": "sessions",
    "months": "months",
}
# What a table of records has beside the columns of the record table: in front, and at the end.
FRONT = ("place_code", "place", "block", "fiscal_year")
BACK = ("number_status", "file", "sheet", "row", "cells")
# The sum of people present at a meeting.
TOTAL = "attendance"
TOTALS = {"meetings": TOTAL}


def own_columns(table: str) -> list[Column]:
    """Return the columns of a record table that say what a row is about."""
    return [column for column in TABLES[table].own if not column.of_source]


def headings_of(table: str, ward: Ward, language: Language) -> dict[str, str]:
    """Return column -> heading, of all columns that a table of records has."""
    known = {(row.table, row.column): getattr(row, language) for row in iter_rows(ward.headings)}
    added = (*FRONT, *BACK, TOTAL, "marks")
    headings = {name: say(f"record_lists.column_{name}", language) for name in added}
    for column in own_columns(table):
        headings[column.name] = known.get((table, column.name), column.name)
    return headings


def terms_of(column: Column, ward: Ward, language: Language) -> dict[str, str]:
    """Return code -> label of the terms that a column may have; empty for any other column."""
    if column.vocabulary:
        return ward.vocabularies[column.vocabulary].labels(language)
    if column.name == "direction":
        return {code: say(f"record_lists.{code}", language) for code in ("income", "expense")}
    return {}


def units_of(table: str, ward: Ward, language: Language) -> dict[str, str]:
    """Return column -> unit, of all columns of numbers that have one."""
    labels = ward.vocabularies["unit"].labels(language)
    codes = {name: UNITS[name] for name in (TOTAL,) if table in TOTALS}
    for column in own_columns(table):
        code = "yen" if column.kind == "yen" else UNITS.get(column.name)
        if code and column.kind in {"yen", "count"}:
            codes[column.name] = code
    return {name: labels[code] for name, code in codes.items()}


def table_name(table: str, language: Language) -> str:
    """Return what people call a record table."""
    return say(f"account.table_{table}", language)


def years_text(years: Sequence[int], language: Language) -> str:
    """Return fiscal years, ascending, as a text: 令和5年度〜令和7年度."""
    labels = [FiscalYear(year).short_label(language) for year in years]
    if len(years) > 1 and list(years) == list(range(years[0], years[-1] + 1)):
        return say("record_lists.span", language, first=labels[0], last=labels[-1])
    return say("record_lists.between", language).join(labels)


def table_list(records: Records, language: Language) -> pd.DataFrame:
    """Return the record tables: table, name, rows, first_year, last_year."""
    rows = []
    for name in TABLES:
        years = records[name]["fiscal_year"].dropna()
        labels = ["", ""]
        if len(years):
            labels = [FiscalYear(int(year)).short_label(language)
                      for year in (years.min(), years.max())]  # fmt: skip
        rows.append((name, table_name(name, language), len(records[name]), *labels))
    frame = pd.DataFrame(rows, columns=["table", "name", "rows", "first_year", "last_year"])
    return described(
        frame,
        title=say("record_lists.tables", language),
        heads={name: say(f"record_lists.tables_{name}", language) for name in frame.columns},
        note=say("record_lists.tables_note", language),
    )


def column_list(table: str, ward: Ward, language: Language) -> pd.DataFrame:
    """Return the columns of a record table.

    Returns
    -------
    DataFrame
        column, heading, kind, unit, required (bool), vocabulary (its terms), origin (where the
        values come from).
    """
    headings, units = headings_of(table, ward, language), units_of(table, ward, language)
    spellings = {
        row.column: str(row.synonyms) for row in iter_rows(ward.headings) if row.table == table
    }
    rows = [_added(name, headings, units, language) for name in FRONT]
    for column in own_columns(table):
        terms = terms_of(column, ward, language)
        listed = say("record_lists.between", language).join(terms.values())
        kind = "term" if terms else column.kind
        rows.append(
            (column.name, headings[column.name], say(f"record_lists.kind_{kind}", language),
             units.get(column.name, ""), column.required, listed,
             _origin(column.name, table, spellings, ward, language))
        )  # fmt: skip
    added = (TOTALS[table], *BACK) if table in TOTALS else BACK
    rows += [_added(name, headings, units, language) for name in added]
    names = ["column", "heading", "kind", "unit", "required", "vocabulary", "origin"]
    frame = pd.DataFrame(rows, columns=names)
    name = table_name(table, language)
    return described(
        frame,
        title=say("record_lists.columns", language, table=name),
        heads={name: say(f"record_lists.columns_{name}", language) for name in names},
    )


def _added(
    name: str, headings: dict[str, str], units: dict[str, str], language: Language
) -> tuple[object, ...]:
    kinds = {"fiscal_year": "count", "row": "count", TOTAL: "count"}
    required = {column.name.removeprefix("source_") for column in ORIGIN if column.required}
    kind = say(f"record_lists.kind_{kinds.get(name, 'text')}", language)
    is_there = name in required | {"place_code", "place", "block"}
    origin = say(f"record_lists.origin_{name}", language)
    return (name, headings[name], kind, units.get(name, ""), is_there, "", origin)


def _origin(
    name: str, table: str, spellings: dict[str, str], ward: Ward, language: Language
) -> str:
    """Return the headings under which offices write the values of a column."""
    written = {row.column: row.ja for row in iter_rows(ward.headings) if row.table == table}
    if name not in written:
        return say("record_lists.origin_worked_out", language)
    others = [text for text in spellings.get(name, "").split("|") if text]
    if not others:
        return say("record_lists.origin_heading", language, heading=written[name])
    between = say("record_lists.between", language)
    return say(
        "record_lists.origin_headings",
        language,
        heading=written[name],
        others=between.join(others),
    )
