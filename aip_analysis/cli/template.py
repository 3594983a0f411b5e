"""``aip template``: writes blank workbooks for the councils to fill in."""

from datetime import date
from pathlib import Path

import click

from aip_analysis.cli.options import command, home_option, year_of
from aip_analysis.cli.terminal import progress_bar, tell
from aip_analysis.errors import InputRefusedError
from aip_analysis.files import write_atomically
from aip_analysis.forms import file_name, template_bytes
from aip_analysis.reference import FiscalYear, Place, Ward, load_ward


@command("template")
@click.option("--fiscal-year", callback=year_of, help="template_year")
@click.option("--only", multiple=True, help="template_only")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="template_out")
@home_option
def entry(home: Path, fiscal_year: int | None, only: tuple[str, ...], out: Path | None) -> None:
    """Write a blank workbook for each council."""
    ward = load_ward(home / "data" / "reference")
    year = FiscalYear.of(date.today()) if fiscal_year is None else FiscalYear(fiscal_year)  # noqa: DTZ011 -- the office's own day
    ward.rules_of(year.year)
    folder = out or home / "templates" / str(year.year)
    files = {folder / file_name(area, year): area for area in _areas(ward, only)}
    for file in files:
        # Somebody may have started to fill it in.
        if file.exists():
            raise InputRefusedError("cli.template_there", file=file)
    with progress_bar("templating") as bar:
        bar.total(len(files))
        for file, area in files.items():
            write_atomically(file, template_bytes(ward, area, year))
            bar.step()
    tell("templated", count=len(files), folder=folder.resolve())


def _areas(ward: Ward, only: tuple[str, ...]) -> list[Place]:
    """Return the areas that are named, those of a block that is named, or all."""
    chosen: set[Place] = set()
    for text in only:
        area = ward.find_place("area", text)
        block = None if area else ward.find_place("block", text)
        chosen |= set(ward.areas_of(block)) if block else {area or ward.place_named("area", text)}
    return [area for area in ward.places_of("area") if area in chosen or not only]
