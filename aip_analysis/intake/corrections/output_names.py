"""Names of the workbooks and sheets with rows set aside: valid wherever they are opened."""

import hashlib
import re
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from aip_analysis.messages import say

# Excel's limit of a sheet's name, in UTF-16 units, and that of file systems, in bytes.
_SHEET_UNITS, _FILE_BYTES = 31, 255
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_NOT_IN_FILES = re.compile(r'[<>:"|?*\x00-\x1f]')
# Names that Windows and Excel keep for themselves.
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?=\.|$)", re.IGNORECASE)
_EXCELS_OWN = {"history"}


def sheet_name(name: str, taken: Collection[str]) -> str:
    """Return a valid name for a sheet that resembles a name and is not taken.

    Parameters
    ----------
    name
        The name that the sheet had in its file; it may be empty.
    taken
        Names in use, case-folded: Excel does not distinguish capitals.
    """
    cleaned = _NOT_IN_SHEETS.sub("_", name).strip("'") or say("intake.returned_sheet", "ja")
    for number in _numbers():
        candidate = _cut(cleaned, _SHEET_UNITS - len(number), "utf-16-le", 2).rstrip("'") + number
        if candidate.casefold() not in taken and candidate.casefold() not in _EXCELS_OWN:
            return candidate
    raise AssertionError


def file_name(display_path: str, taken: Collection[str]) -> str:
    """Return the path of the workbook for a file, relative to the folder of all of them.

    No part of the name can lead out of the folder, or is too long or reserved.

    Parameters
    ----------
    display_path
        The path of the file, as displayed.
    taken
        Paths in use, case-folded.
    """
    inside = PurePosixPath(display_path.replace("\\", "/"))
    parts = [_part(part) for part in inside.parts[:-1] if part not in {"..", "/"}]
    mark = say("intake.returned_mark", "ja")
    extension = inside.suffix.removeprefix(".").lower()
    # Two files may differ only in their extension.
    suffix = f"{'' if extension == 'xlsx' else f'_{extension}'}{mark}.xlsx"
    stem = _valid(inside.stem.removesuffix(mark))
    for number in _numbers():
        name = _short(stem, f"{number}{suffix}")
        path = Path(*parts, name).as_posix()
        if path.casefold() not in taken:
            return path
    raise AssertionError


def _numbers() -> Iterator[str]:
    yield ""
    yield from (f" ({number})" for number in count(2))


def _part(name: str) -> str:
    return _short(_valid(name).rstrip(". ") or "_", "")


def _valid(name: str) -> str:
    """Return a name without characters and words that Windows does not allow."""
    allowed = _NOT_IN_FILES.sub("_", name)
    return f"_{allowed}" if _DEVICES.match(allowed) else allowed


def _short(stem: str, suffix: str) -> str:
    """Return a name of at most 255 bytes; a long one is cut, and a hash tells it from others."""
    if len(f"{stem}{suffix}".encode()) <= _FILE_BYTES:
        return f"{stem}{suffix}"
    digest = f"~{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    most = _FILE_BYTES - len(f"{digest}{suffix}".encode())
    return f"{_cut(stem, most, 'utf-8', 1)}{digest}{suffix}"


def _cut(text: str, most: int, encoding: str, unit: int) -> str:
    """Return the beginning of a text, of at most so many units in an encoding."""
    return text.encode(encoding)[: most * unit].decode(encoding, errors="ignore")
