"""Publishing of an edition: makes stale reports in parallel, then the index and the manifest.

A run loads no records itself: its plan and the index come from processes that have them.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.errors import AipError
from aip_analysis.execution.limits import Limits
from aip_analysis.execution.process_pool import Progress, run_in_process
from aip_analysis.files import clear_leftovers, write_atomically
from aip_analysis.files.hashes import short_hash
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.html.update_years import renew_years
from aip_analysis.publish.plan.jobs import Job, Plan, RenderRequest, RenderResult
from aip_analysis.publish.plan.lock import publishing_lock
from aip_analysis.publish.plan.manifest import (
    INDEX,
    Entry,
    ManifestWriter,
    edition_facts,
    page_hash,
    read_manifest,
)
from aip_analysis.publish.plan.reports_folder import (
    edition_folder,
    write_assets,
    written_folders,
)
from aip_analysis.publish.plan.staleness import (
    ReportState,
    common_inputs,
    edition_inputs,
    package_versions,
    report_states,
)
from aip_analysis.publish.render import process_context, render_report
from aip_analysis.publish.write_pages import (
    Outcome,
    remove_stale_pdfs,
    withdraw_pages,
    write_result,
)

if TYPE_CHECKING:
    from aip_analysis.reference import Level

States = list[tuple[str, str]]
FileNames = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class PublishRequest:
    """What ``aip publish`` is asked for.

    Parameters
    ----------
    home, out
        The workbench's folder, and the folder of all reports.
    fiscal_year, language, single_file
        The edition; of the newest complete year if none is given.
    only, kind, reports
        The selection of its reports by place, by level, and by the names of own reports; the others
        stay as they are.
    force
        Make all selected reports, even fresh ones.
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

    home: Path
    out: Path
    fiscal_year: int | None
    language: Language
    single_file: bool = False
    only: tuple[str, ...] = ()
    kind: "Level | None" = None
    reports: tuple[str, ...] = ()
    force: bool = False
    engine: str = "aip"
    limits: Limits = field(default_factory=Limits)
    run_seconds: int = 0
    keep_notebooks: bool = False
    pdf: bool = False


