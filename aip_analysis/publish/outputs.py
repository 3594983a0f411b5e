"""Where published files lie."""

import hashlib
import importlib.resources
from functools import cache
from pathlib import Path

from aip_analysis.home import write_atomically
from aip_analysis.messages import LANGUAGES, Language

ASSETS = "assets"
PLOTLY = "plotly.min.js"
SINGLE = "single-file"
FAILED = "failed"
NOTEBOOKS = "notebooks"
PHOTOS = "photos"


def edition_folder(
    out: Path, fiscal_year: int, language: Language, *, single_file: bool = False
) -> Path:
    """Give the folder of an edition.

    reports/2025 for Japanese, reports/2025/en for English; pages that hold everything they need
    lie in a folder ``single-file`` of it.
    """
    year = out / str(fiscal_year)
    folder = year if language == "ja" else year / language
    return folder / SINGLE if single_file else folder


def years_page(language: Language) -> str:
    """Give the name of the list of years, which lies in the folder of all reports."""
    return "index.html" if language == "ja" else f"index-{language}.html"


def written_folders(out: Path, fiscal_year: int) -> list[Path]:
    """Give the folders of a year that publishing writes into, those that are there.

    What ``aip charts`` writes lies beside them, and the lock of publishing is not asked for it.
    """
    editions = [
        edition_folder(out, fiscal_year, language, single_file=single)
        for language in LANGUAGES
        for single in (False, True)
    ]
    inside = [edition / name for edition in editions for name in (FAILED, NOTEBOOKS, PHOTOS)]
    found = (*editions, *inside, out / str(fiscal_year) / ASSETS)
    return [folder for folder in found if folder.is_dir()]


def asset_path(language: Language) -> str:
    """Give the way from a page to the assets, which all editions of a year share."""
    return ASSETS if language == "ja" else f"../{ASSETS}"


@cache
def asset_contents() -> dict[str, bytes]:
    """Give the style sheets, the scripts and plotly.js, by the names of their files."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 -- some commands never come to it

    own = importlib.resources.files("aip_analysis.publish").joinpath("assets")
    contents = {file.name: file.read_bytes() for file in own.iterdir() if file.is_file()}
    return contents | {PLOTLY: get_plotlyjs().encode()}


def write_assets(out: Path, fiscal_year: int, language: Language) -> dict[str, str]:
    """Put the assets of a year in place where they differ.

    Returns
    -------
    dict
        Their hashes, by the way that leads to them from a page.
    """
    folder = out / str(fiscal_year) / ASSETS
    hashes = {}
    for name, content in sorted(asset_contents().items()):
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            write_atomically(file, content)
        hashes[f"{asset_path(language)}/{name}"] = hashlib.sha256(content).hexdigest()
    return hashes
