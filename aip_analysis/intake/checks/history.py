"""A figure far from what the council's own records have been so far: a zero too many, a slip."""

from aip_analysis.intake.checks.pool import Pool

# Table, what is looked at, and whose figures make a history together.
HISTORIES = (
    ("meetings", "members_present", ["area_code"]),
    ("meetings", "total_present", ["area_code"]),
    ("activity_months", "attendances", ["area_code", "activity_id"]),
    ("ledger", "amount_yen", ["area_code", "direction"]),
    ("population", "population", ["area_code"]),
)

# So many slips among the figures of a council do not hide each other.
SLIPS = 2


def check_histories(pool: Pool) -> None:
    """Warn of figures that are many times the usual ones of the same council.

    What is usual is all but the two largest of its figures; checks.toml says how many figures make
    a history, and how many times the largest usual one is far.
    """
    least, times = pool.ward.checks["history_rows"], pool.ward.checks["history_times"]
    for table, column, by in HISTORIES:
        frame = pool.kept(table)[[column, *by]]
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
        shown = [f"{round(usual[row]):,}" for row in far]
        pool.tell(table, far, "far_from_history", column, expected=shown)
