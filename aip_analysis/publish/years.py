"""The list of fiscal years: the page above the folders of all years, with links to each.

It is made only from the manifests of what is published, so that it is right whichever year was
published last, and after a year's folder was removed.
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

# Runs for several years may end at the same time: they write the list one after the other.
LOCK = ".years.lock"
YEAR = re.compile(r"[0-9]{4}")
# The page ends with hashes of its inputs and its content, so it need not be rendered to be checked.
STAMP = "<!-- {made_from} {content} -->\n"


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


def renew_years(out: Path) -> None:
    """Update the lists of fiscal years where they differ, one for each language with an edition.

    Parameters
    ----------
    out
        The folder of all reports.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written.
    """
    # This is slow to load, and the processes that a run forks reports from could work meanwhile.
    from filelock import FileLock  # noqa: PLC0415

    with FileLock(out / LOCK):
        clear_leftovers(out)
        editions = published_editions(out)
        made_from = _short(repr((editions, program_hash())))
        # Japanese is the language of the offices: its list exists even if no edition is in it.
        languages = {"ja", *(edition.language for edition in editions)}
        for language in LANGUAGES:
            file = out / years_page(language)
            if language not in languages:
                file.unlink(missing_ok=True)
            elif not _is_current(file, made_from):
                # Rendering a page loads many modules, and most runs change no year.
                from aip_analysis.publish.years_page import years_html  # noqa: PLC0415

                page = years_html(editions, language)
                stamp = STAMP.format(made_from=made_from, content=_short(page))
                write_atomically(file, f"{page}{stamp}".encode())


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


def _is_current(file: Path, made_from: str) -> bool:
    """Return whether a list exists, is unchanged, and was made from exactly these inputs."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    page, mark, _ = text.rpartition("<!--")
    return bool(mark) and text == page + STAMP.format(made_from=made_from, content=_short(page))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
