"""Publish an edition: make what is stale, in parallel, then the index and the manifest."""

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from filelock import FileLock, Timeout

from aip_analysis.errors import LockedError, ToolMissingError
from aip_analysis.publish.manifest import (
    Entry,
    page_hash,
    read_manifest,
    report_states,
    write_manifest,
)
from aip_analysis.publish.order import Order
from aip_analysis.publish.outputs import edition_folder, write_assets
from aip_analysis.publish.plan import Edition, Job, plan_jobs
from aip_analysis.publish.words import page_words
from aip_analysis.store import write_atomically

LOCK = ".publishing.lock"
INDEX = "index"


@dataclass(frozen=True)
class Outcome:
    """What became of one report; ``reason`` is empty where it was made."""

    job: Job
    reason: str = ""


@dataclass(frozen=True)
class Published:
    """What a run did.

    Parameters
    ----------
    index
        The page to open.
    made, failed, kept
        The reports that were made, that could not be made, and that needed no making.
    """

    index: Path
    made: tuple[Outcome, ...]
    failed: tuple[Outcome, ...]
    kept: tuple[Job, ...]


@dataclass(frozen=True)
class Options:
    """How to publish.

    Parameters
    ----------
    out
        The reports folder.
    workers
        How many reports are made at once.
    force
        Make all, even what is fresh.
    timeout
        The most seconds that one cell may take.
    """

    out: Path
    workers: int
    force: bool = False
    timeout: int = 300


def publish(
    edition: Edition,
    jobs: list[Job],
    options: Options,
    progress: Callable[[Outcome], None] = lambda _: None,
    started: Callable[[int], None] = lambda _: None,
) -> Published:
    """Make the reports that are not fresh, and renew index and manifest.

    Parameters
    ----------
    edition
        Which year and language.
    jobs
        Which reports; the others stay as they are.
    options
        How.
    progress
        Called with each report once it is made or has failed.
    started
        Called with how many reports are to be made.

    Raises
    ------
    LockedError
        When another run is at work on the same folder.
    ToolMissingError
        When the folder cannot be written.
    """
    folder = edition_folder(options.out, edition.fiscal_year, edition.language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(options.out / str(edition.fiscal_year) / LOCK)
        held = lock.acquire(blocking=False)
    except Timeout as error:
        raise LockedError("errors.locked", folder=folder) from error
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=folder) from error
    with held:
        return _publish(edition, jobs, options, folder, progress, started)


def _publish(
    edition: Edition,
    jobs: list[Job],
    options: Options,
    folder: Path,
    progress: Callable[[Outcome], None],
    started: Callable[[int], None],
) -> Published:
    states = report_states(folder, jobs)
    wanted = [state.job for state in states if options.force or state.state != "fresh"]
    kept = tuple(job for job in jobs if job not in wanted)
    write_assets(options.out, edition.fiscal_year)
    started(len(wanted))
    entries = read_manifest(folder)
    outcomes = []
    for outcome in _made(edition, wanted, options, folder):
        outcomes.append(outcome)
        page = page_hash(folder / outcome.job.file)
        entry = Entry(outcome.job.file, outcome.job.fingerprint, page, outcome.reason)
        entries[outcome.job.place.slug] = entry
        # After each report, so that a run that is cut off is carried on where it stopped.
        _write_manifest(folder, edition, entries)
        progress(outcome)
    index = _renewed_index(folder, edition, entries)
    made = tuple(outcome for outcome in outcomes if not outcome.reason)
    failed = tuple(outcome for outcome in outcomes if outcome.reason)
    return Published(index, made, failed, kept)


def _renewed_index(folder: Path, edition: Edition, entries: dict[str, Entry]) -> Path:
    """Write the index, unless it stands as it would be written; give where it is."""
    states = report_states(folder, plan_jobs(edition))
    told = [(state.job.place.slug, state.state) for state in states]
    made_from = hashlib.sha256(f"{edition.common_fingerprint}{told}".encode()).hexdigest()
    index = folder / "index.html"
    before = entries.get(INDEX)
    if before is None or (before.fingerprint, before.sha256) != (made_from, page_hash(index)):
        # Its map loads the libraries of charts, which a run with nothing to do can save.
        from aip_analysis.publish.index import index_html  # noqa: PLC0415

        write_atomically(index, index_html(edition, states).encode())
        entries[INDEX] = Entry(index.name, made_from, page_hash(index))
        _write_manifest(folder, edition, entries)
    return index


def _made(edition: Edition, jobs: list[Job], options: Options, folder: Path) -> Iterator[Outcome]:
    """Make reports in processes of their own and give each as it is done."""
    if not jobs:
        return
    workers = max(1, min(options.workers or os.cpu_count() or 1, len(jobs)))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_make, _order(edition, job, options, folder)): job for job in jobs}
        for future in as_completed(futures):
            yield Outcome(futures[future], _reason(future))


def _make(order: Order) -> str:
    # papermill and nbconvert take seconds to load: only the workers do, and only if there is work.
    from aip_analysis.publish.running import make_report  # noqa: PLC0415

    return make_report(order)


def _order(edition: Edition, job: Job, options: Options, folder: Path) -> Order:
    return Order(
        home=edition.home,
        slug=job.place.slug,
        notebook=job.notebook,
        parameters=job.parameters,
        page=folder / job.file,
        failed=folder / "failed" / f"{job.place.slug}.ipynb",
        words=page_words(edition, job.place),
        timeout=options.timeout,
    )


def _reason(future: Future[str]) -> str:
    """Give why a report failed; whatever went wrong in its worker, the others go on."""
    error = future.exception()
    if error is None:
        return future.result()
    return " ".join(str(error).split()) or type(error).__name__


def _write_manifest(folder: Path, edition: Edition, entries: dict[str, Entry]) -> None:
    about: dict[str, object] = {
        "fiscal_year": edition.fiscal_year,
        "language": edition.language,
        "records": edition.build,
        "fictional": edition.records.fictional,
    }
    write_manifest(folder, about, entries)
