"""The rows behind each figure: added up again, and looked up in the raw files one by one."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from tests.home import Home
from tests.integration.oracle import KINDS
from tests.integration.raw_rows import raw_row
from tests.integration.record_arithmetic import Arithmetic
from tests.integration.record_tables import Row
from tests.integration.stated_figures import ESTIMATES, RATES, TABLE, Stated, half_up

YEARS = (2022, 2023, 2024, 2025, 2026)
# The cells whose numbers a row adds. Of all other counts a row adds a number of times or months.
CELLS = {
    "population": ("総人口",),
    "households": ("世帯数",),
    "population_65plus": ("65歳以上",),
    "population_75plus": ("75歳以上",),
    "seats": ("構成員数",),
    "proxies": ("代理出席者数",),
    "attendance_members": KINDS[:1],
    "attendance_supporters": KINDS[1:2],
    "attendance_others": KINDS[2:],
    "attendance": KINDS,
    "attendance_counted": KINDS,
    **dict.fromkeys(("grant", "other_income"), ("収入",)),
    **dict.fromkeys(("spending", "spending_running", "spending_project"), ("支出",)),
    "budget": ("予算額",),
    **dict.fromkeys(("compensation_paid", "allowance_paid"), ("支払額",)),
}
# The line of an activity's results that a count is taken from.
ITEMS = {
    "sessions": "実施回数",
    "attendances": "延べ人数",
    "f2": "実人数",
    "f5": "実人数",
}
# What is left over after an area's income and spending; nothing is below zero.
BALANCES = {"unspent": 1, "overspent": -1}
RULES = {
    "allowance": "allowance_yen_per_month",
    "compensation": "coordinator_yen_per_month",
}


@cache
def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


@cache
def arithmetic_of(home: Home) -> Arithmetic:
    return Arithmetic(home.folder / "data")


def lines(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, missing cells None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in plain.to_dict("records")]


@cache
def behind_ward(home: Home, code: str, year: int) -> tuple[list[Row], list[Row]]:
    """Return the rows behind a figure of the ward, and what is missing from it."""
    figures = figures_of(home)
    behind = figures.rows_behind(code, figures.ward.whole, year)
    return lines(behind.rows), lines(behind.missing)


@cache
def stated(home: Home, key: str, year: int) -> dict[str, Stated]:
    return arithmetic_of(home).stated(key, year)


def added_up(code: str, rows: list[Row]) -> float:
    """Return what rows add up to, area by area."""
    by_area: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_area[row["area_code"]].append(row)
    return sum(_of_area(code, own) for own in by_area.values())


def _of_area(code: str, rows: list[Row]) -> float:
    known = [row for row in rows if row["value"] is not None]
    if code in {"f2", "f5"}:
        months: defaultdict[str, list[float]] = defaultdict(list)
        for row in known:
            months[row["activity_id"]].append(row["value"])
        return sum(half_up(sum(people) / len(people)) for people in months.values())
    whole = float(sum(row["value"] for row in known))
    return max(whole, 0) if code in BALANCES else whole


def recomputed(home: Home, code: str, key: str, year: int) -> float | None:
    """Return a figure from rows alone: those of the areas that have it by the records."""
    parts = RATES[code][:2] if code in RATES else (code,)
    known = {
        area
        for area in arithmetic_of(home).areas_of(key)
        if all(stated(home, f"area-{area}", year)[part].value is not None for part in parts)
    }
    if not known:
        return None
    rows = [row for row in behind_ward(home, code, year)[0] if row["area_code"] in known]
    if code not in RATES:
        return added_up(code, rows)
    above, below = (
        added_up(count, [row for row in rows if row["part"] == part])
        for count, part in zip(parts, ("numerator", "denominator"), strict=True)
    )
    return RATES[code][2] * above / below if below else None


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_is_what_its_rows_add_up_to(built: Home, year: int) -> None:
    figures, wrong = figures_of(built), []
    for key, place in figures.ward.places.items():
        for code in (*TABLE, *RATES):
            figure, found = figures.value(place, year, code), recomputed(built, code, key, year)
            if found != pytest.approx(figure):
                wrong.append(f"{key} {code}: {figure}, rows {found}")
    assert wrong == []


@pytest.mark.parametrize("key", ["area-07", "area-15", "block-2"])
def test_rows_of_a_place_are_those_of_the_ward_in_its_areas(built: Home, key: str) -> None:
    figures = figures_of(built)
    place, areas = figures.ward.places[key], arithmetic_of(built).areas_of(key)
    for year in (2023, 2025):
        for code in (*TABLE, *RATES):
            behind = figures.rows_behind(code, place, year)
            figure = figures.value(place, year, code)
            assert behind.total() == pytest.approx(figure), code
            for own, whole in zip(
                (behind.rows, behind.missing), behind_ward(built, code, year), strict=True
            ):
                assert lines(own) == [row for row in whole if row["area_code"] in areas], code


@pytest.mark.parametrize("year", YEARS)
def test_every_row_is_in_the_raw_files_and_holds_what_it_adds(built: Home, year: int) -> None:
    wrong, compared = [], 0
    for code in TABLE:
        for row in behind_ward(built, code, year)[0]:
            compared += 1
            fault = _fault(built.raw, code, row)
            if fault or row["part"]:
                wrong.append(f"{code}: {row['file']} {row['sheet']} {row['row']}: {fault}")
    assert wrong == []
    assert compared > 5_000


def _fault(raw: Path, code: str, row: Row) -> str:
    """Return what a row adds otherwise than its cells say."""
    found = raw_row(raw, row["file"], row["sheet"] or "", int(row["row"]))
    if not found:
        return "an empty row"
    headings = CELLS.get(code, ())
    if code in ITEMS:
        if (found.cells["活動番号"], found.cells["項目"]) != (row["activity_id"], ITEMS[code]):
            return "another line"
        headings = (f"{row['month'].month}月",)
    known = found.sum(*headings)
    if code in BALANCES:
        known = BALANCES[code] * (found.sum("収入") - found.sum("支出"))
    if code == "attendance_counted" and _hidden(row):
        # A meeting with a suppressed number adds nothing to the mean.
        known = 0
    if found.hides(*(KINDS if code == "meetings_counted" else headings)) != _hidden(row):
        return "suppressed or not"
    fits = known == (row["value"] or 0) if headings or code in BALANCES else _fits(code, row)
    return "" if fits else f"{known}, not {row['value']}"


def _hidden(row: Row) -> bool:
    return bool(row["lack"] == "suppressed")


def _fits(code: str, row: Row) -> bool:
    """Return whether a row may add so much: itself, months of a year, or amounts for months."""
    value = row["value"] or 0
    if code in RULES:
        return bool(value >= 0)
    return value in (range(13) if code in {"months_in_operation", "coordinator_months"} else (0, 1))


@pytest.mark.parametrize("year", YEARS)
def test_what_is_missing_is_in_the_raw_files(built: Home, year: int) -> None:
    wrong = []
    for code in TABLE:
        missing = behind_ward(built, code, year)[1]
        wrong += [f"{code} {fault}" for row in missing for fault in not_missing(built.raw, row)]
        for area in arithmetic_of(built).areas_of("ward"):
            figure = stated(built, f"area-{area}", year)[code]
            own = [row["lack"] for row in missing if row["area_code"] == area]
            kinds = ("held", "blank") if code in {"sessions", "attendances"} else ("held",)
            said = {kind: own.count(kind) for kind in kinds if kind in own}
            lacks = {kind: figure.lacks[kind] for kind in kinds if kind in figure.lacks}
            if figure.value is not None and said != lacks:
                wrong.append(f"area-{area} {code}: {said}, by the records {lacks}")
    assert wrong == []


def not_missing(raw: Path, row: Row) -> Iterator[str]:
    """Yield why a row that is said to lack something does not."""
    where = f"{row['file']} {row['sheet']} {row['row']}"
    found = raw_row(raw, row["file"], row["sheet"] or "", int(row["row"]))
    if not found or row["value"] is not None:
        yield f"{where}: {row['value']}"
    if row["lack"] == "blank":
        if found.cells["活動番号"] != row["activity_id"]:
            yield f"{where}: another activity"
        first = 5 + 3 * (int(row["row"]) - 5)
        results = raw_row(raw, row["file"], "活動実績", first)
        if results.cells["活動番号"] != row["activity_id"]:
            yield f"{where}: its results are elsewhere"
        if results.cells[f"{row['month'].month}月"] is not None:
            yield f"{where}: {row['month']} is recorded"


def test_rows_of_a_meeting_set_aside_and_of_a_suppressed_one(built: Home) -> None:
    figures = figures_of(built)
    behind = figures.rows_behind("meetings", figures.ward.places["area-02"], 2025)
    # Row 8 is a liaison meeting, 11 the one with the wrong year, 15 joint training.
    assert behind.rows["row"].tolist() == [5, 6, 7, 9, 10, 12, 13, 14, 16, 17]
    assert behind.missing[["row", "lack"]].to_numpy().tolist() == [[11, "held"]]
    behind = figures.rows_behind("attendance", figures.ward.places["area-04"], 2025)
    assert behind.rows.loc[behind.rows["lack"] == "suppressed", "row"].tolist() == [5]


def test_results_of_an_activity_are_the_rows_of_sessions_attendances_and_people(
    built: Home,
) -> None:
    figures = figures_of(built)
    place = figures.ward.places["area-09"]
    rows = {
        code: set(figures.rows_behind(code, place, 2025).rows["row"])
        for code in ITEMS
        if code != "f5"
    }
    assert rows["sessions"] == {5, 8, 11, 14, 17, 20}
    assert rows["attendances"] == {6, 9, 12, 15, 18, 21}
    assert rows["f2"] == {7, 13}


@pytest.mark.parametrize("code", RULES)
def test_amounts_by_the_rules_name_their_rule(built: Home, code: str) -> None:
    figures = figures_of(built)
    behind = figures.rows_behind(code, figures.ward.whole, 2025)
    assert RULES[code] in behind.rules
    assert set(behind.rows["table"]) == {TABLE[code]}


@pytest.mark.parametrize("code", sorted(ESTIMATES))
def test_estimates_name_the_gathering_places_that_entered(built: Home, code: str) -> None:
    """The nearest place may lie in any area: those of the whole ward enter."""
    figures, arithmetic = figures_of(built), arithmetic_of(built)
    behind = figures.rows_behind(code, figures.ward.places["area-12"], 2025)
    rows = lines(behind.rows)
    places = {
        (row["file"], row["sheet"], int(row["row"])) for row in rows if row["table"] == "activities"
    }
    expected = set()
    for area in arithmetic.areas_of("ward"):
        months = arithmetic.rows("activity_months", area, 2025)
        held = {row["activity_id"] for row in months if row["sessions"] or row["attendances"]}
        expected |= {
            (row["source_file"], row["source_sheet"], int(row["source_row"]))
            for name, row in arithmetic.gathering_places(area, 2025, "monthly").items()
            if name in held and row["lon"] is not None
        }
    assert places == expected
