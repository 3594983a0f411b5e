"""The files to read: single files, files below a folder, or members of a zip."""

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aip_analysis.intake.account import Problem

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
TEXTS = frozenset({".csv", ".tsv"})
ARCHIVE = ".zip"
SHORTCUTS = frozenset({".lnk", ".url", ".webloc", ".desktop"})
# Name of the file that an office program keeps beside a file while it is open.
_LOCK = re.compile(r"~\$(.+)|\.~lock\.(.+)#")
MEANINGS = "columns.toml"
# The folder of a year's texts and photographs.
TEXTS_FOLDER = "text"
# Files of the operating system, of a running office program, or about the folder itself.
NOT_RECORDS = re.compile(
    r"[.~].*|Thumbs\.db|desktop\.ini|README.*|.*\.lock|columns\.toml", re.IGNORECASE
)
# Maximum unpacked size of a zip: more is a mistake or a zip bomb.
MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 5_000
# Stands for a columns.toml that cannot be opened: it is reported as unreadable.
_NO_TOML = "="
_UTF8_NAMES = 0x800
_PASSWORD = 0x1


class UnreadableError(Exception):
    """Raised for a file that cannot be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Source:
    """A file to read.

    Parameters
    ----------
    path
        The file on disk; for a member of a zip, the zip.
    shown
        Its path, as displayed.
    member
        Its name within the zip, as stored there; empty for a file that is not in a zip.
    meanings
        The texts of the columns.toml files that apply to it, nearest folder first.
    """

    path: Path
    shown: str
    member: str = ""
    meanings: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """The extension of its name, in lower case."""
        return PurePosixPath(self.shown).suffix.lower()

    @property
    def names(self) -> tuple[str, ...]:
        """Its name without the extension, then the folders that contain it, nearest first."""
        inside = PurePosixPath(self.shown)
        folder = readable_name(self.path.resolve().parent.name)
        if self.member:
            folders = [PurePosixPath(part).stem for part in reversed(inside.parts[:-1])]
            return (inside.stem, *folders, folder)
        # The folder counts even if only the file's name is displayed.
        return (inside.stem, *dict.fromkeys([folder, *_above(inside)]))

    def content(self) -> bytes:
        """Return the file's content.

        Raises
        ------
        UnreadableError
            If it is missing or its zip is, or if the zip is broken.
        """
        try:
            if not self.member:
                return self.path.read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.member)
        except (OSError, KeyError) as error:
            raise UnreadableError("file_gone") from error
        except (
            zipfile.BadZipFile,
            RuntimeError,
            ValueError,
            EOFError,
            NotImplementedError,
        ) as error:
            raise UnreadableError("file_broken") from error
        except Exception as error:
            raise UnreadableError("file_broken") from error


def sources_below(raw: Path) -> tuple[list[Source], list[Problem]]:
    """Return all files to read below a folder, in a fixed order, and problems of the others."""
    files = sorted(path for path in raw.rglob("*") if path.is_file()) if raw.is_dir() else []
    sources: list[Source] = []
    problems: list[Problem] = []
    meanings: dict[Path, tuple[str, ...]] = {}
    for file in files:
        if lies_among_texts(file.relative_to(raw)):
            continue
        if NOT_RECORDS.fullmatch(file.name):
            problems += _open_file(file, raw)
            continue
        folder = file.parent
        if folder not in meanings:
            meanings[folder] = _meanings(folder, raw)
        new_sources, new_problems = _expanded(
            Source(
                file,
                readable_name(file.relative_to(raw).as_posix()),
                meanings=meanings[folder],
            )
        )
        sources += new_sources
        problems += new_problems
    return sources, problems


def _open_file(lock: Path, raw: Path) -> list[Problem]:
    """Note that a file is open if this is its lock; Excel may leave out the first two letters."""
    match = _LOCK.fullmatch(lock.name)
    if not match:
        return []
    name = match[1] or match[2]
    return [
        Problem("open_file", "note", lock.relative_to(raw).as_posix(), found=beside.name)
        for beside in sorted(lock.parent.iterdir())
        if beside.name in {name, f"{beside.name[:2]}{name}"} and beside != lock
    ]


def lies_among_texts(file: Path) -> bool:
    """Return whether a file's location makes it a text or photograph for reports, not a record.

    Parameters
    ----------
    file
        Its path relative to the folder of all raw files, or any longer path.
    """
    return TEXTS_FOLDER in {part.casefold() for part in file.parts[:-1]}


def supplements_below(folder: Path) -> list[tuple[Path, str]]:
    """Return the texts and photographs for reports below a folder, with their relative paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    candidates = [(file, file.relative_to(folder)) for file in files]
    return [
        (file, readable_name(below.as_posix()))
        for file, below in candidates
        if lies_among_texts(below) and not NOT_RECORDS.fullmatch(file.name)
    ]


