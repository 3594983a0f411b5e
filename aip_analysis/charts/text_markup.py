r"""Markup of texts on charts: newlines break lines, some text is bold, and nothing else is markup.

plotly interprets parts of any text as markup: tags such as ``<b>`` and ``<a>``, entities, formulas
between ``$``. Texts of records, names of places and labels contain no markup. So charts are written
with ``\n`` and `bold`, and only a finished `Drawing` turns these into plotly's tags and escapes
everything else.
"""

import re
from collections.abc import Mapping
from typing import Any

from aip_analysis.messages.isolation import isolate_direction

# Control characters that cannot be typed.
_BOLD, _PLAIN = "\x02", "\x03"
_TAGS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "$": "&#36;",
    "\n": "<br>",
    _BOLD: "<b>",
    _PLAIN: "</b>",
}
# Types of values that neither are nor contain text.
_NUMBERS = frozenset({int, float, bool, type(None)})
_SIGNS = re.compile(f"[{''.join(_TAGS)}]")


def bold(text: str) -> str:
    """Return a text marked as bold."""
    return f"{_BOLD}{text}{_PLAIN}"


def escape_text(text: str) -> str:
    """Return a text in plotly's markup, so that plotly shows it unchanged."""
    if not text.isascii():
        text = (
            "\n".join(map(isolate_direction, text.split("\n")))
            if "\n" in text
            else isolate_direction(text)
        )
    return _SIGNS.sub(lambda sign: _TAGS[sign[0]], text)


def escape_all(value: Any) -> Any:  # noqa: ANN401 -- attributes of a figure, at any depth
    """Return attributes of a figure with every text in them in plotly's markup.

    Attributes that are None are left out, as in plotly.
    """
    if isinstance(value, str):
        return escape_text(value)
    if isinstance(value, Mapping):
        return {name: escape_all(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple) and not _NUMBERS.issuperset(map(type, value)):
        return [escape_all(inner) for inner in value]
    return value
