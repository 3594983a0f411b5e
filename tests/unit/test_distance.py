"""Residents far from gathering places: squares and circles whose areas are calculated by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import pi
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Transformer
from shapely import box

from aip_analysis.geography.residents import homes_of
from aip_analysis.measures import Figures
from aip_analysis.reference import Ward, load_ward
from tests.records import Rows, make_records
from tests.town import write_town

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
# 町丁目 are squares of 2 km side by side, 01 west of 02, unless a test defines others.
SIDE = 2000.0
WEST, EAST, FAR_EAST = ((SIDE * (number + 0.5), SIDE / 2) for number in range(3))
Point = tuple[float, float]
HEADS = "key_code,chome,area_code,share,area_confidence,population,households,population_65plus,"
OLD = 10_000
# The share of a square of 2 km that lies within 500 m of its middle.
CIRCLE = pi * 0.25 / 4
# The grid of spots resolves shares to half a percentage point.
POINT = 0.005


@dataclass(frozen=True)
class Chome:
    """A 町丁目, or an area's part of one: a rectangle from west to east, or a bare point."""

    key: str
    area: str
    west: float
    east: float
    old: int | str = 300
    residents: int = 900
    share: float = 1
    drawn: bool = True

    @property
    def point(self) -> Point:
        return ((self.west + self.east) / 2, SIDE / 2)


PLAIN = (Chome("1", "01", 0, SIDE), Chome("2", "02", SIDE, 2 * SIDE))


def degrees(point: Point) -> Point:
    lon, lat = Transformer.from_crs("EPSG:6677", "EPSG:4612", always_xy=True).transform(*point)
    return float(lon), float(lat)


def write_squares(folder: Path, chome: Sequence[Chome]) -> Ward:
    write_town(folder)
    rows = [f"{HEADS}population_75plus,land_m2,lon,lat"]
    for part in chome:
        lon, lat = degrees(part.point)
        numbers = f"{part.residents},9,{part.old},9,9,{lon},{lat}"
        rows.append(f"{part.key},丁目{part.key},{part.area},{part.share},sourced,{numbers}")
    placed = "block_confidence,block_confirmed,council_established"
    areas = [
        f"area_code,area,kana,romaji,block_code,{placed}",
        *(f"{code},町{code},まち{code},machi{code},{code[1]},high,yes," for code in ("01", "02")),
    ]
    for name, lines in {"chome": rows, "areas": areas}.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return load_ward(folder)


def shapes(chome: Sequence[Chome]) -> gpd.GeoDataFrame:
    boxes = [box(part.west, 0, part.east, SIDE) if part.drawn else None for part in chome]
    codes = {"key_code": [c.key for c in chome], "area_code": [c.area for c in chome]}
    return gpd.GeoDataFrame(codes, geometry=boxes, crs="EPSG:6677")


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ward]:
    """Return a function that makes a ward with the given shapes of 町丁目."""

    def make(*chome: Chome) -> Ward:
        chosen = chome or PLAIN
        geography = SimpleNamespace(chome=shapes(chosen))
        monkeypatch.setattr("aip_analysis.geography.residents.geography_of", lambda _: geography)
        return write_squares(tmp_path / "reference", chosen)

    return make


Squares = Callable[..., Ward]


def gathering(name: str, at: Point | None, year: int = 2025, **more: Any) -> Rows:  # noqa: ANN401 -- cells of a record
    """Return the records of a salon that meets monthly, held once."""
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
        make_records(
            {name: [row for rows in several for row in rows.get(name, [])] for name in names}
        ),
        ward,
    )


def far(
    computed: Figures, place: str, year: int = 2025, measure: str = "far_65plus"
) -> float | None:
    return computed.value(computed.ward.places[place], year, measure)


def test_a_circle_in_the_middle_of_a_square(squares: Squares) -> None:
    computed = figures(squares(), gathering("a", WEST), residents("01", "02"))
    expected = OLD * (1 - CIRCLE)
    assert far(computed, "area-01") == pytest.approx(expected, abs=OLD * POINT)
    assert far(computed, "area-02") == OLD
    west = far(computed, "block-1")
    assert west == far(computed, "area-01")
    assert far(computed, "ward") == OLD + (west or 0)
    assert far(computed, "ward", measure="share_far_65plus") == pytest.approx(
        100 * (1 - CIRCLE / 2), abs=100 * POINT
    )


def test_people_cross_borders(squares: Squares) -> None:
    computed = figures(squares(), gathering("a", (SIDE, 1000.0)), residents("01", "02"))
    half = pytest.approx(OLD * (1 - CIRCLE / 2), abs=OLD * POINT)
    assert far(computed, "area-01") == half
    assert far(computed, "area-02") == half


def test_two_places_beside_each_other_count_once(squares: Squares) -> None:
    # The circles around two points 500 m from each other share a lens of 0.3071 square km.
    rows = [gathering("a", (750.0, 1000.0)), gathering("b", (1250.0, 1000.0))]
    computed = figures(squares(), *rows, residents("01"))
    both = 2 * pi * 0.25 - 0.3071
    assert far(computed, "area-01") == pytest.approx(OLD * (1 - both / 4), abs=OLD * POINT)


