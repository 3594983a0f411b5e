"""Check for rows dated in the future."""

import pandas as pd

from aip_analysis.intake.checks.all_records import AllRecords
from aip_analysis.records import TABLES

# Tables of what has happened, not of what is planned.
LIVED = ("meetings", "activity_months", "ledger")


def check_future_rows(pool: AllRecords) -> None:
    """Set aside meetings, counts and bookings dated in the future; record when to look again."""
    today = pd.Timestamp(pool.today)
    for table in LIVED:
        frame = pool.kept(table)
        days = frame[TABLES[table].days]
        ahead = frame.index[days > today]
        if not len(ahead):
            continue
        pool.tell(table, ahead, "in_future", TABLES[table].days, "set_aside",
                  pool.today.isoformat())  # fmt: skip
        pool.set_aside(table, ahead)
        first = days[ahead].min().date()
        pool.look_again_on = min(first, pool.look_again_on or first)
