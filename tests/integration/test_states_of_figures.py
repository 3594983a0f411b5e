"""Value, state and lacks of every measure, place and year, compared with the records.

``tests/integration/stated_figures.py`` calculates them row by row; the sample's gaps are worked out
by hand, as a check on it.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from aip_analysis.measures import Figures
from aip_analysis.measures.figure import Figure
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from tests.home import Home
from tests.integration.oracle import Oracle, areas
from tests.integration.record_arithmetic import Arithmetic, read_csv
from tests.integration.stated_figures import ESTIMATES, RATES, SOME_REASON, TABLE, Stated

YEARS = (2022, 2023, 2024, 2025, 2026)
COMPLETE = YEARS[:-1]
ORDER = ("suppressed", "blank", "held", "skipped")


@cache
def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


@cache
def arithmetic_of(home: Home) -> Arithmetic:
    return Arithmetic(home.folder / "data")


@pytest.mark.parametrize(
    ("key", "year", "expected"),
    [
        pytest.param(
            "area-04",
            2025,
            {
                # Eleven regular meetings; the numbers of the first are x, those of the others
                # 18, 12, 13, 16, 14, 20, 9, 12, 14 and 11.
                "meetings": Stated(11),
                "attendance": Stated(139, lacks={"suppressed": 3}),
                "meetings_counted": Stated(10, lacks={"suppressed": 1}),
                "attendance_counted": Stated(139, lacks={"suppressed": 1}),
                "attendance_per_meeting": Stated(13.9, lacks={"suppressed": 1}),
                "attendance_others": Stated(14, lacks={"suppressed": 1}),
            },
            id="仲町: a meeting with suppressed attendance",
        ),
        pytest.param(
            "area-06",
            2025,
            {
                # Supporters are blank at two meetings with 16 + 3 and 12 + 0 others.
                "attendance_members": Stated(139),
                "attendance_supporters": Stated(27, lacks={"blank": 2}),
                "attendance": Stated(143 + 19 + 12, lacks={"blank": 2}),
                "meetings_counted": Stated(11),
                "attendance_per_meeting": Stated(174 / 11, lacks={"blank": 2}),
            },
            id="大谷口: supporters left blank",
        ),
        pytest.param(
            "area-05",
            2025,
            {"seats": Stated(15, lacks={"suppressed": 1}), "proxies": Stated(5)},
            id="富士見: suppressed seats",
        ),
        pytest.param(
            "area-09",
            2025,
            {
                "activities": Stated(6),
                # Five months of four activities are not recorded: 2, 1, 1 and 1.
                "sessions": Stated(
                    39 + 98 + 44 + 22 + 10 + 23, lacks={"suppressed": 1, "blank": 5}
                ),
                "attendances": Stated(
                    822 + 1492 + 919 + 321 + 164 + 106, lacks={"suppressed": 1, "blank": 5}
                ),
                # 192 / 8, 215 / 9 and 166 / 10 people in the months in which they were counted.
                "f2": Stated(24 + 24),
                "f5": Stated(24 + 24 + 17),
                "f6": Stated(3),
            },
            id="志村坂上: a suppressed month",
        ),
        pytest.param(
            "area-07",
            2025,
            # Its row in the list, and its three rows of results.
            {"activities": Stated(5, lacks={"held": 4}), "f6": Stated(1, lacks={"held": 4})},
            id="常盤台: an activity set aside with its months",
        ),
        pytest.param(
            "area-02",
            2025,
            # The number that is jumped over is that of the row set aside.
            {
                "meetings": Stated(10, lacks={"held": 1}),
                "meetings_other": Stated(2, lacks={"held": 1}),
            },
            id="熊野: a meeting set aside",
        ),
        pytest.param(
            "area-17",
            2025,
            # 73 to 76 and 78 to 82.
            {"meetings": Stated(9, lacks={"skipped": 1}), "meetings_other": Stated(2)},
            id="徳丸: a number skipped",
        ),
        pytest.param(
            "area-15",
            2023,
            {
                "population": Stated(39_838),
                "councils_established": Stated(None, "unrecorded"),
                "meetings": Stated(None, "unrecorded"),
                "allowance": Stated(None, "unrecorded"),
                "spending": Stated(None, "unrecorded"),
                "rhythm": Stated(None, "unrecorded"),
                "compensation_paid": Stated(12 * 150_000),
            },
            id="下赤塚: nothing received",
        ),
        # The first number is 83: those before it belong to the year of which nothing was received.
        pytest.param("area-15", 2024, {"meetings": Stated(11)}, id="下赤塚: the year after"),
        pytest.param(
            "area-16",
            2023,
            {
                "grant": Stated(1_200_000),
                "other_income": Stated(10),
                "spending": Stated(None, "not_kept"),
                "unspent": Stated(None, "not_kept"),
                "execution_rate": Stated(None, "not_kept"),
            },
            id="成増: no line of spending",
        ),
        pytest.param(
            "area-10",
            2025,
            {
                "councils_preparing": Stated(1),
                "meetings": Stated(None, "not_yet"),
                "allowance": Stated(None, "not_yet"),
                "rhythm": Stated(None, "not_yet"),
                "seats": Stated(None, "not_kept"),
                "coordinators": Stated(0),
                "spending": Stated(None, "not_kept"),
            },
            id="中台: no council yet",
        ),
        pytest.param(
            "area-10", 2023, {"activities": Stated(None, "unrecorded")}, id="中台: before"
        ),
        pytest.param(
            "area-08",
            2025,
            {
                "meetings": Stated(7),
                "months_in_operation": Stated(9),
                "allowance": Stated(1_200_000),
                "attendance_per_meeting": Stated(115 / 7, lacks={"blank": 1}),
            },
            id="清水: suspended until July",
        ),
    ],
)
def test_gaps_worked_out_by_hand(
    built: Home, key: str, year: int, expected: dict[str, Stated]
) -> None:
    stated = arithmetic_of(built).stated(key, year)
    found = {code: stated[code] for code in expected}
    assert {code: (one.state, one.lacks) for code, one in found.items()} == {
        code: (one.state, one.lacks) for code, one in expected.items()
    }
    assert {code: one.value for code, one in found.items()} == pytest.approx(
        {code: one.value for code, one in expected.items()}
    )


@pytest.mark.parametrize("year", COMPLETE)
def test_records_and_raw_files_give_the_same(built: Home, year: int) -> None:
    data, wrong, compared = built.folder / "data", {}, 0
    for code, name, _ in areas(data):
        stated = arithmetic_of(built).stated(f"area-{code}", year)
        for measure, value in Oracle(data, code, name, year).figures().items():
            compared += 1
            if stated[measure].value != pytest.approx(value):
                wrong[code, measure] = f"raw files {value}, records {stated[measure]}"
    assert wrong == {}
    assert compared > 18 * 30


def test_every_measure_is_compared(built: Home) -> None:
    codes = {row["code"] for row in read_csv(built.reference / "codebook.csv")}
    assert codes == {*TABLE, *RATES, *ESTIMATES}


@pytest.mark.parametrize("year", YEARS)
def test_figures_states_and_lacks_are_those_of_the_records(built: Home, year: int) -> None:
    figures = figures_of(built)
    wrong = []
    for key, place in figures.ward.places.items():
        for code, stated in arithmetic_of(built).stated(key, year).items():
            faults = differences(figures.figure(place, year, code), stated)
            wrong += [f"{key} {year} {code}: {fault}" for fault in faults]
    assert wrong == []


def differences(figure: Figure, stated: Stated) -> Iterator[str]:
    """Yield what a figure says differently from the records."""
    if figure.value != pytest.approx(stated.value):
        yield f"value {figure.value}, by the records {stated.value}"
    elif stated.state not in (figure.state, SOME_REASON):
        yield f"state {figure.state}, by the records {stated.state}"
    elif stated.state == SOME_REASON and figure.state == "known":
        yield "known, and without a value"
    elif stated.value is not None and dict(figure.lacks) != stated.lacks:
        in_order = tuple((kind, stated.lacks[kind]) for kind in ORDER if kind in stated.lacks)
        yield f"lacks {figure.lacks}, by the records {in_order}"


@pytest.mark.parametrize("year", YEARS)
def test_nobody_lives_far_from_places_that_are_not_recorded(built: Home, year: int) -> None:
    figures = figures_of(built)
    arithmetic, wrong = arithmetic_of(built), []
    for key, place in figures.ward.places.items():
        own = [
            area
            for area in arithmetic.areas_of(key)
            if arithmetic.recorded(area, year) and arithmetic.kept("activities", area)
        ]
        for code in sorted(ESTIMATES):
            figure = figures.figure(place, year, code)
            if (figure.value is not None) != bool(own) or figure.known != bool(own):
                wrong.append(f"{key} {code}: {figure}")
            step = 10 if code == "far_65plus" else 1
            if figure.value is not None and figure.value % step:
                wrong.append(f"{key} {code}: {figure.value} is finer than the estimate")
    assert wrong == []
