"""The manifest of a run that is at work: kept up to date while pages are put in place."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.publish.inputs import versions
from aip_analysis.publish.jobs import Job, Plan
from aip_analysis.publish.manifest import Beside, Entry, Manifest, write_manifest
from aip_analysis.publish.render import RenderResult
from aip_analysis.publish.settled import settled_inputs

# What a run that is killed has to make again is what it made in so many seconds.
EVERY_SECONDS = 1.0


@dataclass
class Record:
    """What is known of the pages of a folder, and written down as it changes.

    Parameters
    ----------
    folder
        The folder of the edition.
    plan
        What is published into it.
    assets
        The hashes of the files that its pages share.
    manifest
        What was known before.
    """

    folder: Path
    plan: Plan
    assets: dict[str, str]
    manifest: Manifest
    _written: float = field(init=False, default_factory=time.monotonic)
    _on_disk: Manifest = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        # Nobody else writes it meanwhile. Of a region it is large: it is not read again and again.
        self._on_disk = self.manifest
        about = {
            "fiscal_year": plan.fiscal_year,
            "language": plan.language,
            "records": plan.build,
            "fictional": plan.fictional,
            "reports": len(plan.jobs),
            "cover": dict(plan.cover),
            "versions": versions(),
        }
        self.manifest = Manifest(about, dict(self.manifest.pages), self.assets)

    def made(self, job: Job, made: RenderResult, sha256: str, beside: dict[str, Beside]) -> None:
        """Note a page that was put in place, with the files beside it."""
        seconds, rows = round(made.seconds, 3), dict(job.rows)
        inputs = dict(job.made(made.reads).inputs)
        entry = Entry(job.file, sha256, inputs, seconds, rows, beside=beside, reads=made.reads)
        self.put(job.slug, entry)

    def beside(self, slug: str, beside: dict[str, Beside]) -> None:
        """Note other files beside a page than before."""
        self.put(slug, replace(self.manifest.pages[slug], beside=beside))

    def failed(self, job: Job, made: RenderResult) -> None:
        """Note a page that could not be made; its last good one stays."""
        before = self.manifest.pages.get(job.slug, Entry(job.file))
        self.put(job.slug, replace(before, reason=made.reason))

    def put(self, slug: str, entry: Entry) -> None:
        """Note a page, and write that down now and then."""
        self.manifest = replace(self.manifest, pages={**self.manifest.pages, slug: entry})
        if time.monotonic() - self._written >= EVERY_SECONDS:
            self.write()

    def settle(self) -> None:
        """Note that nothing is left to make, as things stand now."""
        self.manifest = replace(
            self.manifest, settled=settled_inputs(self.plan.home, self.plan.build)
        )

    def write(self) -> None:
        """Write the manifest, unless it says so already."""
        if self._on_disk != self.manifest:
            write_manifest(self.folder, self.manifest)
            self._on_disk = self.manifest
        self._written = time.monotonic()
