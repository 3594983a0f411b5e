"""The account of a build: rows set aside, and files that could not be read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from aip_analysis.cli.terminal import short
from aip_analysis.errors import InputRefusedError, ProgramFaultError
from aip_analysis.files.builds import read_account, read_build_metadata
from aip_analysis.messages import say, user_language

PAGE, RETURNED, READ = "intake.html", "set-aside", "read"
LOG = "faults.log"
# Faults named in one message.
_MOST_NAMED = 5


def account_before(processed: Path) -> dict[str, Any]:
    """Return the account of the build in use, or an empty one if there is none to rely on."""
    if read_build_metadata(processed) is None or not (processed / PAGE).is_file():
        return {}
    return read_account(processed)


def files_there(account: dict[str, Any]) -> int:
    """Return how many files there are, without those that are gone."""
    return sum(not file.get("gone") for file in account["files"])


def rows_set_aside(account: dict[str, Any]) -> int:
    """Return how many rows of all files are set aside."""
    return sum(sheet["rows_set_aside"] for file in account["files"] for sheet in file["sheets"])


def judge(account: dict[str, Any], *, strict: bool) -> None:
    """Raise an error in strict mode if not everything is used, or accounted for without doubt.

    Raises
    ------
    InputRefusedError
        When ``strict`` is set and rows are set aside, files could not be read, a sheet does not
        add up, or amounts stand in rows taken for titles or notes.
    """
    rows, files = rows_set_aside(account), _refused(account)
    if strict and (rows or files):
        raise InputRefusedError("cli.strict", rows=rows, files=len(files))
    doubted = _in_doubt(account)
    if strict and doubted:
        raise InputRefusedError("cli.strict_amounts", sheets=len(doubted))


def _in_doubt(account: dict[str, Any]) -> set[tuple[str, str]]:
    """Return (file, sheet) of the sheets that do not add up, or with amounts passed over."""
    unbalanced = {
        (str(file["file"]), str(sheet["sheet"]))
        for file in account["files"]
        for sheet in file["sheets"]
        if not sheet["balances"]
    }
    passed_over = {
        (str(problem["file"]), str(problem["sheet"]))
        for file in account["files"]
        for problem in file["problems"]
        if problem["code"] == "amount_passed_over"
    }
    return unbalanced | passed_over


def raise_faults(faults: Sequence[Mapping[str, str]], processed: Path) -> None:
    """Raise an error if the program itself failed anywhere: everything else has been done.

    Raises
    ------
    ProgramFaultError
        If there are faults; the message names where they happened, and the log.
    """
    if not faults:
        return
    places = list(dict.fromkeys(" ".join((fault["file"], fault["sheet"])).strip()
                                for fault in faults))  # fmt: skip
    named = "、".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")
    raise ProgramFaultError(
        "cli.program_fault", count=len(faults), places=named, log=short(processed / LOG)
    )


def print_unreadable(account: dict[str, Any]) -> None:
    """Print the unreadable files: no failure, but whoever scheduled the run has to know."""
    files = _refused(account)
    if files:
        names = "、".join(files)
        text = say("cli.unreadable", user_language(), count=len(files), files=names)
        click.echo(text, err=True)


def print_gone(account: dict[str, Any]) -> None:
    """Print the files that were there before, and whose records nobody has now."""
    files = [str(file["file"]) for file in account.get("gone", [])]
    if files:
        names = "、".join(files[:_MOST_NAMED]) + (" …" if len(files) > _MOST_NAMED else "")
        click.echo(say("cli.gone", user_language(), count=len(files), files=names), err=True)


def _refused(account: dict[str, Any]) -> list[str]:
    """Return the names of the files that could not be read, or of which a sheet could not."""
    return [str(file["file"]) for file in account["files"] if file["unread"]]
