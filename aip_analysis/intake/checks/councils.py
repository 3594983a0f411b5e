"""Consistency of a council's records: numbers, seats, set-up, allowance, appointments."""

from collections.abc import Iterator

import pandas as pd

from aip_analysis.intake.checks.all_records import (
    FILE,
    AllRecords,
    RecordProblems,
    SheetProblem,
)
from aip_analysis.intake.checks.held_rows import held_rows
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import months_between, wareki

WHERE = ["area_code", "fiscal_year"]


def check_councils(records: AllRecords) -> list[RecordProblems | SheetProblem]:
    """Warn where the records of a council contradict each other."""
    return [
        *_numbers(records),
        *_seats(records),
        *_before_council(records),
        *_allowances(records),
        *_without_expense(records),
        *_openings(records),
        *_appointments(records),
    ]


def _numbers(records: AllRecords) -> Iterator[RecordProblems]:
    """Warn about repeated and skipped meeting numbers.

    Meetings are numbered consecutively, either per kind or over all kinds. Numbers of meetings that
    were not held are not missed.
    """
    frame = records.tables["meetings"]
    frame = frame[frame["number"].notna()].sort_values(["held_on", "source_row"], kind="stable")
    council = records.ward.vocabularies["meeting_kind"].with_trait("council")
    frame = frame.assign(
        number=frame["number"].astype("int64"),
        series=frame["kind"].where(~frame["kind"].isin(council), "council"),
    )
    repeats: list[int] = []
    jumps: list[int] = []
    expected: list[str] = []
    for _, series in frame.groupby(["area_code", "series"], sort=False):
        first = series.drop_duplicates(["number", "fiscal_year"])
        again = series.index.difference(first.index, sort=False)
        repeats += list(again)
        within = series.groupby("kind")["number"].diff()
        across = first["number"].diff().reindex(series.index)
        begins = series["number"] == 1
        broken = (across != 1) & (within != 1) & across.notna() & ~begins
        broken &= ~series.index.isin(again)
        lacking = across.sub(1).clip(lower=0).where(broken, 0).cumsum()
        broken &= lacking.gt(_not_held(records, series)) | across.lt(1)
        jumps += list(series.index[broken])
        before = first["number"].shift().reindex(series.index)
        expected += [str(int(number) + 1) for number in before[broken]]
    yield RecordProblems("meetings", repeats, "number_repeats", "number")
    yield RecordProblems("meetings", jumps, "number_jumps", "number", expected=expected)


def _not_held(records: AllRecords, meetings: pd.DataFrame) -> pd.Series:
    """Return for each meeting how many others on its sheet were not held."""
    sheets = zip(meetings[FILE], meetings["source_sheet"], strict=True)
    accounts = [records.files[int(file)].account(str(sheet)) for file, sheet in sheets]
    counts = [account.recognised.get("cancelled", 0) for account in accounts]
    return pd.Series(counts, index=meetings.index, dtype="int64")


def _seats(records: AllRecords) -> Iterator[RecordProblems]:
    # Where a number of seats is suppressed, nobody knows how many there are.
    seats = (
        records.tables["members"]
        .groupby(WHERE)["members"]
        .agg(lambda members: members.sum(skipna=False))
    )
    frame = records.tables["meetings"]
    if not len(frame) or not len(seats):
        return
    have = frame.join(seats.rename("seats"), on=WHERE)["seats"]
    over = frame.index[(frame["members_present"] > have).fillna(value=False)]
    yield RecordProblems("meetings", over, "above_seats", "members_present",
              expected=[str(have[row]) for row in over])  # fmt: skip


def _founded(records: AllRecords) -> pd.Series:
    """Return the day on which each area's council was set up: the earliest one in any year."""
    return records.tables["councils"].groupby("area_code")["established_on"].min().dropna()


