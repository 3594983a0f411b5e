"""Figures from a handful of records, calculated by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from aip_analysis.measures import Figures
from aip_analysis.measures.councils import Course
from aip_analysis.reference import FiscalYear, load_ward
from tests.records import Rows, make_records

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO, HASUNE, ITABASHI = "12", "11", "01"


def _meeting(day: date, kind: str = "regular", **cells: Any) -> dict[str, Any]:  # noqa: ANN401 -- cells of any kind
    return {"held_on": day, "kind": kind, "fiscal_year": FiscalYear.of(day).year} | cells


def _line(day: date, direction: str, category: str, yen: int, **cells: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {
        "booked_on": day,
        "direction": direction,
        "category": category,
        "amount_yen": yen,
        "fiscal_year": FiscalYear.of(day).year,
    } | cells


@pytest.fixture
def value() -> Callable[..., float | None]:
    """Return a function for one figure of records, which are the same throughout a test."""
    figures: list[Figures] = []

    def of(rows: Rows, measure: str, place: str = "area-12", year: int = 2025) -> float | None:
        if not figures:
            figures.append(Figures(make_records(rows), WARD))
        return figures[0].value(WARD.places[place], year, measure)

    return of


Value = Callable[..., float | None]
COUNCIL = {"council_name": "舟渡", "established_on": date(2018, 5, 8)}
MARCH = _meeting(date(2026, 3, 10), members_present=10, supporters_present=2)


def test_rhythm_is_meetings_by_months_in_operation(value: Value) -> None:
    rows = {
        "councils": [COUNCIL],
        "meetings": [
            MARCH,
            _meeting(date(2025, 4, 8), members_present=14, others_present=1),
            _meeting(date(2025, 5, 8), "extraordinary"),
            _meeting(date(2025, 6, 8), "working_group", members_present=99),
            _meeting(date(2025, 7, 8), "preparatory"),
        ],
    }
    assert value(rows, "meetings") == 3
    assert value(rows, "meetings_other") == 1
    assert value(rows, "meetings_preparation") == 1
    assert value(rows, "months_in_operation") == 12
    assert value(rows, "rhythm") == pytest.approx(3 / 12)
    # 10 + 2 in March, 14 + 1 in April; the working group does not count.
    assert value(rows, "attendance") == 27
    # Nobody wrote down how many came to the meeting in May.
    assert value(rows, "meetings_counted") == 2
    assert value(rows, "attendance_per_meeting") == 13.5


def test_a_council_set_up_in_mid_year_gets_its_months_only(value: Value) -> None:
    rows = {
        "councils": [{"council_name": "舟渡", "established_on": date(2025, 9, 20)}],
        "meetings": [MARCH],
    }
    assert value(rows, "months_in_operation") == 7
    assert value(rows, "allowance") == 700_000


def test_a_suspended_council_is_not_in_operation(value: Value) -> None:
    # Suspended from mid-June to the end of October: July to October are whole months.
    council = COUNCIL | {"suspended_on": date(2025, 6, 15), "resumed_on": date(2025, 11, 1)}
    rows = {"councils": [council], "meetings": [MARCH]}
    assert value(rows, "months_in_operation") == 8
    assert value(rows, "allowance") == 1_200_000
    assert value(rows, "councils_suspended") == 0


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2017, 9, 30), "none"),
        (date(2017, 10, 1), "preparing"),
        (date(2018, 5, 8), "set_up"),
        (date(2019, 3, 31), "set_up"),
        (date(2019, 4, 1), "continuing"),
        (date(2025, 6, 15), "suspended"),
        (date(2025, 11, 1), "continuing"),
    ],
)
def test_steps(day: date, step: str) -> None:
    course = Course(date(2017, 10, 1), date(2018, 5, 8), date(2025, 6, 15), date(2025, 11, 1))
    assert course.step_on(day) == step


def test_a_year_still_running_counts_its_months_so_far(value: Value) -> None:
    rows = {"councils": [COUNCIL], "meetings": [_meeting(date(2025, 10, 7))]}
    assert value(rows, "months_in_operation") == 7
    assert value(rows, "allowance") == 700_000


def test_a_year_that_another_follows_is_over() -> None:
    records = make_records({"meetings": [_meeting(date(2024, 12, 3)), _meeting(date(2025, 10, 7))]})
    assert records.is_complete(2024)
    assert not records.is_complete(2025)
    assert records.as_of(2025) == date(2025, 10, 31)
    assert records.newest_complete() == 2024


def test_money(value: Value) -> None:
    rows = {
        "councils": [COUNCIL],
        "meetings": [MARCH],
        "ledger": [
            _line(date(2025, 4, 10), "income", "grant", 1_200_000),
            _line(date(2025, 8, 10), "income", "interest", 6),
            _line(date(2025, 5, 1), "expense", "venue", 30_000, purpose="running"),
            _line(date(2025, 6, 1), "expense", "events", 500_000, purpose="project"),
            _line(date(2025, 6, 2), "expense", "events", -20_000, purpose="project"),
        ],
        "budgets": [
            {"purpose": "project", "category": "events", "amount_yen": 600_000},
            {"purpose": "project", "category": "grant", "amount_yen": 1_200_000},
        ],
    }
    assert value(rows, "grant") == 1_200_000
    assert value(rows, "other_income") == 6
    assert value(rows, "spending") == 510_000
    assert value(rows, "spending_running") == 30_000
    assert value(rows, "spending_project") == 480_000
    assert value(rows, "execution_rate") == pytest.approx(42.5)
    assert value(rows, "unspent") == 690_000
    assert value(rows, "overspent") == 0
    assert value(rows, "budget") == 600_000


def test_what_is_left_in_one_area_does_not_pay_for_another(value: Value) -> None:
    rows = {
        "councils": [COUNCIL],
        "meetings": [MARCH],
        "ledger": [
            _line(date(2025, 4, 10), "income", "grant", 100),
            _line(date(2025, 5, 1), "expense", "venue", 130),
            _line(date(2025, 4, 10), "income", "grant", 100, area_code=HASUNE),
            _line(date(2025, 5, 1), "expense", "venue", 40, area_code=HASUNE),
        ],
    }
    assert (value(rows, "unspent", "block-3"), value(rows, "overspent", "block-3")) == (60, 30)


def test_coordinators_and_their_compensation(value: Value) -> None:
    def one(number: int, appointed: date, ended: date | None = None) -> dict[str, Any]:
        return {"coordinator_id": f"SC-{number}", "appointed_on": appointed, "ended_on": ended}

    rows = {
        "meetings": [MARCH],
        "coordinators": [
            one(1, date(2025, 6, 20), date(2025, 9, 30)),
            one(2, date(2025, 9, 1)),
            one(3, date(2026, 4, 1)),
        ],
    }
    # June to March is ten months with somebody in office; one of three still is at the end.
    assert value(rows, "coordinators") == 1
    assert value(rows, "coordinator_months") == 10
    assert value(rows, "compensation") == 1_500_000


def _activity(number: str, kind: str, frequency: str) -> dict[str, Any]:
    return {"activity_id": number, "name": number, "kind": kind, "frequency": frequency}


def _month(number: str, month: int, sessions: int, people: int) -> dict[str, Any]:
    return {
        "activity_id": number,
        "month": date(2025, month, 1),
        "sessions": sessions,
        "attendances": people * sessions,
        "people": people,
    }


def test_gathering_places_and_their_participants(value: Value) -> None:
    rows = {
        "meetings": [MARCH],
        "activities": [
            _activity("a", "exercise", "weekly"),
            _activity("b", "salon", "monthly"),
            _activity("c", "watching", "weekly"),
            _activity("d", "salon", "weekly"),
        ],
        "activity_months": [
            _month("a", 4, 4, 11),
            _month("a", 5, 4, 12),
            _month("b", 4, 1, 20),
            _month("c", 4, 4, 50),
            _month("d", 4, 0, 30),
        ],
        "population": [
            {"as_of": date(2025, 4, 1), "population": 9000, "population_65plus": 2000},
            {"as_of": date(2026, 3, 1), "population": 1, "population_65plus": 1},
        ],
    }
    # a: the mean of 11 and 12 is 11.5, rounded half up; c is not a gathering place; d was not held.
    assert [value(rows, code) for code in ("f2", "f3")] == [12, 1]
    assert [value(rows, code) for code in ("f5", "f6")] == [32, 2]
    assert value(rows, "f1") == pytest.approx(0.6)
    assert value(rows, "f4") == pytest.approx(1.6)
    assert value(rows, "activities") == 3
    assert value(rows, "sessions") == 13
    assert value(rows, "attendances") == 44 + 48 + 20 + 200


def test_blocks_and_the_ward_are_sums_and_their_rates_quotients_of_sums(value: Value) -> None:
    rows = {
        "meetings": [MARCH],
        "population": [
            _people(FUNADO, 1000, 300),
            _people(HASUNE, 3000, 300),
            _people(ITABASHI, 1000, 200),
        ],
    }
    assert value(rows, "population", "block-3") == 4000
    assert value(rows, "population", "ward") == 5000
    assert value(rows, "share_65plus", "block-3") == pytest.approx(15)
    assert value(rows, "share_65plus", "ward") == pytest.approx(16)


def _people(area: str, residents: int, old: int) -> dict[str, Any]:
    return {
        "area_code": area,
        "as_of": date(2025, 4, 1),
        "population": residents,
        "population_65plus": old,
    }


def test_zero_is_not_missing(value: Value) -> None:
    idea = {"theme": "見守り", "status": "considering", "fiscal_year": 2024}
    rows = {"councils": [COUNCIL], "meetings": [MARCH], "ideas": [idea]}
    # The council keeps ideas, only none in this year; of goals and of money it keeps nothing.
    assert value(rows, "ideas") == 0
    assert value(rows, "goals") is None
    assert value(rows, "spending") is None
    # Residents were not counted, and another area has no records at all.
    assert value(rows, "population") is None
    assert value(rows, "share_65plus") is None
    assert value(rows, "meetings", "area-11") is None
    assert value(rows, "meetings", "block-3") == 1


def test_every_measure_of_the_codebook_is_worked_out() -> None:
    annual = Figures(make_records({"meetings": [MARCH]}), WARD).annual
    assert set(annual["measure"]) == set(WARD.codebook.codes)
    assert not annual.duplicated(["place", "fiscal_year", "measure"]).any()


def test_tables_of_details_add_up_to_the_annual_figures() -> None:
    rows = {
        "councils": [COUNCIL],
        "meetings": [
            MARCH | {"priority_field": "6", "cycle_step": "ideas"},
            _meeting(date(2025, 4, 8), priority_field="6"),
            _meeting(date(2025, 4, 9)),
        ],
    }
    figures = Figures(make_records(rows), WARD)
    assert figures.table("meetings_by_month").query("place == 'ward'")["meetings"].tolist() == [
        2,
        1,
    ]
    topics = figures.table("topics").query("place == 'block-3'")
    assert topics["meetings"].sum() == 3
    assert pd.isna(topics["cycle_step"]).sum() == 2
    # The meeting on the ninth, whose record names neither.
    (neither,) = topics.loc[topics["priority_field"].isna(), "meetings"]
    assert neither == 1
