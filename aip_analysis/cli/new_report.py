"""``aip new-report``: starts a notebook for a report of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from aip_analysis.cli.options import LEVELS, command, home_option
from aip_analysis.cli.terminal import short, tell
from aip_analysis.messages import user_language

if TYPE_CHECKING:
    from aip_analysis.reference import Level


@command("new-report")
@click.argument("name")
@click.option("--title", default="", help="new_title")
@click.option("--level", type=click.Choice(LEVELS), help="new_level")
@click.option("--from", "source", type=click.Choice(LEVELS), help="new_from")
@home_option
def entry(home: Path, name: str, title: str, level: str | None, source: str | None) -> None:
    """Write a notebook that runs as it is."""
    # nbformat is slow to load.
    from aip_analysis.publish.new_report import write_new_report  # noqa: PLC0415

    chosen = cast("Level | None", level)
    file = write_new_report(home, name, chosen, title, source or "", user_language())
    tell("new_report", file=short(file), name=name)
