"""Shapes kept beside the records of a build.

Finding them takes longer than reading them, and every run of reports would do it anew. What is kept
counts only for the very same reference tables, program and libraries.
"""

import hashlib
import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely
from pyarrow import feather

from aip_analysis.geography.geography import Geography, geography_of
from aip_analysis.geography.kept import tell
from aip_analysis.geography.official import TOLD, Source
from aip_analysis.home import fingerprint, write_atomically
from aip_analysis.ward import Ward

_BEGINNING = "shapes-"
_NAME_LENGTH = 16
_COLUMNS = {
    "chome": ["key_code", "area_code", "block_code", "share"],
    "areas": ["area_code", "block_code"],
    "blocks": ["block_code"],
}


def keep_geography(ward: Ward, build: Path) -> None:
    """Find the shapes of a ward and keep them.

    Parameters
    ----------
    build
        The folder of the build.

    Raises
    ------
    InputRefusedError
        When official boundaries cannot be read or do not fit chome.csv any more.
    ToolMissingError
        When the folder cannot be written.
    """
    file = _file(build, ward)
    if file.is_file():
        return
    geography = geography_of(ward)
    told = {
        "source": asdict(geography.source) if geography.source else None,
        # Areas and blocks have no shares: below each other, they would all be fractions.
        "share": str(geography.chome["share"].dtype),
    }
    table = pa.Table.from_pandas(
        pd.concat([_told(geography, level) for level in _COLUMNS], ignore_index=True)
    )
    metadata = {**table.schema.metadata, TOLD: json.dumps(told).encode()}
    written = BytesIO()
    feather.write_feather(table.replace_schema_metadata(metadata), written)
    for other in build.glob(f"{_BEGINNING}*"):
        other.unlink(missing_ok=True)
    write_atomically(file, written.getvalue())


def recall_geography(ward: Ward, build: Path) -> bool:
    """Let ``geography_of`` give the shapes of a ward that were kept; tell whether there are any.

    Parameters
    ----------
    ward
        A ward whose shapes nobody has asked for yet.
    build
        The folder of the build.
    """
    try:
        table = feather.read_table(_file(build, ward), memory_map=False)
        told = json.loads(table.schema.metadata[TOLD])
        kept = table.to_pandas()
        shapes = {level: _shapes(kept, level, ward) for level in _COLUMNS}
        shapes["chome"]["share"] = shapes["chome"]["share"].astype(told["share"])
        source = Source(**told["source"]) if told["source"] else None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowInvalid, shapely.GEOSException):
        return False
    order = ward.areas[["area_code", "block_code"]]
    geography = Geography(shapes.pop("chome"), order, source)
    vars(geography).update(shapes)
    tell(geography_of, ward, geography)
    return True


def _told(geography: Geography, level: str) -> pd.DataFrame:
    frame: gpd.GeoDataFrame = getattr(geography, level)
    plain = pd.DataFrame(frame[_COLUMNS[level]])
    return plain.assign(level=level, geometry=shapely.to_wkb(frame.geometry.to_numpy()))


def _shapes(kept: pd.DataFrame, level: str, ward: Ward) -> gpd.GeoDataFrame:
    found = kept[kept["level"] == level].reset_index(drop=True)
    shapes = shapely.from_wkb(found["geometry"].to_numpy())
    return gpd.GeoDataFrame(found[_COLUMNS[level]], geometry=shapes, crs=ward.setting("plane_crs"))


def _file(build: Path, ward: Ward) -> Path:
    """Give the file for shapes that follow from this and nothing else."""
    libraries = (gpd.__version__, shapely.__version__, shapely.geos_version_string)
    followed = "\n".join((fingerprint(ward.folder), *libraries))
    return build / f"{_BEGINNING}{hashlib.sha256(followed.encode()).hexdigest()[:_NAME_LENGTH]}"
