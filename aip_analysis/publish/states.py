"""How every report stands: fresh, stale and why, failed, never made."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.messages import Language, say
from aip_analysis.publish.beside import is_paper, outdated
from aip_analysis.publish.jobs import Job
from aip_analysis.publish.manifest import Manifest, page_hash

State = Literal["fresh", "stale", "failed", "never"]
# What stands in the place of an input where the page itself is not as it was made.
CHANGED, MISSING = "page_changed", "page_missing"
# The same of a file beside it, and of a PDF, which is made on request and makes no page stale.
_BESIDE, _PAPER = "beside_", "paper_"


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
    papers
        What is wrong with its PDF, where it has one that is not as it has to be.
    """

    job: Job
    state: State
    changed: tuple[str, ...] = ()
    reason: str = ""
    papers: tuple[str, ...] = ()

    def why(self, language: Language) -> str:
        """Say why it is not fresh; nothing where there is nothing to say."""
        if self.reason:
            return self.reason
        comma = say("publish.comma", language)
        told = [
            say(f"{'beside' if name.startswith(_BESIDE) else 'publish'}.changed_{name}", language)
            for name in self.changed
        ]
        told += [say(f"beside.changed_{name}", language) for name in self.papers]
        return comma.join(told)


def report_states(folder: Path, manifest: Manifest, jobs: Iterable[Job]) -> list[ReportState]:
    """Tell for each report how it stands."""
    return [_state(folder, job, manifest) for job in jobs]


def _state(folder: Path, job: Job, manifest: Manifest) -> ReportState:
    entry = manifest.pages.get(job.slug)
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
    wrong = outdated(folder, entry, manifest.assets)
    papers = tuple(f"{_PAPER}{how}" for name, how in wrong.items() if is_paper(name))
    beside = {f"{_BESIDE}{how}" for name, how in wrong.items() if not is_paper(name)}
    told = (*changed, *sorted(beside))
    return ReportState(job, "stale" if told else "fresh", told, papers=papers)
