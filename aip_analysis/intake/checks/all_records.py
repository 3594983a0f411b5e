"""The records of all files combined, each row with its location, and the problems of checks.

A check takes all records and returns problems. ``with_problems`` writes them into the accounts of
the files, and takes away the rows that are set aside, before the next check looks at them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.convert_table import BLOCK, SAID, YEN, empty_records
from aip_analysis.intake.conversion.listed_activities import as_listed
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import column_letters
from aip_analysis.intake.results import FileIntake
from aip_analysis.records import DTYPES, TABLES, rows_in, rows_of
from aip_analysis.reference import Ward

FILE, CORRECTING = "_file", "_correcting"
# Maximum number of places listed of one problem; the others are counted.
MOST_LISTED = 200
# The days that records may have: what lies outside is no day of a record, and overflows pandas.
FIRST_DAY, LAST_DAY = date(1868, 1, 1), date(2200, 12, 31)
Labels = pd.Index | Sequence[int]


@dataclass(frozen=True)
class AllRecords:
    """The records of all files.

    Parameters
    ----------
    ward
        The ward that the records belong to.
    today
        The date used by the checks.
    files
        The files, in order.
    tables
        The used rows of all record tables, with ``_yen``, ``_file`` (index in
        ``files``) and ``_correcting`` (whether the row replaces another one).
    """

    ward: Ward
    today: date
    files: list[FileIntake]
    tables: Mapping[str, pd.DataFrame]

    def names(self, places: Iterable[int]) -> str:
        """Return the names of files as one text."""
        return "、".join(self.files[place].file for place in sorted(set(places)))


@dataclass(frozen=True)
class RecordProblems:
    """One problem of some records of a table.

    Parameters
    ----------
    table
        The record table.
    rows
        Labels of its rows.
    code, severity
        Which check found it; ``set_aside`` means that the rows are used no longer.
    column
        The column with the cells; empty for the whole row.
    expected
        What was expected instead: for all rows, or for each.
    found
        What was found in each row; without it, the values of the column.
    said_once
        Whether one sentence, at the first row, is about all of them.
    """

    table: str
    rows: Labels
    code: str
    column: str = ""
    severity: Severity = "warn"
    expected: str | Sequence[str] = ""
    found: Sequence[str] = ()
    said_once: bool = False


@dataclass(frozen=True)
class SheetProblem:
    """A problem of a whole sheet.

    Parameters
    ----------
    file, sheet
        Index of the file, and the name of the sheet.
    code, severity
        Which check found it.
    found, expected
        What was found, and what was expected instead.
    table, rows
        The record table, and labels of its rows on the sheet that are used no longer.
    """

    file: int
    sheet: str
    code: str
    severity: Severity
    found: str
    expected: str
    table: str = ""
    rows: Labels = field(default_factory=tuple)


def combined_records(
    files: list[FileIntake], ward: Ward, today: date
) -> tuple[AllRecords, list[RecordProblems]]:
    """Return the records of all files, in the order of the files, and problems of their days."""
    tables, problems = {}, []
    for name in TABLES:
        tables[name], days = _combined(files, name)
        problems += days
    tables["activity_months"] = _with_listed_activities(tables)
    return AllRecords(ward, today, files, tables), problems


def _with_listed_activities(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the months of activities with the identifiers of the lists, of whichever file."""
    months, listed = (
        list(zip(tables[name]["area_code"], tables[name]["activity_id"], strict=True))
        for name in ("activity_months", "activities")
    )
    frame = tables["activity_months"]
    own = pd.Series(as_listed(months, listed), frame.index, frame["activity_id"].dtype)
    return frame.assign(activity_id=own)


def _combined(files: Sequence[FileIntake], name: str) -> tuple[pd.DataFrame, list[RecordProblems]]:
    parts, owners = [], []
    for place, file in enumerate(files):
        if name in file.records:
            parts.append(file.records[name])
            owners.append(np.full(len(file.records[name]), place))
    table, problems = _with_usable_days(name, pa.concat_tables([*parts, empty_records(name)]))
    frame = _frame(name, table)
    frame[FILE] = np.concatenate([*owners, np.empty(0, dtype=np.int64)])
    frame[CORRECTING] = np.zeros(len(frame), dtype=np.bool_)
    for place, file in enumerate(files):
        if not file.corrections:
            continue
        own = {(sheet, correction.own_row) for sheet, correction in file.corrections}
        in_file = frame.index[frame[FILE] == place]
        keys = zip(
            frame.loc[in_file, "source_sheet"], frame.loc[in_file, "source_row"], strict=True
        )
        frame.loc[in_file, CORRECTING] = [(sheet, int(row)) in own for sheet, row in keys]
    return frame, problems


