"""``aip publish``: regenerates the reports that are stale."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aip_analysis.cli.options import (
    command,
    home_option,
    kind_option,
    lang_option,
    only_option,
    out_option,
    single_option,
    year_option,
)
from aip_analysis.cli.terminal import progress_bar, tell
from aip_analysis.errors import ReportsFailedError, ToolMissingError
from aip_analysis.execution.limits import Limits
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.html.update_years import renew_years
from aip_analysis.publish.plan.reports_folder import FAILED
from aip_analysis.publish.plan.staleness import IsPrinted, up_to_date_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from aip_analysis.publish.run import PublishResult
    from aip_analysis.publish.write_pages import Outcome

ENGINES = ("aip", "nbclient")
MEGABYTE = 1_000_000
DEFAULTS = Limits()


def _count(name: str, default: int | None, help_text: str, least: int = 0) -> "Callable[..., Any]":
    """Return an option that takes a whole number; 0 is no limit."""
    return click.option(name, type=click.IntRange(min=least), default=default, help=help_text)


@command("publish")
@year_option
@only_option
@kind_option
@click.option("--report", "reports", multiple=True, metavar="NAME", help="report")
@click.option("--pdf", is_flag=True, help="pdf")
@_count("--jobs", None, "jobs", least=1)
@click.option("--force", is_flag=True, help="force")
@lang_option
@single_option
@click.option("--engine", type=click.Choice(ENGINES), default="aip", help="engine")
@_count("--timeout", DEFAULTS.cell_seconds, "timeout")
@_count("--report-timeout", DEFAULTS.report_seconds, "report_timeout")
@_count("--run-timeout", 0, "run_timeout")
@_count("--memory", DEFAULTS.memory // MEGABYTE, "memory")
@click.option("--keep-notebooks", is_flag=True, help="keep_notebooks")
@click.option("--dask", metavar="ADDRESS", help="dask")
@out_option
@home_option
def entry(
    home: Path,
    out: Path | None,
    fiscal_year: int | None,
    lang: Language,
    **options: Any,  # noqa: ANN401 -- the other options, as they are declared above
) -> None:
    """Render the reports that are stale."""
    folder = out or home / "reports"
    if not (options["force"] or options["only"] or options["kind"] or options["reports"]):
        settled = up_to_date_edition(
            home,
            folder,
            fiscal_year,
            lang,
            single_file=options["single_file"],
            is_printed=_pdf_check() if options["pdf"] else None,
        )
        if settled:
            renew_years(folder)
            tell("published", year=settled.fiscal_year, made=0, kept=settled.reports)
            tell("open", page=settled.index.resolve())
            return
    _make_reports(home, folder, fiscal_year, lang, options)


def _pdf_check() -> IsPrinted:
    # The modules that print are slow to load.
    from aip_analysis.publish.pdf.print_pages import is_printed  # noqa: PLC0415

    return is_printed


def _make_reports(
    home: Path, out: Path, fiscal_year: int | None, lang: Language, options: dict[str, Any]
) -> None:
    """Make the reports that are stale, and print the outcome."""
    # The modules that make reports are slow to load, and most nights nothing has changed.
    from aip_analysis.files.browser import find_browser  # noqa: PLC0415
    from aip_analysis.publish.executors import report_executor  # noqa: PLC0415
    from aip_analysis.publish.run import PublishRequest, publish  # noqa: PLC0415

    if options["pdf"] and not find_browser():
        raise ToolMissingError("pdf.no_browser")
    memory = options["memory"] * MEGABYTE
    request = PublishRequest(
        home,
        out,
        fiscal_year,
        lang,
        single_file=options["single_file"],
        only=options["only"],
        kind=options["kind"],
        reports=options["reports"],
        force=options["force"],
        engine=_supported_engine(options["engine"]),
        limits=Limits(options["timeout"], options["report_timeout"], memory),
        run_seconds=options["run_timeout"],
        keep_notebooks=options["keep_notebooks"],
        pdf=options["pdf"],
    )
    with (
        report_executor(
            home,
            single_file=request.single_file,
            reports=len(request.only) or None,
            jobs=options["jobs"],
            dask=options["dask"],
        ) as executor,
        progress_bar("publishing") as bar,
    ):
        result = publish(request, executor, progress=lambda _: bar.step(), started=bar.total)
    _print_result(result, pdf=request.pdf)


def _supported_engine(engine: str) -> str:
    """Return the engine, or papermill's own, with a notice, where this system cannot fork."""
    from aip_analysis.execution.process_pool import can_fork  # noqa: PLC0415 -- slow to load, too

    if engine == "aip" and not can_fork():
        click.echo(say("cli.cannot_fork", user_language()), err=True)
        return "nbclient"
    return engine


def _print_result(result: "PublishResult", *, pdf: bool) -> None:
    """Print what was made.

    Raises
    ------
    ReportsFailedError
        When a report or a PDF could not be made.
    """
    _print_notices(result)
    _print_failures("cli.failed", result.failed)
    _print_failures("cli.unprinted", result.unprinted)
    if result.failed:
        folder = result.index.parent / FAILED
        # A report that was not finished in time, or not begun, leaves no notebook.
        notebooks = [folder / f"{outcome.job.slug}.ipynb" for outcome in result.failed]
        left = any(notebook.is_file() for notebook in notebooks)
        key = "publish.reports_failed" if left else "publish.reports_not_made"
        failed, made = len(result.failed), len(result.made)
        raise ReportsFailedError(key, failed=failed, made=made, folder=folder)
    if result.unprinted:
        failed, made = len(result.unprinted), len(result.printed)
        raise ReportsFailedError("cli.papers_failed", failed=failed, made=made)
    if result.refused:
        failed, made = len(result.refused), len(result.made)
        raise ReportsFailedError("own_reports.refused", failed=failed, made=made)
    tell("published", year=result.fiscal_year, made=len(result.made), kept=result.kept)
    if pdf:
        click.echo(say("cli.printed", user_language(), made=len(result.printed)))
    _print_removed(result, pdf=pdf)
    tell("open", page=result.index.resolve())


def _print_removed(result: "PublishResult", *, pdf: bool) -> None:
    """Print which files of earlier runs were removed."""
    if result.withdrawn:
        tell("pages_withdrawn", count=result.withdrawn)
    if result.removed_pdfs and not pdf:
        tell("withdrawn", count=result.removed_pdfs)


def _print_notices(result: "PublishResult") -> None:
    """Print what pages cannot show of their notebooks, and which notebooks give no report."""
    reports: dict[str, list[str]] = {}
    for outcome in result.made:
        for notice in dict.fromkeys(outcome.notices):
            reports.setdefault(notice, []).append(outcome.job.labels[user_language()])
    for notice, (first, *others) in reports.items():
        key = "cli.notices" if others else "cli.notice"
        texts = {"place": first, "others": len(others), "notice": notice}
        click.echo(say(key, user_language(), **texts), err=True)
    for refused in result.refused:
        click.echo(str(refused), err=True)


def _print_failures(key: str, outcomes: "tuple[Outcome, ...]") -> None:
    for outcome in outcomes:
        label = outcome.job.labels[user_language()]
        click.echo(say(key, user_language(), place=label, reason=outcome.reason), err=True)
