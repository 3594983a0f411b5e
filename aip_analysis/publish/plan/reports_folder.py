"""The reports folder: where published files lie, its assets, and which editions are in it."""

import hashlib
import importlib.resources
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aip_analysis.files import write_atomically
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.plan.manifest import INDEX, read_manifest

ASSETS = "assets"
PLOTLY = "plotly.min.js"
SINGLE = "single-file"
FAILED = "failed"
NOTEBOOKS = "notebooks"
PHOTOS = "photos"
YEAR = re.compile(r"[0-9]{4}")


def edition_folder(
    out: Path, fiscal_year: int, language: Language, *, single_file: bool = False
) -> Path:
    """Return the folder of an edition.

    reports/2025 for Japanese, reports/2025/en for English; pages that contain everything they need
    lie in its subfolder ``single-file``.
    """
    year = out / str(fiscal_year)
    folder = year if language == "ja" else year / language
    return folder / SINGLE if single_file else folder


def years_page(language: Language) -> str:
    """Return the file name of the list of years, which lies in the folder of all reports."""
    return "index.html" if language == "ja" else f"index-{language}.html"


def written_folders(out: Path, fiscal_year: int) -> list[Path]:
    """Return the existing folders of a year that publishing writes into.

    The output of ``aip charts`` lies next to them and is written without the lock of publishing.
    """
    editions = [
        edition_folder(out, fiscal_year, language, single_file=single)
        for language in LANGUAGES
        for single in (False, True)
    ]
    inside = [edition / name for edition in editions for name in (FAILED, NOTEBOOKS, PHOTOS)]
    folders = (*editions, *inside, out / str(fiscal_year) / ASSETS)
    return [folder for folder in folders if folder.is_dir()]


def asset_path(language: Language) -> str:
    """Return the relative path from a page to the assets, which all editions of a year share."""
    return ASSETS if language == "ja" else f"../{ASSETS}"


@cache
def asset_contents() -> dict[str, bytes]:
    """Return the style sheets, the scripts and plotly.js, by their file names."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 -- some commands never need it

    own = importlib.resources.files("aip_analysis.publish.html").joinpath("assets")
    contents = {file.name: file.read_bytes() for file in own.iterdir() if file.is_file()}
    return contents | {PLOTLY: get_plotlyjs().encode()}


def write_assets(out: Path, fiscal_year: int, language: Language) -> dict[str, str]:
    """Write the assets of a year where they are missing or differ.

    Returns
    -------
    dict
        The hashes of the assets, by their paths relative to a page.
    """
    folder = out / str(fiscal_year) / ASSETS
    hashes = {}
    for name, content in sorted(asset_contents().items()):
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            write_atomically(file, content)
        hashes[f"{asset_path(language)}/{name}"] = hashlib.sha256(content).hexdigest()
    return hashes


@dataclass(frozen=True)
class PublishedEdition:
    """A published edition.

    Parameters
    ----------
    fiscal_year, language, single_file
        The identity of the edition.
    page
        The path of its index, relative to the folder of all reports.
    total, made
        How many reports it has, and how many of them have a page.
    failed, stayed
        How many reports could not be made the last time, and how many of these have an older page.
    fictional
        Whether it is made from fictional records.
    cover
        Title, programme and period of its index, and its fiscal year in both languages.
    """

    fiscal_year: int
    language: Language
    single_file: bool
    page: str
    total: int
    made: int
    failed: int
    stayed: int
    fictional: bool
    cover: Mapping[str, str]


def published_editions(out: Path) -> tuple[PublishedEdition, ...]:
    """Return all published editions that have an index to open, the newest year first."""
    years = sorted(
        (int(folder.name) for folder in out.iterdir() if YEAR.fullmatch(folder.name)), reverse=True
    )
    candidates = (
        _edition(out, year, language, single_file=single)
        for year in years
        for language in LANGUAGES
        for single in (False, True)
    )
    return tuple(edition for edition in candidates if edition)


def _edition(
    out: Path, year: int, language: Language, *, single_file: bool
) -> PublishedEdition | None:
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    index = manifest.pages.get(INDEX)
    if not index or not (folder / index.file).is_file():
        return None
    reports = [entry for slug, entry in manifest.pages.items() if slug != INDEX]
    existing = {entry.file for entry in reports if (folder / entry.file).is_file()}
    failed = [entry.file for entry in reports if entry.reason]
    return PublishedEdition(
        fiscal_year=year,
        language=language,
        single_file=single_file,
        page=(folder / index.file).relative_to(out).as_posix(),
        total=int(manifest.about.get("reports", len(reports))),
        made=len(existing),
        failed=len(failed),
        stayed=len(existing.intersection(failed)),
        fictional=bool(manifest.about.get("fictional")),
        cover=dict(manifest.about.get("cover") or {}),
    )


def newest_covers(editions: Iterable[PublishedEdition]) -> dict[Language, Mapping[str, str]]:
    """Return the newest cover in each language."""
    covers: dict[Language, Mapping[str, str]] = {}
    for edition in editions:
        if edition.cover:
            covers.setdefault(edition.language, edition.cover)
    return covers
