"""``aip publish``: the reports that are stale, made anew."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from aip_analysis.cli.edition import (
    kind_option,
    lang_option,
    only_option,
    open_edition,
    out_option,
    year_option,
)
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import ReportsFailedError
from aip_analysis.messages import say, user_language
from aip_analysis.publish.plan import plan_jobs
from aip_analysis.publish.publishing import Options, publish

if TYPE_CHECKING:
    from aip_analysis.ward import Level


@command("publish")
@year_option
@only_option
@kind_option
@click.option("--jobs", type=click.IntRange(min=1), help="jobs")
@click.option("--force", is_flag=True, help="force")
@lang_option
@click.option("--timeout", type=click.IntRange(min=1), default=300, help="timeout")
@out_option
@home_option
def entry(  # noqa: PLR0913 -- one parameter an option
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
    edition = open_edition(home, fiscal_year, lang)
    wanted = plan_jobs(edition, only=only, kind=cast("Level | None", kind))
    options = Options(out or home / "reports", jobs or 0, force=force, timeout=timeout)
    with progress_bar("publishing") as bar:
        result = publish(edition, wanted, options, progress=lambda _: bar.step(), started=bar.total)
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
    year = edition.fiscal_year
    tell("published", year=year, made=len(result.made), kept=len(result.kept))
    tell("open", page=result.index.resolve())
