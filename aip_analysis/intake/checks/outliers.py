"""Check for outliers against the council's own records: an extra zero, a typing error."""

from collections.abc import Iterator

from aip_analysis.intake.checks.all_records import AllRecords, RecordProblems

# Table, column, and the columns whose values group figures into one history.
HISTORIES = (
    ("meetings", "members_present", ["area_code"]),
    ("meetings", "total_present", ["area_code"]),
    ("activity_months", "attendances", ["area_code", "activity_id"]),
    ("ledger", "amount_yen", ["area_code", "direction"]),
    ("population", "population", ["area_code"]),
)

# Up to this many outliers among a council's figures do not hide each other.
SLIPS = 2


def check_outliers(records: AllRecords) -> Iterator[RecordProblems]:
    """Warn about figures that are many times the usual ones of the same council.

    All but the two largest of its figures are usual; checks.toml defines how many figures make up
    a history, and how many times the largest usual one counts as far.
    """
    least, times = records.ward.checks["history_rows"], records.ward.checks["history_times"]
    for table, column, by in HISTORIES:
        frame = records.tables[table][[column, *by]]
        frame = frame[frame[column].notna()]
        if not len(frame):
            continue
        values = frame[column].astype("float64").abs()
        groups = values.groupby([frame[name] for name in by], sort=False)
        rank = groups.rank(method="first", ascending=False)
        usual = (
            values.where(rank > SLIPS)
            .groupby([frame[name] for name in by], sort=False)
            .transform("max")
        )
        enough = groups.transform("size") >= least
        far = frame.index[enough & (usual > 0) & (values > times * usual)]
        expected = [f"{round(usual[row]):,}" for row in far]
        yield RecordProblems(table, far, "far_from_history", column, expected=expected)
