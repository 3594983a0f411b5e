"""Tell that nothing is left to make, without opening a single table.

Most scheduled runs find nothing changed. All that they need is here: hashes, and the manifest.
"""

from dataclasses import dataclass
from pathlib import Path

from aip_analysis.home.builds import about_build
from aip_analysis.messages import Language
from aip_analysis.publish.inputs import common_inputs, notebook_hash, short
from aip_analysis.publish.manifest import INDEX, Manifest, page_hash, read_manifest
from aip_analysis.publish.outputs import edition_folder


@dataclass(frozen=True)
class Settled:
    """An edition of which every page is fresh.

    Parameters
    ----------
    fiscal_year
        Its year.
    reports
        How many reports it has.
    index
        The page to open.
    """

    fiscal_year: int
    reports: int
    index: Path


def settled_inputs(home: Path, build: str) -> dict[str, str]:
    """Hash what all pages together are made from."""
    notebooks = sorted((home / "notebooks" / "reports").glob("*.ipynb"))
    hashes = [(file.name, notebook_hash(file)) for file in notebooks]
    return {"records": build, "notebooks": short(repr(hashes)), **common_inputs(home)}


def settled_edition(
    home: Path,
    out: Path,
    fiscal_year: int | None,
    language: Language,
    *,
    single_file: bool,
    pdf: bool = False,
) -> Settled | None:
    """Give the edition where nothing is left to make; nothing where that is not certain.

    Where PDF are wanted too, all must be there.
    """
    about = about_build(home / "data" / "processed")
    if about is None:
        return None
    year = fiscal_year or about.newest_complete
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    if not manifest.settled or manifest.settled != settled_inputs(home, about.name):
        return None
    whole = len(manifest.pages) == manifest.about.get("reports", 0) + 1
    made = manifest.files()
    if not whole or any(page_hash(folder / file) != digest for file, digest in made.items()):
        return None
    if pdf and not _all_printed(manifest):
        return None
    return Settled(year, len(manifest.pages) - 1, folder / manifest.pages[INDEX].file)


def _all_printed(manifest: Manifest) -> bool:
    """Tell whether each report has its PDF, by what would print it now."""
    # It loads what prints, which most runs do not ask for.
    from aip_analysis.publish.printing import is_printed  # noqa: PLC0415

    return all(
        is_printed(slug, entry, manifest.assets)
        for slug, entry in manifest.pages.items()
        if slug != INDEX
    )
