"""``aip build``: raw files to records, where anything has changed since the last time."""

import json
from pathlib import Path
from typing import Any

import click

from aip_analysis.cli.check import tell_account
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import AipError, InputRefusedError
from aip_analysis.intake import intake_summary, read_raw
from aip_analysis.intake.building import raw_files
from aip_analysis.store import current_build, fingerprint, save_records, write_atomically
from aip_analysis.ward import load_ward

ACCOUNT = "intake.json"


@command("build")
@click.option("--strict", is_flag=True, help="strict")
@home_option
def entry(home: Path, *, strict: bool) -> None:
    """Read data/raw into data/processed."""
    raw, reference = home / "data" / "raw", home / "data" / "reference"
    processed = home / "data" / "processed"
    ward = load_ward(reference)
    files = raw_files(raw)
    made_from = fingerprint(raw, reference)
    before = _account_before(processed)
    if before.get("made_from") == made_from:
        _refuse_rows_set_aside(before, strict=strict)
        tell("unchanged", files=len(files), rows=_set_aside(before), folder=_short(processed))
        return
    with progress_bar("reading") as bar:
        bar.total(len(files))
        records, intakes = read_raw(raw, ward, progress=lambda _: bar.step())
    tell_account(intakes)
    account = {"made_from": made_from} | intake_summary(intakes)
    _refuse_rows_set_aside(account, strict=strict)
    records.newest_complete()
    save_records(records, processed)
    text = json.dumps(account, ensure_ascii=False, indent=1)
    write_atomically(processed / ACCOUNT, f"{text}\n".encode())
    tell("built", folder=_short(processed))


def _account_before(processed: Path) -> dict[str, Any]:
    """Give the account of the build that is in use; empty where there is none to rely on."""
    try:
        current_build(processed)
        account: dict[str, Any] = json.loads((processed / ACCOUNT).read_text(encoding="utf-8"))
    except (AipError, OSError, ValueError):
        return {}
    return account


def _set_aside(account: dict[str, Any]) -> int:
    return sum(sheet["rows_set_aside"] for file in account["files"] for sheet in file["sheets"])


def _refuse_rows_set_aside(account: dict[str, Any], *, strict: bool) -> None:
    rows = _set_aside(account)
    if strict and rows:
        raise InputRefusedError("errors.strict", rows=rows)


def _short(folder: Path) -> Path:
    """Name a folder from here where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
