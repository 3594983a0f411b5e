"""Words of the other language in a page, marked as such: a screen reader then says them right."""

import re

from aip_analysis.messages import Language

# Letters that only Japanese has, and what may stand between them.
_LETTER = r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]"
_BETWEEN = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f0-9 .,&;:/()\-]"
_RUN = re.compile(rf"{_LETTER}(?:{_BETWEEN}*{_LETTER})?[\u3001-\u303f\uff01-\uff5e]*")
# What is no text of the page's own body, and then tags: neither may be changed.
_LEFT_ALONE = re.compile(
    r"(<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>|<svg\b.*?</svg>"
    r"|<option\b.*?</option>|<title\b.*?</title>|<!--.*?-->|<[^>]*>)",
    re.DOTALL,
)
_MARK = r'<span lang="ja">\g<0></span>'


def marked(page: str, language: Language) -> str:
    """Mark what is Japanese in an English page; a Japanese page is given back as it is.

    Parameters
    ----------
    page
        The page as HTML. Names within pictures have their names beside them in the language of
        the page, and are left alone.
    language
        The language of the page.
    """
    if language == "ja":
        return page
    pieces = _LEFT_ALONE.split(page)
    # Texts and what stands between them take turns; texts come first.
    pieces[::2] = [_RUN.sub(_MARK, text) for text in pieces[::2]]
    return "".join(pieces)
