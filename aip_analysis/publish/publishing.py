"""Publish an edition: make what is stale, in parallel, then the index and the manifest."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import CancelledError, Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.home import clear_leftovers, write_atomically
from aip_analysis.messages import say, user_language
from aip_analysis.publish.beside import (
    is_paper,
    made_with,
    outdated,
    paper_made_from,
    put_beside,
    take_away,
    unknown_papers,
)
from aip_analysis.publish.inputs import common_inputs, short
from aip_analysis.publish.jobs import Job, Plan
from aip_analysis.publish.lock import publishing_lock
from aip_analysis.publish.manifest import INDEX, Beside, Entry, page_hash, read_manifest
from aip_analysis.publish.outputs import (
    FAILED,
    NOTEBOOKS,
    edition_folder,
    write_assets,
    written_folders,
)
from aip_analysis.publish.planner import Wanted, index_page, plan_reports
from aip_analysis.publish.record import Record
from aip_analysis.publish.render import Limits, RenderRequest, RenderResult, render_report
from aip_analysis.publish.states import ReportState, report_states
from aip_analysis.publish.years import renew_years


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
    fiscal_year
        The year that was published.
    index
        The page to open.
    made, failed
        The reports that were made and that could not be made.
    kept
        How many needed no making.
    printed, unprinted
        The reports of which PDF were made and could not be made.
    withdrawn
        How many PDF were taken away, as their pages are no longer the ones that were printed.
    """

    fiscal_year: int
    index: Path
    made: tuple[Outcome, ...]
    failed: tuple[Outcome, ...]
    kept: int
    printed: tuple[Outcome, ...] = ()
    unprinted: tuple[Outcome, ...] = ()
    withdrawn: int = 0


@dataclass(frozen=True)
class Options:
    """How to publish.

    Parameters
    ----------
    out
        The reports folder.
    force
        Make all, even what is fresh.
    engine
        Papermill's engine.
    limits
        How much a report may take.
    run_seconds
        The most seconds for the whole run; 0 is no limit.
    keep_notebooks
        Leave the executed notebooks in the folder ``notebooks``.
    pdf
        Print the pages of which there is no PDF. Without it, PDF whose pages have changed since
        are taken away: none is left that might be taken for the report as it is.
    """

    out: Path
    force: bool = False
    engine: str = "aip"
    limits: Limits = field(default_factory=Limits)
    run_seconds: int = 0
    keep_notebooks: bool = False
    pdf: bool = False


