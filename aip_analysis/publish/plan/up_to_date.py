"""Check that nothing is left to make, without opening a single table.

Most scheduled runs find nothing changed. Everything they need is here: hashes, and the manifest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from aip_analysis.files.builds import read_build_metadata
from aip_analysis.messages import Language
from aip_analysis.publish.plan.inputs import common_inputs, notebook_hash, short
from aip_analysis.publish.plan.manifest import INDEX, Entry, page_hash, read_manifest
from aip_analysis.publish.plan.outputs import edition_folder

# The name of a report, its entry in the manifest, and the hashes of the assets of its edition.
IsPrinted: TypeAlias = Callable[[str, Entry, Mapping[str, str]], bool]


@dataclass(frozen=True)
class UpToDate:
    """An edition whose pages are all fresh.

    Parameters
    ----------
    fiscal_year
        Its fiscal year.
    reports
        How many reports it has.
    index
        The page to open.
    """

    fiscal_year: int
    reports: int
    index: Path


def edition_inputs(home: Path, build: str) -> dict[str, str]:
    """Return hashes of the inputs of all pages together."""
    notebooks = sorted((home / "notebooks" / "reports").glob("*.ipynb"))
    hashes = [(file.name, notebook_hash(file)) for file in notebooks]
    return {"records": build, "notebooks": short(repr(hashes)), **common_inputs(home)}


def up_to_date_edition(
    home: Path,
    out: Path,
    fiscal_year: int | None,
    language: Language,
    *,
    single_file: bool,
    is_printed: IsPrinted | None = None,
) -> UpToDate | None:
    """Return the edition if nothing is left to make in it, or None if that is not certain.

    Parameters
    ----------
    home, out
        The workbench's folder, and the folder of all reports.
    fiscal_year, language, single_file
        The identity of the edition; without a year the newest complete one.
    is_printed
        Returns whether a report has a current PDF; None if no PDFs are requested.
    """
    about = read_build_metadata(home / "data" / "processed")
    if about is None:
        return None
    year = fiscal_year or about.newest_complete
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    if not manifest.settled or manifest.settled != edition_inputs(home, about.name):
        return None
    complete = len(manifest.pages) == manifest.about.get("reports", 0) + 1
    hashes = manifest.files()
    if not complete or any(page_hash(folder / file) != digest for file, digest in hashes.items()):
        return None
    if is_printed and not all(
        is_printed(slug, entry, manifest.assets)
        for slug, entry in manifest.pages.items()
        if slug != INDEX
    ):
        return None
    return UpToDate(year, len(manifest.pages) - 1, folder / manifest.pages[INDEX].file)