def _with_usable_days(name: str, table: pa.Table) -> tuple[pa.Table, list[RecordProblems]]:
    """Return a table without days outside ``FIRST_DAY`` to ``LAST_DAY``, and problems for them."""
    problems = []
    reported = np.zeros(len(table), dtype=np.bool_)
    for place, column in enumerate(table.schema):
        if not pa.types.is_date(column.type):
            continue
        days = table.column(place)
        usable = pc.and_(
            pc.greater_equal(days, pa.scalar(FIRST_DAY)), pc.less_equal(days, pa.scalar(LAST_DAY))
        )
        outside = ~usable.fill_null(fill_value=True).to_numpy()
        rows = np.flatnonzero(outside & ~reported)
        if not outside.any():
            continue
        reported |= outside
        found = [day.isoformat() for day in days.take(pa.array(rows)).to_pylist()]
        span = f"{FIRST_DAY.year}～{LAST_DAY.year}年"
        problems.append(
            RecordProblems(
                name,
                rows.tolist(),
                "day_out_of_range",
                column.name,
                "set_aside",
                span,
                tuple(found),
            )
        )
        table = table.set_column(
            place, column, pc.if_else(usable, days, pa.scalar(None, days.type))
        )
    return table, problems


def with_problems(
    records: AllRecords, problems: Iterable[RecordProblems | SheetProblem]
) -> AllRecords:
    """Return the records without those that problems set aside; the files then account for them."""
    tables = dict(records.tables)
    for problem in problems:
        if isinstance(problem, RecordProblems):
            _report_rows(records.files, tables[problem.table], problem)
        else:
            file = records.files[problem.file]
            file.problems.append(
                Problem(
                    problem.code,
                    problem.severity,
                    file.file,
                    problem.sheet,
                    found=problem.found,
                    expected=problem.expected,
                )
            )
        if problem.severity == "set_aside" and len(problem.rows):
            # Some rows of a sheet may have been taken away since the check found them.
            frame = tables[problem.table]
            chosen = frame.loc[frame.index.intersection(list(problem.rows))]
            _count_set_aside(records.files, problem.table, chosen)
            tables[problem.table] = frame.drop(chosen.index)
    return replace(records, tables=tables)


def without_files(records: AllRecords, places: Sequence[int], what: str) -> AllRecords:
    """Return the records without those of some files, which are set aside after a fault."""
    tables = dict(records.tables)
    sheets: dict[tuple[int, str], None] = {}
    for name, table in records.tables.items():
        chosen = table[table[FILE].isin(places)]
        sheets |= dict.fromkeys(zip(chosen[FILE], chosen["source_sheet"], strict=True))
        _count_set_aside(records.files, name, chosen)
        tables[name] = table.drop(chosen.index)
    for place, sheet in sheets:
        file = records.files[place]
        file.problems.append(Problem("check_fault", "set_aside", file.file, sheet, found=what))
    for place in set(places) - {place for place, _ in sheets}:
        file = records.files[place]
        file.problems.append(Problem("check_fault", "warn", file.file, found=what))
    return replace(records, tables=tables)


def _report_rows(files: Sequence[FileIntake], frame: pd.DataFrame, problem: RecordProblems) -> None:
    """Add a problem for each of some rows, at the cell of a column, to their files."""
    listed = len(problem.rows)
    if problem.said_once:
        file = files[int(str(frame.loc[problem.rows[0], FILE]))]
        _report_rows(files, frame, replace(problem, rows=problem.rows[:1], said_once=False))
        first = file.problems.pop()
        file.problems += _on_each_sheet(first, frame.loc[list(problem.rows)], problem.table)
        return
    if problem.severity != "set_aside":
        listed = min(listed, MOST_LISTED)
    for step, row in enumerate(problem.rows[:listed]):
        record = pd.Series(frame.loc[row])
        file = files[int(str(record[FILE]))]
        heading, cell = _place(file, record, problem.table, problem.column)
        value = record[problem.column] if problem.column else ""
        expected = problem.expected
        file.problems.append(
            Problem(
                problem.code,
                problem.severity,
                file.file,
                str(record["source_sheet"]),
                int(str(record["source_row"])),
                heading,
                cell,
                problem.found[step] if problem.found else _text(value),
                expected if isinstance(expected, str) else expected[step],
                len(problem.rows) - listed if step == listed - 1 else 0,
            )
        )


