"""Finishing of a printed PDF: metadata, working links, the same bytes each time."""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

PAGE = ".html"
PAPER = ".pdf"
PROGRAM = "AIP workbench"
LANGUAGES = {"ja": "ja-JP", "en": "en-GB"}


@dataclass(frozen=True)
class Labels:
    """The metadata of a PDF.

    Parameters
    ----------
    title
        Its title.
    language
        ``ja`` or ``en``.
    author
        The office that it comes from; may be empty.
    """

    title: str
    language: str
    author: str


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


def finished(pdf: bytes, labels: Labels, folder: str) -> bytes:
    """Finish a printed PDF and return it.

    It gets its title, language and author; links to pages in the same folder become relative links
    to their PDFs; and whatever differs from one run to the next is removed: the time, and the
    numbers that Chromium assigned to elements.

    Parameters
    ----------
    pdf
        The PDF as Chromium prints it.
    labels
        Its metadata.
    folder
        The address of the page's folder.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        _label(paper, labels)
        _number_elements(paper)
        for page in paper.pages:
            # The tab key follows the links in reading order.
            page.obj[Name.Tabs] = Name.S
            for link in page.get(Name.Annots, Array()):
                _make_relative(link, folder)
        written = io.BytesIO()
        paper.save(written, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _label(paper: Pdf, labels: Labels) -> None:
    producer = str(paper.docinfo.get(Name.Producer, ""))
    about = {Name.Title: labels.title, Name.Creator: PROGRAM, Name.Producer: producer}
    if labels.author:
        about[Name.Author] = labels.author
    paper.trailer[Name.Info] = paper.make_indirect(
        Dictionary({str(name): String(text) for name, text in about.items()})
    )
    paper.Root[Name.Lang] = String(LANGUAGES[labels.language])
    preferences = paper.Root.get(Name.ViewerPreferences, Dictionary())
    preferences[Name.DisplayDocTitle] = True
    paper.Root[Name.ViewerPreferences] = preferences
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = labels.title
        metadata["dc:language"] = {LANGUAGES[labels.language]}
        metadata["xmp:CreatorTool"] = PROGRAM
        if labels.author:
            metadata["dc:creator"] = [labels.author]


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
