"""``aip build`` and ``aip check``: raw files to records, and the same checks without writing."""

import json
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.intake import FileIntake, check_file, intake_summary, read_raw
from aip_analysis.intake.building import raw_files
from aip_analysis.intake.summary import account_lines
from aip_analysis.messages import user_language
from aip_analysis.store import save_records, write_atomically
from aip_analysis.ward import load_ward


@command("build")
@click.option("--strict", is_flag=True, help="strict")
@home_option
def build(home: Path, *, strict: bool) -> None:
    """Read data/raw into data/processed."""
    ward = load_ward(home / "data" / "reference")
    raw, processed = home / "data" / "raw", home / "data" / "processed"
    with progress_bar("reading") as bar:
        bar.total(len(raw_files(raw)))
        records, intakes = read_raw(raw, ward, progress=lambda _: bar.step())
    _tell(intakes)
    aside = sum(sheet.rows_set_aside for intake in intakes for sheet in intake.sheets)
    if strict and aside:
        raise InputRefusedError("errors.strict", rows=aside)
    records.newest_complete()
    save_records(records, processed)
    text = json.dumps(intake_summary(intakes), ensure_ascii=False, indent=1)
    write_atomically(processed / "intake.json", f"{text}\n".encode())
    tell("built", folder=_short(processed))


@command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@home_option
def check(home: Path, files: tuple[Path, ...]) -> None:
    """Check files and write nothing."""
    ward = load_ward(home / "data" / "reference")
    intakes = [check_file(file, ward) for file in files]
    _tell(intakes)
    problems = sum(len(intake.problems) for intake in intakes)
    aside = sum(sheet.rows_set_aside for intake in intakes for sheet in intake.sheets)
    if aside:
        raise InputRefusedError("errors.check_failed", rows=aside)
    tell("checked_with_notes" if problems else "checked", problems=problems)


def _tell(intakes: list[FileIntake]) -> None:
    for line in account_lines(intakes, user_language()):
        click.echo(line)


def _short(folder: Path) -> Path:
    """Name a folder from here where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
