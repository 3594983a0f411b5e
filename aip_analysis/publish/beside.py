"""The files that lie beside a page and belong to it: workbook, CSV, PDF, photographs.

One rule holds for all. The manifest knows each by its name and hash, and by what it was made from;
the hash of its page is always among that. So a file is current while its page is the one that it
was made with. Files are put in place before their page, which then never leads to one that is not
there; what a page had beside it and has no more is taken away before the page changes. A run that
is killed in between leaves files that the manifest does not know yet, or knows and misses: either
way the next run makes them again or takes them away.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from aip_analysis.home import write_atomically
from aip_analysis.messages import Language, say
from aip_analysis.publish.inputs import short
from aip_analysis.publish.manifest import Beside, Entry, page_hash

WORKBOOK, CSV, PDF = "xlsx", "csv", "pdf"
ENDINGS = (WORKBOOK, CSV, PDF)
# What a PDF is made from that can be told without what prints it.
_OF_PAPER = ("page", "assets", "program")


def beside_name(slug: str, ending: str) -> str:
    """Give the name of a file beside a page."""
    return f"{slug}.{ending}"


def is_paper(name: str) -> bool:
    """Tell whether a file is a PDF: these are made on request, after their pages."""
    return name.endswith(f".{PDF}")


def offered(slug: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Give the files that every page leads to: pairs of what they are called and their names.

    A PDF is none of them: a page is the same whether or not it has been printed. The index knows.
    """
    names = {"workbook": beside_name(slug, WORKBOOK), "csv": beside_name(slug, CSV)}
    return tuple((say(f"beside.{word}", language), name) for word, name in names.items())


def made_with(page: bytes, files: Mapping[str, bytes]) -> dict[str, Beside]:
    """Give what the manifest knows of the files that are made with a page, by their names."""
    made_from = {"page": hashlib.sha256(page).hexdigest()}
    return {
        name: Beside(hashlib.sha256(content).hexdigest(), dict(made_from))
        for name, content in sorted(files.items())
    }


def put_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in their places.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written or the disk is full.
    """
    for name, content in sorted(files.items()):
        write_atomically(folder / name, content)


def take_away(folder: Path, names: Iterable[str]) -> None:
    """Take files away that belong to no page any more."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def paper_made_from(entry: Entry, assets: Mapping[str, str]) -> dict[str, str]:
    """Hash what the PDF of a page is made from, as far as it can be told without what prints it.

    Parameters
    ----------
    entry
        The page.
    assets
        The hashes of the files that the pages of its edition share.
    """
    found = (entry.sha256, short(repr(sorted(assets.items()))), entry.made_from.get("program", ""))
    return dict(zip(_OF_PAPER, found, strict=True))


def outdated(
    folder: Path, entry: Entry, assets: Mapping[str, str], printer: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Tell which files beside a page are not as they have to be.

    Parameters
    ----------
    folder
        Where the page lies.
    entry
        What the manifest knows of it.
    assets
        The hashes of the files that the pages of its edition share.
    printer
        What prints PDF now, if that is to count.

    Returns
    -------
    dict
        By the name of the file: ``missing``, ``changed`` where it is not the one that was made,
        ``stale`` where it does not belong to the page that is there.
    """
    found = {}
    paper = paper_made_from(entry, assets) | dict(printer or {})
    for name, beside in entry.beside.items():
        wanted = paper if is_paper(name) else {"page": entry.sha256}
        digest = page_hash(folder / name)
        if not digest:
            found[name] = "missing"
        elif digest != beside.sha256:
            found[name] = "changed"
        elif any(beside.made_from.get(key) != value for key, value in wanted.items()):
            found[name] = "stale"
    return found


def unknown_papers(folder: Path, entries: Mapping[str, Entry]) -> list[str]:
    """Name the PDFs of pages that the manifest does not know: a run was killed before it did."""
    names = {beside_name(slug, PDF): entry for slug, entry in sorted(entries.items())}
    return [
        name
        for name, entry in names.items()
        if name not in entry.beside and (folder / name).is_file()
    ]
