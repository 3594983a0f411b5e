"""Render Markdown to HTML with a fixed set of elements; everything else is shown as typed.

Raw HTML, formulas, and links to anything but web pages and mail addresses are shown as text. A
newline is a line break, as people expect who do not know Markdown.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.records.records import Piece

# The heading of the block is an h3: headings of the text are below it.
_HIGHEST, _LOWEST = 4, 6
_LINK = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@[^\s@]", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
# Token types rendered as the element that they name.
_ELEMENTS = {
    *("paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "em", "strong"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ALIGNED = re.compile(r"text-align:(?:right|center)")


@dataclass(frozen=True)
class Photo:
    """A photograph as referenced in a text.

    Parameters
    ----------
    name
        The name of its file as written in the text.
    words
        The alternative text; empty if the text has none.
    caption
        The caption below it; may be empty.
    row
        The line number in the text.
    """

    name: str
    words: str
    caption: str
    row: int


class Address(str):
    """The name of a photograph as a placeholder for its address, which only a page knows."""

    __slots__ = ()


@dataclass
class Wording:
    """A text as HTML, and the parts of its markup that were not rendered.

    Parameters
    ----------
    pieces
        Its HTML, in pieces that end where the address of a photograph belongs.
    links
        Destinations that are not linked, with their line numbers.
    markup
        The first piece of HTML shown as typed, with its line number; ("", 0) if there is none.
    """

    pieces: tuple[Piece, ...] = ()
    links: list[tuple[str, int]] = field(default_factory=list)
    markup: tuple[str, int] = ("", 0)

    @property
    def html(self) -> str:
        """Its HTML, with the names of photographs in place of their addresses."""
        return "".join(piece.html + piece.photo for piece in self.pieces)


def wording(text: str, photo: Callable[[Photo], Iterable[str]]) -> Wording:
    """Render a text to HTML.

    Parameters
    ----------
    text
        The text in Markdown.
    photo
        Called with a photograph; returns its HTML in parts, one of them its ``Address``, or no
        ``Address`` if it cannot be shown.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # All destinations are accepted here, so that each can be reported below.
    parser.validateLink = _accept_any  # type: ignore[method-assign]
    tokens = parser.parse(text)
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    writer = _Writer({tag: min(_HIGHEST + step, _LOWEST) for step, tag in enumerate(used)}, photo)
    writer.result.pieces = tuple(_pieces(writer.blocks(tokens)))
    for row, line in enumerate(text.split("\n"), start=1):
        match = _MARKUP.search(line)
        if match and not match[0].lower().startswith(("<http", "<mailto")):
            writer.result.markup = (match[0], row)
            break
    return writer.result


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


def _accept_any(url: str) -> bool:
    del url
    return True


class _Writer:
    def __init__(self, levels: dict[str, int], photo: Callable[[Photo], Iterable[str]]) -> None:
        self._levels = levels
        self._photo = photo
        self._row = 0
        # Closing texts of the links that are open.
        self._open: list[str] = []
        self.result = Wording()

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
        # The link text stays, followed by the destination, so that nothing is lost.
        self._open.append(_plain(f" ({destination})") if destination else "")
        self.result.links.append((destination, self._row))
        return ""


def _plain(text: str) -> str:
    return escape(isolate_direction(text))
