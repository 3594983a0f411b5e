"""``aip check``: the checks of intake on single files; nothing is written."""

from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.intake import FileIntake, check_file
from aip_analysis.intake.summary import account_lines
from aip_analysis.messages import user_language
from aip_analysis.ward import load_ward


@command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@home_option
def entry(home: Path, files: tuple[Path, ...]) -> None:
    """Check files and write nothing."""
    ward = load_ward(home / "data" / "reference")
    intakes = [check_file(file, ward) for file in files]
    tell_account(intakes)
    problems = sum(len(intake.problems) for intake in intakes)
    aside = sum(sheet.rows_set_aside for intake in intakes for sheet in intake.sheets)
    if aside:
        raise InputRefusedError("errors.check_failed", rows=aside)
    tell("checked_with_notes" if problems else "checked", problems=problems)


def tell_account(intakes: list[FileIntake]) -> None:
    """Print what became of the rows, and each problem with its place."""
    for line in account_lines(intakes, user_language()):
        click.echo(line)
