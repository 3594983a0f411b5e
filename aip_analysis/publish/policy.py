"""What a published page may load and do, told to the browser in its first line.

Whatever stands in a record is text: the pages see to that. Where one day they did not, this is the
second lock: no script that is not the program's own runs, nothing is asked from anywhere, no form
is sent, no frame is opened.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache

# From a folder on a disk, not every browser takes 'self' for the files beside the page.
BESIDE = "'self' file:"
IMAGES = "data:"
# plotly.js makes a style element without content and fills it by calls, which need no leave.
EMPTY = ""
# It has styles of its own for maps with tiles and puts them in wherever it is loaded.
_STYLE_TEXT = re.compile(r"""createElement\("style"\);[^;]*?\.textContent='((?:[^'\\]|\\.)*)'""")
_ESCAPED = re.compile(r"\\(.)")
_CONTROL = {"n": "\n", "t": "\t"}
META = '<meta http-equiv="Content-Security-Policy" content="{policy}">'
_TOLD = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def page_policy(*, charts: bool) -> str:
    """Give the policy of a page whose scripts and styles lie beside it.

    Parameters
    ----------
    charts
        Whether it has charts, which plotly.js draws.
    """
    styles = (BESIDE, *_allowed(_plotly_styles())) if charts else (BESIDE,)
    return _policy((BESIDE,), styles, (BESIDE, IMAGES))


def single_policy(scripts: Iterable[str], styles: Iterable[str], *, charts: bool) -> str:
    """Give the policy of a page that holds everything it needs.

    Parameters
    ----------
    scripts, styles
        The texts of its script and style elements.
    charts
        Whether it has charts.
    """
    drawn = _plotly_styles() if charts else ()
    return _policy(_allowed(scripts), _allowed((*styles, *drawn)), (IMAGES,))


def with_policy(page: str, policy: str) -> str:
    """Give a page with another policy than it has."""
    return _TOLD.sub(lambda _: META.format(policy=policy), page, count=1)


def digest_of(text: str) -> str:
    """Give the source expression that lets an element with this very text in."""
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{hashed}'"


def _policy(scripts: Iterable[str], styles: Iterable[str], images: Iterable[str]) -> str:
    told = {
        "default-src": ("'none'",),
        "script-src": scripts,
        "style-src": styles,
        # Attributes only place and colour what is there; plotly.js writes many.
        "style-src-attr": ("'unsafe-inline'",),
        "img-src": images,
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources) or _NONE}" for name, sources in told.items())


_NONE = "'none'"


def _allowed(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(digest_of, texts))


@cache
def _plotly_styles() -> tuple[str, ...]:
    """Give the texts of the style elements that plotly.js makes."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 -- only pages with charts

    own = _STYLE_TEXT.findall(get_plotlyjs())
    return (EMPTY, *(_ESCAPED.sub(_unescaped, text) for text in own))


def _unescaped(found: re.Match[str]) -> str:
    return _CONTROL.get(found[1], found[1])
