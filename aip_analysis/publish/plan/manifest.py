"""The manifest of an edition: the inputs of each page, and the result of making it.

It is kept up to date during a run while pages are put in place.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aip_analysis.files import write_atomically
from aip_analysis.publish.plan.jobs import Job, Plan, RenderResult
from aip_analysis.publish.plan.recorded_reads import Reads

MANIFEST = "manifest.json"
INDEX = "index"
# Seconds between writes: what a killed run made since the last one has to be made again.
EVERY_SECONDS = 1.0


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
    report
        The name of the office's own report that it is; empty for the report of a place.
    notices
        What its notebook outputs and the page cannot show, one sentence each.
    """

    file: str
    sha256: str = ""
    made_from: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    rows: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    beside: dict[str, Attachment] = field(default_factory=dict)
    reads: Reads = field(default_factory=list)
    report: str = ""
    notices: list[str] = field(default_factory=list)


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


def edition_facts(plan: Plan, versions: Mapping[str, str]) -> dict[str, Any]:
    """Return what the manifest says of an edition as a whole.

    Parameters
    ----------
    plan
        The plan that is published.
    versions
        The versions of Python and of the packages that publish it.
    """
    return {
        "fiscal_year": plan.fiscal_year,
        "language": plan.language,
        "records": plan.build,
        "fictional": plan.fictional,
        "reports": len(plan.jobs),
        "cover": dict(plan.cover),
        "versions": dict(versions),
    }


class ManifestWriter:
    """Keeps the manifest of a folder up to date during a run, and writes it as it changes.

    Parameters
    ----------
    folder
        The folder of the edition. Nobody else writes its manifest meanwhile; for a region the file
        is large, so it is read only once.
    about
        Facts about the edition.
    assets
        The hashes of the files that its pages share.
    """

    def __init__(self, folder: Path, about: Mapping[str, Any], assets: Mapping[str, str]) -> None:
        self.folder = folder
        self._on_disk = read_manifest(folder)
        self._written = time.monotonic()
        self.manifest = Manifest(about, dict(self._on_disk.pages), assets)

    def made(
        self,
        job: Job,
        result: RenderResult,
        inputs: dict[str, str],
        sha256: str,
        beside: dict[str, Attachment],
    ) -> None:
        """Record a page that was put in place, with its inputs and the files attached to it."""
        seconds, rows = round(result.seconds, 3), dict(job.rows)
        entry = Entry(
            file=job.file,
            sha256=sha256,
            made_from=inputs,
            seconds=seconds,
            rows=rows,
            beside=beside,
            reads=result.reads,
            report=job.report,
            notices=list(result.notices),
        )
        self.put(job.slug, entry)

    def attached(self, slug: str, beside: dict[str, Attachment]) -> None:
        """Record the files attached to a page after a change."""
        self.put(slug, replace(self.manifest.pages[slug], beside=beside))

    def failed(self, job: Job, result: RenderResult) -> None:
        """Record a page that could not be made; its last good one stays."""
        before = self.manifest.pages.get(job.slug, Entry(job.file, report=job.report))
        self.put(job.slug, replace(before, reason=result.reason))

    def put(self, slug: str, entry: Entry) -> None:
        """Record the entry of a page, and write the manifest if the last write is long ago."""
        self.manifest = replace(self.manifest, pages={**self.manifest.pages, slug: entry})
        if time.monotonic() - self._written >= EVERY_SECONDS:
            self.write()

    def withdrawn(self, slug: str) -> None:
        """Remove the entry of a page that no longer exists."""
        pages = {name: entry for name, entry in self.manifest.pages.items() if name != slug}
        self.manifest = replace(self.manifest, pages=pages)

    def up_to_date(self, inputs: Mapping[str, str]) -> None:
        """Record that nothing is left to make from these inputs, given as their hashes."""
        self.manifest = replace(self.manifest, settled=inputs)

    def write(self) -> None:
        """Write the manifest, unless the file is up to date."""
        if self._on_disk != self.manifest:
            write_manifest(self.folder, self.manifest)
            self._on_disk = self.manifest
        self._written = time.monotonic()
