"""The records of all files combined, each row with its location, and the problems of checks.

A check takes all records and returns problems. ``with_problems`` writes them into the accounts of
the files, and takes away the rows that are set aside, before the next check looks at them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.conversion.convert_table import SAID, YEN, empty_records
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import column_letters
from aip_analysis.intake.results import FileIntake
from aip_analysis.records import DTYPES, TABLES
from aip_analysis.reference import Ward

FILE, CORRECTING = "_file", "_correcting"
# Maximum number of places listed of one problem; the others are counted.
MOST_LISTED = 200
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
        The used rows of all record tables, with ``_yen``, ``_file`` (index in ``files``) and
        ``_correcting`` (whether the row replaces another one).
    """

    ward: Ward
    today: date
    files: Sequence[FileIntake]
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
    """

    table: str
    rows: Labels
    code: str
    column: str = ""
    severity: Severity = "warn"
    expected: str | Sequence[str] = ""


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


def combined_records(files: Sequence[FileIntake], ward: Ward, today: date) -> AllRecords:
    """Return the records of all files, in the order of the files."""
    return AllRecords(ward, today, files, {name: _combined(files, name) for name in TABLES})


def _combined(files: Sequence[FileIntake], name: str) -> pd.DataFrame:
    parts, owners = [], []
    for place, file in enumerate(files):
        if name in file.records:
            parts.append(file.records[name])
            owners.append(np.full(len(file.records[name]), place))
    frame = _frame(name, pa.concat_tables([*parts, empty_records(name)]))
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
    return frame


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
            chosen = tables[problem.table].loc[list(problem.rows)]
            _count_set_aside(records.files, problem.table, chosen)
            tables[problem.table] = tables[problem.table].drop(chosen.index)
    return replace(records, tables=tables)


def _report_rows(files: Sequence[FileIntake], frame: pd.DataFrame, problem: RecordProblems) -> None:
    """Add a problem for each of some rows, at the cell of a column, to their files."""
    listed = len(problem.rows)
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
                _text(value),
                expected if isinstance(expected, str) else expected[step],
                len(problem.rows) - listed if step == listed - 1 else 0,
            )
        )


def _place(file: FileIntake, row: pd.Series, table: str, column: str) -> tuple[str, str]:
    """Return the heading and the address of a record's cell; empty if they are not certain."""
    number = int(row["source_row"])
    names = (
        (column, f"{row['direction']}_yen")
        if column == "amount_yen" and table == "ledger"
        else (column,)
    )
    block = file.account(str(row["source_sheet"])).blocks_at(table, number)[0]
    name = next((name for name in names if name in block.columns), "")
    if name:
        place, heading = block.columns[name]
        # With months as columns, only the row is certain.
        if heading or table != "activity_months":
            return heading, f"{column_letters(place)}{number}"
    return "", ""


def _count_set_aside(files: Sequence[FileIntake], table: str, rows: pd.DataFrame) -> None:
    """Count rows that were used as set aside in the accounts of their files."""
    for (place, sheet), part in rows.groupby([FILE, "source_sheet"], sort=False):
        account = files[int(str(place))].account(str(sheet))
        for row, amounts in part.groupby("source_row", sort=False)[YEN]:
            _set_row_aside(account, table, int(str(row)), [int(amount) for amount in amounts])


def _set_row_aside(account: SheetAccount, table: str, row: int, amounts: list[int]) -> None:
    """Count a row as set aside, in as many side-by-side tables as there are records."""
    total = sum(amounts)
    account.yen_set_aside += total
    account.yen_used -= total
    blocks = account.blocks_at(table, row)
    for block in blocks[: len(amounts)]:
        for number in block.together or (row,):
            if number not in block.set_aside:
                account.rows_set_aside += 1
                account.rows_used -= 1
            block.set_aside[number] = block.set_aside.get(number, 0) + (
                total if number == row else 0
            )
        total = 0


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
    return frame.astype({YEN: "int64", SAID: "int64"})


def _text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, (int, np.integer)):
        return f"{value:,}"
    return str(value)
