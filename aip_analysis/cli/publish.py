"""``aip publish``: regenerates the reports that are stale."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aip_analysis.cli.edition import (
    kind_option,
    lang_option,
    only_option,
    out_option,
    single_option,
    year_option,
)
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import tell
from aip_analysis.publish.settled import settled_edition
from aip_analysis.publish.years import renew_years

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = ("aip", "nbclient")
MEGABYTE = 1_000_000


def _count(name: str, default: int | None, help_text: str, least: int = 0) -> "Callable[..., Any]":
    """Return an option that takes a whole number; 0 is no limit."""
    return click.option(name, type=click.IntRange(min=least), default=default, help=help_text)


@command("publish")
@year_option
@only_option
@kind_option
@click.option("--pdf", is_flag=True, help="pdf")
@_count("--jobs", None, "jobs", least=1)
@click.option("--force", is_flag=True, help="force")
@lang_option
@single_option
@click.option("--engine", type=click.Choice(ENGINES), default="aip", help="engine")
@_count("--timeout", 300, "timeout")
@_count("--report-timeout", 900, "report_timeout")
@_count("--run-timeout", 0, "run_timeout")
@_count("--memory", 2000, "memory")
@click.option("--keep-notebooks", is_flag=True, help="keep_notebooks")
@click.option("--dask", metavar="ADDRESS", help="dask")
@out_option
@home_option
def entry(
    home: Path,
    out: Path | None,
    fiscal_year: int | None,
    lang: Any,  # noqa: ANN401 -- one of the languages: click checks it
    **options: Any,  # noqa: ANN401 -- the other options, as they are declared above
) -> None:
    """Render the reports that are stale."""
    folder = out or home / "reports"
    if not (options["force"] or options["only"] or options["kind"]):
        formats = {name: options[name] for name in ("single_file", "pdf")}
        settled = settled_edition(home, folder, fiscal_year, lang, **formats)
        if settled:
            renew_years(folder)
            tell("published", year=settled.fiscal_year, made=0, kept=settled.reports)
            tell("open", page=settled.index.resolve())
            return
    # The modules that make reports are slow to load, and most nights nothing has changed.
    from aip_analysis.cli.republish import republish  # noqa: PLC0415

    republish(home, folder, fiscal_year, lang, **options)
