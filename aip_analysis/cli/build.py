"""``aip build``: raw files to records, where anything has changed since the last time."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from aip_analysis.cli.check import tell_account
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.screen import progress_bar, tell
from aip_analysis.errors import AipError, InputRefusedError
from aip_analysis.intake import Intake, intake_summary, read_raw
from aip_analysis.intake.memory import Memory
from aip_analysis.intake.page import intake_page
from aip_analysis.intake.returning import write_set_aside
from aip_analysis.messages import say, user_language
from aip_analysis.store import current_build, fingerprint, save_records, write_atomically
from aip_analysis.ward import Ward, load_ward

ACCOUNT, PAGE, RETURNED, READ = "intake.json", "intake.html", "set-aside", "read"


@command("build")
@click.option("--strict", is_flag=True, help="strict")
@home_option
def entry(home: Path, *, strict: bool) -> None:
    """Read data/raw into data/processed."""
    raw, reference = home / "data" / "raw", home / "data" / "reference"
    processed = home / "data" / "processed"
    made_from = fingerprint(raw, reference)
    before = _account_before(processed)
    if before.get("made_from") == made_from and not _is_due(before):
        _judge(before, strict=strict)
        tell("unchanged", files=len(before["files"]), rows=_set_aside(before),
             page=_short(processed / PAGE))  # fmt: skip
        _tell_refused(before)
        return
    ward = load_ward(reference)
    memory = Memory(processed / READ, fingerprint(reference))
    with progress_bar("reading") as bar:
        intake = read_raw(raw, ward, memory=memory, progress=bar.left)
    tell_account(intake)
    account = {"made_from": made_from} | intake_summary(intake)
    _explain(intake, account, ward, processed)
    _judge(account, strict=strict)
    intake.records.newest_complete()
    save_records(intake.records, processed)
    memory.forget_others()
    text = json.dumps(account, ensure_ascii=False, indent=1)
    write_atomically(processed / ACCOUNT, f"{text}\n".encode())
    tell("built", folder=_short(processed), page=_short(processed / PAGE))
    _tell_refused(account)
    if _set_aside(account):
        tell("returned", folder=_short(processed / RETURNED))


def _explain(intake: Intake, account: dict[str, Any], ward: Ward, processed: Path) -> None:
    """Write what a person needs to mend the files, whether the build comes about or not."""
    language = user_language()
    page = intake_page(account, ward.setting("name", language), language, datetime.now())  # noqa: DTZ005 -- the office's own clock
    write_atomically(processed / PAGE, page.encode())
    write_set_aside(intake, ward, processed / RETURNED)


def _account_before(processed: Path) -> dict[str, Any]:
    """Give the account of the build that is in use; empty where there is none to rely on."""
    try:
        current_build(processed)
        account: dict[str, Any] = json.loads((processed / ACCOUNT).read_text(encoding="utf-8"))
    except (AipError, OSError, ValueError):
        return {}
    return account if (processed / PAGE).is_file() else {}


def _is_due(account: dict[str, Any]) -> bool:
    """Tell whether a day has come on which rows that lay in the future are to be used."""
    day = account.get("look_again_on")
    return day is not None and date.fromisoformat(day) <= date.today()  # noqa: DTZ011 -- as above


def _set_aside(account: dict[str, Any]) -> int:
    return sum(sheet["rows_set_aside"] for file in account["files"] for sheet in file["sheets"])


def _refused(account: dict[str, Any]) -> list[str]:
    """Name the files that could not be read at all."""
    return [
        str(file["file"])
        for file in account["files"]
        if not file["sheets"]
        and any(problem["severity"] == "set_aside" for problem in file["problems"])
    ]


def _judge(account: dict[str, Any], *, strict: bool) -> None:
    rows, files = _set_aside(account), _refused(account)
    if strict and (rows or files):
        raise InputRefusedError("errors.strict", rows=rows, files=len(files))


def _tell_refused(account: dict[str, Any]) -> None:
    """Name the unreadable files: no failure, but whoever scheduled the run has to hear of it."""
    files = _refused(account)
    if files:
        names = "、".join(files)
        text = say("cli.unreadable", user_language(), count=len(files), files=names)
        click.echo(text, err=True)


def _short(folder: Path) -> Path:
    """Name a folder from here where that is shorter."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
