"""HTML that an analyst's cell outputs, such as a table of pandas: reduced to harmless elements.

Anything active (scripts, forms, frames, objects) is refused as a whole: what is left of it would
not be what its author saw.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3

from aip_analysis.messages.numbers import MISSING

_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"})
_TEXT = frozenset(
    {
        *("p", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt"),
        *("dd", "a", "b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "code", "pre"),
        *("blockquote", "mark", "details", "summary", "figure", "figcaption", "br", "hr", "img"),
    }
)
# Elements that do something, or show something that is not text.
_ACTIVE = frozenset(
    {
        *("script", "iframe", "frame", "object", "embed", "applet", "portal", "form", "input"),
        *("button", "select", "textarea", "video", "audio", "canvas", "svg", "math", "base"),
        *("link", "meta", "template", "slot"),
    }
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"colspan", "rowspan", "scope", "title"},
    "td": {"colspan", "rowspan", "title"},
}
_ADDRESSES = {
    "href": re.compile(r"https?://|mailto:|#|[\w.-]+\.(?:html|xlsx|csv|pdf)(?:#|$)", re.IGNORECASE),
    "src": re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,", re.IGNORECASE),
}
# Looks, which the style sheet of the page decides, and the title of a whole page.
_LOOKS = {"style", "title"}
_SCHEMES = {"http", "https", "mailto", "data"}
# Headings of the two highest levels are those of the page and of its sections.
_HIGH_HEADING = re.compile(r"<(/?)h[12]>")
_WITHOUT_ALT = re.compile(r"<img(?![^>]* alt=)")
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
    _Active().feed(text)
    html = nh3.clean(
        text,
        tags={*_TABLE, *_TEXT},
        clean_content_tags=_LOOKS,
        attributes=_ATTRIBUTES,
        attribute_filter=_address,
        link_rel=None,
        url_schemes=_SCHEMES,
    )
    html = _WITHOUT_ALT.sub('<img alt=""', _HIGH_HEADING.sub(r"<\1h3>", html))
    frame = f'tabindex="0" role="region" aria-label="{escape(table_name)}"'
    html = html.replace("<table>", f'<div class="table-frame" {frame}><table>')
    html = html.replace("</table>", "</table></div>")
    return _WITHOUT_HEAD.sub("<td></td>", _CELL.sub(_data_cell, html))


class _Active(HTMLParser):
    """Raises ``ActiveHtmlError`` at the first element that is active."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element and its attributes."""
        if tag in _ACTIVE or any(key.startswith("on") for key, _ in attrs):
            raise ActiveHtmlError(tag)


def _address(_tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute; None for an address that leads elsewhere."""
    address = _ADDRESSES.get(attribute)
    return value if address is None or address.match(value.strip()) else None


def _data_cell(cell: re.Match[str]) -> str:
    """Return a cell with numbers to the right, and with the report's sign where there is none."""
    text = cell[1]
    if text.strip() in _NOTHING:
        text = MISSING
    is_number = text == MISSING or _NUMBER.fullmatch(text)
    return f'<td class="number">{text}</td>' if is_number else cell[0]
