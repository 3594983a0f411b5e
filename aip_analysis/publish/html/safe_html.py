"""HTML that an analyst's cell outputs, such as a table of pandas: reduced to harmless elements.

Anything active (scripts, forms, frames, objects) is refused as a whole: what is left of it would
not be what its author saw.
"""

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

from aip_analysis.messages.numbers import MISSING

_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"})
_TEXT = frozenset(
    {
        *("p", "div", "span", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "a"),
        *("b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "code", "pre", "blockquote"),
        *("mark", "details", "summary", "figure", "figcaption"),
    }
)
_VOID = frozenset({"br", "hr", "img"})
_KEPT = _TABLE | _TEXT | _VOID
# Headings above these are those of the page and of its sections.
_LOWERED = {"h1": "h3", "h2": "h3"}
# Elements that do something, or show something that is not text.
_ACTIVE = frozenset(
    {
        *("script", "iframe", "frame", "object", "embed", "applet", "portal", "form", "input"),
        *("button", "select", "textarea", "video", "audio", "canvas", "svg", "math", "base"),
        *("link", "meta", "template", "slot"),
    }
)
# Looks, which the style sheet of the page decides.
_LOOKS = frozenset({"style", "title"})
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"colspan", "rowspan", "scope", "title"},
    "td": {"colspan", "rowspan", "title"},
}
_ADDRESSES = {
    "href": re.compile(r"https?://|mailto:|#|[\w.-]+\.(?:html|xlsx|csv|pdf)(?:#|$)", re.IGNORECASE),
    "src": re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE),
}


# A cell of a table without markup, such as pandas writes it, and a head without a text.
_CELL = re.compile(r"<td>([^<]*)</td>")
_NUMBER = re.compile(r"\s*[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?[%％]?\s*", re.IGNORECASE)
_NOTHING = frozenset({"NaN", "NaT", "None", "&lt;NA&gt;"})
_WITHOUT_HEAD = re.compile(r"<th>\s*</th>")


class ActiveHtmlError(ValueError):
    """HTML contains an element that a page does not show; its name is the message."""


def safe_html(text: str, table_name: str) -> str:
    """Return HTML with harmless elements and attributes only.

    Parameters
    ----------
    text
        The HTML.
    table_name
        The accessible name of tables, which get a frame to scroll in.

    Raises
    ------
    ActiveHtmlError
        When it contains scripts or anything else that is active.
    """
    parser = _Parser(table_name)
    parser.feed(text)
    parser.close()
    return parser.html()


class _Parser(HTMLParser):
    """Writes harmless elements as it reads them; every element that it opens is closed."""

    def __init__(self, table_name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._table_name = table_name
        self._written: list[str] = []
        self._open: list[str] = []
        self._hidden = 0

    def html(self) -> str:
        """Return what was written, with all elements closed."""
        html = "".join([*self._written, *map(_end, reversed(self._open))])
        return _WITHOUT_HEAD.sub("<td></td>", _CELL.sub(_data_cell, html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element that is kept."""
        name = _LOWERED.get(tag, tag)
        if name in _ACTIVE or any(key.startswith("on") for key, _ in attrs):
            raise ActiveHtmlError(tag)
        if name in _LOOKS:
            self._hidden += 1
        if name not in _KEPT or self._hidden:
            return
        if name == "table":
            frame = f'tabindex="0" role="region" aria-label="{escape(self._table_name)}"'
            self._written.append(f'<div class="table-frame" {frame}>')
        self._written.append(f"<{name}{''.join(_attributes(name, attrs))}>")
        if name not in _VOID:
            self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those within it that are still open."""
        name = _LOWERED.get(tag, tag)
        if name in _LOOKS:
            self._hidden = max(self._hidden - 1, 0)
        if name not in self._open:
            return
        while self._open:
            last = self._open.pop()
            self._written.append(_end(last))
            if last == name:
                return

    def handle_data(self, data: str) -> None:
        """Write a text."""
        if not self._hidden:
            self._written.append(escape(data, quote=False))


def _data_cell(cell: re.Match[str]) -> str:
    """Return a cell with numbers to the right, and with the report's sign where there is none."""
    text = cell[1]
    if text.strip() in _NOTHING:
        text = MISSING
    is_number = text == MISSING or _NUMBER.fullmatch(text)
    return f'<td class="number">{text}</td>' if is_number else cell[0]


def _end(name: str) -> str:
    return "</table></div>" if name == "table" else f"</{name}>"


def _attributes(name: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for key, value in attrs:
        address = _ADDRESSES.get(key)
        is_safe = address is None or address.match((value or "").strip())
        if key in _ATTRIBUTES.get(name, ()) and value is not None and is_safe:
            yield f' {key}="{escape(value)}"'
    if name == "img" and not any(key == "alt" for key, _ in attrs):
        yield ' alt=""'
