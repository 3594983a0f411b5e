"""Residents far from gathering places: squares and circles whose areas are known on paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import pi
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyproj import Transformer

from aip_analysis.geography import geography_of
from aip_analysis.geography.people import homes_of
from aip_analysis.measures import Figures
from aip_analysis.ward import Ward, load_ward
from tests.few_records import Rows, few_records
from tests.town import write_town

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
# A grid of squares 2 km wide; 01 lies west of 02, each of a single 町丁目 unless a test says more.
SIDE = 2000.0
WEST, EAST = (1000.0, 1000.0), (3000.0, 1000.0)
Point = tuple[float, float]
# key_code, area_code, share, residents, residents 65+ ("" where not known), point in plane metres.
Chome = tuple[str, str, float, int, int | str, Point]
PLAIN: tuple[Chome, ...] = (("1", "01", 1, 900, 300, WEST), ("2", "02", 1, 900, 300, EAST))
HEADS = "key_code,chome,area_code,share,area_confidence,population,households,population_65plus,"
OLD = 10_000
# The share of a square of 2 km that lies within 500 m of its middle.
CIRCLE = pi * 0.25 / 4
# The grid of spots knows shares to a percentage point.
POINT = 0.01


def degrees(point: Point) -> Point:
    lon, lat = Transformer.from_crs("EPSG:6677", "EPSG:4612", always_xy=True).transform(*point)
    return float(lon), float(lat)


def write_squares(folder: Path, chome: Sequence[Chome], width: float = 2 * SIDE) -> Ward:
    write_town(folder)
    rows = [f"{HEADS}population_75plus,land_m2,lon,lat"]
    for key, area, share, residents, old, point in chome:
        lon, lat = degrees(point)
        rows.append(f"{key},丁目{key},{area},{share},sourced,{residents},9,{old},9,9,{lon},{lat}")
    corners = [(0, 0), (width, 0), (width, SIDE), (0, SIDE), (0, 0)]
    outline = ["lon,lat", *(",".join(map(str, degrees(corner))) for corner in corners)]
    placed = "block_confidence,block_confirmed,council_established"
    areas = [
        f"area_code,area,kana,romaji,block_code,{placed}",
        *(f"{code},町{code},まち{code},machi{code},{code[1]},high,yes," for code in ("01", "02")),
    ]
    tables = {"chome": rows, "outline": outline, "areas": areas}
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return load_ward(folder)


@pytest.fixture
def squares(tmp_path: Path) -> Callable[..., Ward]:
    def make(*chome: Chome, width: float = 2 * SIDE) -> Ward:
        return write_squares(tmp_path / "reference", chome or PLAIN, width)

    return make


Squares = Callable[..., Ward]


def gathering(name: str, at: Point | None, year: int = 2025, **more: Any) -> Rows:  # noqa: ANN401 -- cells of a record
    """Give the records of a salon that meets monthly, held once."""
    lon, lat = degrees(at) if at else (None, None)
    common = {"area_code": "01", "fiscal_year": year, "activity_id": name}
    salon = {"name": name, "kind": "salon", "frequency": "monthly", "lon": lon, "lat": lat}
    month = {"month": date(year, 5, 1), "sessions": 1, "attendances": 9, "people": 9}
    return {"activities": [common | salon | more], "activity_months": [common | month]}


def residents(*areas: str, year: int = 2025, old: int = OLD) -> Rows:
    day = {"fiscal_year": year, "as_of": date(year, 4, 1), "population": 4 * old}
    rows = [day | {"area_code": area, "population_65plus": old} for area in areas]
    return {"population": rows}


def figures(ward: Ward, *several: Rows) -> Figures:
    names = {name for rows in several for name in rows}
    return Figures(
        few_records(
            {name: [row for rows in several for row in rows.get(name, [])] for name in names}
        ),
        ward,
    )


def far(found: Figures, place: str, year: int = 2025, measure: str = "far_65plus") -> float | None:
    return found.value(found.ward.places[place], year, measure)


def test_a_circle_in_the_middle_of_a_square(squares: Squares) -> None:
    found = figures(squares(), gathering("a", WEST), residents("01", "02"))
    expected = OLD * (1 - CIRCLE)
    assert far(found, "area-01") == pytest.approx(expected, abs=OLD * POINT)
    assert far(found, "area-02") == OLD
    west = far(found, "block-1")
    assert west == far(found, "area-01")
    assert far(found, "ward") == OLD + (west or 0)
    assert far(found, "ward", measure="share_far_65plus") == pytest.approx(
        100 * (1 - CIRCLE / 2), abs=100 * POINT
    )


def test_people_cross_borders(squares: Squares) -> None:
    found = figures(squares(), gathering("a", (SIDE, 1000.0)), residents("01", "02"))
    half = pytest.approx(OLD * (1 - CIRCLE / 2), abs=OLD * POINT)
    assert far(found, "area-01") == half
    assert far(found, "area-02") == half


def test_two_places_beside_each_other_count_once(squares: Squares) -> None:
    # The circles around two points 500 m from each other share a lens of 0.3071 square km.
    rows = [gathering("a", (750.0, 1000.0)), gathering("b", (1250.0, 1000.0))]
    found = figures(squares(), *rows, residents("01"))
    both = 2 * pi * 0.25 - 0.3071
    assert far(found, "area-01") == pytest.approx(OLD * (1 - both / 4), abs=OLD * POINT)


@pytest.mark.parametrize(("metres", "within"), [(250, pi * 0.0625 / 4), (1500, 1.0)])
def test_what_is_far_stands_in_the_reference(
    squares: Squares, metres: float, within: float
) -> None:
    ward = squares()
    other = replace(ward, checks=ward.checks | {"gathering_metres": metres})
    found = figures(other, gathering("a", WEST), residents("01", "02"))
    expected = round(OLD * (1 - within))
    assert far(found, "area-01") == pytest.approx(expected, abs=OLD * POINT if within < 1 else 0)


@pytest.mark.parametrize(
    ("ages", "people", "weight"),
    [
        pytest.param((100, 300), (900, 900), 0.25, id="by residents 65+"),
        pytest.param((100, ""), (900, 900), 1.0, id="a 町丁目 without ages is left out"),
        pytest.param(("", ""), (600, 400), 0.6, id="no ages at all: by residents"),
    ],
)
def test_where_more_people_live_a_place_reaches_more(
    squares: Squares, ages: tuple[int | str, int | str], people: tuple[int, int], weight: float
) -> None:
    ward = squares(
        ("1", "01", 1, people[0], ages[0], WEST),
        ("2", "01", 1, people[1], ages[1], EAST),
        ("3", "02", 1, 900, 300, (5000.0, 1000.0)),
        width=3 * SIDE,
    )
    found = figures(ward, gathering("a", WEST), residents("01", "02"))
    assert far(found, "area-01") == pytest.approx(OLD * (1 - weight * CIRCLE), abs=OLD * POINT)


def test_a_shared_part_has_its_share_of_the_people(squares: Squares) -> None:
    ward = squares(
        ("1", "01", 1, 900, 400, WEST),
        ("2", "01", 0.75, 900, 400, EAST),
        ("2", "02", 0.25, 900, 400, EAST),
        ("3", "02", 1, 900, 400, (5000.0, 1000.0)),
        width=3 * SIDE,
    )
    found = figures(ward, gathering("a", EAST), residents("01", "02"))
    far_shares = [(far(found, place) or 0) / OLD for place in ("area-01", "area-02")]
    # The circle lies in the shared one: of its 400, wherever the border runs, so many are near.
    near = 700 * (1 - far_shares[0]) + 500 * (1 - far_shares[1])
    assert near == pytest.approx(400 * CIRCLE, abs=1200 * POINT)


def test_a_sliver_and_a_point_outside_the_outline_are_lived_in_too(squares: Squares) -> None:
    # 2 is a strip 12 m wide at the eastern edge; 3 lies 300 m outside, so that it has no shape.
    ward = squares(
        ("1", "01", 1, 900, 300, (SIDE - 18, 1000.0)),
        ("2", "02", 1, 900, 100, (SIDE - 6, 1000.0)),
        ("3", "02", 1, 900, 300, (SIDE + 300, 1000.0)),
        width=SIDE,
    )
    shapes = geography_of(ward).chome.set_index("key_code").geometry
    assert shapes["2"].area == pytest.approx(12 * SIDE, rel=0.01)
    assert shapes.isna()["3"]
    found = figures(ward, gathering("a", (SIDE - 450, 1000.0)), residents("01", "02"))
    # 2's own point is 444 m away, that of 3 is 750 m away.
    assert far(found, "area-02") == OLD * 300 / 400


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"lon": None}, id="no position"),
        pytest.param({"kind": "watching"}, id="no gathering place"),
        pytest.param({"frequency": None}, id="nobody knows how often"),
        pytest.param({"activity_id": "z"}, id="never held"),
    ],
)
def test_nothing_is_known_where_no_place_counts(squares: Squares, more: dict[str, Any]) -> None:
    found = figures(squares(), gathering("a", WEST, **more), residents("01", "02"))
    places = ("area-01", "area-02", "block-1", "ward")
    assert [far(found, place) for place in places] == [None] * 4
    assert far(found, "ward", measure="share_far_65plus") is None


def test_each_year_has_its_own_places_and_residents(squares: Squares) -> None:
    found = figures(
        squares(),
        *(gathering("a", WEST, 2023), gathering("a", EAST, 2025)),
        *(residents("01", "02", year=2023), residents("01", "02", year=2024)),
        residents("01", old=2000),
        {"meetings": [{"kind": "regular", "held_on": date(2024, 6, 1), "fiscal_year": 2024}]},
    )
    assert far(found, "area-02", 2023) == OLD
    assert far(found, "area-01", 2023) == pytest.approx(OLD * (1 - CIRCLE), abs=OLD * POINT)
    assert far(found, "ward", 2024) is None
    assert far(found, "area-01", 2025) == 2000
    # Nobody counted residents: not known, and not zero.
    assert far(found, "area-02", 2025) is None
    assert far(found, "ward", 2025) == 2000
    assert far(found, "ward", 2025, "share_far_65plus") == 100


def test_the_places_of_a_year(squares: Squares) -> None:
    found = figures(
        squares(),
        gathering("a", WEST),
        gathering("b", EAST, kind="watching"),
        gathering("c", None),
        gathering("d", WEST, lat=None),
        gathering("e", None, kind="watching"),
        {"activities": gathering("f", WEST)["activities"]},
    )
    table = found.activity_places.set_index("activity_id")
    assert list(table.index) == ["a", "b", "c", "d", "e"]
    assert table["gathering"].tolist() == [True, False, True, True, False]
    assert table["lon"].isna().tolist() == [False, False, True, True, True]
    assert table["lat"].isna().tolist() == [False, False, True, True, True]
    assert tuple(table.loc["a", ["lon", "lat"]]) == pytest.approx(degrees(WEST))
    unplaced = found.unplaced_gathering
    assert unplaced.to_dict("list") == {
        "place": ["area-01", "block-1", "ward"],
        "fiscal_year": [2025] * 3,
        "places": [2, 2, 2],
    }


def test_residents_of_every_area_are_spread_once() -> None:
    ward = load_ward(REFERENCE)
    homes = homes_of(ward)
    shares = np.bincount(homes.area, homes.share, len(ward.areas))
    assert shares == pytest.approx(np.ones(len(ward.areas)))
    # Middle of where people live, by area: near to the mean of the points of its 町丁目.
    for place, code in enumerate(ward.areas["area_code"]):
        own = homes.area == place
        middle = (homes.x[own] @ homes.share[own], homes.y[own] @ homes.share[own])
        table = ward.chome[ward.chome["area_code"] == code]
        old = table["population_65plus"].fillna(0)
        lon, lat = (float((table[name] * old).sum() / old.sum()) for name in ("lon", "lat"))
        x, y = Transformer.from_crs("EPSG:4612", "EPSG:6677", always_xy=True).transform(lon, lat)
        assert np.hypot(middle[0] - x, middle[1] - y) < 150, code


def test_what_is_kept_for_a_ward_cannot_be_changed() -> None:
    homes = homes_of(load_ward(REFERENCE))
    with pytest.raises(ValueError, match="read-only"):
        homes.share[0] = 1


def test_the_definitions_name_the_metres_that_are_meant() -> None:
    ward = load_ward(REFERENCE)
    metres = ward.checks["gathering_metres"]
    measure = ward.codebook["far_65plus"]
    assert f"直線で{metres}mを超える" in measure.definition_ja
    assert f"more than {metres} m," in measure.definition_en
