"""The folder of workbooks to correct: one per file with rows set aside."""

import shutil
import tempfile
from pathlib import Path, PurePosixPath

from aip_analysis.errors import ToolMissingError
from aip_analysis.intake.corrections.export_workbook import workbook_bytes
from aip_analysis.intake.reading import read_source
from aip_analysis.intake.results import FileIntake, Intake
from aip_analysis.messages import say
from aip_analysis.reference import Ward


def write_set_aside(intake: Intake, ward: Ward, folder: Path) -> list[Path]:
    """Write a workbook for each file with rows set aside, replacing the folder's content.

    Parameters
    ----------
    intake
        The result of the intake.
    ward
        The ward whose headings and family names apply.
    folder
        The target folder; workbooks keep the subfolders of their files.

    Returns
    -------
    list of Path
        The workbooks written.

    Raises
    ------
    ToolMissingError
        If the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".returning-") as temporary:
            new_folder = Path(temporary) / "set-aside"
            new_folder.mkdir()
            names = [_write(file, ward, new_folder) for file in intake.files]
            shutil.rmtree(folder, ignore_errors=True)
            new_folder.replace(folder)
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=folder) from error
    return [folder / name for name in names if name]


def _write(file: FileIntake, ward: Ward, folder: Path) -> Path | None:
    if file.source is None or not any(
        block.aside and block.by_row for sheet in file.sheets for block in sheet.blocks
    ):
        return None
    read = read_source(file.source)
    if read.sha256 != file.sha256:
        # The file changed during the intake: the next build takes care of it.
        return None
    name = _name(file.file)
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(workbook_bytes(file, read.sheets, ward))
    return name


def _name(display_path: str) -> Path:
    """Return the workbook's path for a file; no part of the name can lead out of the folder."""
    inside = PurePosixPath(display_path.replace("\\", "/"))
    parts = [part for part in inside.parts[:-1] if part not in {"..", "/"}]
    mark = say("intake.returned_mark", "ja")
    stem = inside.stem.removesuffix(mark)
    extension = inside.suffix.removeprefix(".").lower()
    # Two files may differ only in their extension.
    suffix = "" if extension == "xlsx" else f"_{extension}"
    return Path(*parts, f"{stem}{suffix}{mark}.xlsx")
