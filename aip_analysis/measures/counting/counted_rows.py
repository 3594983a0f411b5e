"""The rows of each record table, with what each of them counts.

Every table keeps its index, so a count leads back to its records. For a column ``x`` there may be
``x:suppressed`` and ``x:blank``, the number of suppressed and of blank cells in it, and ``x:room``,
the most that blank cells could add, where that is not the largest value of ``x``.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from aip_analysis.measures.councils import courses
from aip_analysis.measures.people import coordinator_months, nearest_survey
from aip_analysis.measures.rollup import AREA_YEAR, month_of
from aip_analysis.records import Records
from aip_analysis.reference import FiscalYear, Ward

PRESENT = ["members_present", "supporters_present", "others_present"]
ACTIVITY = [*AREA_YEAR, "activity_id"]
RESULTS = ["sessions", "attendances"]
# The name of the result of ``blank_months`` among the rows of counts.
BLANK_MONTHS = "blank_months"
Frame = pd.DataFrame


def is_suppressed(table: Frame, column: str) -> pd.Series:
    """Return whether each row's cell of a column is suppressed, in part or as a whole."""
    marks = table["marks"]
    marked = pd.Series(data=False, index=table.index)
    some = marks[marks.notna()]
    marked[some.index] = (";" + some).str.contains(f";{column}=suppressed", regex=False)
    return marked


def counted_meetings(records: Records, ward: Ward) -> Frame:
    """Return the meetings: which are a council's, and how many people were there.

    The people present are the sum of the kinds of people that the council keeps in any year; where
    one of them is not known, the total present, if that is known, otherwise those who are known.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, kind, priority_field, cycle_step, month; council, preparation, other
        (bool); the columns of ``PRESENT``; attendance (people); counted (1 if the attendance is
        known and nothing of it suppressed, else 0), attendance_counted (people, at these meetings).
    """
    table = records["meetings"]
    kinds = ward.vocabularies["meeting_kind"]
    rows = table[[*AREA_YEAR, "kind", "priority_field", "cycle_step"]].assign(
        month=month_of(table["held_on"]),
        council=table["kind"].isin(kinds.with_trait("council")),
        preparation=table["kind"].isin(kinds.with_trait("preparation")),
    )
    rows["other"] = ~rows["council"] & ~rows["preparation"]
    people = table[PRESENT].astype("Float64")
    hidden = pd.DataFrame({name: is_suppressed(table, name) for name in PRESENT})
    told = (people.notna() | hidden).where(rows["council"], other=False)
    # Kept in any year: a year in which all of a kind are blank is no year without such people.
    kept = told.groupby(rows["area_code"]).transform("any")
    blank = people.isna() & ~hidden & kept
    most = people.where(rows["council"]).groupby(rows["area_code"]).transform("max")
    for name in PRESENT:
        rows[name] = people[name]
        rows[f"{name}:suppressed"] = hidden[name].astype(int)
        rows[f"{name}:blank"] = blank[name].astype(int)
    total = table["total_present"].astype("Float64")
    parts = people.sum(axis=1, min_count=1)
    by_total = (hidden.any(axis=1) | blank.any(axis=1) | parts.isna()) & total.notna()
    rows["attendance"] = parts.mask(by_total, total)
    hidden_total = is_suppressed(table, "total_present") & parts.isna()
    suppressed = (hidden.sum(axis=1) + hidden_total).mask(by_total, 0)
    unknown = rows["attendance"].isna() & (suppressed == 0)
    blanks = blank.sum(axis=1).mask(by_total, 0).mask(unknown, 1)
    room = most.where(blank, 0).sum(axis=1)
    rows["attendance:suppressed"], rows["attendance:blank"] = suppressed, blanks
    rows["attendance:room"] = room.mask(unknown, np.inf)
    counted = rows["attendance"].notna() & (suppressed == 0)
    rows["counted"] = counted.astype(int)
    rows["counted:suppressed"] = (suppressed > 0).astype(int)
    rows["counted:blank"] = unknown.astype(int)
    rows["attendance_counted"] = rows["attendance"].where(counted, 0)
    rows["attendance_counted:suppressed"] = rows["counted:suppressed"]
    rows["attendance_counted:blank"] = blanks.mask(suppressed > 0, 0)
    rows["attendance_counted:room"] = rows["attendance:room"]
    return rows


