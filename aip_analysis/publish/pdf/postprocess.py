"""Finishing of a printed PDF: metadata, working links, the same bytes each time."""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from aip_analysis.messages import Language

PAGE = ".html"
PAPER = ".pdf"
PROGRAM = "AIP workbench"
_LANGUAGE_TAGS = {"ja": "ja-JP", "en": "en-GB"}


@dataclass(frozen=True)
class PdfMetadata:
    """The metadata of a PDF.

    Parameters
    ----------
    title
        Its title, as PDF readers show it above the pages.
    language
        Its language.
    author
        The office that it comes from; empty if the reference tables name none.
    """

    title: str
    language: Language
    author: str = ""


def section_pages(pdf: bytes) -> dict[str, int]:
    """Return the page number, counted from one, of each destination of a link in a PDF.

    Parameters
    ----------
    pdf
        The PDF as Chromium prints it.

    Returns
    -------
    dict
        Page numbers by the ids of the elements that links lead to.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        numbers: dict[object, int] = {
            page.objgen: count for count, page in enumerate(paper.pages, 1)
        }
        targets = paper.Root.get(Name.Dests, Dictionary())
        return {
            str(name).removeprefix("/"): numbers[target[0].objgen]
            for name, target in targets.items()
        }


def finish_pdf(pdf: bytes, about: PdfMetadata, folder: str) -> bytes:
    """Finish a printed PDF and return it.

    It gets its title, language and author; links to pages in the same folder become relative links
    to their PDFs; and whatever differs from one run to the next is removed: the time, and the
    numbers that Chromium assigned to elements.

    Parameters
    ----------
    pdf
        The PDF as Chromium prints it.
    about
        Its metadata.
    folder
        The address of the page's folder.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        _label(paper, about)
        _number_elements(paper)
        for page in paper.pages:
            # The tab key follows the links in reading order.
            page.obj[Name.Tabs] = Name.S
            for link in page.get(Name.Annots, Array()):
                _make_relative(link, folder)
        written = io.BytesIO()
        paper.save(written, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _label(paper: Pdf, about: PdfMetadata) -> None:
    producer = str(paper.docinfo.get(Name.Producer, ""))
    info = {Name.Title: about.title, Name.Creator: PROGRAM, Name.Producer: producer}
    if about.author:
        info[Name.Author] = about.author
    paper.trailer[Name.Info] = paper.make_indirect(
        Dictionary({str(name): String(text) for name, text in info.items()})
    )
    paper.Root[Name.Lang] = String(_LANGUAGE_TAGS[about.language])
    preferences = paper.Root.get(Name.ViewerPreferences, Dictionary())
    preferences[Name.DisplayDocTitle] = True
    paper.Root[Name.ViewerPreferences] = preferences
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = about.title
        metadata["dc:language"] = {_LANGUAGE_TAGS[about.language]}
        metadata["xmp:CreatorTool"] = PROGRAM
        if about.author:
            metadata["dc:creator"] = [about.author]


def _make_relative(link: pikepdf.Object, folder: str) -> None:
    action = link.get(Name.A)
    if action is None or Name.URI not in action:
        return
    address = urlsplit(str(action[Name.URI]))
    if address.scheme != "file":
        return
    path = posixpath.relpath(address.path, urlsplit(folder).path)
    if path.endswith(PAGE):
        path = path.removesuffix(PAGE) + PAPER
    action[Name.URI] = String(path)


def _number_elements(paper: Pdf) -> None:
    """Renumber the elements that have a number, in reading order."""
    root = paper.Root.get(Name.StructTreeRoot)
    if root is None:
        return
    elements = [element for element in _elements(root) if Name.ID in element]
    new = {
        bytes(element[Name.ID]): String(f"e{count:05}") for count, element in enumerate(elements)
    }
    for element in _elements(root):
        for attributes in _listed(element.get(Name.A)):
            if Name.Headers in attributes:
                heads = [new[bytes(head)] for head in attributes[Name.Headers]]
                attributes[Name.Headers] = Array(heads)
    names = []
    for element in elements:
        element[Name.ID] = new[bytes(element[Name.ID])]
        names += [element[Name.ID], element]
    root[Name.IDTree] = Dictionary(Names=Array(names))


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the elements of a structure in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if Name.S in element:
            yield element
        kids = [kid for kid in _listed(element.get(Name.K)) if isinstance(kid, Dictionary)]
        waiting += reversed([kid for kid in kids if Name.S in kid])


def _listed(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
