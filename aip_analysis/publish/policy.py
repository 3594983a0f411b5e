"""What a published page may load and do, told to the browser in its first line.

Whatever stands in a record is text: the pages see to that. Where one day they did not, this is the
second lock: no script that is not the program's own runs, nothing is asked from anywhere, no form
is sent, no frame is opened.
"""

import base64
import hashlib
from collections.abc import Iterable

from aip_analysis.publish.plotly_styles import STYLE_DIGESTS

# From a folder on a disk, not every browser takes 'self' for the files beside the page.
BESIDE = "'self' file:"
IMAGES = "data:"


def page_policy(*, charts: bool) -> str:
    """Give the policy of a page whose scripts and styles lie beside it.

    Parameters
    ----------
    charts
        Whether it has charts, which plotly.js draws.
    """
    return _policy((BESIDE,), (BESIDE, *_drawn(charts=charts)), (BESIDE, IMAGES))


def single_policy(scripts: Iterable[str], styles: Iterable[str], *, charts: bool) -> str:
    """Give the policy of a page that holds everything it needs.

    Parameters
    ----------
    scripts, styles
        The texts of its script and style elements.
    charts
        Whether it has charts.
    """
    return _policy(
        tuple(map(digest_of, scripts)),
        (*map(digest_of, styles), *_drawn(charts=charts)),
        (IMAGES,),
    )


def digest_of(text: str) -> str:
    """Give the source expression that lets an element with this very text in."""
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{hashed}'"


def _drawn(*, charts: bool) -> tuple[str, ...]:
    return STYLE_DIGESTS if charts else ()


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
