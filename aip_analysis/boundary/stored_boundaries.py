"""Store official boundaries atomically next to the reference tables, and remove them again."""

from pathlib import Path

from aip_analysis.boundary.import_boundaries import ImportedBoundaries
from aip_analysis.errors import ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.geography.official import STORED, stored_bytes
from aip_analysis.reference import Ward


def store(ward: Ward, taken: ImportedBoundaries) -> Path:
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
    write_atomically(file, stored_bytes(taken.cells, taken.match.shapes.source))
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