def _before_council(records: AllRecords) -> Iterator[RecordProblems]:
    founded = _founded(records)
    frame = records.tables["ledger"][["area_code", "direction", "booked_on"]]
    frame = frame[frame["area_code"].isin(founded.index)]
    frame = frame[frame["direction"] == "expense"]
    if not len(frame):
        return
    days = frame["area_code"].map(founded)
    early = frame.index[frame["booked_on"] < days]
    yield RecordProblems("ledger", early, "before_council", "booked_on",
              expected=[wareki(days[row].date()) for row in early])  # fmt: skip


def _allowances(records: AllRecords) -> Iterator[SheetProblem]:
    """Warn if a year's expenses exceed the allowance for the council's months in that year."""
    founded = _founded(records)
    frame = records.tables["ledger"]
    spent = (
        frame["amount_yen"]
        .where(frame["direction"] == "expense")
        .groupby([frame[name] for name in WHERE], sort=False)
        .sum()
    )
    ends = frame.drop_duplicates(WHERE, keep="last").set_index(WHERE)
    for area, year, amount in spent.reset_index().itertuples(index=False):
        rules = records.ward.rules.get(int(year))
        if rules is None:
            continue
        span = FiscalYear(int(year))
        begins = founded[area].date() if area in founded else span.first_day
        months = months_between(max(begins, span.first_day), span.last_day)
        allowance = rules.allowance(months)
        if amount <= allowance:
            continue
        last = ends.loc[(area, year)]
        yield SheetProblem(
            int(last[FILE]), str(last["source_sheet"]), "above_allowance", "warn",
            f"{amount:,}", f"{allowance:,}",
        )  # fmt: skip


def _without_expense(records: AllRecords) -> Iterator[SheetProblem]:
    """Warn about a cash book of a year that is over which has income but no line of spending.

    Where lines are set aside, these may be the spending.
    """
    frame = records.tables["ledger"]
    held = {where for where, _ in held_rows(records, "ledger")}
    for _, book in frame.groupby(WHERE, sort=False):
        area, year = str(book["area_code"].iloc[0]), int(book["fiscal_year"].iloc[0])
        income = int(book["amount_yen"].where(book["direction"] == "income", 0).sum())
        is_over = FiscalYear(year).last_day < records.today
        if not is_over or not income or (book["direction"] == "expense").any():
            continue
        if (area, year) not in held:
            name, last = records.ward.places[f"area-{area}"].ja, book.iloc[-1]
            yield SheetProblem(
                int(last[FILE]), str(last["source_sheet"]), "no_expense", "warn",
                f"{income:,}", f"{name}（{year}）",
            )  # fmt: skip


def _openings(records: AllRecords) -> Iterator[RecordProblems]:
    """Warn if a carried-over amount is neither zero nor the closing balance of the year before."""
    frame = records.tables["ledger"]
    if not len(frame):
        return
    signed = frame["amount_yen"].where(frame["direction"] == "income", -frame["amount_yen"])
    closing = signed.groupby([frame["area_code"], frame["fiscal_year"]]).sum()
    carried = frame[frame["category"] == "carried_over"]
    for row in carried.index:
        area, year = str(carried.loc[row, "area_code"]), int(str(carried.loc[row, "fiscal_year"]))
        before = closing.get((area, year - 1))
        if before is not None and int(str(carried.loc[row, "amount_yen"])) not in {0, before}:
            expected = f"{before:,}"
            yield RecordProblems(
                "ledger", [row], "opening_disagrees", "amount_yen", expected=expected
            )


def _appointments(records: AllRecords) -> Iterator[RecordProblems]:
    """Warn about a coordinator's compensation for months before anybody was appointed."""
    appointed = records.tables["coordinators"].groupby("area_code")["appointed_on"].min().dropna()
    kinds = records.ward.vocabularies["payment_kind"].with_trait("coordinator")
    frame = records.tables["payments"]
    frame = frame[frame["kind"].isin(kinds) & frame["area_code"].isin(appointed.index)]
    if not len(frame):
        return
    days = frame["area_code"].map(appointed)
    months = pd.to_datetime(days).dt.to_period("M").dt.to_timestamp()
    early = frame.index[frame["first_month"] < months]
    yield RecordProblems("payments", early, "paid_before_appointment", "first_month",
              expected=[wareki(days[row].date()) for row in early])  # fmt: skip
