"""Every yen of the settlement and of the months, added up again from the raw workbooks."""

from collections import Counter
from functools import cache

import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock
from aip_analysis.report.section import Section
from aip_analysis.tables import Table, settlement_table
from tests.home import NEWEST_COMPLETE, Home
from tests.integration.oracle import CATEGORIES, Oracle, amount, areas, day

PLACES = [*(f"area-{code:02}" for code in range(1, 19)), "block-1", "block-3", "ward"]
INCOME = {"運営費交付", "利息"}


@cache
def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


@cache
def oracles(home: Home, key: str) -> list[Oracle]:
    data = home.folder / "data"
    return [
        Oracle(data, code, area, NEWEST_COMPLETE)
        for code, area, block in areas(data)
        if key in {f"area-{code}", f"block-{block}", "ward"}
    ]


def numbers(table: Table) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """Return planned, actual and difference by the heading above a line and its label."""
    return {
        (row[0].under, row[0].text): tuple(cell.value for cell in row[1:4]) for row in table.rows
    }


def spent(own: list[Oracle]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for oracle in own:
        for row in oracle.rows("出納帳"):
            if row["科目"] in CATEGORIES:
                sums[str(row["区分"]), str(row["科目"])] += int(amount(row["支出"]))
    return sums


def budgeted(own: list[Oracle]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for oracle in own:
        for row in oracle.rows("予算"):
            sums[str(row["区分"]), str(row["科目"])] += int(amount(row["予算額"]))
    return sums


def income(own: list[Oracle]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for oracle in own:
        for row in oracle.rows("出納帳"):
            if row["科目"] in INCOME:
                sums[str(row["科目"])] += int(amount(row["収入"]))
    return sums


@pytest.mark.parametrize("key", PLACES)
def test_the_settlement_holds_every_yen_of_cash_books_and_budgets(built: Home, key: str) -> None:
    figures, own = figures_of(built), oracles(built, key)
    table = settlement_table(
        RecordedFigures(figures), figures.ward.places[key], NEWEST_COMPLETE, "ja"
    )
    planned, received = budgeted(own), income(own)
    actual = spent(own)
    expected: dict[tuple[str, str], tuple[float | None, ...]] = {
        ("", name): (None, received[name], None) for name in received
    }
    expected["", "収入合計"] = (None, sum(received.values()), None)
    for part in {*planned, *actual}:
        expected[part] = (planned[part], actual[part], actual[part] - planned[part])
    for purpose in {purpose for purpose, _category in expected if purpose}:
        lines = [line for part, line in expected.items() if part[0] == purpose]
        expected["", purpose] = tuple(sum(column) for column in zip(*lines, strict=True))
    whole, plan = sum(actual.values()), sum(planned.values())
    planned_one = plan if planned else None
    expected["", "支出合計"] = (planned_one, whole, whole - plan if planned else None)
    balance = sum(received.values()) - whole
    expected["", "収支差引額（収入合計－支出合計）"] = (None, balance, None)
    left = [oracle.received() - oracle.spending() for oracle in own]
    returned, beyond = sum(max(one, 0) for one in left), sum(max(-one, 0) for one in left)
    if len(own) > 1 or not beyond:
        expected["", "返還の対象となる額"] = (None, returned, None)
    if beyond:
        expected["", "交付額の超過額（会議の負担）"] = (None, beyond, None)
    if not any(oracle.rows("出納帳") for oracle in own):
        # Without a cash book nobody knows what was received and spent.
        expected = dict.fromkeys(expected, (None, None, None))
    assert numbers(table) == expected


def months_table(section: Section) -> Table:
    (chart,) = (
        block
        for block in section.blocks
        if isinstance(block, ChartBlock) and block.name == "spending_by_month"
    )
    return chart.table


@pytest.mark.parametrize("key", ["area-01", "area-03", "area-14", "block-3", "ward"])
def test_each_month_holds_its_yen_by_category_beside_its_part_of_the_allowance(
    built: Home, key: str
) -> None:
    figures, own = figures_of(built), oracles(built, key)
    page = Page(figures, figures.ward.places[key], NEWEST_COMPLETE, "ja")
    table = months_table(page.money())
    columns = {
        head: [row[place].value or 0 for row in table.rows]
        for place, head in enumerate(table.headers)
    }
    firsts = [first for first, _last in own[0].months]
    for purpose, category in spent(own):
        sums = dict.fromkeys(firsts, 0)
        for oracle in own:
            for row in oracle.rows("出納帳"):
                if (row["区分"], row["科目"]) == (purpose, category):
                    booked = day(row["日付"])
                    assert booked
                    sums[booked.replace(day=1)] += int(amount(row["支出"]))
        assert columns[f"{purpose}・{category}"] == list(sums.values())
    # 100,000 yen a month for each established council; twelve months never exceed a year's limit.
    standing = [
        sum((first, last) in oracle.months_established() for oracle in own)
        for first, last in own[0].months
    ]
    assert columns["月の限度額"] == [100_000 * councils for councils in standing]
    assert columns["限度額の累計"][-1] == sum(oracle.allowance() for oracle in own)
    assert columns["支出の累計"][-1] == sum(columns["合計"]) == sum(spent(own).values())
