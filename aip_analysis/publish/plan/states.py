"""The states of reports: fresh, stale and why, failed, never made."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aip_analysis.messages import Language, say
from aip_analysis.publish.plan.attached_files import attachment_problems, is_pdf
from aip_analysis.publish.plan.jobs import Job
from aip_analysis.publish.plan.manifest import Manifest, page_hash

State = Literal["fresh", "stale", "failed", "never"]
# The names used instead of inputs if the page itself is not as it was made.
CHANGED, MISSING = "page_changed", "page_missing"
# Prefixes of such names for attached files, and for PDFs, which are made on request and make no
# page stale.
_BESIDE, _PAPER = "beside_", "paper_"


@dataclass(frozen=True)
class ReportState:
    """The state of a report.

    Parameters
    ----------
    job
        The report.
    state
        The state as one word.
    changed
        For a stale report, the names of the inputs that have changed since it was made.
    reason
        For a failed report, why it could not be made, in one sentence.
    papers
        The problems of its PDF, if it has one that is not as it has to be.
    """

    job: Job
    state: State
    changed: tuple[str, ...] = ()
    reason: str = ""
    papers: tuple[str, ...] = ()

    def why(self, language: Language) -> str:
        """Return why it is not fresh and what is wrong with its PDF; empty if all is well."""
        if self.reason:
            return self.reason
        comma = say("publish.comma", language)
        reasons = [
            say(f"{'beside' if name.startswith(_BESIDE) else 'publish'}.changed_{name}", language)
            for name in self.changed
        ]
        reasons += [say(f"beside.changed_{name}", language) for name in self.papers]
        return comma.join(reasons)


def report_states(folder: Path, manifest: Manifest, jobs: Iterable[Job]) -> list[ReportState]:
    """Return the state of each report."""
    return [_state(folder, job, manifest) for job in jobs]


def _state(folder: Path, job: Job, manifest: Manifest) -> ReportState:
    entry = manifest.pages.get(job.slug)
    if entry is None or not (entry.sha256 or entry.reason):
        return ReportState(job, "never")
    if entry.reason:
        return ReportState(job, "failed", reason=entry.reason)
    digest = page_hash(folder / job.file)
    if digest != entry.sha256:
        return ReportState(job, "stale", (CHANGED if digest else MISSING,))
    changed = [
        name for name, value in sorted(job.inputs.items()) if entry.made_from.get(name) != value
    ]
    problems = attachment_problems(folder, entry, manifest.assets)
    papers = tuple(f"{_PAPER}{problem}" for name, problem in problems.items() if is_pdf(name))
    beside = {f"{_BESIDE}{problem}" for name, problem in problems.items() if not is_pdf(name)}
    reasons = (*changed, *sorted(beside))
    return ReportState(job, "stale" if reasons else "fresh", reasons, papers=papers)
