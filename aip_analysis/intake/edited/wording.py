"""Markdown to HTML of which every element is named here; all else shows as it was typed.

Raw HTML, formulas and links to anything but pages and mail addresses are text. A line end ends a
line, as people expect who do not know Markdown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aip_analysis.messages.isolation import isolated
from aip_analysis.records.records import Piece

# The heading of the block is an h3: those of the text stand below it.
_HIGHEST, _LOWEST = 4, 6
_LINK = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@[^\s@]", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
# Kinds of tokens that become the element that they name.
_ELEMENTS = {
    *("paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "em", "strong"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ALIGNED = re.compile(r"text-align:(?:right|center)")


@dataclass(frozen=True)
class Photo:
    """A photograph as a text names it.

    Parameters
    ----------
    name
        As the text names its file.
    words
        What is seen on it, for who cannot see it; empty where the text does not say.
    caption
        What stands below it; may be empty.
    row
        In which line of the text.
    """

    name: str
    words: str
    caption: str
    row: int


class Address(str):
    """The name of a photograph where its address belongs, which only a page knows."""

    __slots__ = ()


@dataclass
class Wording:
    """A text as HTML, and what it asks for that is not done.

    Parameters
    ----------
    pieces
        Its HTML, in pieces that end where the address of a photograph belongs.
    links
        Destinations that are not linked, with their lines.
    markup
        The first piece of HTML that shows as typed, with its line; (empty, 0) where there is none.
    """

    pieces: tuple[Piece, ...] = ()
    links: list[tuple[str, int]] = field(default_factory=list)
    markup: tuple[str, int] = ("", 0)

    @property
    def html(self) -> str:
        """Its HTML with the names of photographs for their addresses."""
        return "".join(piece.html + piece.photo for piece in self.pieces)


def wording(text: str, photo: Callable[[Photo], Iterable[str]]) -> Wording:
    """Set a text.

    Parameters
    ----------
    text
        Markdown.
    photo
        Gives the HTML of a photograph in parts, one of them its ``Address``; none where it cannot
        be shown.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # All destinations are let in here, so that each is told of below.
    parser.validateLink = _let_in  # type: ignore[method-assign]
    tokens = parser.parse(text)
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    writer = _Writer({tag: min(_HIGHEST + at, _LOWEST) for at, tag in enumerate(used)}, photo)
    writer.told.pieces = tuple(_pieces(writer.blocks(tokens)))
    for row, line in enumerate(text.split("\n"), start=1):
        found = _MARKUP.search(line)
        if found and not found[0].lower().startswith(("<http", "<mailto")):
            writer.told.markup = (found[0], row)
            break
    return writer.told


def _pieces(parts: Iterable[str]) -> Iterator[Piece]:
    html = ""
    for part in parts:
        if isinstance(part, Address):
            yield Piece(html, str(part))
            html = ""
        else:
            html += part
    if html:
        yield Piece(html)


def _let_in(url: str) -> bool:
    del url
    return True


class _Writer:
    def __init__(self, levels: dict[str, int], photo: Callable[[Photo], Iterable[str]]) -> None:
        self._levels = levels
        self._photo = photo
        self._row = 0
        # Whether each link that is open is one.
        self._open: list[str] = []
        self.told = Wording()

    def blocks(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            if token.map:
                self._row = token.map[0] + 1
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in {"fence", "code_block"}:
                yield f"<pre>{_plain(token.content)}</pre>"
            elif token.type == "hr":
                yield "<hr>"
            else:
                yield self._block(token)

    def _block(self, token: Token) -> str:
        kind, _, side = token.type.rpartition("_")
        if kind == "heading":
            slash = "/" if side == "close" else ""
            return f"<{slash}h{self._levels[token.tag]}>"
        if kind == "paragraph" and token.hidden:
            return ""
        if kind == "ordered_list" and side == "open" and token.attrGet("start") is not None:
            return f'<ol start="{int(str(token.attrGet("start")))}">'
        if kind in {"th", "td"} and side == "open":
            return self._cell(token)
        if kind in _ELEMENTS:
            return f"</{token.tag}>" if side == "close" else f"<{token.tag}>"
        return _plain(token.content)

    def _cell(self, token: Token) -> str:
        numeric = _ALIGNED.search(str(token.attrGet("style") or ""))
        scope = ' scope="col"' if token.tag == "th" else ""
        aligned = ' class="number"' if numeric else ""
        return f"<{token.tag}{scope}{aligned}>"

    def _inline(self, token: Token) -> Iterator[str]:
        self._row = token.map[0] + 1 if token.map else self._row
        for part in token.children or ():
            if part.type in {"softbreak", "hardbreak"}:
                self._row += 1
                yield "<br>\n"
            elif part.type == "code_inline":
                yield f"<code>{_plain(part.content)}</code>"
            elif part.type == "link_open":
                yield self._link(str(part.attrGet("href") or ""))
            elif part.type == "link_close":
                yield self._open.pop()
            elif part.type == "image":
                yield from self._photo(
                    Photo(
                        str(part.attrGet("src") or ""),
                        part.content.strip(),
                        str(part.attrGet("title") or "").strip(),
                        self._row,
                    )
                )
            elif part.type in {"em_open", "em_close", "strong_open", "strong_close"}:
                yield self._block(part)
            else:
                yield _plain(part.content)

    def _link(self, destination: str) -> str:
        if _LINK.match(destination):
            self._open.append("</a>")
            return f'<a href="{escape(destination)}" rel="noopener noreferrer">'
        # Its words stay, and behind them where it was to lead, so that nothing is lost.
        self._open.append(_plain(f" ({destination})") if destination else "")
        self.told.links.append((destination, self._row))
        return ""


def _plain(text: str) -> str:
    return escape(isolated(text))
