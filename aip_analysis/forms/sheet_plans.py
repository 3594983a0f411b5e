"""Plans of the sheets of a blank workbook: columns, number of rows, and preset values."""

from dataclasses import dataclass

from aip_analysis.forms.council_year import CouncilYear
from aip_analysis.forms.styled_workbook import GROWS
from aip_analysis.records.tables import TABLES

Words = tuple[str, ...]


@dataclass(frozen=True)
class SheetPlan:
    """A sheet with one row per record.

    Parameters
    ----------
    table
        The record table that its rows belong to.
    columns
        Column -> its width in half-width characters.
    rows
        Number of rows to fill in.
    required
        Columns that must be filled in in every row.
    sums
        Columns that are added up in a last row.
    presets
        Values already filled in, in the first columns of the first rows.
    line
        Height of the rows in points: one line, or two that grow with their text.
    """

    table: str
    columns: dict[str, int]
    rows: int
    required: frozenset[str]
    sums: Words = ()
    presets: tuple[Words, ...] = ()
    line: int = GROWS


# Activities that a year's workbook has room for: the sheet of results has the same ones.
ACTIVITIES = 20
LINE = 21
_SPARE = 4


def plans_of(council: CouncilYear) -> list[SheetPlan]:
    """Return the plans of the sheets with one row per record, in the order of the workbook."""
    return [_meetings(), _activities(), _ledger(), _members(council), _coordinators(), _ideas(),
            _budgets(council), _goals()]  # fmt: skip


def form_plan() -> SheetPlan:
    """Return the plan of the form about the council itself, in which each column is a row."""
    columns = {column.name: 0 for column in TABLES["councils"].own}
    return SheetPlan("councils", columns, 1, frozenset({"council_name"}))


def _meetings() -> SheetPlan:
    columns = {
        "number": 5, "kind": 10, "held_on": 13, "starts_at": 7, "ends_at": 7, "venue": 15,
        "members_present": 8, "supporters_present": 8, "others_present": 8, "topic": 26,
        "priority_field": 15, "cycle_step": 11, "decisions": 28,
    }  # fmt: skip
    people = ("members_present", "supporters_present", "others_present")
    return SheetPlan("meetings", columns, 24, frozenset({"kind", "held_on"}), people)


def _activities() -> SheetPlan:
    columns = {
        "activity_id": 10, "name": 24, "kind": 11, "priority_field": 15, "care_domain": 11,
        "venue": 18, "run_by": 14, "started_on": 13, "ended_on": 13, "frequency": 12, "lon": 9,
        "lat": 9,
    }  # fmt: skip
    return SheetPlan("activities", columns, ACTIVITIES, frozenset({"activity_id", "name", "kind"}))


def _ledger() -> SheetPlan:
    columns = {
        "booked_on": 14, "purpose": 10, "category": 14, "description": 36, "income_yen": 12,
        "expense_yen": 12, "balance_yen": 13, "payee": 20, "receipt_number": 12,
    }  # fmt: skip
    return SheetPlan(
        "ledger",
        columns,
        110,
        frozenset({"booked_on", "category"}),
        ("income_yen", "expense_yen"),
        line=LINE,
    )


def _members(council: CouncilYear) -> SheetPlan:
    kinds = council.words("organisation_type")
    columns = {"organisation_type": 30, "role_group": 22, "members": 12, "proxies": 14}
    return SheetPlan(
        "members", columns, len(kinds) + _SPARE, frozenset({"organisation_type", "members"}),
        ("members", "proxies"), tuple((kind,) for kind in kinds),
        line=LINE,
    )  # fmt: skip


def _coordinators() -> SheetPlan:
    columns = {"coordinator_id": 12, "affiliation": 34, "appointed_on": 16, "ended_on": 16}
    return SheetPlan(
        "coordinators", columns, 8, frozenset({"coordinator_id", "appointed_on"}), line=LINE
    )


def _ideas() -> SheetPlan:
    columns = {
        "raised_on": 13, "theme": 18, "background": 24, "shared_information": 24, "findings": 24,
        "idea": 24, "status": 8, "priority_field": 15,
    }  # fmt: skip
    return SheetPlan("ideas", columns, 24, frozenset({"theme", "status"}))


def _budgets(council: CouncilYear) -> SheetPlan:
    words = council.ward.vocabularies
    presets = tuple(
        (words["ledger_purpose"][purpose].ja, words["ledger_category"][category].ja)
        for purpose, covered in council.ward.rules_of(council.year.year).categories.items()
        for category in covered
    )
    columns = {"purpose": 16, "category": 22, "amount_yen": 18}
    return SheetPlan(
        "budgets",
        columns,
        len(presets) + _SPARE,
        frozenset({*columns}),
        ("amount_yen",),
        presets,
        LINE,
    )


def _goals() -> SheetPlan:
    columns = {"text": 76, "set_on": 16, "status": 12}
    return SheetPlan("goals", columns, 8, frozenset({"text"}))
