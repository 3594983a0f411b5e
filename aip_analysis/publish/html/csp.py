"""The content security policy of published pages, the first element of their heads.

Pages treat everything in a record as text. Should they ever fail to, this is the second line of
defence: no script other than the program's own runs, nothing is requested from elsewhere, no form
is sent, no frame is opened.

plotly.js puts style elements into every page that loads it: an empty one that it fills by calls,
which need no permission, and one for maps with tiles. It cannot be queried for them; they depend on
its version, which ``plotly.offline.get_plotlyjs_version`` returns. When plotly is updated,
`tests/browser/test_policy.py` opens a page with the new plotly.js, compares the elements with the
digests below, and prints the digests that have to replace them.
"""

import base64
import hashlib
from collections.abc import Iterable

PLOTLYJS_VERSION = "4.1.1"
STYLE_DIGESTS = (
    # The empty element.
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    # maplibre-gl.css
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
# In a local folder, not every browser takes 'self' to include the files next to the page.
SAME_FOLDER = "'self' file:"
IMAGES = "data:"


def page_policy(*, charts: bool) -> str:
    """Return the policy of a page that loads scripts and styles from separate files.

    Parameters
    ----------
    charts
        Whether it has charts, which plotly.js draws.
    """
    return _policy(
        (SAME_FOLDER,), (SAME_FOLDER, *_plotly_styles(charts=charts)), (SAME_FOLDER, IMAGES)
    )


def single_policy(scripts: Iterable[str], styles: Iterable[str], *, charts: bool) -> str:
    """Return the policy of a page that contains everything it needs.

    Parameters
    ----------
    scripts, styles
        The texts of its script and style elements.
    charts
        Whether it has charts.
    """
    return _policy(
        tuple(map(digest_of, scripts)),
        (*map(digest_of, styles), *_plotly_styles(charts=charts)),
        (IMAGES,),
    )


def digest_of(text: str) -> str:
    """Return the source expression that allows an element with exactly this text."""
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{hashed}'"


def _plotly_styles(*, charts: bool) -> tuple[str, ...]:
    return STYLE_DIGESTS if charts else ()


def _policy(scripts: Iterable[str], styles: Iterable[str], images: Iterable[str]) -> str:
    directives = {
        "default-src": ("'none'",),
        "script-src": scripts,
        "style-src": styles,
        # Style attributes only position and colour elements; plotly.js writes many.
        "style-src-attr": ("'unsafe-inline'",),
        "img-src": images,
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources) or _NONE}" for name, sources in directives.items())


_NONE = "'none'"
