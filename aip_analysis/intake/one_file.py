"""Read one file: its sheets, and the records combined from them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from aip_analysis.intake.account import Problem
from aip_analysis.intake.conversion.convert_table import NAMED
from aip_analysis.intake.conversion.listed_activities import as_listed
from aip_analysis.intake.faults import Fault, Fence
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.layout.match_headings import COUNTS, MONTHS_TABLE
from aip_analysis.intake.layout.titles import names_council
from aip_analysis.intake.no_records.classify_sheets import SheetsOfFile
from aip_analysis.intake.one_sheet import SheetIntake, SheetReader
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet, Source, read_source
from aip_analysis.intake.refused_sheets import failed_sheet
from aip_analysis.intake.results import FileIntake, in_order
from aip_analysis.messages import say
from aip_analysis.records import source_rows
from aip_analysis.records.source_cells import CellPlace, cells_of, source_cells
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

# A fictional file is marked as such in one of its first rows.
_TOP = 40
RESIDENTS_TABLE = "population"


def read_file(source: Source, ward: Ward, content: bytes | None = None) -> FileIntake:
    """Read a file: rows are used, set aside or recognised, and personal data are masked."""
    read = read_source(source, content)
    intake = FileIntake(source.shown, read.sha256, source=source)
    tools = _tools(ward)
    headings = tools.headings_of(source.meanings)
    of_council = frozenset(sheet.name for sheet in read.sheets if names_council(sheet, ward))
    reader = SheetReader(source.names, headings, ward, tools.masker, of_council)
    sheets = SheetsOfFile(
        source.shown,
        source.names,
        read.sheets,
        [_read_sheet(reader, sheet, intake.faults) for sheet in read.sheets],
        ward,
    )
    results = sheets.classified(intake.faults)
    intake.fictional = any(_is_fictional(sheet) for sheet in read.sheets)
    intake.sheets = [result.account for result in results]
    intake.corrections = [
        (result.account.sheet, correction)
        for result in results
        for correction in result.corrections
    ]
    problems = [*read.problems, *(problem for result in results for problem in result.problems)]
    if sheets.has_only_guidance(results):
        problems.append(Problem("no_records", "note", source.shown))
    if headings.unreadable:
        problems.append(Problem("meanings_unreadable", "warn", source.shown))
    intake.problems = in_order(problems, intake.sheets)
    records = _tables_of(results)
    if MONTHS_TABLE in records:
        months = _with_numbers(records[MONTHS_TABLE], records.get("activities"))
        records[MONTHS_TABLE] = joined_months(months)
    if "activities" in records:
        records["activities"] = records["activities"].drop_columns([NAMED])
    if RESIDENTS_TABLE in records:
        name = source.names[0]
        shown = tools.masker.masked(name, tools.masker.find(name))
        records[RESIDENTS_TABLE] = _with_file_name(records[RESIDENTS_TABLE], shown)
    intake.records = records
    return intake


def _read_sheet(reader: SheetReader, sheet: Sheet, faults: list[Fault]) -> SheetIntake:
    """Read a sheet; at a fault of the program, all of its rows are set aside."""
    with Fence(faults, "sheet", sheet.file, sheet.name) as fence:
        return reader.read(sheet)
    return failed_sheet(sheet, fence.what)


def _tables_of(results: Iterable[SheetIntake]) -> dict[str, pa.Table]:
    """Return the records of several sheets by table."""
    parts: dict[str, list[pa.Table]] = {}
    for result in results:
        for name, records in result.records:
            parts.setdefault(name, []).append(records)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def joined_months(table: pa.Table) -> pa.Table:
    """Merge the counts of one activity and month from separate rows into one record.

    Cells without a count are not records. A count that occurs twice stays in two records.
    """
    rows: list[dict[str, Any]] = []
    places: list[dict[str, tuple[str, int]]] = []
    cells: list[dict[str, CellPlace]] = []
    by_key: dict[tuple[object, ...], int] = {}
    for row in table.to_pylist():
        told = [name for name in COUNTS if row[name] is not None or _is_marked(row, name)]
        if not told:
            continue
        own = dict.fromkeys(told, (row["source_sheet"], row["source_row"]))
        key = (row["area_code"], row["fiscal_year"], row["activity_id"], row["month"])
        at = by_key.get(key)
        if at is None or places[at].keys() & own.keys():
            by_key[key] = len(rows)
            rows.append(row)
            places.append(own)
            cells.append(_cells(row, told))
            continue
        rows[at] |= {name: row[name] for name in told}
        cells[at] |= {name: cell for name, cell in _cells(row, told).items() if name in told}
        rows[at]["marks"] = ";".join(filter(None, (rows[at]["marks"], row["marks"]))) or None
        places[at] |= own
    for row, own, of_values in zip(rows, places, cells, strict=True):
        row["source_rows"] = source_rows(own, row["source_sheet"], row["source_row"])
        row["source_cells"] = source_cells(of_values, row["source_sheet"], row["source_row"])
    return pa.Table.from_pylist(rows, schema=table.schema)


def _cells(row: Mapping[str, Any], told: Collection[str]) -> dict[str, CellPlace]:
    """Return the cells of a row, of its counts those of the ones that it tells."""
    cells = cells_of(row["source_cells"] or "", row["source_sheet"], row["source_row"])
    return {name: cell for name, cell in cells.items() if name in told or name not in COUNTS}


def _is_marked(row: Mapping[str, Any], name: str) -> bool:
    """Return whether a count of a row has a mark, such as one that its author suppressed."""
    return any(mark.startswith(f"{name}=") for mark in (row["marks"] or "").split(";"))


def _with_numbers(months: pa.Table, activities: pa.Table | None) -> pa.Table:
    """Return months whose activities have their numbers in the activity list of the file.

    They may go by names, or by numbers in another spelling.
    """
    if activities is None:
        return months
    names = [plain(name) for name in activities[NAMED].to_pylist()]
    numbers = dict(zip(names, activities["activity_id"].to_pylist(), strict=True))
    # Several activities may have the same name, if only after masking: then it tells no number.
    for name, times in Counter(names).items():
        if times > 1:
            del numbers[name]
    identifiers = as_listed(
        [
            (area, numbers.get(plain(activity), activity))
            for area, activity in _activities_of(months)
        ],
        _activities_of(activities),
    )
    place = months.schema.get_field_index("activity_id")
    return months.set_column(place, "activity_id", pa.array(identifiers, type=pa.string()))


def _activities_of(table: pa.Table) -> list[tuple[str, str]]:
    """Return the area and the identifier of the activity of each row."""
    return list(zip(table["area_code"].to_pylist(), table["activity_id"].to_pylist(), strict=True))


def _with_file_name(residents: pa.Table, name: str) -> pa.Table:
    """Return residents with the name of their file, which pages show."""
    place = residents.schema.get_field_index("file_name")
    names = pa.array([name] * len(residents), type=pa.string())
    return residents.set_column(place, "file_name", names)


def _is_fictional(sheet: Sheet) -> bool:
    marks = {plain(say("intake.fictional_mark", language)) for language in ("ja", "en")}
    rows = (sheet.row(row) for row in range(min(_TOP, sheet.height)))
    texts = (plain(cell) for row in rows for cell in row if isinstance(cell, str))
    return any(mark in text for text in texts for mark in marks)


@dataclass(frozen=True)
class _Tools:
    """Objects derived from a ward that reading needs, built once."""

    ward: Ward
    masker: Masker
    headings: dict[tuple[str, ...], Headings] = field(default_factory=dict)

    def headings_of(self, meanings: tuple[str, ...]) -> Headings:
        return self.headings.setdefault(meanings, Headings(self.ward, meanings))


_TOOLS: list[_Tools] = []


def _tools(ward: Ward) -> _Tools:
    if not _TOOLS or _TOOLS[0].ward is not ward:
        _TOOLS[:] = [_Tools(ward, Masker(ward))]
    return _TOOLS[0]
