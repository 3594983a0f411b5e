"""Residents far from gathering places in the whole ward, compared with a brute-force estimate."""

from functools import cache
from pathlib import Path

import pytest

from aip_analysis.geography import geography_of
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward, load_ward
from tests.home import NEWEST_COMPLETE, Home
from tests.integration.distance_oracle import DistanceOracle, Ring
from tests.pages import figures as shown_on
from tests.pages import text_of

YEARS = (NEWEST_COMPLETE - 1, NEWEST_COMPLETE)


@cache
def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


def rings(ward: Ward) -> dict[tuple[str, str], list[Ring]]:
    """Return the rings of each 町丁目 in degrees, by its key and area."""
    chome = geography_of(ward).chome.to_crs(ward.setting("geographic_crs"))
    pieces = zip(chome["key_code"], chome["area_code"], chome.geometry, strict=True)
    return {
        (key, area): [
            list(ring.coords)
            for polygon in getattr(shape, "geoms", [shape])
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        for key, area, shape in pieces
        if shape is not None
    }


@cache
def oracle(data: Path, year: int) -> DistanceOracle:
    return DistanceOracle(data, year, rings(load_ward(data / "reference")))


@pytest.mark.parametrize("year", YEARS)
def test_shares_of_areas_agree_with_brute_force(built: Home, year: int) -> None:
    figures, expected = figures_of(built), oracle(built.folder / "data", year).shares
    assert len({round(share, 2) for share in expected.values()}) > 10
    wrong = {}
    for area in figures.ward.places_of("area"):
        percent = figures.value(area, year, "share_far_65plus")
        if percent != pytest.approx(100 * expected[area.code], abs=1.1):
            wrong[area.ja] = f"{percent}, by brute force {100 * expected[area.code]}"
    assert wrong == {}


def test_far_residents_of_the_ward(built: Home) -> None:
    figures, ward = figures_of(built), figures_of(built).ward
    shares = oracle(built.folder / "data", NEWEST_COMPLETE).shares
    old = {
        area.code: figures.value(area, NEWEST_COMPLETE, "population_65plus") or 0
        for area in ward.places_of("area")
    }
    expected = sum(shares[code] * people for code, people in old.items())
    residents = figures.value(ward.whole, NEWEST_COMPLETE, "far_65plus")
    # Errors of areas even out; the estimate is in tens of people.
    assert residents == pytest.approx(expected, abs=0.002 * sum(old.values()) + 5)
    assert residents is not None
    assert residents % 10 == 0
    for block in ward.places_of("block"):
        parts = [
            figures.value(area, NEWEST_COMPLETE, "far_65plus") for area in ward.areas_of(block)
        ]
        whole = figures.value(block, NEWEST_COMPLETE, "far_65plus")
        # Each part is rounded to tens, and so is their sum, from parts that are not.
        rounding = 5 * (len(parts) + 1)
        assert whole == pytest.approx(sum(part or 0 for part in parts), abs=rounding)


def test_places_without_coordinates_are_those_of_the_files(built: Home) -> None:
    figures = figures_of(built)
    places = figures.activity_places
    located = places[places["gathering"] & places["lon"].notna()]
    of_year = located[located["fiscal_year"] == NEWEST_COMPLETE]
    assert len(of_year) == len(oracle(built.folder / "data", NEWEST_COMPLETE).places)
    monthly = figures.value(figures.ward.whole, NEWEST_COMPLETE, "f6") or 0
    unplaced = figures.rows_of("unplaced_gathering", figures.ward.whole, NEWEST_COMPLETE)
    assert unplaced["places"].tolist() == [monthly - len(of_year)]


def test_pages_say_how_many_live_far(published: Home) -> None:
    figures = figures_of(published)
    share = figures.value(figures.ward.whole, NEWEST_COMPLETE, "share_far_65plus")
    text = text_of(published.pages / "ward.html")
    assert f"（{share:.0f}％）と推計されます。" in text
    assert "500mを超える割合を求め" in text
    for page in (*published.pages.glob("area-*.html"), *published.pages.glob("block-*.html")):
        assert "いちばん近い通いの場" in text_of(page), page.name


def test_pages_show_the_estimates_that_were_held_to_brute_force(published: Home) -> None:
    figures = figures_of(published)
    wrong, checked = {}, set()
    for page in (*published.pages.glob("*-*.html"), published.pages / "ward.html"):
        for figure, value in shown_on(page).items():
            if figure.measure in {"far_65plus", "share_far_65plus"}:
                place = figures.ward.places[figure.place]
                estimate = figures.value(place, figure.year, figure.measure)
                checked.add((figure.measure, figure.place))
                if value != pytest.approx(estimate):
                    wrong[page.name, figure] = f"page {value}, figures {estimate}"
    assert wrong == {}
    assert {("far_65plus", "ward"), ("share_far_65plus", "area-07")} <= checked
