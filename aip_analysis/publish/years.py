"""The list of fiscal years: the page above the folders of all years, which leads to each.

It is made from the manifests of what is published and from nothing else, so that it is right
whichever year was published last, and after a year's folder was taken away.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aip_analysis.home import clear_leftovers, program_hash, write_atomically
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.manifest import INDEX, read_manifest
from aip_analysis.publish.outputs import edition_folder, years_page

# Runs of several years may end at the same time: one after the other writes the list.
LOCK = ".years.lock"
YEAR = re.compile(r"[0-9]{4}")
# The page ends with what it was made from and what it said: it need not be set again to be known.
STAMP = "<!-- {made_from} {said} -->\n"


@dataclass(frozen=True)
class Published:
    """An edition that is published.

    Parameters
    ----------
    fiscal_year, language, single_file
        Which one.
    page
        The way to its index from the folder of all reports.
    total, made
        How many reports it has, and of how many there is a page.
    failed, stayed
        How many could not be made the last time, and of how many of these an older page stays.
    fictional
        Whether it tells of records that are made up.
    cover
        Title, programme and period of its index.
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


def renew_years(out: Path) -> None:
    """Write the lists of fiscal years, in each language that has an edition, where they differ.

    Parameters
    ----------
    out
        The folder of all reports.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written.
    """
    # Slow to load, and meanwhile the warm parents of a run could be at work.
    from filelock import FileLock  # noqa: PLC0415

    with FileLock(out / LOCK):
        clear_leftovers(out)
        editions = published_editions(out)
        made_from = _short(repr((editions, program_hash())))
        # Japanese is the language of the offices: its list is there even where nothing else is.
        spoken = {"ja", *(edition.language for edition in editions)}
        for language in LANGUAGES:
            file = out / years_page(language)
            if language not in spoken:
                file.unlink(missing_ok=True)
            elif not _stands(file, made_from):
                # Setting a page loads much, and most runs change no year.
                from aip_analysis.publish.years_page import years_html  # noqa: PLC0415

                page = years_html(editions, language)
                stamp = STAMP.format(made_from=made_from, said=_short(page))
                write_atomically(file, f"{page}{stamp}".encode())


def published_editions(out: Path) -> tuple[Published, ...]:
    """Give all editions that are published, the newest year first; those with an index to open."""
    years = sorted(
        (int(folder.name) for folder in out.iterdir() if YEAR.fullmatch(folder.name)), reverse=True
    )
    found = (
        _edition(out, year, language, single_file=single)
        for year in years
        for language in LANGUAGES
        for single in (False, True)
    )
    return tuple(edition for edition in found if edition)


def _edition(out: Path, year: int, language: Language, *, single_file: bool) -> Published | None:
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    index = manifest.pages.get(INDEX)
    if not index or not (folder / index.file).is_file():
        return None
    reports = [entry for slug, entry in manifest.pages.items() if slug != INDEX]
    there = {entry.file for entry in reports if (folder / entry.file).is_file()}
    failed = [entry.file for entry in reports if entry.reason]
    return Published(
        fiscal_year=year,
        language=language,
        single_file=single_file,
        page=(folder / index.file).relative_to(out).as_posix(),
        total=int(manifest.about.get("reports", len(reports))),
        made=len(there),
        failed=len(failed),
        stayed=len(there.intersection(failed)),
        fictional=bool(manifest.about.get("fictional")),
        cover=dict(manifest.about.get("cover") or {}),
    )


def newest_covers(editions: Iterable[Published]) -> dict[Language, Mapping[str, str]]:
    """Give the newest cover that there is in each language."""
    found: dict[Language, Mapping[str, str]] = {}
    for edition in editions:
        if edition.cover:
            found.setdefault(edition.language, edition.cover)
    return found


def _stands(file: Path, made_from: str) -> bool:
    """Tell whether a list is there, whole, and made from just this."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    page, mark, _ = text.rpartition("<!--")
    return bool(mark) and text == page + STAMP.format(made_from=made_from, said=_short(page))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
