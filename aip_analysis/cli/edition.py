"""The options that say which reports are meant, and the edition that they name."""

from pathlib import Path
from typing import cast

import click

from aip_analysis.errors import UsageError
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.plan import Edition
from aip_analysis.store import load_records
from aip_analysis.ward import load_ward

LEVELS = ("area", "block", "ward")


def year_of(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Read a fiscal year."""
    del ctx, parameter
    if value is not None and not value.isdecimal():
        raise UsageError("errors.bad_year", given=value)
    return None if value is None else int(value)


year_option = click.option("--fiscal-year", callback=year_of, help="fiscal_year")
only_option = click.option("--only", multiple=True, help="only")
kind_option = click.option("--kind", type=click.Choice(LEVELS), help="kind")
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="ja", help="lang")
out_option = click.option("--out", type=click.Path(path_type=Path), help="out")


def open_edition(home: Path, fiscal_year: int | None, lang: str) -> Edition:
    """Open the records of a year, the newest complete one if none is named, in a language."""
    ward = load_ward(home / "data" / "reference")
    records = load_records(home / "data" / "processed")
    year = fiscal_year or records.newest_complete()
    records.check_year(year)
    return Edition(home, ward, records, year, cast("Language", lang))
