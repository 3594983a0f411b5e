"""How every report stands: fresh, stale and why, failed, never made."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.messages import Language, say
from aip_analysis.publish.jobs import Job
from aip_analysis.publish.manifest import Entry, Manifest, page_hash

State = Literal["fresh", "stale", "failed", "never"]
# What stands in the place of an input where the page itself is not as it was made.
CHANGED, MISSING = "page_changed", "page_missing"


@dataclass(frozen=True)
class ReportState:
    """How a report stands.

    Parameters
    ----------
    job
        The report.
    state
        In one word.
    changed
        What has changed since it was made, by the names of its inputs; for a stale one.
    reason
        Why it could not be made, in one sentence; for a failed one.
    """

    job: Job
    state: State
    changed: tuple[str, ...] = ()
    reason: str = ""

    def why(self, language: Language) -> str:
        """Say why it is not fresh; nothing where there is nothing to say."""
        if self.reason:
            return self.reason
        comma = say("publish.comma", language)
        return comma.join(say(f"publish.changed_{name}", language) for name in self.changed)


def report_states(folder: Path, manifest: Manifest, jobs: Iterable[Job]) -> list[ReportState]:
    """Tell for each report how it stands."""
    return [_state(folder, job, manifest.pages.get(job.slug)) for job in jobs]


def _state(folder: Path, job: Job, entry: Entry | None) -> ReportState:
    if entry is None or not (entry.sha256 or entry.reason):
        return ReportState(job, "never")
    if entry.reason:
        return ReportState(job, "failed", reason=entry.reason)
    made = page_hash(folder / job.file)
    if made != entry.sha256:
        return ReportState(job, "stale", (CHANGED if made else MISSING,))
    changed = [
        name for name, value in sorted(job.inputs.items()) if entry.made_from.get(name) != value
    ]
    return ReportState(job, "stale" if changed else "fresh", tuple(changed))
