"""The files attached to a page, which lie in its folder: workbook, CSV, PDF, photographs.

One rule applies to all. The manifest lists each with its name, its hash and the hashes of its
inputs, which always include the hash of its page. So a file is current while its page is the one
that it was made with. Files are put in place before their page, which then never links to a file
that does not exist; files that a page no longer has are removed before the page changes. A run that
is killed in between leaves files that the manifest does not list yet, or files that it lists are
missing: either way the next run makes them again or removes them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from aip_analysis.files import write_atomically
from aip_analysis.files.hashes import short_hash
from aip_analysis.messages import Language, say
from aip_analysis.publish.plan.manifest import Attachment, Entry, page_hash

WORKBOOK, CSV, PDF = "xlsx", "csv", "pdf"
ENDINGS = (WORKBOOK, CSV, PDF)
# The inputs of a PDF that are known without the browser that prints it.
_OF_PAPER = ("page", "assets", "program")


def attachment_name(slug: str, ending: str) -> str:
    """Return the name of a file attached to a page."""
    return f"{slug}.{ending}"


def is_pdf(name: str) -> bool:
    """Return whether a file is a PDF: these are made on request, after their pages."""
    return name.endswith(f".{PDF}")


def download_links(slug: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the files that every page links to, as pairs of a label and a file name.

    PDFs are not among them, so that a page is the same whether or not it has been printed. The
    index links to them.
    """
    names = {"workbook": attachment_name(slug, WORKBOOK), "csv": attachment_name(slug, CSV)}
    return tuple((say(f"attachments.{word}", language), name) for word, name in names.items())


def attachment_entries(page: bytes, files: Mapping[str, bytes]) -> dict[str, Attachment]:
    """Return the manifest's entries for the files made together with a page, by their names."""
    made_from = {"page": hashlib.sha256(page).hexdigest()}
    return {
        name: Attachment(hashlib.sha256(content).hexdigest(), dict(made_from))
        for name, content in sorted(files.items())
    }


def write_attached_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write attached files to a folder.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written or the disk is full.
    """
    for name, content in sorted(files.items()):
        write_atomically(folder / name, content)


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Remove files that no longer belong to any page."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def pdf_inputs(entry: Entry, assets: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of a PDF's inputs that are known without the browser that prints it.

    Parameters
    ----------
    entry
        The manifest's entry for the page.
    assets
        The hashes of the files that the pages of its edition share.
    """
    hashes = (
        entry.sha256,
        short_hash(repr(sorted(assets.items()))),
        entry.made_from.get("program", ""),
    )
    return dict(zip(_OF_PAPER, hashes, strict=True))


def attachment_problems(
    folder: Path, entry: Entry, assets: Mapping[str, str], printer: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return which files attached to a page are not as they have to be, and why.

    Parameters
    ----------
    folder
        The folder of the page.
    entry
        The manifest's entry for the page.
    assets
        The hashes of the files that the pages of its edition share.
    printer
        The hashes of what prints PDFs now, if these are to be compared too.

    Returns
    -------
    dict
        By the name of the file: ``missing``, ``changed`` if it is not the file that was made, or
        ``stale`` if it was not made with the current page.
    """
    problems = {}
    paper = pdf_inputs(entry, assets) | dict(printer or {})
    for name, beside in entry.beside.items():
        inputs = paper if is_pdf(name) else {"page": entry.sha256}
        digest = page_hash(folder / name)
        if not digest:
            problems[name] = "missing"
        elif digest != beside.sha256:
            problems[name] = "changed"
        elif any(beside.made_from.get(key) != value for key, value in inputs.items()):
            problems[name] = "stale"
    return problems


def untracked_pdfs(folder: Path, entries: Mapping[str, Entry]) -> list[str]:
    """Return the PDFs of pages that the manifest does not list: a run was killed before that."""
    names = {attachment_name(slug, PDF): entry for slug, entry in sorted(entries.items())}
    return [
        name
        for name, entry in names.items()
        if name not in entry.beside and (folder / name).is_file()
    ]
