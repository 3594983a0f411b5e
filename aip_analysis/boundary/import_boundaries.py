"""Take over official boundaries, store them next to the reference tables, and remove them again.

All checks run before anything can be stored.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from aip_analysis.boundary.consistency import far_points, refuse_pieces, refuse_points_outside
from aip_analysis.boundary.cutting import Lines, cut_by_lines
from aip_analysis.boundary.match_chome import Match, Note, refuse_unmatched
from aip_analysis.boundary.validity import join_shapes, match_edges, refuse_misplaced
from aip_analysis.errors import ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.geography import Geography
from aip_analysis.geography.geography import build_geography
from aip_analysis.geography.official import STORED, stored_bytes
from aip_analysis.reference import Ward


@dataclass(frozen=True)
class ImportedBoundaries:
    """Boundaries that have passed every check.

    Parameters
    ----------
    cells
        Columns key_code, chome, area_code (empty but for the pieces of a 町丁目 that lines cut),
        geometry (plane metres).
    geography
        The areas and blocks that they make up.
    match
        How the file was matched with chome.csv.
    notes
        Further remarks that somebody may want to look at.
    """

    cells: gpd.GeoDataFrame
    geography: Geography
    match: Match
    notes: tuple[Note, ...]

    @property
    def cut_by_lines(self) -> int:
        """Number of 町丁目 that are cut along lines."""
        return int(self.cells.loc[self.cells["area_code"] != "", "key_code"].nunique())

    @property
    def cut_by_share(self) -> int:
        """Number of 町丁目 that are cut straight across, by their shares."""
        chome = self.geography.chome
        shared = chome.loc[chome.duplicated("key_code"), "key_code"].nunique()
        return int(shared) - self.cut_by_lines


def import_boundaries(
    ward: Ward, match: Match, lines: Lines | None = None, *, allow_pieces: bool = False
) -> ImportedBoundaries:
    """Check the shapes of a file and build the ward's geography from them.

    Parameters
    ----------
    lines
        Lines along which shared 町丁目 are cut; those that no line crosses are cut by share.
    allow_pieces
        Whether an area may be in several pieces.

    Raises
    ------
    InputRefusedError
        At the first error in the file, the lines or the reference tables.
    """
    refuse_unmatched(ward, match)
    refuse_misplaced(ward, match)
    joined = join_shapes(match, ward.setting("plane_crs"))
    cells = match_edges(match, joined).sort_values("key_code").reset_index(drop=True)
    refuse_points_outside(ward, cells)
    notes = tuple(far_points(ward, cells))
    whole = cells.assign(area_code="")
    pieces = whole if lines is None else cut_by_lines(ward, cells, lines)
    columns = ["key_code", "chome", "area_code", "geometry"]
    ordered = pieces[columns].sort_values(["key_code", "area_code"]).reset_index(drop=True)
    geography = build_geography(ward, ordered, match.shapes.source)
    if not allow_pieces:
        refuse_pieces(ward, geography)
    return ImportedBoundaries(ordered, geography, match, notes)


def store_boundaries(ward: Ward, imported: ImportedBoundaries) -> Path:
    """Write boundaries that were taken over, replacing any stored before.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ToolMissingError
        If the folder cannot be written.
    """
    file = ward.folder / STORED
    write_atomically(file, stored_bytes(imported.cells, imported.match.shapes.source))
    return file


def remove_boundaries(reference: Path) -> bool:
    """Remove the boundaries that were taken over; return whether there were any.

    Parameters
    ----------
    reference
        The folder of the reference tables.

    Raises
    ------
    ToolMissingError
        If the folder cannot be written.
    """
    file = reference / STORED
    existed = file.is_file()
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise ToolMissingError("files.not_writable", folder=reference) from error
    return existed