def publish(
    wanted: Wanted,
    executor: Executor,
    options: Options,
    progress: Callable[[Outcome], None] = lambda _: None,
    started: Callable[[int], None] = lambda _: None,
) -> Published:
    """Make the reports that are not fresh, and renew index and manifest.

    Parameters
    ----------
    wanted
        Which reports are asked for; the others stay as they are.
    executor
        What makes the reports, as many at once as it does.
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
    plan = plan_reports(wanted)
    with publishing_lock(options.out / str(plan.fiscal_year)):
        published = _Run(plan, wanted, executor, options).published(progress, started)
    renew_years(options.out)
    return published


@dataclass
class _Run:
    plan: Plan
    wanted: Wanted
    executor: Executor
    options: Options

    def __post_init__(self) -> None:
        plan, out = self.plan, self.options.out
        self.folder = edition_folder(
            out, plan.fiscal_year, plan.language, single_file=plan.single_file
        )
        # A run that was killed may have left files that are not whole, in any edition of the year:
        # the lock is the year's.
        for folder in written_folders(out, plan.fiscal_year):
            clear_leftovers(folder)
        assets = write_assets(out, plan.fiscal_year, plan.language)
        kept = {} if plan.single_file else assets
        self.record = Record(self.folder, plan, kept, read_manifest(self.folder))
        self.jobs = [job for job in plan.jobs if job.slug in plan.chosen]
        self.until = time.time() + self.options.run_seconds if self.options.run_seconds else 0
        self.withdrawn = 0
        # The jobs of the pages that this run has made, with what these have read.
        self.made: dict[str, Job] = {}

    def published(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> Published:
        self._withdraw_papers()
        states = report_states(self.folder, self.record.manifest, self.jobs)
        wanted = [state.job for state in states if self.options.force or state.state != "fresh"]
        started(len(wanted))
        outcomes = []
        try:
            for job, made in self._made(wanted):
                outcomes.append(self._put(job, made))
                progress(outcomes[-1])
            papers = self._printed(progress, lambda more: started(len(wanted) + more))
        finally:
            self.record.write()
        return Published(
            self.plan.fiscal_year,
            self._renewed_index(),
            *_parted(outcomes),
            len(self.jobs) - len(wanted),
            *_parted(papers),
            self.withdrawn,
        )

    def _printed(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> list[Outcome]:
        """Print the pages of which there is no PDF, where that is wanted."""
        if not self.options.pdf:
            return []
        # What prints is slow to load, and most runs do not ask for it.
        from aip_analysis.publish.printing import print_pages, unprinted  # noqa: PLC0415

        jobs = unprinted(self.folder, self.record, self.jobs)
        started(len(jobs))
        outcomes = []

        def done(job: Job, reason: str) -> None:
            outcomes.append(Outcome(job, reason))
            progress(outcomes[-1])

        print_pages(self.folder, self.record, jobs, self.until, done)
        return outcomes

    def _withdraw_papers(self) -> None:
        """Take away the PDF that are not those of the pages as they are."""
        pages, assets = self.record.manifest.pages, self.record.manifest.assets
        entries = {job.slug: pages[job.slug] for job in self.jobs if job.slug in pages}
        take_away(self.folder, unknown_papers(self.folder, entries))
        for slug, entry in entries.items():
            wrong = outdated(self.folder, entry, assets)
            self._withdraw(slug, {name for name in wrong if is_paper(name)})

    def _withdraw(self, slug: str, names: Collection[str]) -> None:
        """Take files away that lie beside a page and do not belong to it any more."""
        if names:
            pages = self.record.manifest.pages
            # A photograph may lie beside several pages.
            others = {name for other in pages if other != slug for name in pages[other].beside}
            self.withdrawn += len({name for name in names if is_paper(name)})
            take_away(self.folder, set(names) - others)
            known = pages[slug].beside
            left = {name: each for name, each in known.items() if name not in names}
            self.record.beside(slug, left)

    def _made(self, jobs: list[Job]) -> Iterator[tuple[Job, RenderResult]]:
        """Have reports made and give each as it is done."""
        futures = {self.executor.submit(render_report, self._request(job)): job for job in jobs}
        try:
            for future in as_completed(list(futures)):
                yield futures.pop(future), _came_of(future)
        finally:
            for future in futures:
                future.cancel()

    def _request(self, job: Job) -> RenderRequest:
        limits = self.options.limits
        return RenderRequest(
            home=self.plan.home,
            build=self.plan.build,
            slug=job.slug,
            notebook=job.notebook,
            parameters=dict(job.parameters),
            words=job.words,
            reads=job.reads,
            data=job.data,
            engine=self.options.engine,
            limits=replace(limits, until=self.until),
            keep_notebook=self.options.keep_notebooks,
        )

    def _put(self, job: Job, made: RenderResult) -> Outcome:
        """Put a page in its place; one that failed keeps its last good page."""
        failed = self.folder / FAILED / f"{job.slug}.ipynb"
        if made.reason:
            if made.notebook:
                write_atomically(failed, made.notebook)
            self.record.failed(job, made)
            return Outcome(job, made.reason)
        page, files = made.page, dict(made.beside)
        beside = made_with(page, files) | self._papers_of(job, page)
        before = self.record.manifest.pages.get(job.slug, Entry(job.file)).beside
        self._withdraw(job.slug, before.keys() - beside.keys())
        put_beside(self.folder, files)
        write_atomically(self.folder / job.file, page)
        if made.notebook:
            write_atomically(self.folder / NOTEBOOKS / f"{job.slug}.ipynb", made.notebook)
        failed.unlink(missing_ok=True)
        self.record.made(job, made, hashlib.sha256(page).hexdigest(), beside)
        self.made[job.slug] = job.made(made.reads)
        return Outcome(job)

    def _papers_of(self, job: Job, page: bytes) -> dict[str, Beside]:
        """Give the PDF of a page that is made anew and comes out as it was."""
        entry = Entry(job.file, hashlib.sha256(page).hexdigest(), dict(job.inputs))
        made_from = paper_made_from(entry, self.record.manifest.assets)
        known = self.record.manifest.pages.get(job.slug, entry).beside
        return {
            name: each
            for name, each in known.items()
            if is_paper(name) and made_from.items() <= each.made_from.items()
        }

    def _renewed_index(self) -> Path:
        """Write the index, unless it stands as it would be written; give where it is."""
        jobs = [self.made.get(job.slug, job) for job in self.plan.jobs]
        states = report_states(self.folder, self.record.manifest, jobs)
        told = [(state.job.slug, self._told(state)) for state in states]
        beside = {
            slug: tuple(sorted(entry.beside))
            for slug, entry in sorted(self.record.manifest.pages.items())
            if entry.beside
        }
        told_of = (self.plan.build, common_inputs(self.plan.home), told, beside)
        made_from = {"index": short(repr(told_of))}
        index = self.folder / "index.html"
        before = self.record.manifest.pages.get(INDEX)
        if not before or (before.made_from, before.sha256) != (made_from, page_hash(index)):
            page = index_page(self.wanted, told, beside)
            write_atomically(index, page.encode())
            self.record.put(INDEX, Entry(index.name, page_hash(index), made_from))
        if all(state.state == "fresh" for state in states):
            self.record.settle()
        self.record.write()
        return index

    def _told(self, report: ReportState) -> str:
        """Give what the index says of a report: its state, or that there is no page to lead to."""
        if report.state == "never" or (self.folder / report.job.file).is_file():
            return report.state
        return "missing"


def _parted(outcomes: list[Outcome]) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """Part what was made from what failed."""
    return (
        tuple(outcome for outcome in outcomes if not outcome.reason),
        tuple(outcome for outcome in outcomes if outcome.reason),
    )


def _came_of(future: "Future[RenderResult]") -> RenderResult:
    """Give what came of a report; whatever went wrong where it was made, the others go on."""
    try:
        return future.result()
    except CancelledError:
        return RenderResult(reason=say("publish.cancelled", user_language()))
    except Exception as error:  # noqa: BLE001 -- an executor of somebody else's may raise anything
        return RenderResult(reason=" ".join(str(error).split()) or type(error).__name__)
