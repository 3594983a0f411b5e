"""The figures on the pages, compared with figures calculated independently from the raw files."""

from functools import cache
from pathlib import Path

import pytest

from tests.home import NEWEST_COMPLETE, Home
from tests.integration.oracle import Oracle, areas
from tests.pages import Figure, figures

AREAS = [f"{code:02}" for code in range(1, 19)]
YEARS = (NEWEST_COMPLETE - 1, NEWEST_COMPLETE)
# Sums over areas; every other measure is a rate, recalculated from the underlying sums.
ADDITIVE = (
    *("population", "households", "population_65plus", "population_75plus"),
    *("seats", "coordinators", "coordinator_months", "meetings", "activities", "attendances"),
    *("f2", "f3", "f5", "f6", "ideas"),
    *("spending", "unspent", "overspent", "compensation", "compensation_paid"),
)
# Estimates from shapes: tests/integration/test_distance.py checks them by another method.
ESTIMATED = {"far_65plus", "share_far_65plus"}
BEFORE_TOO = (
    *("population_65plus", "seats", "coordinators", "meetings", "activities", "attendances"),
    *("f5", "ideas", "spending", "unspent"),
)


def area_page(home: Home, code: str) -> Path:
    (page,) = home.pages.glob(f"area-{code}-*.html")
    return page


def block_page(home: Home, code: str) -> Path:
    (page,) = home.pages.glob(f"block-{code}-*.html")
    return page


@cache
def worked_out(data: Path, code: str, year: int) -> dict[str, float | None]:
    names = {number: name for number, name, _ in areas(data)}
    return Oracle(data, code, names[code], year).figures()


def shown(page: Path, place: str, measure: str, year: int = NEWEST_COMPLETE) -> float | None:
    page_figures = figures(page)
    figure = Figure(measure, place, year)
    # The settlement has a line for overspending only if there is any.
    return page_figures.get(figure, 0) if measure == "overspent" else page_figures[figure]


def known(page: Path, place: str, measure: str, year: int = NEWEST_COMPLETE) -> float:
    value = shown(page, place, measure, year)
    assert value is not None, f"{page.name}: {place}, {measure}, {year}"
    return value


# Worked out by hand from the workbooks, once, as a check on the oracle.
@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        pytest.param(
            "12",
            2025,
            {
                "meetings": 11,
                "attendance_per_meeting": 200 / 11,
                "seats": 20,
                "coordinators": 6,
                "activities": 9,
                "f5": 16 + 8 + 14,
                "f3": 2,
                "ideas": 4,
                "spending": 972_762,
                "unspent": 1_200_000 - 972_762,
                "overspent": 0,
                "execution_rate": 100 * 972_762 / 1_200_000,
                "rhythm": 11 / 12,
            },
            id="舟渡",
        ),
        pytest.param(
            "03",
            2025,
            {
                "meetings": 11,
                "seats": 17,
                "coordinators": 7,
                "f3": 3,
                "f6": 3,
                "ideas": 3,
                "spending": 1_236_000,
                "unspent": 0,
                "overspent": 36_000,
                "execution_rate": 103.0,
            },
            id="仲宿: above its allowance",
        ),
        pytest.param(
            "08",
            2024,
            {
                "meetings": 5,
                "attendance_per_meeting": 89 / 5,
                "spending": 419_606,
                "unspent": 1_200_000 - 419_606,
                "execution_rate": 100 * 419_606 / 1_200_000,
            },
            id="清水: suspended from October",
        ),
        pytest.param(
            "08",
            2025,
            {"meetings": 7, "rhythm": 7 / 9, "attendance_per_meeting": 115 / 7},
            id="清水: suspended until July",
        ),
        pytest.param(
            "14",
            2024,
            {"meetings": 4, "attendance_per_meeting": 65 / 4, "coordinators": 1, "seats": 17},
            id="桜川: set up in November",
        ),
    ],
)
def test_figures_of_three_areas_and_more(
    published: Home, code: str, year: int, expected: dict[str, float]
) -> None:
    page = area_page(published, code)
    for measure, value in expected.items():
        on_page = shown(page, f"area-{code}", measure, year)
        assert on_page == pytest.approx(value), measure
        oracle = worked_out(published.folder / "data", code, year)[measure]
        assert oracle == pytest.approx(value), measure


