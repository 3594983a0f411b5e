"""Charts as pictures, SVG and PNG: the still picture, without a browser.

What the still picture does not know, such as a kind of chart that an analyst chose, Chromium draws.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import resvg_py

from aip_analysis.charts.style.theme import FAMILIES
from aip_analysis.charts.svg import UnsupportedChartError, svg_file
from aip_analysis.errors import ToolMissingError
from aip_analysis.files.browser import find_browser, japanese_fonts

WIDTH = 960
# Pictures are shown large: two pixels for one.
SCALE = 2
KINDS = ("svg", "png")


class Pictures:
    """A maker of pictures, which starts a browser at the first chart that needs one.

    Parameters
    ----------
    folder
        A folder for temporary files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._has_browser = False

    def draw(self, figure: go.Figure, kind: str, width: int = WIDTH) -> bytes:
        """Return a chart as a picture.

        Parameters
        ----------
        kind
            ``"svg"`` or ``"png"``.
        width
            The width in pixels; a PNG has two for each of them.

        Raises
        ------
        ToolMissingError
            When there is no Japanese font, or no Chromium for a chart that needs it.
        """
        try:
            svg = svg_file(figure.to_plotly_json(), width)
        except UnsupportedChartError:
            return self._by_browser(figure, kind, width)
        return svg.encode() if kind == "svg" else png(svg)

    def close(self) -> None:
        """Stop the browser, if there is one."""
        if self._has_browser:
            import kaleido  # noqa: PLC0415 -- as below

            kaleido.stop_sync_server(silence_warnings=True)

    def _by_browser(self, figure: go.Figure, kind: str, width: int) -> bytes:
        browser = find_browser()
        if not browser:
            raise ToolMissingError("charts.no_browser")
        import kaleido  # noqa: PLC0415 -- few need it, and it takes long to load

        if not self._has_browser:
            os.environ["BROWSER_PATH"] = browser
            kaleido.start_sync_server(n=1, silence_warnings=True)
            self._has_browser = True
        file = self._folder / f"chart.{kind}"
        options = {"format": kind, "width": width, "scale": SCALE}
        kaleido.write_fig_sync(go.Figure(figure), str(file), opts=options)
        return file.read_bytes()


@contextmanager
def open_pictures() -> Iterator[Pictures]:
    """Return a maker of pictures, and close it in the end."""
    with tempfile.TemporaryDirectory(prefix="aip-") as folder:
        pictures = Pictures(Path(folder))
        try:
            yield pictures
        finally:
            pictures.close()


def png(svg: str, scale: float = SCALE) -> bytes:
    """Return an SVG as PNG, with the fonts of this machine.

    Parameters
    ----------
    scale
        Pixels for each of the SVG's.

    Raises
    ------
    ToolMissingError
        When there is no Japanese font.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg, zoom=scale, sans_serif_family=japanese_family(), languages=["ja"]
    )


@cache
def japanese_family() -> str | None:
    """Return a Japanese font without serifs, best one of the theme; None if that is not known."""
    known = japanese_fonts()
    if known is None:
        # Windows and macOS have one of the theme's.
        return None
    if not known:
        raise ToolMissingError("charts.no_fonts")
    named = [family for family in FAMILIES if family in known]
    return (named or sorted(known, key=lambda family: ("Serif" in family, family)))[0]