def sources_of(path: Path, shown: str = "") -> tuple[list[Source], list[Problem]]:
    """Return the files to read from a file, zip or folder that the user named, and problems."""
    if path.is_dir():
        return sources_below(path)
    shown = shown or readable_name(path.name)
    return _expanded(Source(path, shown, meanings=_meanings(path.parent, path.parent)))


def readable_name(name: str) -> str:
    """Return a file's name as text; names in the encoding of Windows are decoded.

    Python represents bytes of a name that the system's encoding does not have by characters that
    cannot be written anywhere.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        encoded = os.fsencode(name)
        try:
            return encoded.decode("cp932")
        except UnicodeDecodeError:
            return encoded.decode(errors="backslashreplace").replace("\\x", "%")
    return name


def _above(inside: PurePosixPath) -> Iterator[str]:
    return (part for part in reversed(inside.parts[:-1]))


def _meanings(folder: Path, top: Path) -> tuple[str, ...]:
    """Read the columns.toml files of a folder and of its parents, up to ``top``."""
    folders = [folder, *(above for above in folder.parents if above.is_relative_to(top))]
    files = (
        directory / MEANINGS
        for directory in folders
        if directory == top or directory.is_relative_to(top)
    )
    return tuple(_meaning(file) for file in files if file.is_file())


def _meaning(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return _NO_TOML


def _expanded(source: Source) -> tuple[list[Source], list[Problem]]:
    if source.ending == ARCHIVE:
        try:
            return _members(source)
        except Exception:  # noqa: BLE001 -- the archive module raises many kinds of errors
            code = "file_broken" if source.path.exists() else "file_gone"
            return [], [Problem(code, "set_aside", source.shown)]
    if source.ending in WORKBOOKS | TEXTS:
        return [source], []
    code = "shortcut" if source.ending in SHORTCUTS else "other_kind"
    return [], [Problem(code, "note", source.shown)]


def _members(source: Source) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    with zipfile.ZipFile(source.path) as archive:
        # Of members with one name, the last one counts, as if they were unpacked one by one.
        members = list({entry.filename: entry for entry in archive.infolist()}.values())
    if len(members) > MOST_MEMBERS or sum(entry.file_size for entry in members) > MOST_UNPACKED:
        return [], [Problem("file_too_large", "set_aside", source.shown)]
    for member in members:
        name = _readable_name(member)
        display_path = f"{source.shown}/{name.replace('..', '．．')}"
        code = _member_problem(member, name)
        last = PurePosixPath(name).name
        if code:
            problems.append(Problem(code, "set_aside", display_path, found=name))
        elif not member.is_dir() and not NOT_RECORDS.fullmatch(last) and "__MACOSX" not in name:
            inner = Source(source.path, f"{source.shown}/{name}", member.filename, source.meanings)
            if inner.ending == ARCHIVE:
                problems.append(Problem("zip_in_zip", "set_aside", display_path))
            elif inner.ending in WORKBOOKS | TEXTS:
                sources.append(inner)
            else:
                problems.append(Problem("other_kind", "note", display_path))
    return sorted(sources, key=lambda entry: entry.shown), problems


def _readable_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name decoded; Windows writes Japanese names in CP932 without a flag."""
    if member.flag_bits & _UTF8_NAMES:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp932").replace("\\", "/")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _member_problem(member: zipfile.ZipInfo, name: str) -> str:
    parts = PurePosixPath(name.replace("\\", "/"))
    if ".." in parts.parts or parts.is_absolute() or ":" in name or "\0" in name:
        return "zip_unsafe_name"
    if member.flag_bits & _PASSWORD:
        return "file_encrypted"
    return "zip_unsafe_name" if stat.S_ISLNK(member.external_attr >> 16) else ""