def counted_months(records: Records, ward: Ward) -> Frame:
    """Return the months of activities: whether they were held, and where they count.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activity_id, month, sessions, attendances, people; of the activity:
        kind, care_domain; held (bool: at least one session or attendance), first (bool: the first
        month held of its activity), weekly, monthly (bool: held, and a gathering place of this
        rhythm), first_weekly, first_monthly (bool).
    """
    table = records["activity_months"]
    rows = table[[*ACTIVITY, "month", *RESULTS, "people"]]
    about = records["activities"].drop_duplicates(ACTIVITY)
    known = rows[ACTIVITY].merge(
        about[[*ACTIVITY, "kind", "frequency", "care_domain"]], how="left", on=ACTIVITY
    )
    hidden = {name: is_suppressed(table, name) for name in (*RESULTS, "people")}
    held = (rows[RESULTS].fillna(0) > 0).any(axis=1) | hidden["sessions"] | hidden["attendances"]
    rows = rows.assign(kind=known["kind"], care_domain=known["care_domain"], held=held.astype(bool))
    for name, is_hidden in hidden.items():
        rows[name] = rows[name].astype("Float64")
        rows[f"{name}:suppressed"] = is_hidden.astype(int)
        rows[f"{name}:blank"] = (rows[name].isna() & ~is_hidden).astype(int)
    gathering = known["kind"].isin(ward.vocabularies["activity_kind"].with_trait("gathering"))
    frequencies = ward.vocabularies["frequency"]
    for rhythm in ("weekly", "monthly"):
        meets = known["frequency"].isin(frequencies.with_trait(rhythm))
        rows[rhythm] = rows["held"] & gathering & meets
    return with_first_months(rows, rows["held"])


def with_first_months(rows: Frame, held: pd.Series) -> Frame:
    """Return the months of activities with the columns first, first_weekly and first_monthly.

    Parameters
    ----------
    held
        Whether each month was held; those of a part of the year make that part's first months.
    """
    first = pd.Series(data=False, index=rows.index)
    first[rows.index[held][~rows.loc[held, ACTIVITY].duplicated()]] = True
    return rows.assign(
        first=first, first_weekly=first & rows["weekly"], first_monthly=first & rows["monthly"]
    )


def blank_months(records: Records, months: Frame) -> Frame:
    """Return the elapsed months of running activities for which no result is recorded.

    Only activities held in the year run. Those before an activity started or after it ended are
    not blank.

    Parameters
    ----------
    months
        The result of ``counted_months``.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activity_id, month; sessions, attendances: the most of any month of
        the activity; the other columns of the table activities; within (True: they are months that
        the records cover). The index is that of the activity's row in that table.
    """
    held = months[months["held"]]
    most = held.groupby(ACTIVITY)[RESULTS].max().reset_index()
    listed = records["activities"].drop_duplicates(ACTIVITY)
    running = listed.reset_index().merge(most, on=ACTIVITY)
    elapsed = pd.DataFrame(
        [(year, pd.Timestamp(month)) for year in records.fiscal_years
         for month in records.months(year)],
        columns=["fiscal_year", "month"],
    ).astype({"fiscal_year": "Int64"})  # fmt: skip
    due = running.merge(elapsed, on="fiscal_year").set_index("index")
    begun = due["started_on"].isna() | (month_of(due["started_on"]) <= due["month"])
    due = due[begun & ~(due["ended_on"] < due["month"])]
    told = months[(months[RESULTS].notna() | _hidden(months)).any(axis=1)]
    keys = [*ACTIVITY, "month"]
    known = pd.MultiIndex.from_frame(told[keys])
    due = due[~pd.MultiIndex.from_frame(due[keys]).isin(known)]
    return due.assign(within=True)


def counted_councils(records: Records, ward: Ward) -> Frame:
    """Return the last row on each council in a year, with its step, its months and its allowance.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, councils_established, councils_preparing, councils_suspended
        (0 or 1 at the end of the period), months_in_operation (months), allowance (yen), months
        (those that the allowance is due for), before_council (bool: not set up by the end of the
        period).
    """
    table = records["councils"].drop_duplicates(AREA_YEAR, keep="last")
    by_council = courses(records)
    rows = []
    for index, area, year in table[AREA_YEAR].itertuples(name=None):
        if year not in records.fiscal_years:
            continue
        course, months = by_council[area, int(year)], records.months(int(year))
        step = course.step_on(records.as_of(int(year)))
        since = course.months_since_setting_up(months)
        # The yearly amount is the most of all months up to the last, not of some of them.
        earlier = [month for month in FiscalYear(int(year)).months if month < months[0]]
        before = course.months_since_setting_up(tuple(earlier))
        rules = ward.rules_of(int(year))
        due = rules.allowance(before + since) - rules.allowance(before)
        set_up = step in {"set_up", "continuing", "suspended"}
        rows.append(
            (index, area, year, int(set_up), int(step == "preparing"), int(step == "suspended"),
             course.months_in_operation(months), due, since, since == 0)
        )  # fmt: skip
    columns = [
        *("index", *AREA_YEAR, "councils_established", "councils_preparing", "councils_suspended"),
        *("months_in_operation", "allowance", "months", "before_council"),
    ]
    return pd.DataFrame(rows, columns=columns).set_index("index").astype({"fiscal_year": "Int64"})


