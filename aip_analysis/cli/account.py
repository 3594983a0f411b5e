"""What the account of a build says of it: rows set aside, files that could not be read."""

from typing import Any

import click

from aip_analysis.errors import InputRefusedError
from aip_analysis.messages import say, user_language

ACCOUNT, PAGE, RETURNED, READ = "intake.json", "intake.html", "set-aside", "read"


def rows_set_aside(account: dict[str, Any]) -> int:
    """Count the rows of all files that are set aside."""
    return sum(sheet["rows_set_aside"] for file in account["files"] for sheet in file["sheets"])


def judge(account: dict[str, Any], *, strict: bool) -> None:
    """Refuse, where that is asked for, what is not wholly used.

    Raises
    ------
    InputRefusedError
        When rows are set aside or files could not be read.
    """
    rows, files = rows_set_aside(account), _refused(account)
    if strict and (rows or files):
        raise InputRefusedError("errors.strict", rows=rows, files=len(files))


def tell_refused(account: dict[str, Any]) -> None:
    """Name the unreadable files: no failure, but whoever scheduled the run has to hear of it."""
    files = _refused(account)
    if files:
        names = "、".join(files)
        text = say("cli.unreadable", user_language(), count=len(files), files=names)
        click.echo(text, err=True)


def _refused(account: dict[str, Any]) -> list[str]:
    """Name the files that could not be read at all."""
    return [
        str(file["file"])
        for file in account["files"]
        if not file["sheets"]
        and any(problem["severity"] == "set_aside" for problem in file["problems"])
    ]
