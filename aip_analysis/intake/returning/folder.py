"""The folder of workbooks to correct: one for each file with rows set aside."""

import shutil
import tempfile
from pathlib import Path, PurePosixPath

from aip_analysis.errors import ToolMissingError
from aip_analysis.intake.outcome import FileIntake, Intake
from aip_analysis.intake.reading import read_source
from aip_analysis.intake.returning.workbook import workbook_bytes
from aip_analysis.messages import say
from aip_analysis.ward import Ward


def write_set_aside(intake: Intake, ward: Ward, folder: Path) -> list[Path]:
    """Write a workbook for each file with rows set aside; what was there before goes.

    Parameters
    ----------
    intake
        What came of the files.
    ward
        Whose headings and people's names they use.
    folder
        Where the workbooks go, in the folders that the files came from.

    Returns
    -------
    list of Path
        The workbooks.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".returning-") as place:
            made = Path(place) / "set-aside"
            made.mkdir()
            names = [_write(file, ward, made) for file in intake.files]
            shutil.rmtree(folder, ignore_errors=True)
            made.replace(folder)
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=folder) from error
    return [folder / name for name in names if name]


def _write(file: FileIntake, ward: Ward, folder: Path) -> Path | None:
    if file.source is None or not any(
        block.aside for sheet in file.sheets for block in sheet.blocks
    ):
        return None
    read = read_source(file.source)
    if read.sha256 != file.sha256:
        # It has been changed while the others were read: the next build sees to it.
        return None
    name = _name(file.file)
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(workbook_bytes(file, read.sheets, ward))
    return name


def _name(shown: str) -> Path:
    """Name the workbook after its file; nothing of a name can lead out of the folder."""
    inside = PurePosixPath(shown.replace("\\", "/"))
    parts = [part for part in inside.parts[:-1] if part not in {"..", "/"}]
    mark = say("intake.returned_mark", "ja")
    stem = inside.stem.removesuffix(mark)
    ending = inside.suffix.removeprefix(".").lower()
    # Two files may differ by their endings alone.
    told = "" if ending == "xlsx" else f"_{ending}"
    return Path(*parts, f"{stem}{told}{mark}.xlsx")
