"""The reference folder of an invented region with any number of areas.

Tiles of 18 areas are alike except for their names, their place on the map, and how lively their
areas are. So a large region is a small one many times over, and the extra cost of a report in it is
due to the number of areas alone.
"""

import csv
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from aip_analysis.sample import load_scenario
from bench.region_map import TILE, dice, outline, spot
from bench.region_names import area_name, block_name
from bench.workplace import ROOT

COPIED = ("vocabularies.csv", "headings.csv", "codebook.csv", "surnames.csv", "checks.toml")
NUMERALS = "一二三四五六七八"
# The sample records use published seats for the areas with a published date: two in a tile, as
# in the ward.
PUBLISHED = {11: "2018-05", 17: "2016-10"}
AREAS = "area_code area kana romaji block_code block_confidence block_confirmed council_established"
BLOCKS = "block_code block kana romaji"
CHOME = (
    "key_code chome area_code share area_confidence population households population_65plus"
    " population_75plus land_m2 lon lat"
)
Row = tuple[str | float, ...]

WARD = """code = "999992"
name = "架空県"
name_en = "Imaginary Region"
programme = "架空県版AIP（生活支援体制整備事業）"
programme_en = "Imaginary AIP programme"
plane_crs = "EPSG:6677"
geographic_crs = "EPSG:4612"
area_prefixes = ["第2層"]
area_suffixes = ["支え合い会議", "協議体", "地域", "地区"]
credit = "架空の県"
credit_en = "An invented region"
"""
RULES = """[{year}]
allowance_yen_per_month = 100_000
allowance_yen_per_year = 1_200_000
coordinator_yen_per_month = 150_000
categories.running = ["venue", "office"]
categories.project = ["research", "publicity", "events", "office"]
"""


def write_reference(folder: Path, areas: int, blocks: int) -> None:
    """Write the reference folder of a region; equal numbers result in identical files.

    Parameters
    ----------
    folder
        Output folder; created if it does not exist.
    areas
        Number of areas.
    blocks
        Number of blocks among which the areas are divided, in the order of their codes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(ROOT / "data" / "reference" / name, folder / name)
    _write(folder / "areas.csv", AREAS, (_area(index, areas, blocks) for index in range(areas)))
    _write(folder / "blocks.csv", BLOCKS, (_block(index) for index in range(blocks)))
    _write(folder / "chome.csv", CHOME, (row for index in range(areas) for row in _chome(index)))
    _write(folder / "outline.csv", "lon lat", outline(areas))
    (folder / "ward.toml").write_text(WARD, encoding="utf-8")
    rules = "\n".join(RULES.format(year=year) for year in load_scenario().fiscal_years)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")


def area_code(index: int) -> str:
    """Return the code of an area by its index from 0."""
    return f"{index + 1:03}"


def liveliness(index: int) -> float:
    """Return the factor for people and yen, relative to the same area of an average tile."""
    return dice("liveliness", index).uniform(0.92, 1.05)


def _write(file: Path, columns: str, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns.split(), *rows])


def _area(index: int, areas: int, blocks: int) -> Row:
    name = area_name(index)
    block = _block(index * blocks // areas)[0]
    published = PUBLISHED.get(index % TILE, "")
    return area_code(index), name.ja, name.kana, name.romaji, block, "high", "yes", published


def _block(index: int) -> Row:
    name = block_name(index)
    return f"{index + 1:02}", name.ja, name.kana, name.romaji


def _chome(index: int) -> Iterator[Row]:
    """Yield seven or eight 町丁目, with residents as in the ward's."""
    code, name = area_code(index), area_name(index)
    for number in range(7 + (index % TILE % 5 < 2)):  # noqa: PLR2004 -- a mean of 7.4, as in the ward
        rng = dice("residents", index % TILE, number)
        people = rng.randint(2000, 6500) * liveliness(index)
        old = people * rng.uniform(0.18, 0.32)
        counts = (people, people * rng.uniform(0.45, 0.62), old, old * rng.uniform(0.4, 0.55))
        yield (
            f"{code}{number + 1:02}",
            f"{name.ja}{NUMERALS[number]}丁目",
            *(code, 1, "sourced"),
            *(round(count) for count in counts),
            *(rng.randint(150_000, 330_000), *spot(index, number)),
        )
