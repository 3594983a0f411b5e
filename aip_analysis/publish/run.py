"""Publishing of an edition: makes stale reports in parallel, then the index and the manifest."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import CancelledError, Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.files import clear_leftovers, write_atomically
from aip_analysis.messages import say, user_language
from aip_analysis.publish.html.update_years import renew_years
from aip_analysis.publish.plan.attached_files import (
    attachment_entries,
    attachment_problems,
    is_pdf,
    pdf_inputs,
    remove_files,
    untracked_pdfs,
    write_attached_files,
)
from aip_analysis.publish.plan.inputs import common_inputs, short
from aip_analysis.publish.plan.jobs import Job, Plan
from aip_analysis.publish.plan.lock import publishing_lock
from aip_analysis.publish.plan.manifest import INDEX, Attachment, Entry, page_hash, read_manifest
from aip_analysis.publish.plan.manifest_writer import ManifestWriter
from aip_analysis.publish.plan.outputs import (
    FAILED,
    NOTEBOOKS,
    edition_folder,
    write_assets,
    written_folders,
)
from aip_analysis.publish.plan.render_request import Limits, RenderRequest, RenderResult
from aip_analysis.publish.plan.states import ReportState, report_states
from aip_analysis.publish.planner import PublishRequest, index_page, plan_reports
from aip_analysis.publish.render import render_report


@dataclass(frozen=True)
class Outcome:
    """The outcome of one report; ``reason`` is empty if it was made."""

    job: Job
    reason: str = ""


@dataclass(frozen=True)
class Published:
    """The results of a run.

    Parameters
    ----------
    fiscal_year
        The year that was published.
    index
        The page to open.
    made, failed
        The reports that were made, and those that could not be made.
    kept
        How many reports were fresh already.
    printed, unprinted
        The reports whose PDFs were made, and those whose PDFs could not be made.
    withdrawn
        How many PDFs were removed, as their pages are no longer the ones that were printed.
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
    """Options of publishing.

    Parameters
    ----------
    out
        The reports folder.
    force
        Make all reports, even fresh ones.
    engine
        Papermill's engine.
    limits
        The limits of a report.
    run_seconds
        The maximum number of seconds for the whole run; 0 is no limit.
    keep_notebooks
        Keep the executed notebooks in the folder ``notebooks``.
    pdf
        Print the pages that have no current PDF. Otherwise PDFs whose pages have changed since are
        removed, so that none is left that might be mistaken for the current report.
    """

    out: Path
    force: bool = False
    engine: str = "aip"
    limits: Limits = field(default_factory=Limits)
    run_seconds: int = 0
    keep_notebooks: bool = False
    pdf: bool = False


def publish(
    wanted: PublishRequest,
    executor: Executor,
    options: Options,
    progress: Callable[[Outcome], None] = lambda _: None,
    started: Callable[[int], None] = lambda _: None,
) -> Published:
    """Make the reports that are not fresh, and update the index and the manifest.

    Parameters
    ----------
    wanted
        The requested reports; the others stay as they are.
    executor
        Makes the reports, as many at once as it runs.
    options
        The options of publishing.
    progress
        Called with the outcome of each report once it is made or has failed.
    started
        Called with the number of reports to make.

    Raises
    ------
    LockedError
        When another run is working on the same folder.
    ToolMissingError
        When the folder cannot be written.
    """
    plan = plan_reports(wanted)
    with publishing_lock(options.out / str(plan.fiscal_year)):
        published = _Run(plan, wanted, executor, options).publish(progress, started)
    renew_years(options.out)
    return published


