"""The invented town with shapes: twelve squares of 500 m, in the layouts of official boundaries.

さかのうえ二丁目 | もりのした一丁目   | もりのした二丁目 | えきまえ二丁目
さかのうえ一丁目 | さかのうえ十二丁目 | 大字もりヶ下     | えきまえ一丁目
みなと一丁目     | みなと二丁目       | かわべ一丁目     | かわべ二丁目 (60 % かわべ, 40 % えきまえ)
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Polygon, box

from tests.town import write_town

SIDE = 500.0
# The south-western corner, in plane metres.
EAST, NORTH = -30_000.0, -40_000.0
PLANE = "EPSG:6677"
CITY = "99999"


@dataclass(frozen=True)
class Chome:
    """A 町丁目 of the town: code, its name in an office and in either census, and its place."""

    code: str
    name: str
    moji: str
    s_name: str
    area: str
    column: int
    row: int

    @property
    def square(self) -> Polygon:
        west, south = EAST + self.column * SIDE, NORTH + self.row * SIDE
        # An extra corner in the middle of each side: real borders have many corners.
        ring = box(west, south, west + SIDE, south + SIDE).exterior
        return Polygon(ring.segmentize(SIDE / 2))


CHOME = (
    Chome("99999001001", "みなと一丁目", "みなと１丁目", "みなと一丁目", "01", 0, 0),
    Chome("99999001002", "みなと二丁目", "みなと２丁目", "みなと二丁目", "01", 1, 0),
    Chome("99999002001", "かわべ一丁目", "かわべ１丁目", "かわべ一丁目", "02", 2, 0),
    Chome("99999002002", "かわべ二丁目", "かわべ２丁目", "かわべ二丁目", "02", 3, 0),
    Chome("99999003001", "えきまえ一丁目", "えきまえ１丁目", "えきまえ一丁目", "03", 3, 1),
    Chome("99999003002", "えきまえ二丁目", "えきまえ２丁目", "えきまえ二丁目", "03", 3, 2),
    Chome("99999004001", "さかのうえ一丁目", "さかのうえ１丁目", "さかのうえ一丁目", "04", 0, 1),
    Chome("99999004002", "さかのうえ二丁目", "さかのうえ２丁目", "さかのうえ二丁目", "04", 0, 2),
    Chome(
        "99999004012", "さかのうえ12丁目", "さかのうえ１２丁目", "さかのうえ十二丁目", "04", 1, 1
    ),
    Chome("999990050", "もりヶ下", "大字もりケ下", "字もりヶ下", "05", 2, 1),
    Chome("99999006001", "もりのした一丁目", "もりのした１丁目", "もりのした一丁目", "05", 1, 2),
    Chome("99999006002", "もりのした二丁目", "もりのした２丁目", "もりのした二丁目", "05", 2, 2),
)
SHARED = "99999002002"
SHARES = {"02": 0.6, "03": 0.4}


def write_shaped_town(folder: Path) -> Path:
    """Write the reference folder of the town with the twelve squares."""
    write_town(folder)
    middles = gpd.GeoSeries([chome.square.centroid for chome in CHOME], crs=PLANE).to_crs(
        "EPSG:4612"
    )
    lines = []
    for chome, at in zip(CHOME, middles, strict=True):
        for area, share in (SHARES if chome.code == SHARED else {chome.area: 1}).items():
            figures = f"1000,500,300,120,250000,{at.x:.5f},{at.y:.5f}"
            lines.append(f"{chome.code},{chome.name},{area},{share},sourced,{figures}")
    file = folder / "chome.csv"
    header = file.read_text(encoding="utf-8").splitlines()[0]
    file.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    town = folder / "ward.toml"
    text = town.read_text(encoding="utf-8")
    town.write_text(text.replace('code = "999991"', f'code = "{CITY}1"'), encoding="utf-8")
    return folder


def squares() -> list[Polygon]:
    return [chome.square for chome in CHOME]


def layout_2015(shapes: list[Polygon] | None = None) -> gpd.GeoDataFrame:
    """Return the table in the layout of the 2015 census: MOJI, codes of 9 digits without a 丁目."""
    table = pd.DataFrame(
        {
            "KEN": "99",
            "CITY": "999",
            "KEN_NAME": "そら県",
            "GST_NAME": "そらの町",
            "HCODE": 8101,
            "KIGO_E": None,
            "MOJI": [chome.moji for chome in CHOME],
            "JINKO": 1000,
            "SETAI": 500,
            "KEY_CODE": [chome.code for chome in CHOME],
        }
    )
    return gpd.GeoDataFrame(table, geometry=shapes or squares(), crs=PLANE)


def layout_2020(shapes: list[Polygon] | None = None) -> gpd.GeoDataFrame:
    """Return the table in the layout of the 2020 census: S_NAME, codes of 11 digits throughout."""
    codes = [chome.code.ljust(11, "0") for chome in CHOME]
    table = pd.DataFrame(
        {
            "KEY_CODE": codes,
            "PREF": "99",
            "CITY": "999",
            "S_AREA": [code[5:] for code in codes],
            "PREF_NAME": "そら県",
            "CITY_NAME": "そらの町",
            "S_NAME": [chome.s_name for chome in CHOME],
            "KIGO_E": None,
            "HCODE": 8101,
            "JINKO": 1000,
            "SETAI": 500,
        }
    )
    return gpd.GeoDataFrame(table, geometry=shapes or squares(), crs=PLANE)


def layout_names(shapes: list[Polygon] | None = None) -> gpd.GeoDataFrame:
    """Return a table as an office might make it itself: only names, prefixed with the town."""
    names = [f"そらの町 {chome.s_name}" for chome in CHOME]
    return gpd.GeoDataFrame({"町丁目名": names}, geometry=shapes or squares(), crs=PLANE)


def write_shapefile(table: gpd.GeoDataFrame, file: Path, crs: str = "EPSG:4612") -> Path:
    """Write a shapefile as e-Stat does: in CP932, without a file that declares the encoding."""
    file.parent.mkdir(parents=True, exist_ok=True)
    table.to_crs(crs).to_file(file, encoding="CP932")
    file.with_suffix(".cpg").unlink(missing_ok=True)
    return file


def zipped(file: Path, parts: Path) -> Path:
    """Write the files of a folder to a zip archive and return its path."""
    with zipfile.ZipFile(file, "w") as archive:
        for part in sorted(parts.iterdir()):
            archive.write(part, part.name)
    return file
