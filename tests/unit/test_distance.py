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
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.narrative import Facts, distance_sentences
from aip_analysis.reference import Ward, load_ward
from aip_analysis.tables.measures import figure_cell
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


def outing(area: str, year: int) -> Rows:
    """Return the records of an activity that is no gathering place: the area keeps them."""
    common = {"area_code": area, "fiscal_year": year, "activity_id": f"outing-{area}"}
    month = {"month": date(year, 5, 1), "sessions": 1, "attendances": 1}
    return {
        "activities": [common | {"name": "散歩", "kind": "support"}],
        "activity_months": [common | month],
    }


def figures(ward: Ward, *several: Rows) -> Figures:
    """Return the figures of records, in which every area with residents keeps its activities."""
    counted = [row for rows in several for row in rows.get("population", [])]
    kept = [outing(row["area_code"], row["fiscal_year"]) for row in counted]
    together = [*several, *kept]
    names = {name for rows in together for name in rows}
    return Figures(
        make_records(
            {name: [row for rows in together for row in rows.get(name, [])] for name in names}
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
    # 90.18 per cent.
    assert far(computed, "ward", measure="share_far_65plus") == round(100 * (1 - CIRCLE / 2)) == 90


def test_an_estimate_is_rounded_once_in_every_figure(squares: Squares) -> None:
    # 01 lives at a point that is near, 02 and 03 at points that are far: no share is estimated.
    ward = squares(
        Chome("1", "01", 0, SIDE, drawn=False), Chome("2", "02", SIDE, 2 * SIDE, drawn=False)
    )
    people = residents("01", "02", old=1234)["population"]
    odd = people[1] | {"population_65plus": 4}
    computed = figures(ward, gathering("a", WEST), {"population": [people[0], odd]})
    assert [far(computed, place) for place in ("area-01", "area-02", "ward")] == [0, 0, 0]
    computed = figures(ward, gathering("a", (5 * SIDE, 0.0)), {"population": [people[0], odd]})
    # 1,234 and 4 are 1,230 and 0, but 1,238 is 1,240: sums are not of what was rounded.
    assert [far(computed, place) for place in ("area-01", "area-02", "ward")] == [1230, 0, 1240]
    assert far(computed, "area-02", measure="share_far_65plus") == 100
    computed = figures(ward, gathering("a", WEST), {"population": [people[0], odd]})
    # 4 of 1,238.
    assert far(computed, "ward", measure="share_far_65plus") == 0
    table = computed.annual.dropna().set_index("measure")["value"]
    assert set(table["far_65plus"] % 10) == {0}
    assert set(table["share_far_65plus"] % 1) == {0}


def test_the_two_ways_of_placing_residents_are_compared(squares: Squares) -> None:
    # Spread, a circle in the middle of a square holds 19.6 per cent of it; at its point, all.
    computed = figures(
        squares(),
        *(gathering("a", WEST, 2024), gathering("a", WEST), gathering("b", (SIDE, 0.0))),
        *(residents("01", "02", year=year) for year in (2024, 2025)),
    )
    gap = computed.far_method_gap.set_index("fiscal_year")["points"]
    # 02 is far away from "a" in both ways; a quarter of a circle is near "b", but no point.
    assert gap[2024] == pytest.approx(100 * (1 - CIRCLE), abs=100 * POINT)
    assert gap[2025] == pytest.approx(100 * (1 - CIRCLE * 1.25), abs=100 * POINT)
    assert set(computed.far_method_gap["place"]) == {"ward"}


def told(computed: Figures, key: str, language: Language = "ja") -> list[str]:
    place = computed.ward.places[key]
    return distance_sentences(Facts(RecordedFigures(computed), place, 2025, language))


def test_the_page_says_which_places_entered(squares: Squares) -> None:
    held_at_last = {"meetings": [{"kind": "regular", "held_on": date(2026, 3, 1)}]}
    rows = [gathering("a", WEST), gathering("b", None), residents("01", "02"), held_at_last]
    computed = figures(squares(), *rows)
    name = computed.ward.setting("name", "ja")
    some = (
        f"推計は、位置の記録がある{name}内の通いの場1か所をもとにしています"
        "（位置の記録がない1か所は入っていません）。"
    )
    west, whole = (told(computed, key) for key in ("area-01", "ward"))
    assert [sentences[1] for sentences in (west, whole)] == [some] * 2
    assert west[2].endswith(
        "月1回以上の通いの場2か所では、位置の記録がない1か所が推計に入っていません。"
    )
    computed = figures(squares(), rows[0], *rows[2:])
    assert told(computed, "area-01")[1:] == [
        f"推計は、位置の記録がある{name}内の通いの場1か所をもとにしています。"
    ]


def test_where_no_activities_are_recorded_nobody_lives_far(squares: Squares) -> None:
    """No record of a gathering place does not mean that there is none."""
    met = {"meetings": [{"area_code": "02", "kind": "regular", "held_on": date(2026, 3, 1)}]}
    people = residents("01", "02")
    computed = figures(squares(), gathering("a", WEST), met, {"population": people["population"]})
    bare = Figures(
        replace(
            computed.records,
            tables=dict(computed.records.tables)
            | {
                name: table[table["area_code"] == "01"].reset_index(drop=True)
                for name, table in computed.records.tables.items()
                if name.startswith("activit")
            },
        ),
        computed.ward,
    )
    assert far(bare, "area-02") is None
    assert far(bare, "ward") == far(bare, "area-01")
    assert told(bare, "area-02") == [
        "町02地域の活動実績の記録がないため、通いの場が遠い人の推計はありません。"
    ]
    assert told(bare, "ward")[-1] == "活動実績の記録がない1地域の人は、推計に入っていません。"


@pytest.mark.parametrize(
    ("at", "ja", "en"),
    [
        pytest.param(
            (1000.0, 1000.0), "およそ8,040人（80％）と", "About 8,040 residents", id="far"
        ),
        pytest.param((5 * SIDE, 0.0), "ほぼ全員が", "Nearly all residents", id="all"),
    ],
)
def test_estimates_are_said_to_be_about(squares: Squares, at: Point, ja: str, en: str) -> None:
    computed = figures(squares(), gathering("a", at), residents("01", "02"))
    words: dict[Language, str] = {"ja": ja, "en": en}
    assert all(words[language] in told(computed, "area-01", language)[0] for language in LANGUAGES)
    measure, place = computed.ward.codebook["far_65plus"], computed.ward.places["area-02"]
    cells = [
        figure_cell(RecordedFigures(computed), place, 2025, measure, language)
        for language in LANGUAGES
    ]
    assert [cell.text for cell in cells] == ["およそ10,000人", "about 10,000 people"]
    assert {cell.value for cell in cells} == {10_000}


def test_where_nobody_lives_far_no_number_is_given(squares: Squares) -> None:
    ward = squares(Chome("1", "01", 0, SIDE, drawn=False), Chome("2", "02", SIDE, 2 * SIDE))
    computed = figures(ward, gathering("a", WEST), residents("01", "02"))
    assert "ほとんどいないと推計されます" in told(computed, "area-01")[0]


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
