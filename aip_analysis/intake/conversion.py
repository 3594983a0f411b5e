"""Raw rows to record rows: values read, words looked up, the row used or set aside."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aip_analysis.intake.account import Problem, Severity
from aip_analysis.intake.dates import folded
from aip_analysis.intake.layouts import WIDE_ITEM, WIDE_TABLE, RawRow
from aip_analysis.intake.values import NotReadableError, read_text, read_value, read_yen
from aip_analysis.records import TABLES, Column
from aip_analysis.ward import FiscalYear, Ward
from aip_analysis.ward.calendar import wareki
from aip_analysis.ward.vocabulary import plain

YEN_COLUMNS = ("amount_yen", "income_yen", "expense_yen")


@dataclass
class SheetContext:
    """What the conversion of a sheet's rows needs to know, and where it puts what it finds."""

    file: str
    sheet: str
    table: str
    year: FiscalYear
    area_code: str
    ward: Ward
    problems: list[Problem] = field(default_factory=list)

    def tell(
        self, code: str, severity: Severity, row: RawRow, column: str = "", **texts: str
    ) -> None:
        """Note a problem at the place of a row or of one of its cells."""
        number, place, heading = row.places.get(column, (row.number, -1, ""))
        cell = f"{column_letters(place)}{number}" if place >= 0 else ""
        found = row.cells.get(column)
        shown = {"found": "" if found is None else read_text(found), "expected": ""} | texts
        self.problems.append(
            Problem(code, severity, self.file, self.sheet, number, heading, cell, **shown)
        )


def convert(row: RawRow, context: SheetContext) -> list[dict[str, Any]] | None:
    """Make the records of a row.

    Returns
    -------
    list of dict or None
        The records, mostly one; None where the row is set aside, its reason told to the context.
    """
    if context.table == WIDE_TABLE and WIDE_ITEM in row.cells:
        return _wide(row, context)
    record = _record(row, context)
    return None if record is None else [record]


def row_yen(row: RawRow) -> int:
    """Give the sum of the amounts that stand in a row, in yen, signs as they stand."""
    return sum(read_yen(row.cells[name]) or 0 for name in YEN_COLUMNS if row.cells.get(name))


def column_letters(place: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def _record(row: RawRow, context: SheetContext) -> dict[str, Any] | None:
    record = _origin(row, context)
    if record is None:
        return None
    if context.table == "ledger" and not _ledger_amount(row, record, context):
        return None
    for column in TABLES[context.table].own:
        if column.name in record:
            continue
        value = _value(row, column, context)
        if value is None and column.required:
            return None
        record[column.name] = value
    return record if _in_year(row, record, context) else None


def _origin(row: RawRow, context: SheetContext) -> dict[str, Any] | None:
    code = context.area_code
    if "area_code" in row.cells:
        cell = row.cells["area_code"]
        area = None if cell is None else context.ward.find_place("area", read_text(cell))
        if area is None:
            choices = "、".join(place.ja for place in context.ward.places_of("area"))
            context.tell("unknown_area", "set_aside", row, "area_code", expected=choices)
            return None
        code = area.code
    return {
        "area_code": code,
        "fiscal_year": context.year.year,
        "source_file": context.file,
        "source_sheet": context.sheet,
        "source_row": row.number,
    }


def _value(row: RawRow, column: Column, context: SheetContext) -> object:
    """Read a value; a required one that cannot be read or is missing sets the row aside."""
    severity: Severity = "set_aside" if column.required else "warn"
    try:
        value = read_value(row.cells.get(column.name), column, context.year, context.ward)
    except NotReadableError as error:
        context.tell(error.code, severity, row, column.name, expected=error.expected)
        return None
    if value is None and column.required:
        expected = _heading(column.name, context)
        context.tell("missing", "set_aside", row, column.name, expected=expected)
    return value


def _heading(column: str, context: SheetContext) -> str:
    headings = context.ward.headings
    rows = headings[(headings["table"] == context.table) & (headings["column"] == column)]
    return str(rows["ja"].iloc[0]) if len(rows) else column


def _in_year(row: RawRow, record: dict[str, Any], context: SheetContext) -> bool:
    column = TABLES[context.table].days
    day = record.get(column) if column else None
    if not isinstance(day, date) or day in context.year:
        return True
    span = f"{wareki(context.year.first_day)}～{wareki(context.year.last_day)}"
    context.tell("outside_year", "set_aside", row, column, expected=span)
    return False


def _ledger_amount(row: RawRow, record: dict[str, Any], context: SheetContext) -> bool:
    """Tell income from expense; a line must be one of both."""
    amounts: dict[str, int] = {}
    for name in YEN_COLUMNS:
        cell = row.cells.get(name)
        if cell is None:
            continue
        amount = read_yen(cell)
        if amount is None:
            context.tell("not_a_yen", "set_aside", row, name)
            return False
        if amount or name == "amount_yen":
            amounts[name] = amount
    if len(amounts) != 1:
        code = "both_amounts" if amounts else "no_amount"
        context.tell(code, "set_aside", row, next(iter(amounts), ""))
        return False
    ((name, record["amount_yen"]),) = amounts.items()
    if name != "amount_yen":
        record["direction"] = name.removesuffix("_yen")
        return True
    return _direction_of_category(row, record, context)


def _direction_of_category(row: RawRow, record: dict[str, Any], context: SheetContext) -> bool:
    """Where one column holds all amounts, the category tells income from expense."""
    vocabulary = context.ward.vocabularies["ledger_category"]
    term = vocabulary.find(read_text(row.cells.get("category") or ""))
    if term is None:
        context.tell("unknown_term", "set_aside", row, "category", expected=vocabulary.choices())
        return False
    record["direction"] = "income" if "income" in term.traits else "expense"
    return True


def _wide(row: RawRow, context: SheetContext) -> list[dict[str, Any]] | None:
    """Make a record of each month's cell: one kind of count, joined to the others later."""
    names = context.ward.heading_spellings[WIDE_TABLE]
    item = row.cells.get(WIDE_ITEM)
    column = names.get(plain(folded(item))) if item is not None else None
    origin = _origin(row, context)
    if column not in {"sessions", "attendances", "people"} or origin is None:
        context.tell("unknown_item", "set_aside", row, WIDE_ITEM)
        return None
    activity = row.cells.get("activity_id")
    if activity is None:
        context.tell("missing", "set_aside", row, "activity_id", expected="")
        return None
    records = []
    definition = Column(column, "count")
    for name in row.cells:
        if name in {WIDE_ITEM, "activity_id"}:
            continue
        value = _value(_renamed(row, name, column), definition, context)
        if value is not None:
            month = date.fromisoformat(name)
            records.append(
                origin | {"activity_id": read_text(activity), "month": month, column: value}
            )
    return records


def _renamed(row: RawRow, name: str, column: str) -> RawRow:
    return RawRow(row.number, {column: row.cells[name]}, {column: row.places[name]})


def joined_months(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join the counts of one activity and month, which stood in separate rows, to one record."""
    joined: dict[tuple[str, str, date], dict[str, Any]] = {}
    for record in records:
        key = (record["area_code"], record["activity_id"], record["month"])
        joined[key] = record | joined.get(key, {})
    return list(joined.values())
