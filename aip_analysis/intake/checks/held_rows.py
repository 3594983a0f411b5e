"""The rows of a record table that are set aside, with the area and year they would belong to."""

from collections.abc import Iterator

from aip_analysis.intake.account import Block
from aip_analysis.intake.checks.all_records import AllRecords

Where = tuple[str, int]


def held_rows(records: AllRecords, table: str) -> Iterator[tuple[Where, tuple[Block, int]]]:
    """Yield the area and year of each row set aside, and where the row is.

    Parameters
    ----------
    records
        The records so far; rows that later checks set aside are not known yet.
    table
        The record table.
    """
    for file in records.files:
        for account in file.sheets:
            for block in account.blocks:
                for row in block.set_aside if block.table == table else ():
                    yield block.place_of(row), (block, row)
