"""Duplicate checks: records in two rows, sent twice, or with one receipt number."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from aip_analysis.intake.account import Block, SheetAccount
from aip_analysis.intake.checks.all_records import (
    CORRECTING,
    FILE,
    AllRecords,
    RecordProblems,
    rows_of_block,
)
from aip_analysis.intake.checks.no_records import NoRecords
from aip_analysis.intake.conversion.convert_table import SAID
from aip_analysis.records import TABLES

WHERE = ["area_code", "fiscal_year"]
# What a meeting is on one sheet, and what tells two meetings of one kind and day apart. A council
# itself does not meet twice a day because its venue or its topic is written in two ways.
_MEETING = [*WHERE, FILE, "source_sheet", "kind", "held_on"]
_APART = ("number", "starts_at")
_APART_FROM_COUNCIL = ("venue", "topic")


def check_sent_twice(records: AllRecords) -> list[NoRecords]:
    """Count the answers to a web form once that differ only in the moment of sending."""
    return [
        sent
        for place, file in enumerate(records.files)
        for account in file.sheets
        for block in account.blocks
        if block.stamped
        for sent in _sent_twice(records, place, account, block)
    ]


def _sent_twice(
    records: AllRecords, place: int, account: SheetAccount, block: Block
) -> Iterator[NoRecords]:
    frame = records.tables[block.table]
    of_sheet = (frame[FILE] == place) & (frame["source_sheet"] == account.sheet)
    own = frame[of_sheet & ~frame[CORRECTING]]
    again = rows_of_block(own[own.duplicated(_own(block.table))], place, account, block)
    if len(again):
        rows = "、".join(str(row) for row in again["source_row"])
        yield NoRecords(
            place,
            account.sheet,
            "repeated",
            "sent_twice",
            "note",
            rows,
            f"{len(again):,}",
            block.table,
            again.index,
        )


def check_repeated_rows(records: AllRecords) -> list[RecordProblems]:
    """Set aside rows that repeat an earlier one for certain; warn about probable repeats."""
    rows = [problem for table in records.tables for problem in _rows(records, table)]
    return [*rows, *_two_forms(records)]


def _two_forms(records: AllRecords) -> Iterator[RecordProblems]:
    """Set aside the forms of a council that has several for a year, on one sheet, that differ."""
    frame = records.tables["councils"]
    frame = frame[~frame.duplicated(_own("councils"))]
    for (area, year), forms in frame[frame.duplicated(WHERE, keep=False)].groupby(WHERE):
        name = f"{records.ward.places[f'area-{area}'].ja}（{year}）"
        places = [f"{file} {row}" for file, row in zip(forms["source_file"], forms["source_row"],
                                                       strict=True)]  # fmt: skip
        others = ["、".join(other for other in places if other != place) for place in places]
        yield RecordProblems(
            "councils", forms.index, "two_files", "", "set_aside", name, found=others
        )


def _own(table: str) -> list[str]:
    return [*WHERE, *TABLES[table].content, SAID]


def _rows(records: AllRecords, table: str) -> Iterator[RecordProblems]:
    frame = records.tables[table]
    # A few short columns distinguish nearly all rows; only the rest is compared in full.
    short = [*WHERE, *_short(table)]
    alike = frame[frame[short[-1]].duplicated(keep=False)]
    alike = alike[alike.duplicated(short, keep=False)]
    again = alike[alike.duplicated(_own(table))]
    if not len(again):
        return
    sure = _surely_once(again, table)
    certain, probable = (
        RecordProblems(
            table, rows.index, "row_twice", expected=list(_first_places(alike, rows, table))
        )
        for rows in (again[sure], again[~sure])
    )
    yield replace(certain, severity="set_aside")
    yield probable


def _short(table: str) -> list[str]:
    days, amount = TABLES[table].days, "amount_yen"
    own = [column.name for column in TABLES[table].own]
    return [name for name in (days, amount, "receipt_number") if name in own] or own[:2]


def _surely_once(rows: pd.DataFrame, table: str) -> "pd.Series[bool]":
    if table == "ledger":
        return rows["receipt_number"].notna()
    return pd.Series(table == "meetings", index=rows.index)


def _first_places(alike: pd.DataFrame, again: pd.DataFrame, table: str) -> Iterator[str]:
    """Yield the file, sheet and row of the first occurrence of each repeated row."""
    keys = pd.util.hash_pandas_object(alike[_own(table)], index=False)
    first = dict(zip(keys[::-1], alike.index[::-1], strict=True))
    for row in again.index:
        place = alike.loc[first[keys[row]]]
        sheet = f" {place['source_sheet']}" if place["source_sheet"] else ""
        yield f"{place['source_file']}{sheet} {place['source_row']}"


def check_receipts(records: AllRecords) -> list[RecordProblems]:
    """Warn about receipt numbers reused on another day or with another payee."""
    frame = records.tables["ledger"]
    key = [*WHERE, "receipt_number"]
    frame = frame[frame["receipt_number"].duplicated(keep=False) & frame["receipt_number"].notna()]
    frame = frame[frame.duplicated(key, keep=False)]
    if not len(frame):
        return []
    first = frame.groupby(key, sort=False)[["booked_on", "payee"]].transform("first")
    other = (frame["booked_on"] != first["booked_on"]) | (
        frame["payee"].fillna("") != first["payee"].fillna("")
    )
    return [RecordProblems("ledger", frame.index[other], "receipt_twice", "receipt_number")]


def check_same_meeting(records: AllRecords) -> Iterator[RecordProblems]:
    """Set aside the rows of a sheet that tell of the same meeting in different ways."""
    frame = records.tables["meetings"]
    frame = frame[~frame[CORRECTING]]
    frame = frame[frame.duplicated(_MEETING, keep=False)]
    kinds = records.ward.vocabularies["meeting_kind"]
    of_council = frame["kind"].isin(kinds.with_trait("council"))
    apart = pd.Series(data=False, index=frame.index)
    for name in (*_APART, *_APART_FROM_COUNCIL):
        told = frame[name].notna().groupby([frame[key] for key in _MEETING]).transform("all")
        told &= ~frame.duplicated([*_MEETING, name], keep=False)
        apart |= told & ~of_council if name in _APART_FROM_COUNCIL else told
    frame = frame[~apart]
    frame = frame[frame.duplicated(_MEETING, keep=False)]
    for _, rows in frame.groupby(_MEETING, sort=False):
        kind = kinds[str(rows["kind"].iloc[0])].ja
        yield RecordProblems(
            "meetings", rows.index, "same_meeting", "held_on", "set_aside", kind, said_once=True
        )
