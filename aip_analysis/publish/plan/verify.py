"""Verification of a folder of published pages against its manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.errors import NothingToDoError
from aip_analysis.files.builds import read_build_metadata
from aip_analysis.publish.plan.attached_files import ENDINGS
from aip_analysis.publish.plan.manifest import page_hash, read_manifest


@dataclass(frozen=True)
class Difference:
    """A file that does not match the manifest."""

    kind: Literal["missing", "changed", "extra"]
    file: str


@dataclass(frozen=True)
class Verified:
    """The result of a check: how many files were checked, and which differ."""

    count: int
    differences: tuple[Difference, ...]


def newest_year(home: Path, out: Path) -> int:
    """Return the year that ``aip publish`` would choose, or else the newest published one.

    Parameters
    ----------
    home, out
        The workbench's folder, and the folder of all reports.

    Raises
    ------
    NothingToDoError
        When nothing is built and nothing is published.
    """
    about = read_build_metadata(home / "data" / "processed")
    if about:
        return about.newest_complete
    years = [int(folder.name) for folder in out.glob("[0-9]*") if folder.name.isdecimal()]
    if not years:
        raise NothingToDoError("publish.nothing_published", folder=out)
    return max(years)


def verify(folder: Path) -> Verified:
    """Check the pages of a folder, their attached files, and the assets.

    Raises
    ------
    NothingToDoError
        When the folder has no manifest.
    """
    manifest = read_manifest(folder)
    if not manifest.pages:
        raise NothingToDoError("publish.nothing_published", folder=folder)
    hashes = manifest.files()
    differences = (*_differing(folder, hashes), *_extra(folder, set(hashes)))
    return Verified(len(hashes), differences)


def _differing(folder: Path, hashes: dict[str, str]) -> Iterator[Difference]:
    for file, expected in sorted(hashes.items()):
        digest = page_hash(folder / file)
        if digest != expected:
            yield Difference("changed" if digest else "missing", file)


def _extra(folder: Path, known: set[str]) -> Iterator[Difference]:
    """Yield the files that the manifest does not list, such as those of an old name, or copies."""
    endings = {".html", *(f".{ending}" for ending in ENDINGS)}
    for file in sorted(folder.iterdir()):
        if file.suffix in endings and file.name not in known and not file.name.startswith("."):
            yield Difference("extra", file.name)
