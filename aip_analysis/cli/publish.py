"""``aip publish``, ``aip list`` and ``aip charts``."""

from pathlib import Path
from typing import cast

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import ReportsFailedError, UsageError
from aip_analysis.messages import LANGUAGES, Language, say, user_language
from aip_analysis.publish import Edition, edition_folder, plan_jobs, report_states
from aip_analysis.publish import publish as publish_edition
from aip_analysis.publish.images import write_charts
from aip_analysis.publish.publishing import Options
from aip_analysis.store import load_records
from aip_analysis.ward import Level, load_ward

LEVELS = ("area", "block", "ward")


def _year(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Read a fiscal year."""
    del ctx, parameter
    if value is not None and not value.isdecimal():
        raise UsageError("errors.bad_year", given=value)
    return None if value is None else int(value)


_year_option = click.option("--fiscal-year", callback=_year, help="fiscal_year")
_only_option = click.option("--only", multiple=True, help="only")
_kind_option = click.option("--kind", type=click.Choice(LEVELS), help="kind")
_lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="ja", help="lang")
_out_option = click.option("--out", type=click.Path(path_type=Path), help="out")


@command("publish")
@_year_option
@_only_option
@_kind_option
@click.option("--jobs", type=click.IntRange(min=1), help="jobs")
@click.option("--force", is_flag=True, help="force")
@_lang_option
@click.option("--timeout", type=click.IntRange(min=1), default=300, help="timeout")
@_out_option
@home_option
def publish(  # noqa: PLR0913 -- one parameter an option
    *,
    home: Path,
    fiscal_year: int | None,
    only: tuple[str, ...],
    kind: str | None,
    jobs: int | None,
    lang: str,
    timeout: int,
    out: Path | None,
    force: bool,
) -> None:
    """Render the reports that are stale."""
    edition = _edition(home, fiscal_year, lang)
    wanted = plan_jobs(edition, only=only, kind=cast("Level | None", kind))
    options = Options(out or home / "reports", jobs or 0, force=force, timeout=timeout)
    with progress_bar("publishing") as bar:
        result = publish_edition(
            edition, wanted, options, progress=lambda _: bar.step(), started=bar.total
        )
    for outcome in result.failed:
        label = edition.ward.label(outcome.job.place, user_language())
        click.echo(say("cli.failed", user_language(), place=label, reason=outcome.reason))
    if result.failed:
        raise ReportsFailedError(
            "errors.reports_failed",
            failed=len(result.failed),
            made=len(result.made),
            folder=result.index.parent / "failed",
        )
    year = edition.fiscal_year
    tell("published", year=year, made=len(result.made), kept=len(result.kept))
    tell("open", page=result.index.resolve())


@command("list")
@_year_option
@_lang_option
@_out_option
@home_option
def list_reports(home: Path, fiscal_year: int | None, lang: str, out: Path | None) -> None:
    """List every report and its state."""
    edition = _edition(home, fiscal_year, lang)
    folder = edition_folder(out or home / "reports", edition.fiscal_year, edition.language)
    language = user_language()
    for state in report_states(folder, plan_jobs(edition)):
        word = say(f"cli.state_{state.state}", language)
        label = edition.ward.label(state.job.place, language)
        click.echo(f"{word}\t{state.job.file}\t{label}\t{state.reason}".rstrip())


@command("charts")
@_year_option
@_only_option
@_kind_option
@_lang_option
@_out_option
@home_option
def charts(
    home: Path,
    fiscal_year: int | None,
    only: tuple[str, ...],
    kind: str | None,
    lang: str,
    out: Path | None,
) -> None:
    """Write each chart of reports as SVG and PNG."""
    edition = _edition(home, fiscal_year, lang)
    jobs = plan_jobs(edition, only=only, kind=cast("Level | None", kind))
    folder = (out or home / "reports") / str(edition.fiscal_year) / "charts"
    with progress_bar("drawing") as bar:
        files = write_charts(edition, [job.place for job in jobs], folder, bar.step, bar.total)
    tell("drawn", count=len(files), folder=folder.resolve())


def _edition(home: Path, fiscal_year: int | None, lang: str) -> Edition:
    ward = load_ward(home / "data" / "reference")
    records = load_records(home / "data" / "processed")
    year = fiscal_year or records.newest_complete()
    records.check_year(year)
    return Edition(home, ward, records, year, cast("Language", lang))
