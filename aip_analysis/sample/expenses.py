"""What a council spends in a year: what for, when, how much, and where."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from aip_analysis.sample.chance import Chance, about
from aip_analysis.sample.corpus import corpus, weighted
from aip_analysis.sample.councils import Council
from aip_analysis.sample.days import some_working_day
from aip_analysis.sample.meetings import Held
from aip_analysis.sample.payments import Payment
from aip_analysis.ward import FiscalYear
from aip_analysis.ward.calendar import MONTHS

# The most of a year's spending that small things take, how many are bought, and how often the
# same large thing comes.
SMALL_SHARE, SMALL_COUNT, LARGE_TWICE = 0.4, (9, 20), 2
# Spending stops once it is this near to what was meant.
NEAR, NEAR_SHARE = 12_000, 0.01
# Councils of every third area meet where nothing is charged.
FREE_VENUE = 3
# Within how many months after the next allowance comes what could not be paid before.
SOON = 3


@dataclass(frozen=True)
class Expense:
    """An expense, as the cash book tells it; purpose and category are codes."""

    booked_on: date
    purpose: str
    category: str
    amount_yen: int
    description: str
    payee: str


@dataclass(frozen=True)
class Means:
    """What a council may spend: the level meant, in yen, and the payments of the allowance."""

    target_yen: int
    grants: list[Payment]


def expenses_of(
    council: Council, year: FiscalYear, meetings: list[Held], means: Means, chance: Chance
) -> list[Expense]:
    """Invent the expenses of a whole year, in order of days."""
    months = council.months_in(year)
    if not months or not means.target_yen:
        return []
    rng = chance.of("expenses", council.code, year.year)
    shop = chance.of("shops", council.code)
    shops = shop.sample(corpus("money")["shops"], 3)
    found = _venues(council, meetings, rng)
    found += _small(council, months, shops, rng)
    most = round(means.target_yen * SMALL_SHARE)
    while sum(each.amount_yen for each in found) > most:
        found.pop()
    rest = means.target_yen - sum(each.amount_yen for each in found)
    found += _large(council, months, rest, shops, rng)
    return _paid_when_there_is_money(found, months, means.grants, rng)


def _venues(council: Council, meetings: list[Held], rng: Random) -> list[Expense]:
    if council.index % FREE_VENUE == FREE_VENUE - 1:
        return []
    said = corpus("money")["venue"]
    fee = about(rng, said["yen"]) // 100 * 100
    payee = rng.choice(said["payee"]).format(venue=council.venue, area=council.area)
    wording = rng.choice(said["description"])
    return [
        Expense(
            meeting.held_on, said["purpose"], said["category"], fee,
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
    """Draw larger things until the year's spending is what was meant."""
    kinds = list(corpus("money")["large"]) * LARGE_TWICE
    near = min(NEAR, round(target * NEAR_SHARE))
    found: list[Expense] = []
    while kinds and target > near:
        kind = weighted(rng, kinds)
        kinds.remove(kind)
        expense = _expense(council, kind, rng.choice(months), shops, rng)
        if expense.amount_yen > target:
            if "round" in kind:
                continue
            expense = replace(expense, amount_yen=target)
        found.append(expense)
        target -= expense.amount_yen
    return found


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
    """Put off what cannot be paid yet to the months after the next allowance."""
    waiting, found, spent = list(expenses), list[Expense](), 0
    while waiting:
        each = min(waiting, key=lambda expense: expense.booked_on)
        waiting.remove(each)
        received = sum(grant.amount_yen for grant in grants if grant.paid_on <= each.booked_on)
        later = [grant.paid_on for grant in grants if grant.paid_on > each.booked_on]
        free = [month for month in months if later and month > later[0]]
        if spent + each.amount_yen > received and free:
            soon = free[:SOON]
            waiting.append(replace(each, booked_on=some_working_day(rng, rng.choice(soon))))
        else:
            found.append(each)
            spent += each.amount_yen
    return found
