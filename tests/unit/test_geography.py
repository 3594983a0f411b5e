"""Where things are: the shapes of areas and blocks."""

from pathlib import Path

import pytest

from aip_analysis.geography import geography_of
from aip_analysis.ward import Ward, load_ward
from tests.town import write_town

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture(scope="module")
def ward() -> Ward:
    return load_ward(REFERENCE)


def test_sketched_shapes_cover_the_outline_once(ward: Ward) -> None:
    geography = geography_of(ward)
    areas = geography.areas
    assert list(areas["area_code"]) == list(ward.areas["area_code"])
    # The outline at 100 m encloses 31.95 square kilometres (shoelace formula in plane metres).
    assert areas.area.sum() / 1e6 == pytest.approx(31.95, abs=0.02)
    assert areas.union_all().area == pytest.approx(areas.area.sum(), rel=1e-6)
    assert geography.blocks.area.sum() == pytest.approx(areas.area.sum(), rel=1e-6)


def test_another_town_has_shapes_like_any_other(tmp_path: Path) -> None:
    town = load_ward(write_town(tmp_path / "reference"))
    assert not geography_of(town).areas.geometry.isna().any()
