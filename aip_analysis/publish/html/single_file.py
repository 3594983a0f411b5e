"""Inline assets: what a page that is sent as a single file contains instead of loading it."""

import base64
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from aip_analysis.publish.html.csp import single_policy
from aip_analysis.publish.plan.reports_folder import PLOTLY, asset_contents

STYLES = ("aip.css", "print.css")
# plotly.js makes up most of the file. Compressed it takes a third, and browsers decompress it.
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
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv;charset=utf-8",
    "jpg": "image/jpeg",
}


@dataclass(frozen=True)
class Inline:
    """Styles and scripts that are contained in a page itself.

    Parameters
    ----------
    styles
        The texts of its style elements.
    script
        The text of its script; empty if it needs none.
    plotly
        plotly.js, compressed, for the script to decompress; empty if the page has no charts.
    policy
        The content security policy that allows these and nothing else.
    """

    styles: tuple[str, ...]
    script: str
    plotly: str
    policy: str


@cache
def inline_assets(*, charts: bool, finder: bool) -> Inline:
    """Return the inline assets of a page.

    Parameters
    ----------
    charts
        Whether it has charts.
    finder
        Whether reports can be searched for on it, as on an index.
    """
    contents = asset_contents()
    styles = tuple(f"\n{contents[name].decode()}" for name in STYLES)
    script = contents["finder.js"].decode() if finder else ""
    if not charts:
        scripts = (script,) if script else ()
        return Inline(styles, script, "", single_policy(scripts, styles, charts=False))
    script = UNPACK.format(own=contents["aip.js"].decode().replace('"use strict";\n', ""))
    policy = single_policy((script, contents[PLOTLY].decode()), styles, charts=True)
    # Without a time stamp: the same plotly.js gives the same file.
    packed = gzip.compress(contents[PLOTLY], 9, mtime=0)
    return Inline(styles, script, base64.b64encode(packed).decode(), policy)


def data_uri(name: str, content: bytes) -> str:
    """Return a data URI, the address of a file that is contained in the page itself."""
    kind = _TYPES[PurePath(name).suffix.removeprefix(".")]
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