@pytest.mark.parametrize(("metres", "within"), [(250, pi * 0.0625 / 4), (1500, 1.0)])
def test_what_is_far_stands_in_the_reference(
    squares: Squares, metres: float, within: float
) -> None:
    ward = squares()
    other = replace(ward, checks=ward.checks | {"gathering_metres": metres})
    computed = figures(other, gathering("a", WEST), residents("01", "02"))
    expected = round(OLD * (1 - within))
    assert far(computed, "area-01") == pytest.approx(expected, abs=OLD * POINT if within < 1 else 0)


@pytest.mark.parametrize(
    ("ages", "people", "weight"),
    [
        pytest.param((100, 300), (900, 900), 0.25, id="by residents 65+"),
        pytest.param((100, ""), (900, 900), 1.0, id="a 町丁目 without ages is left out"),
        pytest.param(("", ""), (600, 400), 0.6, id="no ages at all: by residents"),
        pytest.param((0, ""), (0, 0), 0.5, id="nobody counted: alike"),
    ],
)
def test_where_more_people_live_a_place_reaches_more(
    squares: Squares, ages: tuple[int | str, int | str], people: tuple[int, int], weight: float
) -> None:
    ward = squares(
        Chome("1", "01", 0, SIDE, ages[0], people[0]),
        Chome("2", "01", SIDE, 2 * SIDE, ages[1], people[1]),
        Chome("3", "02", 2 * SIDE, 3 * SIDE),
    )
    computed = figures(ward, gathering("a", WEST), residents("01", "02"))
    assert far(computed, "area-01") == pytest.approx(OLD * (1 - weight * CIRCLE), abs=OLD * POINT)


def test_a_shared_part_has_its_share_of_the_people(squares: Squares) -> None:
    # Three quarters of 2, with the circle in them, belong to 01: 300 of its 400 old residents.
    ward = squares(
        Chome("1", "01", 0, SIDE, 400),
        Chome("2", "01", SIDE, 1.75 * SIDE, 400, share=0.75),
        Chome("2", "02", 1.75 * SIDE, 2 * SIDE, 400, share=0.25),
    )
    computed = figures(ward, gathering("a", EAST), residents("01", "02"))
    near = 300 * (pi * 0.25 / 3) / 700
    assert far(computed, "area-01") == pytest.approx(OLD * (1 - near), abs=OLD * POINT)
    assert far(computed, "area-02") == OLD


def test_a_sliver_and_a_mere_point_are_lived_in_too(squares: Squares) -> None:
    # 2 is 12 m wide, less than the grid step; 3 has no shape. Their people are at their points.
    ward = squares(
        Chome("1", "01", 0, 1988),
        Chome("2", "02", 1988, 2000, 100),
        Chome("3", "02", 2000, 2600, 300, drawn=False),
    )
    # 444 m and 750 m away.
    computed = figures(ward, gathering("a", (1550.0, 1000.0)), residents("01", "02"))
    assert far(computed, "area-02") == OLD * 300 / 400


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
    computed = figures(squares(), gathering("a", WEST, **more), residents("01", "02"))
    places = ("area-01", "area-02", "block-1", "ward")
    assert [far(computed, place) for place in places] == [None] * 4
    assert far(computed, "ward", measure="share_far_65plus") is None


def test_each_year_has_its_own_places_and_residents(squares: Squares) -> None:
    computed = figures(
        squares(),
        *(gathering("a", WEST, 2023), gathering("a", EAST, 2025)),
        *(residents("01", "02", year=2023), residents("01", "02", year=2024)),
        residents("01", old=2000),
        {"meetings": [{"kind": "regular", "held_on": date(2024, 6, 1), "fiscal_year": 2024}]},
    )
    assert far(computed, "area-02", 2023) == OLD
    assert far(computed, "area-01", 2023) == pytest.approx(OLD * (1 - CIRCLE), abs=OLD * POINT)
    assert far(computed, "ward", 2024) is None
    assert far(computed, "area-01", 2025) == 2000
    # Without a count of residents: unknown, and not zero.
    assert far(computed, "area-02", 2025) is None
    assert far(computed, "ward", 2025) == 2000
    assert far(computed, "ward", 2025, "share_far_65plus") == 100


def test_the_places_of_a_year(squares: Squares) -> None:
    computed = figures(
        squares(),
        gathering("a", WEST),
        gathering("b", EAST, kind="watching"),
        gathering("c", None),
        gathering("d", WEST, lat=None),
        gathering("e", None, kind="watching"),
        {"activities": gathering("f", WEST)["activities"]},
    )
    table = computed.activity_places.set_index("activity_id")
    assert list(table.index) == ["a", "b", "c", "d", "e"]
    assert table["gathering"].tolist() == [True, False, True, True, False]
    assert table["lon"].isna().tolist() == [False, False, True, True, True]
    assert table["lat"].isna().tolist() == [False, False, True, True, True]
    assert tuple(table.loc["a", ["lon", "lat"]]) == pytest.approx(degrees(WEST))
    unplaced = computed.unplaced_gathering
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
    # Centre of the homes of an area: near the mean of the points of its 町丁目.
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
