"""Hashes of the inputs of builds and pages: the same files, the same hash, wherever they lie."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# Files with these suffixes determine what the program does; Python's bytecode caches do not count.
CODE = {".py", ".toml", ".j2", ".css", ".js", ".json", ".md"}
# How the names of files begin that Excel and LibreOffice keep beside one that is open.
OPEN = ("~$", ".~lock.")
# As many hexadecimal digits as are safe to tell versions of an input apart.
SHORT = 16


def fingerprint(*folders: Path) -> str:
    """Return a hash of the names and contents of all files below folders, and of the program."""
    digest = hashlib.sha256()
    for folder in folders:
        digest.update(files_hash(folder).encode())
    digest.update(program_hash().encode())
    return digest.hexdigest()


def files_hash(folder: Path) -> str:
    """Return a hash of the names and contents of all files below a folder.

    A file that an office program keeps beside one that is open does not count, nor can it be read.
    """
    files = (file for file in folder.rglob("*") if not file.name.startswith(OPEN))
    return _hash(folder, (file for file in files if file.is_file()))


@cache
def program_hash() -> str:
    """Return a hash of the program: its code, texts, templates and style."""
    return _hash(PACKAGE, (file for file in PACKAGE.rglob("*") if file.suffix in CODE))


def short_hash(content: str | bytes) -> str:
    """Return a hash of a text, as short as is safe to distinguish versions."""
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:SHORT]


def _hash(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        # Names in another encoding than the system's contain what UTF-8 cannot encode.
        digest.update(file.relative_to(root).as_posix().encode(errors="surrogateescape"))
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
