"""The options that select reports."""

from pathlib import Path

import click

from aip_analysis.errors import UsageError
from aip_analysis.messages import LANGUAGES

LEVELS = ("area", "block", "ward")


def year_of(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return the fiscal year of an option, or None if it is not set."""
    del ctx, parameter
    if value is not None and not value.isdecimal():
        raise UsageError("errors.bad_year", given=value)
    return None if value is None else int(value)


year_option = click.option("--fiscal-year", callback=year_of, help="fiscal_year")
only_option = click.option("--only", multiple=True, help="only")
kind_option = click.option("--kind", type=click.Choice(LEVELS), help="kind")
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="ja", help="lang")
out_option = click.option("--out", type=click.Path(path_type=Path), help="out")
single_option = click.option("--single-file", is_flag=True, help="single_file")
