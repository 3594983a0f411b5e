"""``aip boundary``: official boundaries, taken over for the maps."""

from pathlib import Path
from typing import Any

import click
import shapely

from aip_analysis.boundary import (
    ImportedBoundaries,
    Lines,
    Match,
    Note,
    import_boundaries,
    match_shapes,
    read_lines,
    read_shapes,
    remove_boundaries,
    store_boundaries,
)
from aip_analysis.cli.options import command, home_option
from aip_analysis.cli.terminal import short, tell
from aip_analysis.errors import UsageError
from aip_analysis.messages import say, user_language
from aip_analysis.messages.numbers import number
from aip_analysis.reference import load_ward

# Maximum number of lines of the table of differences; the others are counted.
SHOWN = 20


@command("boundary")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--lines", type=click.Path(path_type=Path), help="lines")
@click.option("--crs", metavar="EPSG:4612", help="crs")
@click.option("--allow-pieces", is_flag=True, help="allow_pieces")
@click.option("--check", is_flag=True, help="boundary_check")
@click.option("--remove", is_flag=True, help="boundary_remove")
@home_option
def entry(
    home: Path,
    file: Path | None,
    **options: Any,  # noqa: ANN401 -- the options, as they are declared above
) -> None:
    """Take over official boundaries, only check them, or go back to the sketch map."""
    reference = home / "data" / "reference"
    if options["remove"]:
        tell(
            "boundary_removed" if remove_boundaries(reference) else "boundary_none",
            folder=short(reference),
        )
        return
    if file is None:
        raise UsageError("boundaries.no_file")
    ward = load_ward(reference)
    match = match_shapes(ward, read_shapes(file, options["crs"]))
    _print_match(match)
    lines = options["lines"]
    cutting = None if lines is None else Lines(read_lines(lines, options["crs"]), lines)
    taken = import_boundaries(ward, match, cutting, allow_pieces=options["allow_pieces"])
    _print_taken(taken)
    if options["check"]:
        tell("boundary_checked")
        return
    tell("boundary_taken", file=short(store_boundaries(ward, taken)))


def _print_match(match: Match) -> None:
    """Print what the file is, how much of it matches, and a table of what does not."""
    source, table = match.shapes.source, match.table
    tell(
        "boundary_read" if source.year else "boundary_read_no_year",
        file=source.file,
        shapes=source.shapes,
        crs=table.crs.name,
        year=source.year,
    )
    every = match.matched + len(match.of("missing"))
    tell("boundary_matched", matched=match.matched, every=every)
    for key, count in (("water", match.water), ("elsewhere", match.elsewhere)):
        if count:
            tell(f"boundary_left_{key}", count=count)
    _print_notes(match.notes)


def _print_notes(notes: tuple[Note, ...]) -> None:
    language = user_language()
    for note in notes[:SHOWN]:
        text = say(f"boundaries.note_{note.kind}", language)
        click.echo("\t".join([f"  {text}", note.code or "-", note.ours or "-", note.theirs or "-"]))
    if len(notes) > SHOWN:
        tell("boundary_more_notes", count=len(notes) - SHOWN)


def _print_taken(taken: ImportedBoundaries) -> None:
    """Print the areas and blocks that the shapes make up."""
    _print_notes(taken.notes)
    geography = taken.geography
    whole = geography.areas.union_all()
    pieces = int(shapely.get_num_geometries(whole))
    tell(
        "boundary_made" if pieces == 1 else "boundary_made_apart",
        areas=len(geography.areas),
        blocks=len(geography.blocks),
        square_km=number(whole.area / 1e6, 2),
        pieces=pieces,
    )
    holes = shapely.get_num_interior_rings(shapely.get_parts(whole)).sum()
    counts = {"cut_by_lines": taken.cut_by_lines, "cut_by_share": taken.cut_by_share}
    for key, count in {**counts, "holes": int(holes)}.items():
        if count:
            tell(f"boundary_{key}", count=count)
