"""The tile map: one equal tile per area, with neighbours and blocks together."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import shapely

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography import geography_of
from aip_analysis.geography.tile_costs import Layout
from aip_analysis.geography.tile_search import MANY, _Board, search_layout
from aip_analysis.geography.tiles import tile_places, tile_shapes
from aip_analysis.reference import Ward, load_ward
from tests.town import write_town

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "data" / "reference"
Places = Mapping[str, tuple[int, int]]


@pytest.fixture(scope="module")
def places(ward: Ward) -> Places:
    return tile_places(ward)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_town(tmp_path / "reference")


def pieces(places: list[tuple[int, int]]) -> int:
    """Return the number of pieces of tiles as squares: those that share an edge are one piece."""
    squares = [shapely.box(x, y, x + 1, y + 1) for x, y in places]
    return int(shapely.get_num_geometries(shapely.union_all(squares)))


def grid(across: int, down: int, groups: list[int] | None = None) -> Layout:
    """Return the layout of a grid of squares, each with its neighbours."""
    spots = np.indices((across, down)).reshape(2, -1).T.astype(float)
    away = np.abs(spots[:, None] - spots).sum(axis=2)
    borders = (away == 1).astype(float)
    return Layout(spots, borders, np.array(groups or [0] * len(spots)))


def test_every_area_has_a_tile_of_its_own(ward: Ward, places: Places) -> None:
    assert list(places) == list(ward.areas["area_code"])
    assert len(set(places.values())) == 18
    assert min(column for column, _ in places.values()) == 0
    assert min(row for _, row in places.values()) == 0


def test_every_block_hangs_together(ward: Ward, places: Places) -> None:
    blocks = ward.areas.groupby("block_code")["area_code"]
    counts = {block: pieces([places[code] for code in codes]) for block, codes in blocks}
    assert counts == {"1": 1, "2": 1, "3": 1, "4": 1}
    assert pieces(list(places.values())) == 1


def test_neighbours_stay_neighbours(ward: Ward, places: Places) -> None:
    shapes = geography_of(ward).areas.set_index("area_code").geometry
    side_by_side, near, pairs = 0, 0, 0
    for code, shape in shapes.items():
        for other, its in shapes.items():
            if str(code) < str(other) and shape.intersection(its).length > 100:
                across, down = (
                    abs(a - b) for a, b in zip(places[code], places[other], strict=True)
                )
                pairs += 1
                near += max(across, down) == 1
                side_by_side += across + down == 1
    assert pairs > 30
    assert near / pairs > 0.9
    assert side_by_side / pairs > 0.55


def test_directions_are_kept(ward: Ward, places: Places) -> None:
    spots = geography_of(ward).areas.set_index("area_code").centroid
    codes = list(places)
    # Areas that are clearly apart, by two kilometres, in one direction.
    agreeing = turned = 0
    for place in (0, 1):
        for one in codes:
            for other in codes:
                way = (spots[other].x - spots[one].x, spots[one].y - spots[other].y)[place]
                if way > 2000:
                    agreeing += places[other][place] > places[one][place]
                    turned += places[other][place] < places[one][place]
    assert agreeing > 100
    assert turned == 0


def test_the_ward_is_laid_out_as_a_resident_knows_it(ward: Ward, places: Places) -> None:
    named = dict(zip(ward.areas["romaji"], places.values(), strict=True))
    last_column = max(column for column, _ in places.values())
    last_row = max(row for _, row in places.values())
    assert named["funado"][1] == 0
    assert named["takashimadaira"][1] <= last_row / 3
    assert named["narimasu"][0] == 0
    assert named["itabashi"][0] == last_column
    assert named["itabashi"][1] >= last_row * 2 / 3
    assert named["kumano"][1] == last_row


@pytest.mark.slow
def test_the_layout_is_the_same_in_every_process(places: Places) -> None:
    code = (
        "import sys; from pathlib import Path; from aip_analysis.reference import load_ward;"
        "from aip_analysis.geography.tiles import tile_places;"
        "print(dict(tile_places(load_ward(Path(sys.argv[1])))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, REFERENCE],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
    )
    assert done.stdout.strip() == str(dict(places))


def test_tiles_are_squares_in_metres_with_the_north_above(ward: Ward, places: Places) -> None:
    shapes = tile_shapes(ward, size=500)
    assert list(shapes["area_code"]) == list(ward.areas["area_code"])
    assert list(shapes["block_code"]) == list(ward.areas["block_code"])
    assert set(shapes.area) == {250_000.0}
    assert shapely.coverage_is_valid(shapes.geometry.to_numpy())
    west, south, _, _ = shapes.total_bounds
    assert (west, south) == (0, 0)
    by_code = shapes.set_index("area_code").geometry
    northern = by_code[next(code for code, (_, row) in places.items() if row == 0)]
    assert northern.bounds[3] == shapes.total_bounds[3]


def test_what_lies_as_tiles_is_laid_out_so() -> None:
    layout = grid(6, 5, [2 * (place // 5 > 2) + (place % 5 > 1) for place in range(30)])
    assert search_layout(layout).tolist() == layout.spots.astype(int).tolist()


def test_a_turned_pair_and_a_lonely_area_have_tiles() -> None:
    alone = Layout(np.array([(3.0, 4.0)]), np.zeros((1, 1)), np.array([0]))
    assert search_layout(alone).tolist() == [[0, 0]]
    two = Layout(np.array([(0.0, 0), (0, -1)]), np.array([(0.0, 1), (1, 0)]), np.array([0, 0]))
    assert search_layout(two).tolist() == [[0, 1], [0, 0]]
    one_spot = Layout(np.zeros((5, 2)), np.ones((5, 5)) - np.eye(5), np.array([0] * 5))
    assert len({tuple(place) for place in search_layout(one_spot).tolist()}) == 5


def test_very_many_areas_still_have_a_tile_each() -> None:
    layout = grid(20, 20)
    assert len(layout.spots) > MANY
    assert search_layout(layout).tolist() == layout.spots.astype(int).tolist()


def test_what_a_move_costs_is_what_all_costs_more() -> None:
    rng = np.random.default_rng(5)
    borders = np.triu(rng.uniform(0, 1, (9, 9)) * (rng.uniform(0, 1, (9, 9)) < 0.4), 1)
    layout = Layout(rng.uniform(0, 4, (9, 2)), borders + borders.T, rng.integers(0, 3, 9))
    board = _Board(layout, layout.places[rng.permutation(len(layout.places))[:9]])
    moved = 0
    for dice in rng.uniform(0, 1, 60):
        before = board.cost() - board.form()
        at = board.at
        difference = board.move(int(rng.integers(9)), 1e6, float(dice))
        assert board.cost() - board.form() - before == difference
        moved += not np.array_equal(at, board.at)
    assert moved > 30


def test_a_push_moves_a_whole_line() -> None:
    layout = grid(4, 1)
    start = np.array([(1, 1), (2, 1), (3, 1), (1, 2)])
    board = _Board(layout, start)
    assert board.push(3, 0, (1, 0))
    assert board.at.tolist() == [[2, 1], [3, 1], [4, 1], [1, 1]]
    # There is no room to the west of the first column.
    in_the_west = [[0, 1], [1, 1], [2, 1], [0, 2]]
    board.at = np.array(in_the_west)
    assert not board.push(3, 0, (-1, 0))
    assert board.at.tolist() == in_the_west


TILES = "area_code,column,row\n01,3,5\n02,4,5\n03,5,5\n04,3,4\n05,5,4\n"


def test_a_file_of_tiles_goes_before(folder: Path) -> None:
    (folder / "tiles.csv").write_text(TILES, encoding="utf-8-sig")
    places = tile_places(load_ward(folder))
    assert places == {"01": (0, 1), "02": (1, 1), "03": (2, 1), "04": (0, 0), "05": (2, 0)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("05,5,4", "06,5,4", ("tiles.csv", " 6", "area_code", "06")),
        ("05,5,4", "05,5,x", ("tiles.csv", " 6", "row", "x")),
        ("05,5,4", "05,,4", ("tiles.csv", " 6", "column")),
        ("05,5,4", "05,1.5,4", ("tiles.csv", " 6", "column", "1.5")),
        ("05,5,4", "04,5,4", ("tiles.csv", " 6", "area_code", "04")),
        ("05,5,4", "05,3,5", ("tiles.csv", " 6", "column", "row", "3, 5", "01")),
        ("05,5,4\n", "", ("tiles.csv", "05 もりのした")),
        ("area_code,column,row", "area_code,column,line", ("tiles.csv", "row")),
    ],
    ids=["unknown", "no number", "empty", "half", "twice", "taken", "missing", "heading"],
)
def test_a_file_of_tiles_that_does_not_fit_is_refused_with_its_place(
    folder: Path, old: str, new: str, told: tuple[str, ...]
) -> None:
    assert old in TILES
    (folder / "tiles.csv").write_text(TILES.replace(old, new), encoding="utf-8")
    with pytest.raises(InputRefusedError) as refused:
        load_ward(folder)
    for language in ("ja", "en"):
        sentence = refused.value.sentence(language)
        assert all(word in sentence for word in told), sentence
