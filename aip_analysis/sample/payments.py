"""Payments to councils: the allowance twice a year, compensation of coordinators every month."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import era_year, month_at, months_between
from aip_analysis.sample.council_sheets import coordinators_of, in_office
from aip_analysis.sample.council_workbook import headings
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_days import last_working_day, working_day
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom

COLUMNS = ("paid_on", "area_code", "kind", "first_month", "months", "amount_yen", "note")
HALF = 6
# Day of April and October on which allowances are paid, and of every month for compensation.
ALLOWANCE_DAY, COMPENSATION_DAY = 15, 20


@dataclass(frozen=True)
class Payment:
    """A payment to a council, in yen, for a number of months from ``first_month`` on."""

    paid_on: date
    area_code: str
    area: str
    kind: str
    first_month: date
    months: int
    amount_yen: int

    @property
    def span(self) -> str:
        """Months that it is for: 4月～9月分."""
        last = month_at(self.first_month, self.months - 1)
        if self.months == 1:
            return f"{self.first_month.month}月分"
        return f"{self.first_month.month}月～{last.month}月分"


def allowances_of(council: Council, year: FiscalYear, ward: Ward, until: date) -> list[Payment]:
    """Return the half-yearly payments of a year's allowance, from the month of setting up on."""
    if council.established_on is None or council.established_on > year.last_day:
        return []
    rules = ward.rules_of(year.year)
    begins = month_at(max(council.established_on, year.first_day), 0)
    payments, paid = [], 0
    for half in (year.months[:HALF], year.months[HALF:]):
        first = max(begins, half[0])
        months = months_between(first, half[-1])
        if not months:
            continue
        if first > half[0] or council.established_on > first:
            day = last_working_day(first)
        else:
            day = working_day(first.replace(day=ALLOWANCE_DAY))
        due = rules.allowance(months_between(begins, half[-1])) - paid
        paid += due
        payments.append(Payment(day, council.code, council.area, "allowance", first, months, due))
    return [payment for payment in payments if payment.paid_on <= until and payment.amount_yen]


def compensation_of(
    council: Council, year: FiscalYear, ward: Ward, until: date, chance: SeededRandom
) -> list[Payment]:
    """Return the compensation for each month with a coordinator, paid in the next month."""
    amount = ward.rules_of(year.year).coordinator_yen_per_month
    coordinators = coordinators_of(council, chance)
    payments = [
        Payment(
            working_day(month_at(month, 1).replace(day=COMPENSATION_DAY)),
            council.code, council.area, "coordinator", month, 1, amount,
        )
        for month in year.months
        if in_office(coordinators, month)
    ]  # fmt: skip
    return [payment for payment in payments if payment.paid_on <= until]


def payments_file(payments: list[Payment], ward: Ward) -> bytes:
    """Return the list of payments as a file of the office's program: CP932 with CRLF."""
    kinds, notes = ward.vocabularies["payment_kind"], corpus("money")["payment"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([corpus("sheets")["fictional"]])
    writer.writerow(headings(ward, "payments", *COLUMNS))
    for payment in sorted(payments, key=lambda paid: (paid.paid_on, paid.area_code, paid.kind)):
        era, number = era_year(payment.first_month)
        note = notes[payment.kind].format(span=payment.span, month=f"{payment.first_month.month}月")
        writer.writerow(
            [
                f"{payment.paid_on:%Y/%m/%d}", payment.area, kinds[payment.kind].ja,
                f"{era}{number}年{payment.first_month.month}月", payment.months,
                payment.amount_yen, note,
            ]
        )  # fmt: skip
    return text.getvalue().encode("cp932")
