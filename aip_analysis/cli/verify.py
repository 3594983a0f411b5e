"""``aip verify``: checks whether the published pages are as they were made."""

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
from aip_analysis.cli.terminal import tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.messages import Language, say, user_language
from aip_analysis.publish.plan.reports_folder import edition_folder
from aip_analysis.publish.plan.verify import newest_year, verify


@command("verify")
@year_option
@lang_option
@single_option
@out_option
@home_option
def entry(
    home: Path, fiscal_year: int | None, lang: Language, out: Path | None, *, single_file: bool
) -> None:
    """Check the pages of a year against their manifest."""
    reports = out or home / "reports"
    folder = edition_folder(
        reports, fiscal_year or newest_year(home, reports), lang, single_file=single_file
    )
    result = verify(folder)
    for difference in result.differences:
        sentence = say(f"cli.verify_{difference.kind}", user_language(), file=difference.file)
        click.echo(sentence, err=True)
    if result.differences:
        raise InputRefusedError("publish.not_as_made", count=len(result.differences), folder=folder)
    tell("verified", count=result.count)
