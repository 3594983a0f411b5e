"""The manifest during a run: kept up to date while pages are put in place."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.publish.plan.inputs import versions
from aip_analysis.publish.plan.jobs import Job, Plan
from aip_analysis.publish.plan.manifest import Attachment, Entry, Manifest, write_manifest
from aip_analysis.publish.plan.render_request import RenderResult
from aip_analysis.publish.plan.up_to_date import edition_inputs

# Seconds between writes: what a killed run made since the last one has to be made again.
EVERY_SECONDS = 1.0


@dataclass
class ManifestWriter:
    """Keeps the manifest of a folder up to date, and writes it as it changes.

    Parameters
    ----------
    folder
        The folder of the edition.
    plan
        The plan that is published into it.
    assets
        The hashes of the files that its pages share.
    manifest
        The manifest before the run.
    """

    folder: Path
    plan: Plan
    assets: dict[str, str]
    manifest: Manifest
    _written: float = field(init=False, default_factory=time.monotonic)
    _on_disk: Manifest = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        # Nobody else writes the file meanwhile. For a region it is large, so it is not read again.
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

    def made(
        self, job: Job, result: RenderResult, sha256: str, beside: dict[str, Attachment]
    ) -> None:
        """Record a page that was put in place, with the files attached to it."""
        seconds, rows = round(result.seconds, 3), dict(job.rows)
        inputs = dict(job.made(result.reads).inputs)
        entry = Entry(job.file, sha256, inputs, seconds, rows, beside=beside, reads=result.reads)
        self.put(job.slug, entry)

    def beside(self, slug: str, beside: dict[str, Attachment]) -> None:
        """Record the files attached to a page after a change."""
        self.put(slug, replace(self.manifest.pages[slug], beside=beside))

    def failed(self, job: Job, result: RenderResult) -> None:
        """Record a page that could not be made; its last good one stays."""
        before = self.manifest.pages.get(job.slug, Entry(job.file))
        self.put(job.slug, replace(before, reason=result.reason))

    def put(self, slug: str, entry: Entry) -> None:
        """Record the entry of a page, and write the manifest if the last write is long ago."""
        self.manifest = replace(self.manifest, pages={**self.manifest.pages, slug: entry})
        if time.monotonic() - self._written >= EVERY_SECONDS:
            self.write()

    def settle(self) -> None:
        """Record that nothing is left to make from the current inputs."""
        self.manifest = replace(
            self.manifest, settled=edition_inputs(self.plan.home, self.plan.build)
        )

    def write(self) -> None:
        """Write the manifest, unless the file is up to date."""
        if self._on_disk != self.manifest:
            write_manifest(self.folder, self.manifest)
            self._on_disk = self.manifest
        self._written = time.monotonic()
