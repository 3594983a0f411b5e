"""A page that holds everything it needs, to be sent by mail as one file."""

import base64
import gzip
from functools import cache

from aip_analysis.publish.outputs import PLOTLY, asset_contents
from aip_analysis.publish.policy import single_policy, with_policy

STYLE = '<link rel="stylesheet" href="{path}/{name}">'
STYLES = ("aip.css", "print.css")
DRAWING = '<script defer src="{path}/plotly.min.js"></script>'
OWN = '<script defer src="{path}/aip.js"></script>'
FINDING = '<script defer src="{path}/finder.js"></script>'
# plotly.js makes up most of the file. Packed it takes a third, and browsers unpack it themselves.
PACKED = '<script type="text/plain" id="plotly-packed">{packed}</script>'
UNPACK = """
"use strict";
(async () => {{
  const packed = document.getElementById("plotly-packed").textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
{own}
}})();
"""


def single_file(page: str, path: str) -> str:
    """Put style, scripts and plotly.js into a page.

    Parameters
    ----------
    page
        A page that asks for them beside it.
    path
        The way from the page to the assets.
    """
    contents = asset_contents()
    styles = tuple(f"\n{contents[name].decode()}" for name in STYLES)
    for name, style in zip(STYLES, styles, strict=True):
        page = _replaced(page, STYLE.format(path=path, name=name), f"<style>{style}</style>")
    if DRAWING.format(path=path) not in page:
        # It has no charts: an index.
        asked = FINDING.format(path=path)
        finder = contents["finder.js"].decode() if asked in page else ""
        page = page.replace(asked, f"<script>{finder}</script>")
        return with_policy(page, single_policy((finder,) * bool(finder), styles, charts=False))
    page = _replaced(page, DRAWING.format(path=path) + "\n", "")
    page = _replaced(page, OWN.format(path=path) + "\n", "")
    own = contents["aip.js"].decode().replace('"use strict";\n', "")
    script = UNPACK.format(own=own)
    packed = PACKED.format(packed=_packed_plotly())
    page = _replaced(page, "</body>", f"{packed}\n<script>{script}</script>\n</body>")
    return with_policy(page, _policy_with_charts(script, styles))


@cache
def _policy_with_charts(script: str, styles: tuple[str, ...]) -> str:
    return single_policy((script, asset_contents()[PLOTLY].decode()), styles, charts=True)


@cache
def _packed_plotly() -> str:
    # No time in it: the same plotly.js gives the same file.
    packed = gzip.compress(asset_contents()[PLOTLY], 9, mtime=0)
    return base64.b64encode(packed).decode()


def _replaced(page: str, old: str, new: str) -> str:
    """Replace what has to be there once."""
    before, found, after = page.rpartition(old)
    if not found:
        raise ValueError(old)
    return before + new + after
