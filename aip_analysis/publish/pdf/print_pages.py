"""Printing of the PDFs of pages: those that are missing or not current, several at once."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from aip_analysis.errors import ReportsFailedError
from aip_analysis.files import write_atomically
from aip_analysis.files.browser import find_browser
from aip_analysis.files.hashes import short_hash
from aip_analysis.messages import say, user_language
from aip_analysis.publish.pdf.postprocess import PdfMetadata
from aip_analysis.publish.pdf.printer import PdfPrinter
from aip_analysis.publish.plan.attached_files import PDF, attachment_name, pdf_inputs
from aip_analysis.publish.plan.jobs import Job, PageTexts
from aip_analysis.publish.plan.manifest import Attachment, Entry, ManifestWriter, page_hash


def is_printed(slug: str, entry: Entry, assets: Mapping[str, str]) -> bool:
    """Return whether a page has a current PDF, printed by what would print it now."""
    known = entry.beside.get(attachment_name(slug, PDF))
    return known is not None and known.made_from == _made_from(entry, assets)


def unprinted(folder: Path, record: ManifestWriter, jobs: Iterable[Job]) -> list[Job]:
    """Return the reports that have a page but no current PDF of it.

    Parameters
    ----------
    folder
        The folder of the pages.
    record
        The record of the pages.
    jobs
        The requested reports.
    """
    pages, assets = record.manifest.pages, record.manifest.assets
    chosen = []
    for job in jobs:
        entry, name = pages.get(job.slug), attachment_name(job.slug, PDF)
        if entry is None or page_hash(folder / job.file) != entry.sha256:
            continue
        current = is_printed(job.slug, entry, assets)
        if not current or page_hash(folder / name) != entry.beside[name].sha256:
            chosen.append(job)
    return chosen


def print_pages(
    folder: Path,
    record: ManifestWriter,
    jobs: list[Job],
    until: float,
    done: Callable[[Job, str], None],
) -> None:
    """Print pages and write the PDFs into their folder.

    Parameters
    ----------
    folder
        The folder of the pages.
    record
        The record of the pages, to which each PDF is added.
    jobs
        The reports to print.
    until
        When the whole run ends, in seconds since 1970; 0 is never.
    done
        Called with each report, and with why it could not be printed, in one sentence; the reason
        is empty if it was.

    Raises
    ------
    ToolMissingError
        When there is no Chromium, or it does not start; when the folder cannot be written.
    """
    if not jobs:
        return

    def print_one(job: Job) -> bytes | str:
        if until and time.time() >= until:
            return say("execution.run_took_too_long", user_language())
        try:
            return printer.print_page(folder / job.file, _metadata(job.words))
        except ReportsFailedError as error:
            return str(error)

    with PdfPrinter() as printer, ThreadPoolExecutor(printer.tabs) as executor:
        futures = {executor.submit(print_one, job): job for job in jobs}
        try:
            for future in as_completed(futures):
                job, paper = futures[future], future.result()
                if isinstance(paper, bytes):
                    _write(folder, record, job, paper)
                done(job, "" if isinstance(paper, bytes) else paper)
        finally:
            for future in futures:
                future.cancel()


def _metadata(words: PageTexts) -> PdfMetadata:
    """Return the metadata of a page's PDF, taken from the texts around the page."""
    return PdfMetadata(f"{words.title}　{words.subtitle}", words.language)


def _write(folder: Path, record: ManifestWriter, job: Job, paper: bytes) -> None:
    name, entry = attachment_name(job.slug, PDF), record.manifest.pages[job.slug]
    write_atomically(folder / name, paper)
    made_from = _made_from(entry, record.manifest.assets)
    beside = Attachment(hashlib.sha256(paper).hexdigest(), made_from)
    record.attached(job.slug, entry.beside | {name: beside})


def _made_from(entry: Entry, assets: Mapping[str, str]) -> dict[str, str]:
    return {"browser": _browser_hash()} | pdf_inputs(entry, assets)


def _browser_hash() -> str:
    """Return a hash of the Chromium's path, size and date, which an update changes."""
    browser = find_browser()
    if not browser:
        return short_hash("")
    file = Path(browser).resolve()
    about = file.stat()
    return short_hash(f"{file} {about.st_size} {about.st_mtime_ns}")
