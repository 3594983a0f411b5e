"""Read a layer of shapes: its geometry, coordinate system, codes and names."""

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from aip_analysis.boundary.find_layer import Layer, layer_of
from aip_analysis.boundary.known_columns import code_of, name_of, water_of
from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.official import Source

AREAL = ("Polygon", "MultiPolygon")
LINEAR = ("LineString", "MultiLineString", "LinearRing")
# The file name and the column names carry the census year: h27ka13119, R2KA13.
CENSUS = re.compile(r"(?<![a-z])([hr])(\d{1,2})ka", re.IGNORECASE)
ERA_BEGINS = {"h": 1988, "r": 2018}


@dataclass(frozen=True)
class Shapes:
    """The content of a boundary file.

    Parameters
    ----------
    table
        Columns code (empty where there is none), city (the first 5 digits of an 11-digit code, else
        empty), name, water (whether it is a water area), geometry (polygons, in the file's own
        coordinates).
    source
        Where the shapes come from.
    file
        The file that the user named.
    """

    table: gpd.GeoDataFrame
    source: Source
    file: Path


def read_shapes(file: Path, crs: str | None = None) -> Shapes:
    """Read a file, folder or zip of boundaries.

    Parameters
    ----------
    file
        A shapefile, GeoJSON or GeoPackage; or a folder or zip that contains one.
    crs
        The coordinate system, such as ``EPSG:4612``, if the file does not state it or is wrong.

    Raises
    ------
    InputRefusedError
        If it cannot be read, contains no polygons, has no coordinate system, or has neither codes
        nor names.
    """
    with layer_of(file) as layer:
        # Hash first: reading a GeoPackage may change the file.
        digest = layer.sha256
        read = _read(layer, AREAL, "boundaries.no_polygons")
    table = pd.DataFrame(read.drop(columns=read.geometry.name))
    code, name = code_of(table), name_of(table)
    if code is None and name is None:
        raise InputRefusedError(
            "boundaries.no_columns", file=file, columns="、".join(table.columns[:12])
        )
    empty = pd.Series("", index=table.index)
    code = empty if code is None else code
    columns = {
        "code": code,
        # A code in another format does not identify the municipality.
        "city": code.str[:5].where(code.str.fullmatch(r"\d{11}"), ""),
        "name": empty if name is None else name,
        "water": water_of(table),
    }
    geometry = read.geometry.set_crs(_system(read, crs, file), allow_override=True)
    shapes = gpd.GeoDataFrame(columns, geometry=geometry)
    year = _year([layer.name, *table.columns])
    return Shapes(shapes, Source(layer.name, digest, year, len(shapes)), file)


def read_lines(file: Path, crs: str | None = None) -> gpd.GeoSeries:
    """Read the lines along which shared 町丁目 are cut, in the file's own coordinates.

    Raises
    ------
    InputRefusedError
        If it cannot be read, contains no lines, or has no coordinate system.
    """
    with layer_of(file) as layer:
        read = _read(layer, LINEAR, "boundaries.no_lines")
    # The user's coordinate system applies only to lines that state none of their own.
    system = _system(read, crs if read.crs is None else None, file)
    lines: gpd.GeoSeries = read.geometry
    return lines.set_crs(system)


def _read(layer: Layer, requested: tuple[str, ...], error_key: str) -> gpd.GeoDataFrame:
    """Read the rows of a layer whose geometry has one of the requested types."""
    attributes = layer.path.with_suffix(".dbf")
    options = {"encoding": _encoding(attributes)} if attributes.exists() else {}
    try:
        inside = gpd.list_layers(layer.path).dropna(subset="geometry_type")
        tables = [gpd.read_file(layer.path, layer=name, **options) for name in inside["name"]]
    # The reader raises RuntimeError for unreadable files and ValueError for undecodable text.
    except (OSError, RuntimeError, ValueError) as error:
        raise InputRefusedError("boundaries.unreadable", file=layer.file) from error
    chosen = [table[table.geom_type.isin(requested) & ~table.geometry.is_empty] for table in tables]
    filled = [table for table in chosen if len(table)]
    if not filled:
        raise InputRefusedError(error_key, file=layer.file)
    if len(filled) > 1:
        names = [name for name, table in zip(inside["name"], chosen, strict=True) if len(table)]
        raise InputRefusedError(
            "boundaries.several_layers", file=layer.file, names="、".join(names), count=len(names)
        )
    table = filled[0].reset_index(drop=True)
    return table.set_geometry(shapely.force_2d(table.geometry.to_numpy()), crs=table.crs)


def _encoding(attributes: Path) -> str:
    """Return the encoding of a shapefile's attributes: official files use CP932, others UTF-8."""
    content = attributes.read_bytes()
    begins = int.from_bytes(content[8:10], "little")
    try:
        content[begins:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP932"
    return "UTF-8"


def _system(table: gpd.GeoDataFrame, crs: str | None, file: Path) -> CRS:
    """Return the coordinate system that the user named, else the file's own."""
    system = table.crs if crs is None else crs
    if system is None:
        raise InputRefusedError("boundaries.no_crs", file=file)
    try:
        return CRS.from_user_input(system)
    except CRSError as error:
        raise InputRefusedError("boundaries.bad_crs", given=crs) from error


def _year(texts: list[str]) -> int | None:
    """Return the census year found in file and column names: R2KA13 means 2020."""
    matches = (CENSUS.search(text) for text in texts)
    years = [ERA_BEGINS[match[1].lower()] + int(match[2]) for match in matches if match]
    return years[0] if years else None