@dataclass
class _Run:
    plan: Plan
    request: PublishRequest
    executor: Executor
    options: Options

    def __post_init__(self) -> None:
        plan, out = self.plan, self.options.out
        self.folder = edition_folder(
            out, plan.fiscal_year, plan.language, single_file=plan.single_file
        )
        # A run that was killed may have left partial files in any edition of the year, as the lock
        # is that of the year.
        for folder in written_folders(out, plan.fiscal_year):
            clear_leftovers(folder)
        assets = write_assets(out, plan.fiscal_year, plan.language)
        shared = {} if plan.single_file else assets
        self.record = ManifestWriter(self.folder, plan, shared, read_manifest(self.folder))
        self.jobs = [job for job in plan.jobs if job.slug in plan.chosen]
        self.until = time.time() + self.options.run_seconds if self.options.run_seconds else 0
        self.withdrawn = 0
        # The jobs of the pages that this run has made, with what these have read.
        self.made_jobs: dict[str, Job] = {}

    def publish(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> Published:
        self._withdraw_papers()
        states = report_states(self.folder, self.record.manifest, self.jobs)
        pending = [state.job for state in states if self.options.force or state.state != "fresh"]
        started(len(pending))
        outcomes = []
        try:
            for job, result in self._render(pending):
                outcomes.append(self._put(job, result))
                progress(outcomes[-1])
            papers = self._print(progress, lambda more: started(len(pending) + more))
        finally:
            self.record.write()
        return Published(
            self.plan.fiscal_year,
            self._update_index(),
            *_split(outcomes),
            len(self.jobs) - len(pending),
            *_split(papers),
            self.withdrawn,
        )

    def _print(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> list[Outcome]:
        """Print the pages that have no current PDF, if PDFs are requested."""
        if not self.options.pdf:
            return []
        # The modules that print are slow to load, and most runs do not need them.
        from aip_analysis.publish.pdf.print_pages import print_pages, unprinted  # noqa: PLC0415

        jobs = unprinted(self.folder, self.record, self.jobs)
        started(len(jobs))
        outcomes = []

        def done(job: Job, reason: str) -> None:
            outcomes.append(Outcome(job, reason))
            progress(outcomes[-1])

        print_pages(self.folder, self.record, jobs, self.until, done)
        return outcomes

    def _withdraw_papers(self) -> None:
        """Remove the PDFs that do not belong to the current pages."""
        pages, assets = self.record.manifest.pages, self.record.manifest.assets
        entries = {job.slug: pages[job.slug] for job in self.jobs if job.slug in pages}
        remove_files(self.folder, untracked_pdfs(self.folder, entries))
        for slug, entry in entries.items():
            problems = attachment_problems(self.folder, entry, assets)
            self._withdraw(slug, {name for name in problems if is_pdf(name)})

    def _withdraw(self, slug: str, names: Collection[str]) -> None:
        """Remove attached files that no longer belong to a page."""
        if names:
            pages = self.record.manifest.pages
            # A photograph may be attached to several pages.
            others = {name for other in pages if other != slug for name in pages[other].beside}
            self.withdrawn += len({name for name in names if is_pdf(name)})
            remove_files(self.folder, set(names) - others)
            files = pages[slug].beside
            remaining = {name: file for name, file in files.items() if name not in names}
            self.record.beside(slug, remaining)

    def _render(self, jobs: list[Job]) -> Iterator[tuple[Job, RenderResult]]:
        """Render reports in the executor, and yield each with its result as it is done."""
        futures = {self.executor.submit(render_report, self._request_of(job)): job for job in jobs}
        try:
            for future in as_completed(list(futures)):
                yield futures.pop(future), _result_of(future)
        finally:
            for future in futures:
                future.cancel()

    def _request_of(self, job: Job) -> RenderRequest:
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

    def _put(self, job: Job, result: RenderResult) -> Outcome:
        """Put a page in its place; a report that failed keeps its last good page."""
        failed = self.folder / FAILED / f"{job.slug}.ipynb"
        if result.reason:
            if result.notebook:
                write_atomically(failed, result.notebook)
            self.record.failed(job, result)
            return Outcome(job, result.reason)
        page, files = result.page, dict(result.beside)
        beside = attachment_entries(page, files) | self._papers_of(job, page)
        before = self.record.manifest.pages.get(job.slug, Entry(job.file)).beside
        self._withdraw(job.slug, before.keys() - beside.keys())
        write_attached_files(self.folder, files)
        write_atomically(self.folder / job.file, page)
        if result.notebook:
            write_atomically(self.folder / NOTEBOOKS / f"{job.slug}.ipynb", result.notebook)
        failed.unlink(missing_ok=True)
        self.record.made(job, result, hashlib.sha256(page).hexdigest(), beside)
        self.made_jobs[job.slug] = job.made(result.reads)
        return Outcome(job)

    def _papers_of(self, job: Job, page: bytes) -> dict[str, Attachment]:
        """Return the manifest's entry for the PDF of a regenerated page that has not changed."""
        entry = Entry(job.file, hashlib.sha256(page).hexdigest(), dict(job.inputs))
        made_from = pdf_inputs(entry, self.record.manifest.assets)
        files = self.record.manifest.pages.get(job.slug, entry).beside
        return {
            name: file
            for name, file in files.items()
            if is_pdf(name) and made_from.items() <= file.made_from.items()
        }

    def _update_index(self) -> Path:
        """Write the index, unless it is up to date, and return its path."""
        jobs = [self.made_jobs.get(job.slug, job) for job in self.plan.jobs]
        states = report_states(self.folder, self.record.manifest, jobs)
        listed = [(state.job.slug, self._listed_state(state)) for state in states]
        beside = {
            slug: tuple(sorted(entry.beside))
            for slug, entry in sorted(self.record.manifest.pages.items())
            if entry.beside
        }
        inputs = (self.plan.build, common_inputs(self.plan.home), listed, beside)
        made_from = {"index": short(repr(inputs))}
        index = self.folder / "index.html"
        before = self.record.manifest.pages.get(INDEX)
        if not before or (before.made_from, before.sha256) != (made_from, page_hash(index)):
            page = index_page(self.request, listed, beside)
            write_atomically(index, page.encode())
            self.record.put(INDEX, Entry(index.name, page_hash(index), made_from))
        if all(state.state == "fresh" for state in states):
            self.record.settle()
        self.record.write()
        return index

    def _listed_state(self, report: ReportState) -> str:
        """Return the state that the index shows; ``never`` or ``missing`` if there is no page."""
        if report.state == "never" or (self.folder / report.job.file).is_file():
            return report.state
        return "missing"


def _split(outcomes: list[Outcome]) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """Return the outcomes of reports that were made, and of those that failed."""
    return (
        tuple(outcome for outcome in outcomes if not outcome.reason),
        tuple(outcome for outcome in outcomes if outcome.reason),
    )


def _result_of(future: "Future[RenderResult]") -> RenderResult:
    """Return the result of a report; whatever error its executor raised, the others go on."""
    try:
        return future.result()
    except CancelledError:
        return RenderResult(reason=say("publish.cancelled", user_language()))
    except Exception as error:  # noqa: BLE001 -- a third-party executor may raise anything
        return RenderResult(reason=" ".join(str(error).split()) or type(error).__name__)
