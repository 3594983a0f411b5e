"""A printed PDF, made fit to be handed on: named, with links that work, the same each time."""

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
    """What a PDF says of itself.

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
    """Tell on which page, counted from one, each place lies that a link in the PDF leads to.

    Parameters
    ----------
    pdf
        As Chromium prints it.

    Returns
    -------
    dict
        Pages by the ids of the elements that links lead to.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        numbers: dict[object, int] = {
            page.objgen: count for count, page in enumerate(paper.pages, 1)
        }
        places = paper.Root.get(Name.Dests, Dictionary())
        return {
            str(name).removeprefix("/"): numbers[place[0].objgen] for name, place in places.items()
        }


def finished(pdf: bytes, labels: Labels, folder: str) -> bytes:
    """Finish a printed PDF.

    It gets its title, language and author; links to pages beside become links to the PDFs beside,
    without the name of the folder; and whatever differs from one run to the next is taken out: the
    time, and the numbers that Chromium gave to elements.

    Parameters
    ----------
    pdf
        As Chromium prints it.
    labels
        What it says of itself.
    folder
        The address of the folder that the page lay in.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        _label(paper, labels)
        _number_elements(paper)
        for page in paper.pages:
            # Keys lead from link to link in the order of reading.
            page.obj[Name.Tabs] = Name.S
            for link in page.get(Name.Annots, Array()):
                _lead_beside(link, folder)
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
    shown = paper.Root.get(Name.ViewerPreferences, Dictionary())
    shown[Name.DisplayDocTitle] = True
    paper.Root[Name.ViewerPreferences] = shown
    with paper.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = labels.title
        told["dc:language"] = {LANGUAGES[labels.language]}
        told["xmp:CreatorTool"] = PROGRAM
        if labels.author:
            told["dc:creator"] = [labels.author]


def _lead_beside(link: pikepdf.Object, folder: str) -> None:
    action = link.get(Name.A)
    if action is None or Name.URI not in action:
        return
    address = urlsplit(str(action[Name.URI]))
    if address.scheme != "file":
        return
    way = posixpath.relpath(address.path, urlsplit(folder).path)
    if way.endswith(PAGE):
        way = way.removesuffix(PAGE) + PAPER
    action[Name.URI] = String(way)


def _number_elements(paper: Pdf) -> None:
    """Give the elements that have a number new ones, in the order of reading."""
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
    """Give the elements of a structure in the order of reading."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if Name.S in element:
            yield element
        kids = [kid for kid in _listed(element.get(Name.K)) if isinstance(kid, Dictionary)]
        waiting += reversed([kid for kid in kids if Name.S in kid])


def _listed(found: pikepdf.Object | None) -> list[pikepdf.Object]:
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]
