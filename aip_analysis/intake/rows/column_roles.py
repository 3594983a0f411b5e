"""What the columns of a table mean for telling its records from its other rows."""

import re
from dataclasses import dataclass

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import FORM
from aip_analysis.intake.layout.match_headings import ACTIVITY, AMOUNTS, DAY_PART, ITEM, MONTH_PART
from aip_analysis.intake.layout.row_fit import LISTED
from aip_analysis.intake.privacy import PUBLIC, WITHHELD
from aip_analysis.records import TABLES
from aip_analysis.reference.vocabulary import plain

# Columns that a blank form may have prefilled, or that only repeat other columns.
PRESET = frozenset(
    {"area_code", "fiscal_year", "weekday", "balance_yen", "number", "correction_of", "reason"}
    | {PUBLIC, WITHHELD}
)
_CORRECTIONS = frozenset({"correction_of", "correction_step", "reason"})
_NUMBERING = re.compile(r"(?:no\.?|№|#|番号|項番|連番|通番|回数?|整理番号)")


@dataclass(frozen=True)
class Roles:
    """The columns of a region by what they are for; all are indexes on the sheet.

    Parameters
    ----------
    table
        The record table.
    recorded
        Columns that records are built from: a row with all of them empty is not a record.
    preset
        Columns prefilled in a blank form: a row with nothing else counts as empty.
    read
        All columns that the table has.
    required
        Groups of columns of which a record fills at least one each.
    days, month_part
        The columns with the date of a row, if it has one.
    yen, counts
        Columns of amounts in yen, balances apart, and of numbers of people or times.
    present
        The columns that count the members, or all people, present at a meeting.
    income, expense, balance
        The columns of a cash book.
    terms
        Columns of known terms.
    free
        Columns of text that may be anything, and those that the table does not have.
    topic, decisions
        The columns that tell what a meeting was about, and what it decided.
    numbering
        Columns that number the rows.
    corrections
        Columns that say which row a row corrects.
    codes
        Columns that a record must fill and that identify what it is about.
    by_category
        Whether it has a column for each category: income then has that which its text names.
    """

    table: str
    recorded: frozenset[int]
    preset: frozenset[int]
    read: frozenset[int]
    required: tuple[frozenset[int], ...] = ()
    days: frozenset[int] = frozenset()
    month_part: frozenset[int] = frozenset()
    yen: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    present: frozenset[int] = frozenset()
    income: frozenset[int] = frozenset()
    expense: frozenset[int] = frozenset()
    balance: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()
    free: frozenset[int] = frozenset()
    topic: frozenset[int] = frozenset()
    decisions: frozenset[int] = frozenset()
    numbering: frozenset[int] = frozenset()
    corrections: frozenset[int] = frozenset()
    codes: frozenset[int] = frozenset()
    by_category: bool = False


def roles_of(region: Region) -> Roles:
    """Return the roles of the columns of a region that has a table."""
    match = region.matched
    everything = frozenset(range(region.left, region.right))
    if match.table == FORM:
        labels, values = (frozenset(match.columns[name]) for name in ("label", "value"))
        read = frozenset(place for places in match.columns.values() for place in places)
        return Roles(FORM, values, labels, read)

    def places(*names: str) -> frozenset[int]:
        return frozenset(place for name in names for place in match.columns.get(name, []))

    mapped = places(*match.columns)
    preset = places(*PRESET, *LISTED.get(match.table, frozenset()))
    categories = frozenset(match.categories)
    recorded = mapped - preset | categories
    if match.months:
        recorded = frozenset(match.months) | places(ACTIVITY)
        preset |= everything - recorded | places(ITEM)
    own = TABLES[match.table].own
    kinds = {column.name: column.kind for column in own}
    return Roles(
        match.table,
        recorded,
        preset,
        read=mapped | categories | frozenset(match.months),
        required=_required(region),
        days=places(TABLES[match.table].days, DAY_PART),
        month_part=places(MONTH_PART),
        yen=tuple(sorted(places(*AMOUNTS) | categories)),
        counts=tuple(
            sorted(places(*(name for name, kind in kinds.items() if kind == "count")) - preset)
        )
        or tuple(sorted(match.months)),
        present=places("members_present", "total_present"),
        income=places("income_yen"),
        expense=places("expense_yen") or categories,
        balance=places("balance_yen"),
        terms=places(*(name for name, kind in kinds.items() if kind == "term")),
        free=(everything - mapped - categories - frozenset(match.months) - match.left_out)
        | places(*(column.name for column in own if column.kind == "text" and not column.required)),
        topic=places("topic"),
        decisions=places("decisions"),
        numbering=places("number")
        | {place for place, text in match.unknown.items() if _NUMBERING.fullmatch(plain(text))},
        corrections=places(*_CORRECTIONS),
        codes=places(*(column.name for column in own if column.is_code and column.required)),
        by_category=bool(match.categories),
    )


def _required(region: Region) -> tuple[frozenset[int], ...]:
    """Return the columns that a record must fill; one of the amounts of a cash book is enough."""
    match = region.matched
    if match.months:
        activity = match.columns.get(ACTIVITY)
        return (frozenset(match.months), *([frozenset(activity)] if activity else []))
    groups = [
        frozenset(match.columns[column.name])
        for column in TABLES[match.table].own
        if column.required and column.name in match.columns and column.name not in AMOUNTS
    ]
    amounts = frozenset(place for name in AMOUNTS for place in match.columns.get(name, []))
    amounts |= match.categories.keys()
    if DAY_PART in match.columns and TABLES[match.table].days not in match.columns:
        groups.append(frozenset(match.columns[DAY_PART]))
    return (*groups, amounts) if amounts else tuple(groups)