@dataclass(frozen=True)
class PublishResult:
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
    removed_pdfs
        How many PDFs were removed, as their pages are no longer the ones that were printed.
    refused
        Why notebooks of the office give no report, one sentence each.
    withdrawn
        How many pages were removed, as the office has given up their reports.
    """

    fiscal_year: int
    index: Path
    made: tuple[Outcome, ...]
    failed: tuple[Outcome, ...]
    kept: int
    printed: tuple[Outcome, ...]
    unprinted: tuple[Outcome, ...]
    removed_pdfs: int
    refused: tuple[AipError, ...]
    withdrawn: int


def publish(
    request: PublishRequest,
    executor: Executor,
    progress: Callable[[Outcome], None] = lambda _: None,
    started: Callable[[int], None] = lambda _: None,
) -> PublishResult:
    """Make the reports that are not fresh, and update the index and the manifest.

    Parameters
    ----------
    request
        What to publish, and how.
    executor
        Makes the reports, as many at once as it runs.
    progress
        Called with the outcome of each report once it is made or has failed.
    started
        Called with the number of reports to make.

    Raises
    ------
    UsageError, NothingToDoError, InputRefusedError
        When what is requested is not known, does not exist or cannot be read.
    LockedError
        When another run is working on the same folder.
    ToolMissingError
        When the folder cannot be written.
    """
    plan = plan_reports(request)
    with publishing_lock(request.out / str(plan.fiscal_year)):
        result = _Run(request, plan, executor).publish(progress, started)
    renew_years(request.out)
    return result


def plan_reports(request: PublishRequest) -> Plan:
    """Return the plan of the reports, made in a process that has the records.

    Raises
    ------
    UsageError, NothingToDoError, InputRefusedError
        When what is requested is not known, does not exist or cannot be read.
    """
    return run_in_process(_plan, request, process_context())


def index_page(request: PublishRequest, states: States, files: FileNames) -> str:
    """Return the index page as HTML, rendered in a process that has the records.

    Parameters
    ----------
    request
        The request, which names the edition.
    states
        Slug and state of each report.
    files
        The names of the files attached to the page of a report, by its slug.
    """
    return run_in_process(_index, (request, states, files), process_context())


# The modules that load records are slow to import: only the processes that use them do so.


def _plan(request: PublishRequest, _: Progress) -> Plan:
    from aip_analysis.publish.plan.edition import open_edition  # noqa: PLC0415
    from aip_analysis.publish.plan.plan import Selection, plan_edition  # noqa: PLC0415

    year, language, single = request.fiscal_year, request.language, request.single_file
    edition = open_edition(request.home, year, language, single_file=single)
    folder = edition_folder(request.out, edition.fiscal_year, language, single_file=single)
    selection = Selection(request.only, request.kind, request.reports)
    return plan_edition(edition, selection, read_manifest(folder))


def _index(argument: tuple[PublishRequest, States, FileNames], _: Progress) -> str:
    from aip_analysis.publish.html.index import index_html  # noqa: PLC0415
    from aip_analysis.publish.plan.edition import open_edition  # noqa: PLC0415

    request, states, files = argument
    year, language, single = request.fiscal_year, request.language, request.single_file
    edition = open_edition(request.home, year, language, single_file=single)
    return index_html(edition, states, files)


class _Run:
    """A run: its folder is prepared, its manifest open."""

    def __init__(self, request: PublishRequest, plan: Plan, executor: Executor) -> None:
        self.request, self.plan, self.executor = request, plan, executor
        out, year, language = request.out, plan.fiscal_year, plan.language
        self.folder = edition_folder(out, year, language, single_file=plan.single_file)
        # A run that was killed may have left partial files in any edition of the year, as the lock
        # is that of the year.
        for folder in written_folders(out, year):
            clear_leftovers(folder)
        assets = write_assets(out, year, language)
        facts = edition_facts(plan, package_versions())
        self.record = ManifestWriter(self.folder, facts, {} if plan.single_file else assets)
        self.jobs = [job for job in plan.jobs if job.slug in plan.chosen]
        self.until = time.time() + request.run_seconds if request.run_seconds else 0

    def publish(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> PublishResult:
        withdrawn = withdraw_pages(self.folder, self.record, self.plan)
        removed = remove_stale_pdfs(self.folder, self.record, self.jobs)
        states = report_states(self.folder, self.record.manifest, self.jobs)
        pending = [state.job for state in states if self.request.force or state.state != "fresh"]
        started(len(pending))
        outcomes = []
        try:
            for job, result in self._render(pending):
                outcomes.append(write_result(self.folder, self.record, job, result))
                progress(outcomes[-1])
            prints = self._print(progress, lambda more: started(len(pending) + more))
        finally:
            self.record.write()
        made, failed = _split(outcomes)
        printed, unprinted = _split(prints)
        return PublishResult(
            fiscal_year=self.plan.fiscal_year,
            index=self._update_index(made),
            made=made,
            failed=failed,
            kept=len(self.jobs) - len(pending),
            printed=printed,
            unprinted=unprinted,
            removed_pdfs=removed + sum(outcome.removed_pdfs for outcome in outcomes),
            refused=tuple(self.plan.refused.values()),
            withdrawn=withdrawn,
        )

    def _print(
        self, progress: Callable[[Outcome], None], started: Callable[[int], None]
    ) -> list[Outcome]:
        """Print the pages that have no current PDF, if PDFs are requested."""
        if not self.request.pdf:
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
        return job.request(
            self.plan.home,
            self.plan.build,
            engine=self.request.engine,
            limits=replace(self.request.limits, until=self.until),
            keep_notebook=self.request.keep_notebooks,
        )

    def _update_index(self, made: Sequence[Outcome]) -> Path:
        """Write the index, unless it is up to date, and return its path."""
        made_jobs = {outcome.job.slug: outcome.job for outcome in made}
        jobs = [made_jobs.get(job.slug, job) for job in self.plan.jobs]
        states = report_states(self.folder, self.record.manifest, jobs)
        listed = [(state.job.slug, self._listed_state(state)) for state in states]
        beside = {
            slug: tuple(sorted(entry.beside))
            for slug, entry in sorted(self.record.manifest.pages.items())
            if entry.beside
        }
        own = [(job.slug, job.labels) for job in jobs if job.report]
        inputs = (self.plan.build, common_inputs(self.plan.home), listed, beside, own)
        made_from = {"index": short_hash(repr(inputs))}
        index = self.folder / "index.html"
        before = self.record.manifest.pages.get(INDEX)
        if not before or (before.made_from, before.sha256) != (made_from, page_hash(index)):
            page = index_page(self.request, listed, beside)
            write_atomically(index, page.encode())
            self.record.put(INDEX, Entry(index.name, page_hash(index), made_from))
        if all(state.state == "fresh" for state in states) and not self.plan.refused:
            self.record.up_to_date(edition_inputs(self.plan.home, self.plan.build))
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
