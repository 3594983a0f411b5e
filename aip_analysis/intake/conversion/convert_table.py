"""Convert the rows of a table to records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aip_analysis.intake.conversion.budgets import complete_budgets
from aip_analysis.intake.conversion.conversion import Conversion
from aip_analysis.intake.conversion.ledger import AMOUNTS, check_categories, complete_ledger
from aip_analysis.intake.conversion.meetings import check_spans, complete_meetings
from aip_analysis.intake.conversion.read_columns import ARROW, ReadColumn
from aip_analysis.intake.layout import RawColumn
from aip_analysis.intake.values import read_text, reader_of
from aip_analysis.records import TABLES, Column
from aip_analysis.reference.calendar import wareki

FEW = 400
YEN = "_yen"
# Tables whose amounts count for the account, whether or not their rows are used.
COUNTED = frozenset({"ledger", "budgets", "payments"})
_SHEET_AMOUNTS = {name: Column(name, "yen") for name in (*AMOUNTS, "balance_yen")}
_SHEET_AMOUNTS["amount_yen"] = Column("amount_yen", "yen", required=True)
COMPLETE: Mapping[str, Callable[[Conversion], None]] = {
    "ledger": complete_ledger,
    "meetings": complete_meetings,
    "budgets": complete_budgets,
}


def mask_texts(work: Conversion) -> dict[str, list[object]]:
    """Mask names, telephone numbers and the like, and warn about the cells that had them.

    Returns
    -------
    dict
        Column name -> masked values, for the columns that needed masking.
    """
    masker = work.findings.masker
    masked: dict[str, list[object]] = {}
    free = {column.name for column in work.table.own if not column.is_code}
    for name, read in work.read.items():
        if read.kind != "text" or name not in free:
            continue
        texts = [str(value) for value in read.values]
        # Few texts are faster to search one by one than to preselect.
        places = masker.suspects(texts) if len(texts) > FEW else range(len(texts))
        for place in places:
            findings = masker.find(texts[place])
            if not findings:
                continue
            values = masked.setdefault(name, list(read.values))
            values[place] = masker.masked(texts[place], findings)
            rows = np.flatnonzero(read.codes == place)
            for kind in dict.fromkeys(finding.kind for finding in findings):
                work.tell(f"personal_{kind}", "warn", name, rows)
    return masked


@dataclass(frozen=True)
class Converted:
    """The result of converting a table's rows.

    Parameters
    ----------
    records
        The used rows: the columns of the record table, and ``_yen``, the amount of each row in the
        account.
    aside
        Mask of the rows set aside.
    yen
        The sum of the amounts in each row.
    """

    records: pa.Table
    aside: npt.NDArray[np.bool_]
    yen: npt.NDArray[np.int64]

    def refused(self) -> "Converted":
        """Return the same rows with all of them set aside."""
        return Converted(self.records.slice(0, 0), np.ones_like(self.aside), self.yen)


def convert(work: Conversion) -> Converted:
    """Return the records of a table: values parsed, and rows used or set aside."""
    areas = _areas(work)
    _read(work)
    table = work.raw.table
    if table in COMPLETE:
        COMPLETE[table](work)
    _missing(work)
    _outside_year(work)
    if table == "ledger":
        check_categories(work)
    if table == "activities":
        check_spans(work, "started_on", "ended_on")
    if table == "coordinators":
        check_spans(work, "appointed_on", "ended_on")
    masked = mask_texts(work)
    yen = row_yen(work)
    columns = _origin(work, areas) | {
        column.name: _values(work, column, masked) for column in work.table.own
    }
    names = [*(column.name for column in work.table.columns), YEN]
    columns[YEN] = pa.array(yen)
    records = pa.table({name: columns[name] for name in names})
    if work.aside.any():
        records = records.filter(pa.array(~work.aside))
    return Converted(records, work.aside, yen)


def row_yen(work: Conversion) -> npt.NDArray[np.int64]:
    """Return the sum of the amounts in each row, in yen, with signs as written."""
    total = np.zeros(work.size, dtype=np.int64)
    if work.raw.table in COUNTED:
        for name in AMOUNTS:
            if name in work.read:
                total += work.read[name].numbers()
    return total


def _areas(work: Conversion) -> list[str] | None:
    """Return the area that each row names; None if the sheet has no column of areas."""
    column = work.raw.columns.get("area_code")
    if column is None:
        return None
    areas = [work.ward.find_place("area", read_text(value)) for value in column.cells.values]
    unknown = column.cells.where(area is None for area in areas)
    choices = "、".join(place.ja for place in work.ward.places_of("area"))
    work.set_aside("unknown_area", "area_code", np.flatnonzero(unknown), choices)
    empty = np.flatnonzero(column.cells.codes < 0)
    if not work.area_code:
        work.set_aside("missing", "area_code", empty, work.label("area_code"))
    codes = [*(area.code if area else "" for area in areas), work.area_code]
    return [codes[code] for code in column.cells.codes]


def _read(work: Conversion) -> None:
    definitions = {column.name: column for column in work.table.own}
    if work.raw.table == "ledger":
        definitions |= _SHEET_AMOUNTS
    for name, column in work.raw.columns.items():
        definition = definitions.get(name.split("+")[0])
        if definition is None or (definition.name == "direction"):
            continue
        reader = reader_of(definition, work.year, work.ward, column.scale)
        work.read[name] = ReadColumn.of(column, definition.kind, reader)
        if definition.name not in AMOUNTS or work.raw.table != "ledger":
            work.report_readings(name, definition)


def _missing(work: Conversion) -> None:
    for column in work.table.own:
        if not column.required or column.name in work.made:
            continue
        read = work.read.get(column.name)
        if read is not None:
            empty = np.flatnonzero(read.lacks & ~_already_reported(read))
        elif column.name in work.raw.constants:
            continue
        else:
            empty = np.arange(work.size)
        work.set_aside("missing", column.name, empty, work.label(column.name))


def _already_reported(read: ReadColumn) -> npt.NDArray[np.bool_]:
    """Return a mask of the rows whose cell has already been reported."""
    if not read.readings:
        return np.zeros(len(read.codes), dtype=np.bool_)
    return read.column.cells.where(
        reading.code != "" and reading.value is None for reading in read.readings
    )


def _outside_year(work: Conversion) -> None:
    name = work.table.days
    read = work.read.get(name)
    if read is None:
        return
    days = read.days()
    first, last = np.datetime64(work.year.first_day), np.datetime64(work.year.last_day)
    outside = ~np.isnat(days) & ((days < first) | (days > last))
    span = f"{wareki(work.year.first_day)}～{wareki(work.year.last_day)}"
    work.set_aside("outside_year", name, np.flatnonzero(outside), span)


def _origin(work: Conversion, areas: list[str] | None) -> dict[str, pa.Array]:
    size = work.size
    return {
        "area_code": pa.array(areas or [work.area_code] * size, type=pa.string()),
        "fiscal_year": pa.array(np.full(size, work.year.year, dtype=np.int64)),
        "source_file": pa.array([work.findings.file] * size, type=pa.string()),
        "source_sheet": pa.array([work.findings.sheet] * size, type=pa.string()),
        "source_row": pa.array(work.raw.rows.astype(np.int64) + 1),
        "marks": pa.array(work.marks() or [None] * size, type=pa.string()),
    }


def _values(work: Conversion, column: Column, masked: Mapping[str, list[object]]) -> pa.Array:
    name, kind = column.name, ARROW[column.kind]
    if name in work.made:
        return pa.array(work.made[name], type=kind, from_pandas=True)
    if name in work.raw.constants:
        return pa.array([work.raw.constants[name]] * work.size, type=kind)
    read = work.read.get(name)
    if read is None:
        return pa.nulls(work.size, type=kind)
    if name in masked:
        read = ReadColumn(read.column, read.kind, masked[name])
    if column.sums:
        return _summed(work, name)
    return read.array()


def _summed(work: Conversion, name: str) -> pa.Array:
    """Return the sum of the columns that together make up a count."""
    parts = [read for key, read in work.read.items() if key.split("+")[0] == name]
    lacks = np.all([part.lacks for part in parts], axis=0)
    total = sum((part.numbers() for part in parts), np.zeros(work.size, dtype=np.int64))
    return pa.array(total, mask=lacks)


def columns_of(raw_columns: Mapping[str, RawColumn], left: int) -> dict[str, tuple[int, str]]:
    """Return the index and heading of each column, for messages of later checks."""
    return {
        name: (left + int(column.places[0]), column.heading)
        for name, column in raw_columns.items()
        if len(column.places)
    }


def empty_records(table: str) -> pa.Table:
    """Return a table without rows, with the columns of converted records."""
    columns = {
        column.name: pa.nulls(0, type=ARROW[column.kind]) for column in TABLES[table].columns
    }
    return pa.table(columns | {YEN: pa.nulls(0, type=pa.int64())})
