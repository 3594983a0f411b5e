"""Expenses of a council in a fiscal year: purpose, day, amount and payee."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.sample.councils import Council
from aip_analysis.sample.meetings import HeldMeeting
from aip_analysis.sample.office_days import some_working_day
from aip_analysis.sample.payments import Payment
from aip_analysis.sample.sample_texts import corpus, weighted
from aip_analysis.sample.seeded_random import SeededRandom, about

# Largest share of a year's spending for small items, bounds of their number, and how often the
# same large item may occur.
SMALL_SHARE, SMALL_COUNT, LARGE_TWICE = 0.4, (9, 20), 2
# Spending stops once it is this close to its target (yen, and share of the target).
NEAR, NEAR_SHARE = 12_000, 0.01
# The councils of every third area meet at a venue that is free of charge.
FREE_VENUE = 3
# Number of months after the next allowance within which an expense is paid that had to wait for it.
SOON = 3


@dataclass(frozen=True)
class Expense:
    """An expense in the cash book; purpose and category are codes."""

    booked_on: date
    purpose: str
    category: str
    amount_yen: int
    description: str
    payee: str


@dataclass(frozen=True)
class Means:
    """The means of a council: the target of its spending, in yen, and the allowance payments."""

    target_yen: int
    grants: list[Payment]


def expenses_of(
    council: Council,
    year: FiscalYear,
    meetings: list[HeldMeeting],
    means: Means,
    chance: SeededRandom,
) -> list[Expense]:
    """Generate the expenses of a whole fiscal year, ordered by day."""
    months = council.months_in(year)
    if not months or not means.target_yen:
        return []
    rng = chance.of("expenses", council.code, year.year)
    shop = chance.of("shops", council.code)
    shops = shop.sample(corpus("money")["shops"], 3)
    expenses = _venues(council, meetings, rng)
    expenses += _small(council, months, shops, rng)
    most = round(means.target_yen * SMALL_SHARE)
    while sum(expense.amount_yen for expense in expenses) > most:
        expenses.pop()
    rest = means.target_yen - sum(expense.amount_yen for expense in expenses)
    expenses += _large(council, months, rest, shops, rng)
    return _paid_when_there_is_money(expenses, months, means.grants, rng)


def _venues(council: Council, meetings: list[HeldMeeting], rng: Random) -> list[Expense]:
    if council.index % FREE_VENUE == FREE_VENUE - 1:
        return []
    texts = corpus("money")["venue"]
    fee = about(rng, texts["yen"]) // 100 * 100
    payee = rng.choice(texts["payee"]).format(venue=council.venue, area=council.area)
    wording = rng.choice(texts["description"])
    return [
        Expense(
            meeting.held_on, texts["purpose"], texts["category"], fee,
            wording.format(number=f"第{meeting.number}回"), payee,
        )
        for meeting in meetings
        if meeting.kind == "regular"
    ]  # fmt: skip


def _small(council: Council, months: list[date], shops: list[str], rng: Random) -> list[Expense]:
    count = about(rng, list(SMALL_COUNT)) * len(months) // MONTHS
    kinds = corpus("money")["small"]
    return [
        _expense(council, weighted(rng, kinds), rng.choice(months), shops, rng)
        for _ in range(count)
    ]


def _large(
    council: Council, months: list[date], target: int, shops: list[str], rng: Random
) -> list[Expense]:
    """Draw larger expenses until the year's spending reaches its target."""
    kinds = list(corpus("money")["large"]) * LARGE_TWICE
    near = min(NEAR, round(target * NEAR_SHARE))
    expenses: list[Expense] = []
    while kinds and target > near:
        kind = weighted(rng, kinds)
        kinds.remove(kind)
        expense = _expense(council, kind, rng.choice(months), shops, rng)
        if expense.amount_yen > target:
            if "round" in kind:
                continue
            expense = replace(expense, amount_yen=target)
        expenses.append(expense)
        target -= expense.amount_yen
    return expenses


def _expense(
    council: Council, kind: dict[str, Any], month: date, shops: list[str], rng: Random
) -> Expense:
    words = {**council.words(rng), "shop": shops[len(kind["payee"]) % len(shops)]}
    amount, step = about(rng, kind["yen"]), kind.get("round") or rng.choice((1, 10, 10))
    return Expense(
        some_working_day(rng, month), kind["purpose"], kind["category"],
        amount // step * step,
        rng.choice(kind["description"]).format(**words), kind["payee"].format(**words),
    )  # fmt: skip


def _paid_when_there_is_money(
    expenses: list[Expense], months: list[date], grants: list[Payment], rng: Random
) -> list[Expense]:
    """Return expenses, with those that cannot be paid yet put off until after an allowance."""
    waiting, paid, spent = list(expenses), list[Expense](), 0
    while waiting:
        expense = min(waiting, key=lambda expense: expense.booked_on)
        waiting.remove(expense)
        received = sum(grant.amount_yen for grant in grants if grant.paid_on <= expense.booked_on)
        later = [grant.paid_on for grant in grants if grant.paid_on > expense.booked_on]
        free = [month for month in months if later and month > later[0]]
        if spent + expense.amount_yen > received and free:
            soon = free[:SOON]
            waiting.append(replace(expense, booked_on=some_working_day(rng, rng.choice(soon))))
        else:
            paid.append(expense)
            spent += expense.amount_yen
    return paid
