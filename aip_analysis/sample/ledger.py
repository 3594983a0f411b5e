"""The cash book and the budget of a council."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet, headings, total_row
from aip_analysis.sample.councils import Council
from aip_analysis.sample.meetings import HeldMeeting
from aip_analysis.sample.office_days import some_working_day, working_day
from aip_analysis.sample.office_notation import Yen
from aip_analysis.sample.payments import Payment, allowances_of
from aip_analysis.sample.sample_texts import corpus, weighted_choice
from aip_analysis.sample.seeded_random import SeededRandom, random_between

# Largest share of a year's spending for small items, bounds of their number, and how often the
# same large item may occur.
SMALL_SHARE, SMALL_COUNT, LARGE_TWICE = 0.4, (9, 20), 2
# Spending stops once it is this close to its target (yen, and share of the target).
NEAR, NEAR_SHARE = 12_000, 0.01
# The councils of every third area meet at a venue that is free of charge.
FREE_VENUE = 3
# Number of months after the next allowance within which an expense is paid that had to wait for it.
SOON = 3
LEDGER = (
    "booked_on", "purpose", "category", "description", "income_yen", "expense_yen", "balance_yen",
    "payee", "receipt_number",
)  # fmt: skip
BUDGET = ("purpose", "category", "amount_yen")
INTEREST_MONTHS, INTEREST_DAY = (8, 2), 18
THOUSAND = 1000


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
class Funds:
    """The means of a council: the target of its spending, in yen, and the allowance payments."""

    target_yen: int
    grants: list[Payment]


def expenses_of(
    council: Council,
    year: FiscalYear,
    meetings: list[HeldMeeting],
    funds: Funds,
    chance: SeededRandom,
) -> list[Expense]:
    """Generate the expenses of a whole fiscal year, ordered by day."""
    months = council.months_in(year)
    if not months or not funds.target_yen:
        return []
    rng = chance.of("expenses", council.code, year.year)
    shop = chance.of("shops", council.code)
    shops = shop.sample(corpus("money")["shops"], 3)
    expenses = _venues(council, meetings, rng)
    expenses += _small(council, months, shops, rng)
    most = round(funds.target_yen * SMALL_SHARE)
    while sum(expense.amount_yen for expense in expenses) > most:
        expenses.pop()
    rest = funds.target_yen - sum(expense.amount_yen for expense in expenses)
    expenses += _large(council, months, rest, shops, rng)
    return _paid_when_there_is_money(expenses, months, funds.grants, rng)


def _venues(council: Council, meetings: list[HeldMeeting], rng: Random) -> list[Expense]:
    if council.index % FREE_VENUE == FREE_VENUE - 1:
        return []
    texts = corpus("money")["venue"]
    fee = random_between(rng, texts["yen"]) // 100 * 100
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
    count = random_between(rng, list(SMALL_COUNT)) * len(months) // MONTHS
    kinds = corpus("money")["small"]
    return [
        _expense(council, weighted_choice(rng, kinds), rng.choice(months), shops, rng)
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
        kind = weighted_choice(rng, kinds)
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
    amount, step = random_between(rng, kind["yen"]), kind.get("round") or rng.choice((1, 10, 10))
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


@dataclass(frozen=True)
class Income:
    """An income in the cash book; category is a code."""

    booked_on: date
    category: str
    amount_yen: int
    description: str
    payee: str


def ledger_sheet(
    workbook: CouncilWorkbook, meetings: list[HeldMeeting], level: float, extra: list[Expense]
) -> Sheet:
    """Return the sheet of the cash book, up to the day on which records end.

    Parameters
    ----------
    workbook
        The council and year.
    meetings
        The meetings of the whole year.
    level
        Share of the allowance that is spent in the whole year.
    extra
        Additional expenses: those that are deliberately wrong.
    """
    council, year, ward = workbook.council, workbook.year, workbook.ward
    sheet = Sheet("ledger", headings(ward, "ledger", *LEDGER))
    grants = allowances_of(council, year, ward, date.max)
    if not grants:
        return sheet
    funds = Funds(_target(workbook, grants, level), grants)
    expenses = expenses_of(council, year, meetings, funds, workbook.chance) + extra
    lines: list[Income | Expense] = [*_incomes(workbook, grants), *expenses]
    lines = [line for line in lines if line.booked_on <= workbook.until]
    lines.sort(key=lambda line: (line.booked_on, isinstance(line, Expense)))
    balance = receipt = received = spent = 0
    for line in lines:
        if isinstance(line, Expense):
            receipt, spent = receipt + 1, spent + line.amount_yen
            balance -= line.amount_yen
            sheet.rows.append(_expense_row(workbook, line, balance, receipt))
            sheet.faulty = len(sheet.rows) - 1 if line in extra else sheet.faulty
        else:
            received, balance = received + line.amount_yen, balance + line.amount_yen
            sheet.rows.append(_income_row(workbook, line, balance))
    sums = {4: Yen(received), 5: Yen(spent), 6: Yen(balance)}
    sheet.total = total_row(len(LEDGER), dict(sums))
    return sheet


def budget_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of the budget: at most the allowance, over what the rules cover."""
    sheet = Sheet("budgets", headings(workbook.ward, "budgets", *BUDGET))
    grants = allowances_of(workbook.council, workbook.year, workbook.ward, date.max)
    if not grants or grants[0].paid_on > workbook.until:
        return sheet
    rng = workbook.chance.of("budget", workbook.council.code, workbook.year.year)
    purposes, categories = (
        workbook.ward.vocabularies["ledger_purpose"],
        workbook.ward.vocabularies["ledger_category"],
    )
    rules = workbook.ward.rules_of(workbook.year.year)
    pairs = [(purpose, code) for purpose, codes in rules.categories.items() for code in codes]
    weights = [rng.uniform(0.3, 1.0) * _weight(*pair) for pair in pairs]
    planned = sum(grant.amount_yen for grant in grants) * rng.choice((1.0, 1.0, 0.95, 0.9, 0.85))
    for pair, weight in zip(pairs, weights, strict=True):
        amount = int(planned * weight / sum(weights)) // THOUSAND * THOUSAND
        row: Row = [purposes[pair[0]].ja, categories[pair[1]].ja, Yen(amount)]
        sheet.rows.append(row)
    sheet.total = total_row(len(BUDGET), {2: Yen(sheet.sum(2))})
    return sheet


