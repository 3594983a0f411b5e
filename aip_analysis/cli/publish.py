"""``aip publish``: regenerates the reports that are stale."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aip_analysis.cli.edition_options import (
    kind_option,
    lang_option,
    only_option,
    out_option,
    single_option,
    year_option,
)
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.terminal import tell
from aip_analysis.publish.html.update_years import renew_years
from aip_analysis.publish.plan.up_to_date import IsPrinted, up_to_date_edition

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = ("aip", "nbclient")


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
    # The modules that make reports are slow to load, and most nights nothing has changed.
    from aip_analysis.cli.publish_reports import publish_reports  # noqa: PLC0415

    publish_reports(home, folder, fiscal_year, lang, **options)


def _pdf_check() -> IsPrinted:
    # The modules that print are slow to load, too.
    from aip_analysis.publish.pdf.print_pages import is_printed  # noqa: PLC0415

    return is_printed