def _on_each_sheet(problem: Problem, records: pd.DataFrame, table: str) -> Iterator[Problem]:
    """Yield a problem of records with all rows of its sheet, and one for each other sheet."""
    every = _by_source_row(records, table)
    for sheet, own in every.groupby("source_sheet", sort=False)["source_row"]:
        rows = sorted({int(row) for row in own})
        if sheet == problem.sheet:
            also = tuple(row for row in rows if row != problem.row)
            yield replace(problem, also=also)
        else:
            also = tuple(rows[1:])
            yield replace(problem, sheet=str(sheet), row=rows[0], column="", cell="", also=also)


def _place(file: FileIntake, row: pd.Series, table: str, column: str) -> tuple[str, str]:
    """Return the heading and the address of a record's cell; empty if they are not certain."""
    number = int(row["source_row"])
    names = (
        (column, f"{row['direction']}_yen")
        if column == "amount_yen" and table == "ledger"
        else (column,)
    )
    columns = file.account(str(row["source_sheet"])).blocks[int(row[BLOCK])].columns
    name = next((name for name in names if name in columns), "")
    if name:
        place, heading = columns[name]
        # With months as columns, only the row is certain.
        if heading or table != "activity_months":
            return heading, f"{column_letters(place)}{number}"
    return "", ""


def _count_set_aside(files: Sequence[FileIntake], table: str, rows: pd.DataFrame) -> None:
    """Count rows that were used as set aside in the accounts of their files."""
    rows = _by_source_row(rows, table)
    where = [FILE, "source_sheet", BLOCK, "source_row"]
    for (place, sheet, block, row), amounts in rows.groupby(where, sort=False)[YEN]:
        account = files[int(str(place))].account(str(sheet))
        number = int(str(row))
        own = _block_of(account, table, int(str(block)), number)
        for one in own.together or (number,):
            yen = sum(int(amount) for amount in amounts) if one == number else 0
            account.set_row_aside(own, one, yen)


def rows_of_block(
    frame: pd.DataFrame, place: int, account: SheetAccount, block: Block
) -> pd.DataFrame:
    """Return the rows of a record table that are from one table of a sheet of a file."""
    of_sheet = (frame[FILE] == place) & (frame["source_sheet"] == account.sheet)
    return frame[of_sheet & (frame[BLOCK] == account.blocks.index(block))]


def _block_of(account: SheetAccount, table: str, place: int, row: int) -> Block:
    """Return the table of a row; those of one record may stand in several."""
    own = account.blocks[place]
    holding = (block for block in account.blocks if block.table == table and block.holds(row))
    return own if own.holds(row) else next(holding, own)


def _by_source_row(records: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return records with a line for each sheet and row that they are made from."""
    if "source_rows" not in records or not records["source_rows"].notna().any():
        return records
    places = [
        _places(table, str(sheet), int(row), several)
        for sheet, row, several in zip(
            records["source_sheet"], records["source_row"], records["source_rows"], strict=True
        )
    ]
    each = records.assign(source_row=pd.Series(places, records.index)).explode("source_row")
    sheets = [sheet for sheet, _ in each["source_row"]]
    rows = [row for _, row in each["source_row"]]
    each = each.assign(source_sheet=sheets, source_row=rows)
    return each.drop_duplicates([FILE, "source_sheet", BLOCK, "source_row"])


def _places(table: str, sheet: str, row: int, several: object) -> list[tuple[str, int]]:
    """Return the sheet and row of each row that a record is made from."""
    if not isinstance(several, str):
        return [(sheet, row)]
    if table == "population":
        return [(sheet, own) for own in rows_in(several)]
    places = ((own or sheet, number) for own, number in rows_of(several).values())
    return list(dict.fromkeys([(sheet, row), *places]))


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    """Return records with the dtypes of the record tables, and the columns that intake adds."""
    types = {pa.string(): pd.StringDtype(na_value=np.nan), pa.float64(): pd.Float64Dtype()}
    for place, column in enumerate(table.schema):
        if pa.types.is_date(column.type):
            table = table.set_column(
                place, column.name, table.column(place).cast(pa.timestamp("ns"))
            )
    whole = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=(types | whole).get)
    for column in TABLES[name].columns:
        dtype = pd.api.types.pandas_dtype(DTYPES[column.kind])
        if frame[column.name].dtype != dtype:
            frame[column.name] = frame[column.name].astype(dtype)
    return frame.astype({YEN: "int64", BLOCK: "int64", SAID: "int64"})


def _text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, (int, np.integer)):
        return f"{value:,}"
    return str(value)
