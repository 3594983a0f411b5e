"""``aip doctor``: what is missing on this machine, and how to get it."""

from collections.abc import Callable
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.errors import AipError, ToolMissingError
from aip_analysis.geography.official import official_cells
from aip_analysis.home import write_atomically
from aip_analysis.messages import say, user_language
from aip_analysis.publish.browser import find_browser, has_japanese_font
from aip_analysis.store import current_build
from aip_analysis.ward import load_ward


@command("doctor")
@home_option
def entry(home: Path) -> None:
    """Look at what the workbench needs."""
    reference = home / "data" / "reference"
    findings = {
        "reference": _tried(lambda: load_ward(reference)),
        "boundary": _tried(lambda: _kind_of_maps(reference)),
        "built": _tried(lambda: current_build(home / "data" / "processed")),
        "writable": _tried(lambda: _write(home / "reports")),
        "browser": "" if find_browser() else say("cli.no_browser", user_language()),
        "fonts": "" if has_japanese_font() else say("cli.no_fonts", user_language()),
    }
    language = user_language()
    for name, trouble in findings.items():
        mark = say("cli.lacking" if trouble else "cli.good", language)
        told = trouble or (_kind_of_maps(reference) if name == "boundary" else "")
        click.echo(f"{mark}\t{say(f'cli.doctor_{name}', language)}\t{told}".rstrip())
    if any(findings.values()):
        raise ToolMissingError("errors.doctor")


def _kind_of_maps(reference: Path) -> str:
    """Tell whether maps have official boundaries; a sketch is nothing that is missing."""
    official = official_cells(load_ward(reference))
    file = official[1].file if official else ""
    key = "boundary_official" if official else "boundary_sketch"
    return say(f"cli.{key}", user_language(), file=file)


def _tried(action: Callable[[], object]) -> str:
    """Give the sentence that an action fails with, or nothing."""
    try:
        action()
    except AipError as error:
        return str(error)
    return ""


def _write(folder: Path) -> None:
    probe = folder / ".doctor"
    write_atomically(probe, b"")
    probe.unlink()