def counted_coordinators(records: Records, ward: Ward) -> Frame:
    """Return the coordinators: who is in office, and the months that are counted for each.

    A month with several coordinators is counted for the first of them.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, coordinators (0 or 1: in office on the last day), coordinator_months
        (months), compensation (yen by the rules), months (those that it is due for).
    """
    rows = coordinator_months(records)
    rates = {year: ward.rules_of(year).coordinator_yen_per_month for year in records.fiscal_years}
    rate = rows["fiscal_year"].map(rates)
    months = rows["coordinator_months"]
    return rows.assign(compensation=months * rate, months=months)


def counted_ledger(records: Records, ward: Ward) -> Frame:
    """Return the lines of the cash books by what they are.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, month, purpose, category, amount_yen; income, expense, grant,
        other_income, running, project, settled (bool: enters the balance of what was received);
        balance, deficit (yen: the amount as it enters what is left, and what is lacking).
    """
    table = records["ledger"]
    granted = table["category"].isin(ward.vocabularies["ledger_category"].with_trait("grant"))
    income, expense = table["direction"] == "income", table["direction"] == "expense"
    amount = table["amount_yen"]
    rows = table[[*AREA_YEAR, "purpose", "category", "amount_yen"]].assign(
        month=month_of(table["booked_on"]),
        income=income,
        expense=expense,
        grant=income & granted,
        other_income=income & ~granted,
        running=expense & (table["purpose"] == "running"),
        project=expense & (table["purpose"] == "project"),
    )
    rows["settled"] = rows["grant"] | expense
    rows["balance"] = amount.mask(expense, -amount)
    rows["deficit"] = -rows["balance"]
    return rows


def counted_members(records: Records, _: Ward) -> Frame:
    """Return the organisations on councils: area_code, fiscal_year, types, seats, proxies."""
    table = records["members"]
    rows = table[[*AREA_YEAR, "organisation_type", "role_group"]].assign(
        seats=table["members"], proxies=table["proxies"]
    )
    for name, column in (("seats", "members"), ("proxies", "proxies")):
        rows[f"{name}:suppressed"] = is_suppressed(table, column).astype(int)
    return rows


def counted_residents(records: Records, _: Ward) -> Frame:
    """Return the survey nearest to the start of each year: area_code, fiscal_year, residents."""
    table = nearest_survey(records["population"])
    columns = ["population", "households", "population_65plus", "population_75plus"]
    rows = table[[*AREA_YEAR, *columns]]
    hidden = {f"{name}:suppressed": is_suppressed(table, name).astype(int) for name in columns}
    return rows.assign(**hidden).sort_values(AREA_YEAR)


def _terms(
    table: str, columns: Sequence[str], trait: tuple[str, str, str, str],
    records: Records, ward: Ward,
) -> Frame:  # fmt: skip
    """Return the rows of a table, and whether a term of each has a trait.

    Parameters
    ----------
    columns
        The columns to keep.
    trait
        The name of the new column, the column with the term, its vocabulary, and the trait.
    """
    name, column, vocabulary, wanted = trait
    terms = ward.vocabularies[vocabulary].with_trait(wanted)
    rows = records[table][[*AREA_YEAR, *columns]]
    return rows.assign(**{name: rows[column].isin(terms)})


def counted_payments(records: Records, ward: Ward) -> Frame:
    """Return the payments.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, month (the first one that it is for), amount_yen; coordinator,
        allowance (bool).
    """
    kinds = ward.vocabularies["payment_kind"]
    table = records["payments"]
    return table[[*AREA_YEAR, "amount_yen"]].assign(
        month=table["first_month"],
        coordinator=table["kind"].isin(kinds.with_trait("coordinator")),
        allowance=table["kind"].isin(kinds.with_trait("allowance")),
    )


# The rows of each table that measures are counted from.
COUNTED_ROWS: dict[str, Callable[[Records, Ward], Frame]] = {
    "population": counted_residents,
    "councils": counted_councils,
    "members": counted_members,
    "coordinators": counted_coordinators,
    "meetings": counted_meetings,
    "activity_months": counted_months,
    "ideas": partial(
        _terms, "ideas", ["status"], ("carried_out", "status", "idea_status", "carried_out")
    ),
    "goals": lambda records, _: records["goals"][[*AREA_YEAR, "status"]],
    "ledger": counted_ledger,
    "budgets": partial(
        _terms,
        "budgets",
        ["purpose", "category", "amount_yen"],
        ("expense", "category", "ledger_category", "expense"),
    ),
    "payments": counted_payments,
}


def _hidden(months: Frame) -> Frame:
    return pd.DataFrame({name: months[f"{name}:suppressed"] > 0 for name in RESULTS})
