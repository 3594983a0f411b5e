"""``aip list``: how every report stands."""

from pathlib import Path

import click

from aip_analysis.cli.edition import lang_option, open_edition, out_option, year_option
from aip_analysis.cli.options import command, home_option
from aip_analysis.messages import say, user_language
from aip_analysis.publish.manifest import report_states
from aip_analysis.publish.outputs import edition_folder
from aip_analysis.publish.plan import plan_jobs


@command("list")
@year_option
@lang_option
@out_option
@home_option
def entry(home: Path, fiscal_year: int | None, lang: str, out: Path | None) -> None:
    """List every report and its state."""
    edition = open_edition(home, fiscal_year, lang)
    folder = edition_folder(out or home / "reports", edition.fiscal_year, edition.language)
    language = user_language()
    for state in report_states(folder, plan_jobs(edition)):
        word = say(f"cli.state_{state.state}", language)
        label = edition.ward.label(state.job.place, language)
        click.echo(f"{word}\t{state.job.file}\t{label}\t{state.reason}".rstrip())
