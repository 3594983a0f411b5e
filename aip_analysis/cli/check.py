"""``aip check``: runs the checks of intake on single files; no records are written."""

from datetime import datetime
from pathlib import Path

import click

from aip_analysis.cli.build_messages import raise_faults
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.terminal import tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.files import write_atomically
from aip_analysis.intake import Intake, check_files, intake_summary
from aip_analysis.intake.results import account_lines
from aip_analysis.intake.review_page import intake_page
from aip_analysis.messages import user_language
from aip_analysis.reference import load_ward


@command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="html")
@home_option
def entry(home: Path, files: tuple[Path, ...], html: Path | None) -> None:
    """Check files, and write nothing except, on request, a page with the results."""
    ward = load_ward(home / "data" / "reference")
    intake = check_files(files, ward)
    print_account(intake)
    if html is not None:
        language = user_language()
        name = ward.setting("name", language)
        page = intake_page(intake_summary(intake), name, language, datetime.now())  # noqa: DTZ005 -- the office's own clock
        write_atomically(html, page.encode())
        tell("open", page=html)
    refused = len(intake.refused)
    raise_faults(intake_summary(intake)["faults"], home / "data" / "processed")
    if intake.rows_set_aside or refused:
        raise InputRefusedError("cli.check_failed", rows=intake.rows_set_aside, files=refused)
    problems = len(intake.problems)
    tell("checked_with_notes" if problems else "checked", problems=problems)


def print_account(intake: Intake) -> None:
    """Print what became of the rows, and each problem with its location."""
    for line in account_lines(intake, user_language()):
        click.echo(line)
