"""Official boundaries that were taken over: one GeoParquet file next to the reference tables."""

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq

from aip_analysis.errors import InputRefusedError
from aip_analysis.reference import Ward

STORED = "boundary.parquet"
TOLD = b"aip_source"
NAMED = 5


@dataclass(frozen=True)
class Source:
    """The source of official boundaries.

    Parameters
    ----------
    file
        Name of the file, folder or zip that was taken over.
    sha256
        Hash of its content.
    year
        Year of the census that it belongs to, where its name or columns show it.
    shapes
        Number of shapes in it.
    """

    file: str
    sha256: str
    year: int | None
    shapes: int


def stored_bytes(cells: gpd.GeoDataFrame, source: Source) -> bytes:
    """Return the 町丁目 and their source as the content of a GeoParquet file.

    Parameters
    ----------
    cells
        Columns key_code, chome, area_code (empty except for pieces of a 町丁目 cut along lines),
        geometry.
    """
    plain = BytesIO()
    cells.to_parquet(plain, index=False)
    # In one thread: a command that exits while Arrow's own threads are still shutting down is
    # aborted (apache/arrow issue 34314).
    table = pq.ParquetFile(plain).read(use_threads=False)
    metadata = {**table.schema.metadata, TOLD: json.dumps(asdict(source)).encode()}
    output = BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), output)
    return output.getvalue()


def official_cells(ward: Ward) -> tuple[gpd.GeoDataFrame, Source] | None:
    """Read the official 町丁目 of a ward; None if none have been taken over.

    Returns
    -------
    tuple
        A table with the columns key_code, chome, area_code (empty except for pieces of a 町丁目
        cut along lines), geometry (plane metres); and their source.

    Raises
    ------
    InputRefusedError
        If the file cannot be read, or its 町丁目 differ from those of chome.csv.
    """
    file = ward.folder / STORED
    if not file.is_file():
        return None
    try:
        cells = gpd.read_parquet(file, columns=["key_code", "chome", "area_code", "geometry"])
        source = _source(file)
    # The file is not Parquet, has no shapes, lacks a column or does not name its source.
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputRefusedError("boundaries.stored_unreadable", file=file) from error
    named = ward.chome.drop_duplicates("key_code")[["key_code", "chome"]]
    missing = named.loc[~named["key_code"].isin(cells["key_code"]), "chome"]
    strange = cells.loc[~cells["key_code"].isin(named["key_code"]), "chome"].drop_duplicates()
    for key, names in (("missing", missing), ("strange", strange)):
        if len(names):
            raise InputRefusedError(
                f"boundaries.stored_{key}",
                file=file,
                names="、".join(names[:NAMED]),
                count=len(names),
            )
    plane = ward.setting("plane_crs")
    return (cells if cells.crs == plane else cells.to_crs(plane)), source


def official_source(ward: Ward) -> Source | None:
    """Return the source of the official boundaries of a ward, once read; None without them."""
    file = ward.folder / STORED
    return _source(file) if file.is_file() else None


def _source(file: Path) -> Source:
    return Source(**json.loads(pq.read_schema(file).metadata[TOLD]))
