"""The cash book and the budget of a council."""

from dataclasses import dataclass
from datetime import date

from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.expenses import Expense, Means, expenses_of
from aip_analysis.sample.meetings import HeldMeeting
from aip_analysis.sample.office_days import working_day
from aip_analysis.sample.office_notation import Yen
from aip_analysis.sample.payments import Payment, allowances_of
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import about
from aip_analysis.sample.sheet import Row, Sheet, headings, total_row

COLUMNS = (
    "booked_on", "purpose", "category", "description", "income_yen", "expense_yen", "balance_yen",
    "payee", "receipt_number",
)  # fmt: skip
BUDGET = ("purpose", "category", "amount_yen")
INTEREST_MONTHS, INTEREST_DAY = (8, 2), 18
THOUSAND = 1000


@dataclass(frozen=True)
class Income:
    """An income in the cash book; category is a code."""

    booked_on: date
    category: str
    amount_yen: int
    description: str
    payee: str


def ledger_sheet(
    book: Book, meetings: list[HeldMeeting], level: float, extra: list[Expense]
) -> Sheet:
    """Return the sheet of the cash book, up to the day on which records end.

    Parameters
    ----------
    book
        The council and year.
    meetings
        The meetings of the whole year.
    level
        Share of the allowance that is spent in the whole year.
    extra
        Additional expenses: those that are deliberately wrong.
    """
    council, year, ward = book.council, book.year, book.ward
    sheet = Sheet("ledger", headings(ward, "ledger", *COLUMNS))
    grants = allowances_of(council, year, ward, date.max)
    if not grants:
        return sheet
    means = Means(_target(book, grants, level), grants)
    expenses = expenses_of(council, year, meetings, means, book.chance) + extra
    lines: list[Income | Expense] = [*_incomes(book, grants), *expenses]
    lines = [line for line in lines if line.booked_on <= book.until]
    lines.sort(key=lambda line: (line.booked_on, isinstance(line, Expense)))
    balance = receipt = received = spent = 0
    for line in lines:
        if isinstance(line, Expense):
            receipt, spent = receipt + 1, spent + line.amount_yen
            balance -= line.amount_yen
            sheet.rows.append(_expense_row(book, line, balance, receipt))
            sheet.faulty = len(sheet.rows) - 1 if line in extra else sheet.faulty
        else:
            received, balance = received + line.amount_yen, balance + line.amount_yen
            sheet.rows.append(_income_row(book, line, balance))
    sums = {4: Yen(received), 5: Yen(spent), 6: Yen(balance)}
    sheet.total = total_row(len(COLUMNS), dict(sums))
    return sheet


def budget_sheet(book: Book) -> Sheet:
    """Return the sheet of the budget: at most the allowance, over what the rules cover."""
    sheet = Sheet("budgets", headings(book.ward, "budgets", *BUDGET))
    grants = allowances_of(book.council, book.year, book.ward, date.max)
    if not grants or grants[0].paid_on > book.until:
        return sheet
    rng = book.chance.of("budget", book.council.code, book.year.year)
    purposes, categories = (
        book.ward.vocabularies["ledger_purpose"],
        book.ward.vocabularies["ledger_category"],
    )
    rules = book.ward.rules_of(book.year.year)
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


def _target(book: Book, grants: list[Payment], level: float) -> int:
    """Return the yen to be spent; less in a year in which the council was suspended."""
    stood = book.council.allowance_months(book.year, book.year.last_day)
    worked = len(book.council.months_in(book.year)) / stood
    return round(sum(grant.amount_yen for grant in grants) * level * worked)


def _incomes(book: Book, grants: list[Payment]) -> list[Income]:
    texts = corpus("money")
    rng = book.chance.of("incomes", book.council.code)
    wording = rng.choice(texts["grant"]["description"])
    incomes = [
        Income(
            grant.paid_on, texts["grant"]["category"], grant.amount_yen,
            wording.format(span=grant.span), texts["grant"]["payee"],
        )
        for grant in grants
    ]  # fmt: skip
    rng = book.chance.of("interest", book.council.code, book.year.year)
    for month in book.year.months:
        day = working_day(month.replace(day=INTEREST_DAY))
        if month.month in INTEREST_MONTHS and day > grants[0].paid_on:
            amount = about(rng, texts["interest"]["yen"])
            wording = texts["interest"]["description"][0]
            incomes.append(
                Income(
                    day, texts["interest"]["category"], amount, wording, texts["interest"]["payee"]
                )
            )
    return incomes


def _income_row(book: Book, line: Income, balance: int) -> Row:
    category = book.ward.vocabularies["ledger_category"][line.category].ja
    return [
        line.booked_on, None, category, line.description, Yen(line.amount_yen), None, Yen(balance),
        line.payee, None,
    ]  # fmt: skip


def _expense_row(book: Book, line: Expense, balance: int, receipt: int) -> Row:
    words = book.ward.vocabularies
    known = line.category in words["ledger_category"].codes
    return [
        line.booked_on, words["ledger_purpose"][line.purpose].ja,
        words["ledger_category"][line.category].ja if known else line.category, line.description,
        None, Yen(line.amount_yen), Yen(balance), line.payee,
        book.notation.receipt(receipt),
    ]  # fmt: skip
