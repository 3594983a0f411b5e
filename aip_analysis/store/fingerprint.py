"""The hash of what something is made from: the same files, the same hash, wherever they lie."""

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# What the program does is told by these; what Python keeps of them beside is not.
CODE = {".py", ".toml", ".j2", ".css", ".js", ".json", ".md"}


def fingerprint(*folders: Path) -> str:
    """Hash the names and contents of all files below some folders, and the program itself."""
    digest = hashlib.sha256()
    for folder in folders:
        _add(digest, folder, [file for file in folder.rglob("*") if file.is_file()])
    _add(digest, PACKAGE, [file for file in PACKAGE.rglob("*") if file.suffix in CODE])
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", root: Path, files: list[Path]) -> None:
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
