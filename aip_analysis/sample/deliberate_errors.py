"""The few deliberately wrong rows, which show users what setting aside looks like."""

from dataclasses import dataclass
from datetime import date

from aip_analysis.reference import FiscalYear
from aip_analysis.sample.council_workbook import LINES_ABOVE, CouncilWorkbook, Row, Sheet
from aip_analysis.sample.councils import Council
from aip_analysis.sample.ledger import Expense
from aip_analysis.sample.office_days import some_working_day
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.scenario import Scenario
from aip_analysis.sample.seeded_random import random_between

# Columns of the record of meetings, from 0.
NUMBER, HELD_ON = 0, 2
Plan = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Fault:
    """Something deliberately wrong or missing: its kind and where it is, as far as it is there."""

    kind: str
    file: str
    sheet: str = ""
    row: int | None = None


def plan_faults(scenario: Scenario, councils: list[Council], years: list[int]) -> Plan:
    """Return the kind of the fault or gap in a council's workbook, by area and fiscal year."""
    plan: Plan = {}
    for fault in (*scenario.faults, *scenario.gaps):
        year = FiscalYear(fault["fiscal_year"])
        at_work = [council.code for council in councils if _works_through(council, year)]
        free = [code for code in at_work if (code, year.year) not in plan]
        if free and year.year in years:
            plan[free[fault["place"] % len(free)], year.year] = fault["kind"]
    return plan


def misdate_meeting(sheet: Sheet) -> None:
    """Put the date of a regular meeting in the middle of the year a year too early."""
    regular = [place for place, row in enumerate(sheet.rows) if row[NUMBER] is not None]
    place = regular[len(regular) // 2]
    day = sheet.rows[place][HELD_ON]
    if isinstance(day, date):
        sheet.rows[place][HELD_ON] = day.replace(year=day.year - 1)
        sheet.faulty = place


def unknown_category(workbook: CouncilWorkbook) -> Expense:
    """Return an expense of a category that no vocabulary knows."""
    texts = corpus("money")["unknown"]
    rng = workbook.chance.of("fault", workbook.council.code, workbook.year.year)
    words = workbook.council.words(rng)
    # After the allowance has been paid.
    months = [
        month
        for month in workbook.council.months_in(workbook.year)[1:]
        if workbook.known_day(month)
    ]
    month = rng.choice(months or [workbook.year.months[1]])
    return Expense(
        some_working_day(rng, month), "project", texts["category"],
        random_between(rng, texts["yen"]),
        texts["description"].format(**words), texts["payee"].format(**words),
    )  # fmt: skip


def add_unknown_kind(sheet: Sheet, workbook: CouncilWorkbook) -> None:
    """Add an activity of a kind that no vocabulary knows, without monthly rows."""
    texts = corpus("activities")["unknown"]
    rng = workbook.chance.of("fault", workbook.council.code, workbook.year.year)
    words = workbook.council.words(rng)
    number = f"A{workbook.council.code}-{workbook.council.activities + 1:02d}"
    day = some_working_day(rng, rng.choice(workbook.year.months[:6]))
    row: Row = [
        number, texts["name"].format(**words), texts["kind"], None, None,
        texts["venue"].format(**words), None, None, texts["run_by"], day, None, None,
    ]  # fmt: skip
    sheet.rows.append(row)
    sheet.faulty = len(sheet.rows) - 1


def faulty_rows(sheets: list[Sheet], kind: str, file: str) -> list[Fault]:
    """Return the faulty rows of a workbook, rows counted from 1 as in Excel."""
    return [
        Fault(kind, file, sheet.name, LINES_ABOVE + sheet.faulty + 1)
        for sheet in sheets
        if sheet.faulty is not None
    ]


def without_expense(sheets: list[Sheet], level: float, file: str) -> list[Fault]:
    """Return the cash book of a council that spends nothing of its allowance."""
    return [
        Fault("no_expense", file, sheet.name)
        for sheet in sheets
        if sheet.table == "ledger" and sheet.rows and not level
    ]


def _works_through(council: Council, year: FiscalYear) -> bool:
    return len(council.months_in(year)) == len(year.months)
