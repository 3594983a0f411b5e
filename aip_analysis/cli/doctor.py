"""``aip doctor``: reports what is missing on this machine, and how to get it."""

from collections.abc import Callable
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option
from aip_analysis.errors import AipError, ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.files.browser import find_browser, has_japanese_font, japanese_fonts
from aip_analysis.geography.official import official_cells
from aip_analysis.messages import say, user_language
from aip_analysis.publish.pdf.printer import PrintError, printing_font
from aip_analysis.records.store import current_build
from aip_analysis.reference import load_ward


@command("doctor")
@home_option
def entry(home: Path) -> None:
    """Check for everything that the workbench needs."""
    reference = home / "data" / "reference"
    font, without_font = _font_of_browser()
    findings = {
        "reference": _error_of(lambda: load_ward(reference)),
        "boundary": _error_of(lambda: _kind_of_maps(reference)),
        "built": _error_of(lambda: current_build(home / "data" / "processed")),
        "writable": _error_of(lambda: _write(home / "reports")),
        "browser": "" if find_browser() else say("cli.no_browser", user_language()),
        "fonts": "" if has_japanese_font() else say("cli.no_fonts", user_language()),
        "paper": without_font,
    }
    language = user_language()
    for name, problem in findings.items():
        mark = say("cli.lacking" if problem else "cli.good", language)
        details = {"boundary": lambda: _kind_of_maps(reference), "paper": lambda: font}.get(name)
        text = problem or (details() if details else "")
        click.echo(f"{mark}\t{say(f'cli.doctor_{name}', language)}\t{text}".rstrip())
    if any(findings.values()):
        raise ToolMissingError("cli.doctor_failed")


def _kind_of_maps(reference: Path) -> str:
    """Return a text on whether maps have official boundaries; a sketch map is no problem."""
    official = official_cells(load_ward(reference))
    file = official[1].file if official else ""
    key = "boundary_official" if official else "boundary_sketch"
    return say(f"cli.{key}", user_language(), file=file)


def _font_of_browser() -> tuple[str, str]:
    """Return the font with which the browser prints Japanese, and what is wrong with it."""
    language, browser = user_language(), find_browser()
    if not browser:
        return "", say("pdf.no_browser", language)
    try:
        font = printing_font(browser)
    except PrintError as error:
        return "", say(error.key, language, file=browser)
    known = japanese_fonts()
    if known is not None and font not in known:
        return "", say("pdf.no_font", language, font=font)
    return font, ""


def _error_of(action: Callable[[], object]) -> str:
    """Return the message with which an action fails; empty if it succeeds."""
    try:
        action()
    except AipError as error:
        return str(error)
    return ""


def _write(folder: Path) -> None:
    probe = folder / ".doctor"
    write_atomically(probe, b"")
    probe.unlink()
