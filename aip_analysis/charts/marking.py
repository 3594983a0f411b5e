r"""How texts on charts are set: a line end ends a line, some words are bold, nothing else counts.

plotly takes parts of any text for markup: tags such as ``<b>`` and ``<a>``, entities, formulas
between ``$``. What stands in records, in names of places and in labels is none of that. So charts
are written with ``\n`` and `bold`, and only a finished `Drawing` turns these into plotly's tags,
everything else into plain signs.
"""

import re
from collections.abc import Mapping
from typing import Any

from aip_analysis.messages.isolation import isolated

# Signs that no keyboard types.
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
# Types of what has no text in it, and nothing that might have.
_NUMBERS = frozenset({int, float, bool, type(None)})
_SIGNS = re.compile(f"[{''.join(_TAGS)}]")


def bold(text: str) -> str:
    """Set a text in bold letters."""
    return f"{_BOLD}{text}{_PLAIN}"


def marked(text: str) -> str:
    """Give a text as plotly wants it, so that it shows as it stands here."""
    if not text.isascii():
        text = "\n".join(map(isolated, text.split("\n"))) if "\n" in text else isolated(text)
    return _SIGNS.sub(lambda sign: _TAGS[sign[0]], text)


def all_marked(value: Any) -> Any:  # noqa: ANN401 -- attributes of a figure, at any depth
    """Give attributes of a figure with every text in them as plotly wants it.

    Attributes that are None are not set, as in plotly.
    """
    if isinstance(value, str):
        return marked(value)
    if isinstance(value, Mapping):
        return {name: all_marked(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple) and not _NUMBERS.issuperset(map(type, value)):
        return [all_marked(inner) for inner in value]
    return value
