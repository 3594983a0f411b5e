"""The part of ``aip publish`` that makes reports."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aip_analysis.cli.terminal import progress_bar, tell
from aip_analysis.errors import ReportsFailedError, ToolMissingError
from aip_analysis.execution.process_pool import can_fork
from aip_analysis.files.atomic import FULL
from aip_analysis.files.builds import read_build_metadata
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.pdf.browser import find_browser
from aip_analysis.publish.plan.outputs import FAILED
from aip_analysis.publish.plan.render_request import Limits
from aip_analysis.publish.planner import PublishRequest
from aip_analysis.publish.render import start_fork_server
from aip_analysis.publish.run import Options, publish

if TYPE_CHECKING:
    from aip_analysis.reference import Level

MEGABYTE = 1_000_000


def publish_reports(  # noqa: PLR0913 -- one parameter an option
    home: Path,
    out: Path,
    fiscal_year: int | None,
    lang: Language,
    *,
    only: tuple[str, ...],
    kind: "Level | None",
    jobs: int | None,
    force: bool,
    single_file: bool,
    engine: str,
    timeout: int,
    report_timeout: int,
    run_timeout: int,
    memory: int,
    keep_notebooks: bool,
    dask: str | None,
    pdf: bool,
) -> None:
    """Make the reports that are stale, and print the outcome."""
    if pdf and not find_browser():
        raise ToolMissingError("paper.no_browser")
    request = PublishRequest(home, fiscal_year, lang, single_file, only, kind, out)
    options = Options(
        out,
        force=force,
        engine=_supported_engine(engine),
        limits=Limits(timeout, report_timeout, memory * MEGABYTE),
        run_seconds=run_timeout,
        keep_notebooks=keep_notebooks,
        pdf=pdf,
    )
    with _executor(request, jobs, dask) as executor, progress_bar("publishing") as bar:
        result = publish(
            request, executor, options, progress=lambda _: bar.step(), started=bar.total
        )
    for outcome in result.failed:
        label = outcome.job.labels[user_language()]
        sentence = say("cli.failed", user_language(), place=label, reason=outcome.reason)
        click.echo(sentence, err=True)
    for outcome in result.unprinted:
        label = outcome.job.labels[user_language()]
        sentence = say("beside.unprinted", user_language(), place=label, reason=outcome.reason)
        click.echo(sentence, err=True)
    if result.failed:
        folder = result.index.parent / FAILED
        # A report that was not finished in time, or not begun, leaves no notebook.
        notebooks = [folder / f"{outcome.job.slug}.ipynb" for outcome in result.failed]
        left = any(notebook.is_file() for notebook in notebooks)
        key = "errors.reports_failed" if left else "errors.reports_not_made"
        failed, made = len(result.failed), len(result.made)
        raise ReportsFailedError(key, failed=failed, made=made, folder=folder)
    if result.unprinted:
        failed, made = len(result.unprinted), len(result.printed)
        raise ReportsFailedError("beside.papers_failed", failed=failed, made=made)
    tell("published", year=result.fiscal_year, made=len(result.made), kept=result.kept)
    if pdf:
        click.echo(say("beside.printed", user_language(), made=len(result.printed)))
    elif result.withdrawn:
        click.echo(say("beside.withdrawn", user_language(), count=result.withdrawn))
    tell("open", page=result.index.resolve())


def _supported_engine(engine: str) -> str:
    """Return the engine, or papermill's own, with a notice, where this system cannot fork."""
    if engine == "aip" and not can_fork():
        click.echo(say("cli.cannot_fork", user_language()), err=True)
        return "nbclient"
    return engine


@contextmanager
def _executor(request: PublishRequest, jobs: int | None, dask: str | None) -> Iterator[Executor]:
    """Yield what makes the reports: processes of this machine, or a cluster.

    Raises
    ------
    ToolMissingError
        When there is no place for the temporary files of a run, or no cluster.
    """
    about = read_build_metadata(request.home / "data" / "processed")
    if about:
        try:
            reports = len(request.only) or None
            start_fork_server(
                request.home, about.name, single_file=request.single_file, reports=reports
            )
        except OSError as error:
            folder = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 -- only named
            key = "errors.disk_full" if error.errno in FULL else "errors.not_writable"
            raise ToolMissingError(key, folder=folder) from error
    if dask:
        from aip_analysis.publish.dask_cluster import cluster_executor  # noqa: PLC0415 -- an extra

        with cluster_executor(dask) as cluster:
            yield cluster
        return
    executor = ThreadPoolExecutor(jobs or os.cpu_count())
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)
