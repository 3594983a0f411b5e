"""``aip build``: raw files to records."""

import json
from pathlib import Path

import click

from aip_analysis.cli.check import tell_account
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.intake import intake_summary, read_raw
from aip_analysis.intake.building import raw_files
from aip_analysis.store import save_records, write_atomically
from aip_analysis.ward import load_ward


@command("build")
@click.option("--strict", is_flag=True, help="strict")
@home_option
def entry(home: Path, *, strict: bool) -> None:
    """Read data/raw into data/processed."""
    ward = load_ward(home / "data" / "reference")
    raw, processed = home / "data" / "raw", home / "data" / "processed"
    with progress_bar("reading") as bar:
        bar.total(len(raw_files(raw)))
        records, intakes = read_raw(raw, ward, progress=lambda _: bar.step())
    tell_account(intakes)
    aside = sum(sheet.rows_set_aside for intake in intakes for sheet in intake.sheets)
    if strict and aside:
        raise InputRefusedError("errors.strict", rows=aside)
    records.newest_complete()
    save_records(records, processed)
    text = json.dumps(intake_summary(intakes), ensure_ascii=False, indent=1)
    write_atomically(processed / "intake.json", f"{text}\n".encode())
    tell("built", folder=_short(processed))


def _short(folder: Path) -> Path:
    """Name a folder from here where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
