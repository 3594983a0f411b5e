"""The manifest of an edition: what each page was made from, and what became of it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.publish.plan import Job
from aip_analysis.store import write_atomically

MANIFEST = "manifest.json"
State = Literal["fresh", "stale", "failed", "never"]


@dataclass(frozen=True)
class Entry:
    """What the manifest knows of one page.

    Parameters
    ----------
    file
        Its name.
    fingerprint
        The hash of all that it was made from, or that it failed on.
    sha256
        The hash of the page; empty where there has never been one.
    reason
        Why it could not be made, in one sentence; empty where it could.
    """

    file: str
    fingerprint: str
    sha256: str
    reason: str = ""


@dataclass(frozen=True)
class ReportState:
    """How a report stands."""

    job: Job
    state: State
    reason: str = ""


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Read the manifest of a folder: entries by slug; none where it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {slug: Entry(**entry) for slug, entry in content["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(folder: Path, about: dict[str, object], entries: dict[str, Entry]) -> None:
    """Write the manifest: facts of the edition, then the entries by slug, the index among them."""
    pages = {slug: asdict(entry) for slug, entry in sorted(entries.items())}
    text = json.dumps(about | {"pages": pages}, ensure_ascii=False, indent=1)
    write_atomically(folder / MANIFEST, f"{text}\n".encode())


def report_states(folder: Path, jobs: list[Job]) -> list[ReportState]:
    """Tell for each report whether it is fresh, stale, failed or was never built."""
    entries = read_manifest(folder)
    return [_state(folder, job, entries.get(job.place.slug)) for job in jobs]


def page_hash(file: Path) -> str:
    """Give the hash of a page; empty where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _state(folder: Path, job: Job, entry: Entry | None) -> ReportState:
    if entry is None or not (entry.sha256 or entry.reason):
        return ReportState(job, "never")
    if entry.reason:
        return ReportState(job, "failed", entry.reason)
    made = page_hash(folder / job.file)
    fresh = entry.fingerprint == job.fingerprint and entry.sha256 == made
    return ReportState(job, "fresh" if fresh else "stale")
