"""The records of all files combined, each row with its location; problems go to its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.conversion.convert_table import YEN, empty_records
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import column_letters
from aip_analysis.intake.results import FileIntake
from aip_analysis.records import DTYPES, TABLES, rows_in
from aip_analysis.reference import Ward

FILE, KEPT, CORRECTING = "_file", "_kept", "_correcting"
MOST_LISTED = 200


@dataclass
class AllRecords:
    """The records of all files.

    Parameters
    ----------
    ward
        The ward that the records belong to.
    today
        The date used by the checks.
    files
        The files, in order; checks update their accounts and problems.
    tables
        All record tables, with ``_yen``, ``_file`` (index in ``files``), ``_kept`` (whether the row
        is used) and ``_correcting`` (whether it replaces another row).
    look_again_on
        The first day on which a row that is set aside for lying in the future would be used.
    """

    ward: Ward
    today: date
    files: Sequence[FileIntake]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    look_again_on: date | None = None
    _last: tuple[FileIntake, int] | None = None

    def __post_init__(self) -> None:
        for name in TABLES:
            parts, owners = [], []
            for place, file in enumerate(self.files):
                if name in file.records:
                    parts.append(file.records[name])
                    owners.append(np.full(len(file.records[name]), place))
            frame = _frame(name, pa.concat_tables([*parts, empty_records(name)]))
            frame[FILE] = np.concatenate([*owners, np.empty(0, dtype=np.int64)])
            frame[KEPT] = np.ones(len(frame), dtype=np.bool_)
            frame[CORRECTING] = np.zeros(len(frame), dtype=np.bool_)
            self.tables[name] = frame
        self._mark_correcting()

    def kept(self, table: str) -> pd.DataFrame:
        """Return the rows of a table that are used."""
        frame = self.tables[table]
        return frame if frame[KEPT].all() else frame[frame[KEPT]]

    def tell(
        self,
        table: str,
        rows: "pd.Index[int] | Sequence[int]",
        code: str,
        column: str = "",
        severity: Severity = "warn",
        expected: str | Sequence[str] = "",
    ) -> None:
        """Add a problem for each of some rows, at the cell of a column."""
        frame = self.tables[table]
        for step, row in enumerate(rows):
            if step == MOST_LISTED and severity != "set_aside":
                self._count_more(len(rows) - MOST_LISTED)
                return
            record = pd.Series(frame.loc[row])
            heading, cell = self._place(record, table, column)
            value = record[column] if column else ""
            file = self.files[int(str(record[FILE]))]
            self._last = (file, len(file.problems))
            file.problems.append(
                Problem(
                    code,
                    severity,
                    file.file,
                    str(record["source_sheet"]),
                    int(str(record["source_row"])),
                    heading,
                    cell,
                    _text(value),
                    expected if isinstance(expected, str) else expected[step],
                )
            )

    def report_sheet(
        self, file: int, sheet: str, code: str, severity: Severity, found: str, expected: str = ""
    ) -> None:
        """Add a problem of a whole sheet."""
        intake = self.files[file]
        intake.problems.append(
            Problem(code, severity, intake.file, sheet, found=found, expected=expected)
        )

    def set_aside(self, table: str, rows: "pd.Index[int] | Sequence[int]") -> None:
        """Set used rows aside, and update the accounts."""
        frame = self.tables[table]
        chosen = frame.loc[list(rows)]
        chosen = chosen[chosen[KEPT]]
        frame.loc[chosen.index, KEPT] = False
        if table == "population":
            chosen = _by_source_row(chosen)
        for (place, sheet), part in chosen.groupby([FILE, "source_sheet"], sort=False):
            account = self.files[int(str(place))].account(str(sheet))
            for row, amounts in part.groupby("source_row", sort=False)[YEN]:
                _set_row_aside(account, table, int(str(row)), [int(amount) for amount in amounts])

    def names(self, places: Iterable[int]) -> str:
        """Return the names of files as one text."""
        return "、".join(self.files[place].file for place in sorted(set(places)))

    def _count_more(self, more: int) -> None:
        if self._last is None:
            return
        file, place = self._last
        file.problems[place] = replace(file.problems[place], more=more)

    def _place(self, row: pd.Series, table: str, column: str) -> tuple[str, str]:
        account = self.files[int(row[FILE])].account(str(row["source_sheet"]))
        number = int(row["source_row"])
        names = (
            (column, f"{row['direction']}_yen")
            if column == "amount_yen" and table == "ledger"
            else (column,)
        )
        block = account.blocks_at(table, number)[0]
        name = next((name for name in names if name in block.columns), "")
        if name:
            place, heading = block.columns[name]
            # With months as columns, only the row is certain.
            if heading or table != "activity_months":
                return heading, f"{column_letters(place)}{number}"
        return "", ""

    def _mark_correcting(self) -> None:
        for place, file in enumerate(self.files):
            if not file.corrections:
                continue
            own = {(sheet, correction.own_row) for sheet, correction in file.corrections}
            for frame in self.tables.values():
                in_file = frame.index[frame[FILE] == place]
                keys = zip(
                    frame.loc[in_file, "source_sheet"],
                    frame.loc[in_file, "source_row"],
                    strict=True,
                )
                frame.loc[in_file, CORRECTING] = [(sheet, int(row)) in own for sheet, row in keys]


def _set_row_aside(account: SheetAccount, table: str, row: int, amounts: list[int]) -> None:
    """Count a row as set aside, in as many side-by-side tables as there are records."""
    total = sum(amounts)
    account.yen_set_aside += total
    account.yen_used -= total
    blocks = account.blocks_at(table, row)
    for block in blocks[: len(amounts)]:
        for number in block.together or (row,):
            if number not in block.aside:
                account.rows_set_aside += 1
                account.rows_used -= 1
            block.aside[number] = block.aside.get(number, 0) + (total if number == row else 0)
        total = 0


def _by_source_row(population: pd.DataFrame) -> pd.DataFrame:
    """Return records of residents with a line for each row that they are made from."""
    rows = pd.Series(
        [
            rows_in(str(several)) if pd.notna(several) else [int(row)]
            for several, row in zip(
                population["source_rows"], population["source_row"], strict=True
            )
        ],
        index=population.index,
    )
    each = population.assign(source_row=rows).explode("source_row")
    return each.drop_duplicates([FILE, "source_sheet", "source_row"])


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
    return frame.astype({YEN: "int64"})


def _text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, (int, np.integer)):
        return f"{value:,}"
    return str(value)
