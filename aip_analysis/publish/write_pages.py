"""Writing of pages and their attached files into the folder of an edition, in a safe order."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from aip_analysis.files import write_atomically
from aip_analysis.publish.plan.attached_files import (
    attachment_entries,
    attachment_problems,
    is_pdf,
    pdf_inputs,
    remove_files,
    untracked_pdfs,
    write_attached_files,
)
from aip_analysis.publish.plan.jobs import Job, Plan, RenderResult
from aip_analysis.publish.plan.manifest import Attachment, Entry, ManifestWriter
from aip_analysis.publish.plan.reports_folder import FAILED, NOTEBOOKS
from aip_analysis.publish.plan.staleness import inputs_as_made


@dataclass(frozen=True)
class Outcome:
    """The outcome of one report.

    Parameters
    ----------
    job
        The report; if its page was made, with the inputs that this page was made from.
    reason
        Why it could not be made, in one sentence; empty if it was made.
    removed_pdfs
        How many PDFs were removed as its page has changed.
    notices
        Outputs of its notebook that the page cannot show, one sentence each.
    """

    job: Job
    reason: str = ""
    removed_pdfs: int = 0
    notices: tuple[str, ...] = ()


def write_result(folder: Path, record: ManifestWriter, job: Job, result: RenderResult) -> Outcome:
    """Put a page and its attached files in place; a report that failed keeps its last good page.

    Parameters
    ----------
    folder
        The folder of the edition.
    record
        The manifest of the run, which records the page or the failure.
    job, result
        The report, and what came of it.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written or the disk is full.
    """
    failed = folder / FAILED / f"{job.slug}.ipynb"
    if result.reason:
        if result.notebook:
            write_atomically(failed, result.notebook)
        record.failed(job, result)
        return Outcome(job, result.reason)
    page, files = result.page, dict(result.beside)
    beside = attachment_entries(page, files) | _pdf_of(record, job, page)
    before = record.manifest.pages.get(job.slug, Entry(job.file)).beside
    removed = _remove_attached(folder, record, job.slug, before.keys() - beside.keys())
    write_attached_files(folder, files)
    write_atomically(folder / job.file, page)
    if result.notebook:
        write_atomically(folder / NOTEBOOKS / f"{job.slug}.ipynb", result.notebook)
    failed.unlink(missing_ok=True)
    inputs = inputs_as_made(job, result.reads)
    record.made(job, result, inputs, hashlib.sha256(page).hexdigest(), beside)
    return Outcome(replace(job, inputs=inputs), removed_pdfs=removed, notices=result.notices)


def withdraw_pages(folder: Path, record: ManifestWriter, plan: Plan) -> int:
    """Remove the pages of own reports that an office has given up, and return their number.

    The pages of a notebook that cannot be used at present stay.

    Parameters
    ----------
    folder
        The folder of the edition.
    record
        The manifest of the run.
    plan
        All reports that there are.
    """
    planned = {job.slug for job in plan.jobs}
    gone = [
        (slug, entry)
        for slug, entry in record.manifest.pages.items()
        if entry.report and slug not in planned and entry.report not in plan.refused
    ]
    for slug, entry in gone:
        _remove_attached(folder, record, slug, entry.beside.keys())
        left = (folder / entry.file, folder / NOTEBOOKS / f"{slug}.ipynb")
        for file in (*left, folder / FAILED / f"{slug}.ipynb"):
            file.unlink(missing_ok=True)
        record.withdrawn(slug)
    return len(gone)


def _pdf_of(record: ManifestWriter, job: Job, page: bytes) -> dict[str, Attachment]:
    """Return the manifest's entry for the PDF of a regenerated page that has not changed."""
    entry = Entry(job.file, hashlib.sha256(page).hexdigest(), dict(job.inputs))
    made_from = pdf_inputs(entry, record.manifest.assets)
    files = record.manifest.pages.get(job.slug, entry).beside
    return {
        name: file
        for name, file in files.items()
        if is_pdf(name) and made_from.items() <= file.made_from.items()
    }


def remove_stale_pdfs(folder: Path, record: ManifestWriter, jobs: Iterable[Job]) -> int:
    """Remove the PDFs that do not belong to the current pages, and return their number.

    Parameters
    ----------
    folder
        The folder of the edition.
    record
        The manifest of the run.
    jobs
        The requested reports.
    """
    pages, assets = record.manifest.pages, record.manifest.assets
    entries = {job.slug: pages[job.slug] for job in jobs if job.slug in pages}
    remove_files(folder, untracked_pdfs(folder, entries))
    removed = 0
    for slug, entry in entries.items():
        problems = attachment_problems(folder, entry, assets)
        removed += _remove_attached(
            folder, record, slug, {name for name in problems if is_pdf(name)}
        )
    return removed


def _remove_attached(
    folder: Path, record: ManifestWriter, slug: str, names: Collection[str]
) -> int:
    """Remove attached files that no longer belong to a page; return the number of PDFs."""
    if names:
        pages = record.manifest.pages
        # A photograph may be attached to several pages.
        others = {name for other in pages if other != slug for name in pages[other].beside}
        remove_files(folder, set(names) - others)
        files = pages[slug].beside
        remaining = {name: file for name, file in files.items() if name not in names}
        record.attached(slug, remaining)
    return sum(is_pdf(name) for name in names)
