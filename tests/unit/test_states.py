"""Missing, suppressed, zero and not yet: every input of every count, worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from aip_analysis.measures import Figures
from aip_analysis.measures.comparing.changes import change_of
from aip_analysis.measures.counting.counts import COUNTS
from aip_analysis.measures.figure import Figure
from aip_analysis.records import PROBLEM_COLUMNS
from aip_analysis.reference import load_ward
from tests.home import ROOT
from tests.records import Rows, make_records

WARD = load_ward(ROOT / "data" / "reference")
FUNADO, HASUNE = WARD.places["area-12"], WARD.places["area-11"]
YEAR = 2025
# Two rows of each table; the second of them is changed.
ROWS: Rows = {
    "councils": [{"council_name": "舟渡", "established_on": date(2018, 5, 8)}],
    "members": [
        {"organisation_type": "residents_association", "members": 5, "proxies": 2},
        {"organisation_type": "volunteers", "members": 3, "proxies": 1},
    ],
    "meetings": [
        {
            "kind": "regular",
            "held_on": date(2026, 3, day),
            "members_present": 10 + day,
            "supporters_present": day,
            "others_present": 2,
        }
        for day in (3, 5)
    ],
    "activities": [
        {
            "activity_id": "a",
            "name": "体操",
            "kind": "exercise",
            "frequency": "weekly",
            "started_on": date(2026, 2, 1),
        }
    ],
    "activity_months": [
        {
            "activity_id": "a",
            "month": date(2026, month, 1),
            "sessions": 4,
            "attendances": 40 + month,
            "people": 10 * month,
        }
        for month in (2, 3)
    ],
    "ideas": [{"theme": "見守り", "status": "considering"}, {"theme": "花壇", "status": "doing"}],
    "goals": [{"text": "集まる"}, {"text": "知らせる"}],
    "ledger": [
        {
            "booked_on": date(2025, 4, 1),
            "direction": "income",
            "category": "grant",
            "amount_yen": 500,
        },
        {
            "booked_on": date(2026, 3, 1),
            "direction": "expense",
            "purpose": "running",
            "category": "venue",
            "amount_yen": 300,
        },
    ],
    "budgets": [
        {"purpose": "running", "category": "venue", "amount_yen": 400},
        {"purpose": "project", "category": "event", "amount_yen": 200},
    ],
}


def figures(rows: Rows, **held: int) -> Figures:
    """Return the figures of records, with some rows of tables set aside."""
    records = make_records(rows)
    common: dict[str, Any] = dict.fromkeys(PROBLEM_COLUMNS, "") | {
        "severity": "set_aside",
        "area_code": FUNADO.code,
        "fiscal_year": YEAR,
        "skipped": 0,
    }
    problems = [
        common | {"table": table, "rows": number, "row": 90 + at, "file": "f.xlsx", "sheet": "s"}
        for at, (table, number) in enumerate(held.items())
    ]
    return Figures(
        replace(records, set_aside=pd.DataFrame(problems, columns=PROBLEM_COLUMNS)), WARD
    )


def changed(table: str, rows: slice, **cells: object) -> Rows:
    """Return the rows with some cells of a table changed."""
    changes = [dict(row) for row in ROWS[table]]
    changes[rows] = [row | cells for row in changes[rows]]
    return ROWS | {table: changes}


SECOND, BOTH = slice(1, 2), slice(0, 2)
# Table, column, measure: its value with both cells, with the first only.
SUMMED = [
    ("members", "members", "seats", 8, 5),
    ("members", "proxies", "proxies", 3, 2),
    ("meetings", "members_present", "attendance_members", 28, 13),
    ("meetings", "supporters_present", "attendance_supporters", 8, 3),
    ("meetings", "others_present", "attendance_others", 4, 2),
    ("activity_months", "sessions", "sessions", 8, 4),
    ("activity_months", "attendances", "attendances", 85, 42),
    # The mean of 20 and 30 is 25.
    ("activity_months", "people", "f2", 25, 20),
    ("activity_months", "people", "f5", 25, 20),
]


@pytest.mark.parametrize(("table", "column", "code", "both", "first"), SUMMED)
def test_a_suppressed_number_is_never_a_zero(
    table: str, column: str, code: str, both: float, first: float
) -> None:
    assert figures(ROWS).figure(FUNADO, YEAR, code) == Figure.of(both)
    hidden = {column: None, "marks": f"{column}=suppressed"}
    one = figures(changed(table, SECOND, **hidden)).figure(FUNADO, YEAR, code)
    assert (one.value, one.lacks) == (first, (("suppressed", 1),))
    assert not one.is_apart_from(Figure.of(both))
    all_hidden = figures(changed(table, BOTH, **hidden)).figure(FUNADO, YEAR, code)
    assert (all_hidden.value, all_hidden.state) == (None, "suppressed")


@pytest.mark.parametrize(
    ("table", "column", "code", "first"),
    [
        (table, column, code, first)
        for table, column, code, _both, first in SUMMED
        # Seats are required; a mean needs only one month.
        if column not in {"members", "proxies", "people"}
    ],
)
def test_a_blank_cell_is_no_zero(table: str, column: str, code: str, first: float) -> None:
    one = figures(changed(table, SECOND, **{column: None})).figure(FUNADO, YEAR, code)
    assert (one.value, one.lacks) == (first, (("blank", 1),))
    none = figures(changed(table, BOTH, **{column: None})).figure(FUNADO, YEAR, code)
    assert (none.value, none.state) == (None, "not_kept")


def test_a_meeting_with_suppressed_attendance_leaves_the_average() -> None:
    hidden = figures(
        changed("meetings", SECOND, others_present=None, marks="others_present=suppressed")
    )
    assert hidden.value(FUNADO, YEAR, "meetings") == 2
    # At least 10 + 3 + 3 + 2 and 10 + 5 + 5 people came; the average is that of the first meeting.
    assert hidden.figure(FUNADO, YEAR, "attendance").value == 18 + 20
    average = hidden.figure(FUNADO, YEAR, "attendance_per_meeting")
    assert (average.value, average.lacks) == (18, (("suppressed", 1),))


def test_a_blank_month_of_a_running_activity_is_no_zero() -> None:
    rows = ROWS | {"activity_months": ROWS["activity_months"][:1]}
    one = figures(rows).figure(FUNADO, YEAR, "attendances")
    # March could have been like February.
    assert (one.value, one.lacks, one.high) == (42, (("blank", 1),), 84)
    ended = changed("activities", slice(0, 1), ended_on=date(2026, 2, 28))
    ended |= {"activity_months": rows["activity_months"]}
    assert figures(ended).figure(FUNADO, YEAR, "attendances") == Figure.of(42)


HELD_IN = {"activities": ["activities", "sessions", "attendances", "f2", "f3", "f5", "f6"]}


@pytest.mark.parametrize("table", list(ROWS))
def test_a_row_set_aside_is_told_with_every_count_of_its_table(table: str) -> None:
    codes = HELD_IN.get(table) or [code for code, one in COUNTS.items() if one.table == table]
    computed, plain = figures(ROWS, **{table: 1}), figures(ROWS)
    for code in codes:
        figure = computed.figure(FUNADO, YEAR, code)
        assert figure.value == plain.value(FUNADO, YEAR, code), code
        assert not figure.known or figure.lacking("held") == 1, code
        assert not figure.known or not figure.is_apart_from(Figure.of(figure.value or 0)), code


@pytest.mark.parametrize("table", [name for name in ROWS if name not in {"councils", "activities"}])
def test_what_is_not_recorded_is_no_zero(table: str) -> None:
    computed = figures({name: rows for name, rows in ROWS.items() if name != table})
    codes = [code for code, count in COUNTS.items() if count.table == table]
    if table == "meetings":
        # Without a meeting the year has not begun to be recorded but by its other records.
        assert computed.value(FUNADO, YEAR, "months_in_operation") == 12
    for code in codes:
        figure = computed.figure(FUNADO, YEAR, code)
        assert (figure.value, figure.state) == (None, "not_kept"), code


def test_nothing_received_is_no_zero() -> None:
    rows = ROWS | {
        "councils": [*ROWS["councils"], ROWS["councils"][0] | {"area_code": HASUNE.code}]
    }
    computed = figures(rows)
    # The list of councils names both areas; one of them sent nothing.
    assert computed.value(HASUNE, YEAR, "councils_established") == 1
    assert not computed.has(HASUNE, YEAR)
    for code in ("meetings", "activities", "ideas", "spending", "seats"):
        assert computed.figure(HASUNE, YEAR, code).state == "unrecorded", code
    block = WARD.block_of(FUNADO)
    assert computed.value(block, YEAR, "meetings") == 2
    assert [area.code for area in computed.areas_with(block, YEAR, "meetings")] == [FUNADO.code]


@pytest.mark.parametrize(
    ("council", "state"),
    [
        pytest.param({"established_on": None, "seminar_on": date(2025, 6, 1)}, "not_yet", id="not"),
        pytest.param(
            {"established_on": date(2018, 5, 8), "suspended_on": date(2025, 3, 1)},
            "suspended",
            id="suspended",
        ),
    ],
)
def test_a_council_that_is_not_there_has_no_zeros(council: dict[str, Any], state: str) -> None:
    rows = ROWS | {
        "councils": [{"council_name": "舟渡"} | council],
        "meetings": [{"kind": "preparatory", "held_on": date(2026, 3, 3), "members_present": 9}],
    }
    computed = figures(rows)
    for code in ("meetings", "attendance", "months_in_operation", "rhythm"):
        figure = computed.figure(FUNADO, YEAR, code)
        assert (figure.value, figure.state) == (None, state), code
    assert computed.value(FUNADO, YEAR, "meetings_preparation") == 1


def test_income_alone_is_no_record_of_spending() -> None:
    computed = figures(ROWS | {"ledger": ROWS["ledger"][:1]})
    assert computed.value(FUNADO, YEAR, "grant") == 500
    for code in ("spending", "spending_running", "unspent", "overspent", "execution_rate"):
        assert computed.value(FUNADO, YEAR, code) is None, code


def test_a_block_is_compared_over_the_areas_with_both_years() -> None:
    def met(area: str, year: int, times: int) -> list[dict[str, Any]]:
        return [
            {
                "area_code": area,
                "fiscal_year": year,
                "kind": "regular",
                "held_on": date(year + 1, 3, day),
            }
            for day in range(1, times + 1)
        ]

    councils = [
        {"area_code": area, "fiscal_year": year, "council_name": area,
         "established_on": date(2018, 5, 8)}
        for area in ("11", "12") for year in (2024, 2025)
    ]  # fmt: skip
    meetings = [*met("12", 2024, 3), *met("12", 2025, 5), *met("11", 2025, 4)]
    computed = figures({"councils": councils, "meetings": meetings})
    block = WARD.block_of(FUNADO)
    change = change_of(computed, block, "meetings", 2025, 2024)
    assert computed.value(block, 2025, "meetings") == 9
    assert (change.now.value, change.before.value) == (5, 3)
    assert (change.areas, change.areas_now, change.areas_before) == (1, 2, 1)
    assert change.is_claimed
    assert not change.is_of_all
    assert change_of(computed, HASUNE, "meetings", 2025, 2024).reason == "nothing_in_common"