def _weight(purpose: str, category: str) -> float:
    """Return the weight of a purpose and category in a usual budget."""
    usual = {"publicity": 5.0, "events": 3.0, "research": 2.0, "venue": 1.0}
    return usual.get(category, 1.0 if purpose == "project" else 0.8)


def _target(workbook: CouncilWorkbook, grants: list[Payment], level: float) -> int:
    """Return the yen to be spent; less in a year in which the council was suspended."""
    stood = workbook.council.allowance_months(workbook.year, workbook.year.last_day)
    worked = len(workbook.council.months_in(workbook.year)) / stood
    return round(sum(grant.amount_yen for grant in grants) * level * worked)


def _incomes(workbook: CouncilWorkbook, grants: list[Payment]) -> list[Income]:
    texts = corpus("money")
    rng = workbook.chance.of("incomes", workbook.council.code)
    wording = rng.choice(texts["grant"]["description"])
    incomes = [
        Income(
            grant.paid_on, texts["grant"]["category"], grant.amount_yen,
            wording.format(span=grant.span), texts["grant"]["payee"],
        )
        for grant in grants
    ]  # fmt: skip
    rng = workbook.chance.of("interest", workbook.council.code, workbook.year.year)
    for month in workbook.year.months:
        day = working_day(month.replace(day=INTEREST_DAY))
        if month.month in INTEREST_MONTHS and day > grants[0].paid_on:
            amount = random_between(rng, texts["interest"]["yen"])
            wording = texts["interest"]["description"][0]
            incomes.append(
                Income(
                    day, texts["interest"]["category"], amount, wording, texts["interest"]["payee"]
                )
            )
    return incomes


def _income_row(workbook: CouncilWorkbook, line: Income, balance: int) -> Row:
    category = workbook.ward.vocabularies["ledger_category"][line.category].ja
    return [
        line.booked_on, None, category, line.description, Yen(line.amount_yen), None, Yen(balance),
        line.payee, None,
    ]  # fmt: skip


def _expense_row(workbook: CouncilWorkbook, line: Expense, balance: int, receipt: int) -> Row:
    words = workbook.ward.vocabularies
    known = line.category in words["ledger_category"].codes
    return [
        line.booked_on, words["ledger_purpose"][line.purpose].ja,
        words["ledger_category"][line.category].ja if known else line.category, line.description,
        None, Yen(line.amount_yen), Yen(balance), line.payee,
        workbook.notation.receipt(receipt),
    ]  # fmt: skip
