"""Texts as HTML: escaped, and in an English page with Japanese marked as such.

Screen readers pronounce marked words correctly. All texts of a page become HTML here; attributes
cannot be marked and are only escaped.
"""

import re

from markupsafe import Markup, escape

from aip_analysis.messages.catalogue import Language

# Characters that only Japanese uses, and those that may occur between them.
_LETTER = r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]"
_BETWEEN = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f0-9 .,&;:/()\-]"
_RUN = re.compile(rf"{_LETTER}(?:{_BETWEEN}*{_LETTER})?[\u3001-\u303f\uff01-\uff5e]*")
_MARK = r'<span lang="ja">\g<0></span>'


def html_text(text: str, language: Language) -> Markup:
    """Return a text as HTML that displays it unchanged.

    Parameters
    ----------
    text
        The text; none of it is treated as markup.
    language
        The language of the page. In an English page, Japanese is marked as such.
    """
    escaped = escape(text)
    return escaped if language == "ja" or text.isascii() else mark_japanese(escaped)


def mark_japanese(escaped: Markup) -> Markup:
    """Return an escaped text without any tags, with its Japanese marked."""
    return Markup(_RUN.sub(_MARK, str(escaped)))  # noqa: S704 -- it is escaped
