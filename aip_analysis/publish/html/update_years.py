"""The list of fiscal years: the page above the folders of all years, with links to each.

It is made only from the manifests of what is published, so that it is right whichever year was
published last, and after a year's folder was removed.
"""

import hashlib
from pathlib import Path

from aip_analysis.files import clear_leftovers, program_hash, write_atomically
from aip_analysis.messages import LANGUAGES
from aip_analysis.publish.plan.reports_folder import published_editions, years_page

# Runs for several years may end at the same time: they write the list one after the other.
LOCK = ".years.lock"
# The page ends with hashes of its inputs and its content, so it need not be rendered to be checked.
STAMP = "<!-- {made_from} {content} -->\n"


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
                from aip_analysis.publish.html.years_page import years_html  # noqa: PLC0415

                page = years_html(editions, language)
                stamp = STAMP.format(made_from=made_from, content=_short(page))
                write_atomically(file, f"{page}{stamp}".encode())


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
