"""Official boundaries as they were taken over: one GeoParquet file beside the reference tables."""

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq

from aip_analysis.errors import InputRefusedError
from aip_analysis.ward import Ward

STORED = "boundary.parquet"
TOLD = b"aip_source"
NAMED = 5


@dataclass(frozen=True)
class Source:
    """Where official boundaries come from.

    Parameters
    ----------
    file
        Name of the file, folder or zip that was taken over.
    sha256
        The hash of what was in it.
    year
        The census that it belongs to, where its name or columns tell.
    shapes
        How many shapes it held.
    """

    file: str
    sha256: str
    year: int | None
    shapes: int


def stored_bytes(cells: gpd.GeoDataFrame, source: Source) -> bytes:
    """Write the 町丁目 and where they come from as GeoParquet.

    Parameters
    ----------
    cells
        Columns key_code, chome, area_code (empty but for the pieces of a 町丁目 that lines cut),
        geometry.
    """
    plain = BytesIO()
    cells.to_parquet(plain, index=False)
    # By one thread: a command that ends while Arrow's own are still ending is aborted
    # (apache/arrow issue 34314).
    table = pq.ParquetFile(plain).read(use_threads=False)
    metadata = {**table.schema.metadata, TOLD: json.dumps(asdict(source)).encode()}
    told = BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), told)
    return told.getvalue()


def official_cells(ward: Ward) -> tuple[gpd.GeoDataFrame, Source] | None:
    """Read the official 町丁目 of a ward; None where none have been taken over.

    Returns
    -------
    tuple
        Columns key_code, chome, area_code (empty but for the pieces of a 町丁目 that lines cut),
        geometry (plane metres); and where they come from.

    Raises
    ------
    InputRefusedError
        When the file cannot be read, or holds other 町丁目 than chome.csv.
    """
    file = ward.folder / STORED
    if not file.is_file():
        return None
    try:
        cells = gpd.read_parquet(file, columns=["key_code", "chome", "area_code", "geometry"])
        source = _source(file)
    # A file that is no Parquet, has no shapes, lacks a column or does not tell where it is from.
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
    """Return where the official boundaries of a ward, once read, come from; None without them."""
    file = ward.folder / STORED
    return _source(file) if file.is_file() else None


def _source(file: Path) -> Source:
    return Source(**json.loads(pq.read_schema(file).metadata[TOLD]))
