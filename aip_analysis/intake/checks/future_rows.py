"""Check for rows dated in the future."""

from datetime import date

import pandas as pd

from aip_analysis.intake.checks.all_records import AllRecords, RecordProblems
from aip_analysis.records import TABLES

# Tables of what has happened, not of what is planned.
PAST_TABLES = ("meetings", "activity_months", "ledger")


def check_future_rows(records: AllRecords) -> list[RecordProblems]:
    """Set aside meetings, counts and bookings dated in the future."""
    return [
        RecordProblems(
            table,
            days.index,
            "in_future",
            TABLES[table].days,
            "set_aside",
            records.today.isoformat(),
        )
        for table, days in _days_ahead(records).items()
    ]


def next_day(records: AllRecords) -> date | None:
    """Return the first day on which a row dated in the future would be used; None without any."""
    return min((days.min().date() for days in _days_ahead(records).values()), default=None)


def _days_ahead(records: AllRecords) -> dict[str, "pd.Series[pd.Timestamp]"]:
    """Return table -> the days of its rows that are dated in the future."""
    today = pd.Timestamp(records.today)
    days = {table: records.tables[table][TABLES[table].days] for table in PAST_TABLES}
    ahead = {table: column[column > today] for table, column in days.items()}
    return {table: column for table, column in ahead.items() if len(column)}
