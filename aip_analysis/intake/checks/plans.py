"""Tables of what is planned: no records of what was held."""

from collections.abc import Iterator

from aip_analysis.intake.account import Block, SheetAccount
from aip_analysis.intake.checks.all_records import AllRecords, rows_of_block
from aip_analysis.intake.checks.no_records import NoRecords

# What is known of a meeting only once it was held.
_HELD = (
    *("members_present", "supporters_present", "others_present", "total_present"),
    "decisions",
)
_PLANNED = ("meetings", "activity_months")


def check_plans(records: AllRecords) -> Iterator[NoRecords]:
    """Yield the tables that titles or names call plans, unless they tell who came."""
    for place, file in enumerate(records.files):
        for account in file.sheets:
            plans = [block for block in account.blocks if block.role == "plan"]
            for block in plans:
                plan = _plan(records, place, account, block)
                if plan:
                    yield plan


def _plan(records: AllRecords, place: int, account: SheetAccount, block: Block) -> NoRecords | None:
    if block.table not in (*_PLANNED, ""):
        return None
    table = block.table or _PLANNED[0]
    own = rows_of_block(records.tables[table], place, account, block)
    if table == "meetings" and own[list(_HELD)].notna().any(axis=None):
        return None
    rows = len(block.set_aside) + own["source_row"].nunique()
    if not rows:
        return None
    return NoRecords(
        place,
        account.sheet,
        "plan",
        "plan",
        "warn",
        found=f"{rows:,}",
        table=table,
        used=list(own.index),
        set_aside=[(block, list(block.set_aside))],
        row=block.named_by[0] if block.named_by and len(account.blocks) > 1 else 0,
    )
