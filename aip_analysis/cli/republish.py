"""The part of ``aip publish`` that makes reports."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import click

from aip_analysis.cli.publish import MEGABYTE
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.engine.warm import can_fork
from aip_analysis.errors import ReportsFailedError, ToolMissingError
from aip_analysis.home.builds import about_build
from aip_analysis.home.files import FULL
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.order import Limits
from aip_analysis.publish.workshop import close_workshops, open_workshop


def republish(  # noqa: PLR0913 -- one parameter an option
    home: Path,
    out: Path,
    fiscal_year: int | None,
    lang: Language,
    *,
    only: tuple[str, ...],
    kind: str | None,
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
) -> None:
    """Make the reports that are stale, and say how it went."""
    engine = _possible(engine)
    with _executor(home, jobs, dask) as executor:
        # Loaded while the workshop warms up.
        from aip_analysis.publish.edition import open_edition  # noqa: PLC0415
        from aip_analysis.publish.plan import plan_jobs  # noqa: PLC0415
        from aip_analysis.publish.publishing import Options, publish  # noqa: PLC0415

        edition = open_edition(home, fiscal_year, lang, single_file=single_file)
        wanted = plan_jobs(edition, only=only, kind=kind)  # type: ignore[arg-type]  # click sees to it
        options = Options(
            out,
            executor,
            force=force,
            engine=engine,
            limits=Limits(timeout, report_timeout, memory * MEGABYTE),
            run_seconds=run_timeout,
            keep_notebooks=keep_notebooks,
        )
        with progress_bar("publishing") as bar:
            result = publish(
                edition, wanted, options, progress=lambda _: bar.step(), started=bar.total
            )
    for outcome in result.failed:
        label = edition.ward.label(outcome.job.place, user_language())
        sentence = say("cli.failed", user_language(), place=label, reason=outcome.reason)
        click.echo(sentence, err=True)
    if result.failed:
        raise ReportsFailedError(
            "errors.reports_failed",
            failed=len(result.failed),
            made=len(result.made),
            folder=result.index.parent / "failed",
        )
    tell("published", year=edition.fiscal_year, made=len(result.made), kept=result.kept)
    tell("open", page=result.index.resolve())


def _possible(engine: str) -> str:
    """Give the engine, or papermill's own where this system cannot fork: with a word about it."""
    if engine == "aip" and not can_fork():
        click.echo(say("cli.cannot_fork", user_language()), err=True)
        return "nbclient"
    return engine


def _begin(home: Path, build: str) -> None:
    """Open the workshop.

    Raises
    ------
    ToolMissingError
        When there is nowhere to put what a run needs while it lasts.
    """
    try:
        open_workshop(home, build)
    except OSError as error:
        folder = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 -- only named
        key = "errors.disk_full" if error.errno in FULL else "errors.not_writable"
        raise ToolMissingError(key, folder=folder) from error


@contextmanager
def _executor(home: Path, jobs: int | None, dask: str | None) -> Iterator[Executor]:
    """Give what makes the reports: threads that each wait for a process, or somebody's cluster."""
    if dask:
        from aip_analysis.publish.cluster import cluster_executor  # noqa: PLC0415 -- an extra

        with cluster_executor(dask) as executor:
            yield executor
        return
    about = about_build(home / "data" / "processed")
    if about and can_fork():
        # Begun at once: it warms up while this process finds out what there is to do.
        _begin(home.resolve(), about.name)
    executor = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
    try:
        yield executor
    finally:
        # Whoever still waits for a report waits no longer.
        executor.shutdown(wait=False, cancel_futures=True)
        close_workshops()
        executor.shutdown()
