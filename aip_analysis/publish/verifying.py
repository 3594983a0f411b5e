"""Check a folder of published pages against its manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.errors import NothingToDoError
from aip_analysis.publish.beside import ENDINGS
from aip_analysis.publish.manifest import page_hash, read_manifest


@dataclass(frozen=True)
class Difference:
    """A file that is not as the manifest says."""

    kind: Literal["missing", "changed", "extra"]
    file: str


@dataclass(frozen=True)
class Verified:
    """What came of a check: how many files were checked, and which differ."""

    count: int
    differences: tuple[Difference, ...]


def verify(folder: Path) -> Verified:
    """Check the pages of a folder, what lies beside them, and assets.

    Raises
    ------
    NothingToDoError
        When the folder has no manifest.
    """
    manifest = read_manifest(folder)
    if not manifest.pages:
        raise NothingToDoError("errors.nothing_published", folder=folder)
    told = manifest.files()
    differences = (*_differing(folder, told), *_extra(folder, set(told)))
    return Verified(len(told), differences)


def _differing(folder: Path, told: dict[str, str]) -> Iterator[Difference]:
    for file, digest in sorted(told.items()):
        found = page_hash(folder / file)
        if found != digest:
            yield Difference("changed" if found else "missing", file)


def _extra(folder: Path, told: set[str]) -> Iterator[Difference]:
    """Give the files that nobody is known to have made: an old name, a copy."""
    endings = {".html", *(f".{ending}" for ending in ENDINGS)}
    for file in sorted(folder.iterdir()):
        if file.suffix in endings and file.name not in told and not file.name.startswith("."):
            yield Difference("extra", file.name)
