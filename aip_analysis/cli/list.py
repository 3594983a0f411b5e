"""``aip list``: lists every report and its state."""

from pathlib import Path

import click

from aip_analysis.cli.options import (
    command,
    home_option,
    lang_option,
    out_option,
    single_option,
    year_option,
)
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.plan.edition import open_edition
from aip_analysis.publish.plan.manifest import read_manifest
from aip_analysis.publish.plan.plan import plan_edition
from aip_analysis.publish.plan.reports_folder import edition_folder
from aip_analysis.publish.plan.staleness import report_states


@command("list")
@year_option
@lang_option
@single_option
@out_option
@home_option
def entry(
    home: Path,
    fiscal_year: int | None,
    lang: Language,
    out: Path | None,
    *,
    single_file: bool,
) -> None:
    """List every report, its state, and why it is not fresh."""
    edition = open_edition(home, fiscal_year, lang, single_file=single_file)
    folder = edition_folder(
        out or home / "reports", edition.fiscal_year, lang, single_file=single_file
    )
    language = user_language()
    manifest = read_manifest(folder)
    plan = plan_edition(edition, manifest=manifest)
    for state in report_states(folder, manifest, plan.jobs):
        word = say(f"cli.state_{state.state}", language)
        label = state.job.labels[language]
        click.echo(f"{word}\t{state.job.file}\t{label}\t{state.why(language)}".rstrip())
    for refused in plan.refused.values():
        click.echo(refused.sentence(language), err=True)
