"""The manifest of an edition: what each page was made from, and what became of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aip_analysis.home import write_atomically
from aip_analysis.publish.recorded_reads import Reads

MANIFEST = "manifest.json"
INDEX = "index"


@dataclass(frozen=True)
class Beside:
    """What the manifest knows of a file that lies beside a page and belongs to it.

    Parameters
    ----------
    sha256
        Its hash.
    made_from
        The hashes of what it was made from, by what they are: always that of its page.
    """

    sha256: str
    made_from: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What the manifest knows of one page.

    Parameters
    ----------
    file
        Its name.
    sha256
        The hash of the page; empty where there has never been one.
    made_from
        The hashes of what it was made from, by what they are.
    seconds
        How long it took to make.
    rows
        How many rows of each record table it counts.
    reason
        Why it could not be made the last time, in one sentence; empty where it could.
    beside
        The files that lie beside it, by their names.
    reads
        What it read, each with the digest of what that gave: see docs/architecture.md.
    """

    file: str
    sha256: str = ""
    made_from: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    rows: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    beside: dict[str, Beside] = field(default_factory=dict)
    reads: Reads = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    """What is known of the pages of a folder.

    Parameters
    ----------
    about
        Facts of the edition.
    pages
        Entries by slug, the index among them.
    assets
        The hashes of the files that the pages share, by their way from the folder.
    settled
        What all was made from when nothing was left to make; empty while something is.
    """

    about: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[str, Entry] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """Give the hash of every file that was made: pages, what lies beside them, assets."""
        made = {entry.file: entry.sha256 for entry in self.pages.values() if entry.sha256}
        for entry in self.pages.values():
            made |= {name: beside.sha256 for name, beside in entry.beside.items()}
        return made | dict(self.assets)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; an empty one where it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        pages = {slug: _entry(entry) for slug, entry in content.pop("pages").items()}
        assets, settled = content.pop("assets"), content.pop("settled")
        return Manifest(content, pages, assets, settled)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _entry(told: dict[str, Any]) -> Entry:
    # Manifests of older programs know of no files beside pages.
    beside = {name: Beside(**each) for name, each in told.pop("beside", {}).items()}
    return Entry(**told, beside=beside)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder."""
    pages = ",\n".join(
        f"{_text(slug)}: {_text(_plain(entry))}" for slug, entry in sorted(manifest.pages.items())
    )
    # A page a line: a run of a region writes hundreds of them every second.
    lines = [
        *(f"{_text(name)}: {_text(value)}" for name, value in manifest.about.items()),
        f'"pages": {{\n{pages}\n}}',
        f'"assets": {_text(dict(manifest.assets))}',
        f'"settled": {_text(dict(manifest.settled))}',
    ]
    text = ",\n".join(lines)
    write_atomically(folder / MANIFEST, f"{{\n{text}\n}}\n".encode())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(entry: Entry) -> dict[str, Any]:
    """Give the values of an entry, not copied: what pages read is much."""
    return vars(entry) | {"beside": {name: vars(each) for name, each in entry.beside.items()}}


def page_hash(file: Path) -> str:
    """Give the hash of a page; empty where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
