"""The manifest of an edition: the inputs of each page, and the result of making it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aip_analysis.files import write_atomically
from aip_analysis.publish.plan.recorded_reads import Reads

MANIFEST = "manifest.json"
INDEX = "index"


@dataclass(frozen=True)
class Attachment:
    """The manifest's entry for a file attached to a page.

    Parameters
    ----------
    sha256
        The hash of the file.
    made_from
        The hashes of its inputs, by what they are; that of its page is always among them.
    """

    sha256: str
    made_from: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """The manifest's entry for a page.

    Parameters
    ----------
    file
        The name of the page.
    sha256
        The hash of the page; empty if there has never been one.
    made_from
        The hashes of its inputs, by what they are.
    seconds
        How many seconds it took to make.
    rows
        How many rows of each record table it counts.
    reason
        Why it could not be made the last time, in one sentence; empty if it was made.
    beside
        The files attached to it, by their names.
    reads
        What it read, each with the digest of the result: see docs/architecture.md.
    """

    file: str
    sha256: str = ""
    made_from: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    rows: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    beside: dict[str, Attachment] = field(default_factory=dict)
    reads: Reads = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    """What is known of the pages of a folder.

    Parameters
    ----------
    about
        Facts about the edition.
    pages
        Entries by slug, including the index.
    assets
        The hashes of the files that the pages share, by their paths relative to the folder.
    settled
        The hashes of all inputs when nothing was left to make; empty while something is.
    """

    about: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[str, Entry] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """Return the hash of every file that was made: pages, attached files, assets."""
        hashes = {entry.file: entry.sha256 for entry in self.pages.values() if entry.sha256}
        for entry in self.pages.values():
            hashes |= {name: beside.sha256 for name, beside in entry.beside.items()}
        return hashes | dict(self.assets)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; the result is empty if it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        pages = {slug: _entry(entry) for slug, entry in content.pop("pages").items()}
        assets, settled = content.pop("assets"), content.pop("settled")
        return Manifest(content, pages, assets, settled)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _entry(fields: dict[str, Any]) -> Entry:
    # Manifests of older versions of the program list no files attached to pages.
    beside = {name: Attachment(**values) for name, values in fields.pop("beside", {}).items()}
    return Entry(**fields, beside=beside)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder."""
    pages = ",\n".join(
        f"{_text(slug)}: {_text(_plain(entry))}" for slug, entry in sorted(manifest.pages.items())
    )
    # One line per page: a run for a region writes hundreds of them every second.
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
    """Return the values of an entry, not copied: the reads of a page are large."""
    return vars(entry) | {"beside": {name: vars(file) for name, file in entry.beside.items()}}


def page_hash(file: Path) -> str:
    """Return the hash of a page; empty if there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
