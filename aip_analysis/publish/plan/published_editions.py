"""The editions that are published in a folder of reports, as their manifests describe them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.plan.manifest import INDEX, read_manifest
from aip_analysis.publish.plan.outputs import edition_folder

YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Published:
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


def published_editions(out: Path) -> tuple[Published, ...]:
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


def _edition(out: Path, year: int, language: Language, *, single_file: bool) -> Published | None:
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    index = manifest.pages.get(INDEX)
    if not index or not (folder / index.file).is_file():
        return None
    reports = [entry for slug, entry in manifest.pages.items() if slug != INDEX]
    existing = {entry.file for entry in reports if (folder / entry.file).is_file()}
    failed = [entry.file for entry in reports if entry.reason]
    return Published(
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


def newest_covers(editions: Iterable[Published]) -> dict[Language, Mapping[str, str]]:
    """Return the newest cover in each language."""
    covers: dict[Language, Mapping[str, str]] = {}
    for edition in editions:
        if edition.cover:
            covers.setdefault(edition.language, edition.cover)
    return covers