def test_months_before_setting_up_carry_no_allowance(published: Home) -> None:
    # 桜川 was set up on 22 November 2024: five months of allowance.
    page = area_page(published, "14")
    spending = known(page, "area-14", "spending", 2024)
    rate = known(page, "area-14", "execution_rate", 2024)
    assert spending > 0
    assert rate == pytest.approx(100 * spending / 500_000)


@pytest.mark.parametrize("code", AREAS)
def test_every_figure_of_an_area_agrees_with_the_raw_files(published: Home, code: str) -> None:
    place = f"area-{code}"
    own = {
        figure: value
        for figure, value in figures(area_page(published, code)).items()
        if figure.place == place and figure.year in YEARS and figure.measure not in ESTIMATED
    }
    # A council in preparation keeps fewer records, and its page does not list the others.
    assert len(own) > 25
    wrong = {}
    for figure, value in own.items():
        expected = worked_out(published.folder / "data", code, figure.year)[figure.measure]
        if value != pytest.approx(expected):
            wrong[figure] = f"page {value}, raw files {expected}"
    assert wrong == {}


def part_of_a_block(home: Home, code: str, measure: str, year: int) -> float:
    """Return the figure on an area's page, or the oracle's if the page leaves its table out."""
    figure = Figure(measure, f"area-{code}", year)
    own = figures(area_page(home, code)).get(figure)
    return own or worked_out(home.folder / "data", code, year)[measure] or 0


def test_figures_of_blocks_are_the_sums_of_their_areas(published: Home) -> None:
    for block in "1234":
        codes = [code for code, _, of in areas(published.folder / "data") if of == block]
        page = block_page(published, block)
        for measure in ADDITIVE:
            for year in YEARS if measure in BEFORE_TOO else YEARS[1:]:
                whole = shown(page, f"block-{block}", measure, year)
                parts = [part_of_a_block(published, code, measure, year) for code in codes]
                assert whole == sum(parts), f"block {block}, {measure}, {year}"


def test_figures_of_the_ward_are_the_sums_of_its_blocks(published: Home) -> None:
    page = published.pages / "ward.html"
    for measure in ADDITIVE:
        for year in YEARS if measure in BEFORE_TOO else YEARS[1:]:
            parts = [
                known(block_page(published, block), f"block-{block}", measure, year)
                for block in "1234"
            ]
            assert shown(page, "ward", measure, year) == sum(parts), f"{measure}, {year}"


@pytest.mark.parametrize("page", ["ward", "block-1", "block-2", "block-3", "block-4"])
def test_tables_of_areas_repeat_what_the_areas_pages_say(published: Home, page: str) -> None:
    (file,) = published.pages.glob(f"{page}*.html")
    of_areas = {
        figure: value
        for figure, value in figures(file).items()
        if figure.place.startswith("area-") and figure.measure not in ESTIMATED
    }
    assert of_areas
    for figure, value in of_areas.items():
        own = figures(area_page(published, figure.place.removeprefix("area-")))
        # The page of an area does not list what it keeps no records of.
        assert own.get(figure) == value, figure


def test_rates_of_a_block_are_made_from_its_sums(published: Home) -> None:
    page = block_page(published, "3")
    values = {
        measure: known(page, "block-3", measure)
        for measure in ("f5", "f4", "population_65plus", "population", "share_65plus")
    }
    assert values["f4"] == pytest.approx(100 * values["f5"] / values["population_65plus"])
    assert values["share_65plus"] == pytest.approx(
        100 * values["population_65plus"] / values["population"]
    )
