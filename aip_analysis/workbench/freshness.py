"""Whether the built records are what data/raw holds now, and the way to bring them up to date."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import click

from aip_analysis.errors import InputRefusedError, ProgramFaultError
from aip_analysis.files.builds import build_inputs, current_build_folder, is_due, read_account
from aip_analysis.messages import Language, say

# A newer build than the one in use; no raw files to compare with; inputs that have changed; rows
# whose day has come.
Reason = Literal["newer", "no_raw", "raw", "reference", "program", "due"]
_RUN_AIP = "from aip_analysis.cli.main import main; main()"


def reasons_stale(home: Path, build: str) -> list[Reason]:
    """Return why a build is not up to date; nothing if it is.

    As ``aip build`` does, this compares the content of the files and not their times: a file that
    was copied or restored has the time of another day.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The name of the build.
    """
    processed, raw = home / "data" / "processed", home / "data" / "raw"
    current = current_build_folder(processed)
    if current is not None and current.name != build:
        return ["newer"]
    if not any(file.is_file() for file in raw.rglob("*")):
        return ["no_raw"]
    account = read_account(processed)
    if "inputs" not in account:
        # Versions of the program before this one did not write it.
        return ["program"]
    now, then = build_inputs(home), account["inputs"]
    names: tuple[Reason, ...] = ("raw", "reference", "program")
    changed = [name for name in names if now[name] != then.get(name)]
    return changed or (["due"] if is_due(account) else [])


def stale_sentence(reasons: list[Reason], language: Language) -> str:
    """Return what has changed since the build and what to do; empty if nothing has."""
    if not reasons:
        return ""
    if reasons[0] in {"newer", "no_raw", "due"}:
        return say(f"lab.stale_{reasons[0]}", language)
    what = say("lab.and", language).join(say(f"lab.changed_{name}", language) for name in reasons)
    return say("lab.stale", language, what=what)


def bring_up_to_date(home: Path, language: Language) -> None:
    """Run ``aip build`` unless the current build is up to date.

    Raises
    ------
    InputRefusedError
        When the build failed; the message says why.
    """
    current = current_build_folder(home / "data" / "processed")
    if current is not None and not reasons_stale(home, current.name):
        return
    click.echo(say("lab.building", language))
    # A process of its own, because a notebook that has read older records goes on to use them.
    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", _RUN_AIP, "build", "--home", str(home)],
        env=os.environ | {"AIP_LANG": language},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    reason = done.stderr.strip().rpartition("\n")[2]
    if done.returncode == ProgramFaultError.exit_code:
        # All other files were read, and there is a build.
        click.echo(reason)
    elif done.returncode:
        raise InputRefusedError("lab.build_failed", reason=reason)
