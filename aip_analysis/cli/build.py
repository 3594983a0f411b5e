"""``aip build``: converts raw files to records if anything has changed since the last build."""

from pathlib import Path

import click

from aip_analysis.cli.build_messages import (
    PAGE,
    account_before,
    files_there,
    judge,
    print_gone,
    print_unreadable,
    raise_faults,
    rows_set_aside,
)
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.terminal import short, tell
from aip_analysis.files.builds import build_inputs, is_due


@command("build")
@click.option("--strict", is_flag=True, help="strict")
@home_option
def entry(home: Path, *, strict: bool) -> None:
    """Read data/raw into data/processed."""
    processed = home / "data" / "processed"
    inputs = build_inputs(home)
    before = account_before(processed)
    if before.get("inputs") == inputs and not is_due(before):
        judge(before, strict=strict)
        tell("unchanged", files=files_there(before), rows=rows_set_aside(before),
             page=short(processed / PAGE))  # fmt: skip
        print_unreadable(before)
        print_gone(before)
        raise_faults(before["faults"], processed)
        return
    # The modules for workbooks are slow to load, and most nights nothing has changed.
    from aip_analysis.cli.build_records import build_records  # noqa: PLC0415

    build_records(home, inputs, strict=strict)
