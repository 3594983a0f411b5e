"""Charts as pictures, drawn by the system's Chromium: PNG, and SVG of any chart of plotly's."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import kaleido
import plotly.graph_objects as go

from aip_analysis.errors import ToolMissingError
from aip_analysis.files.browser import find_browser

WIDTH = 960
# Pictures are shown large: two pixels for one.
SCALE = 2
Draw = Callable[[go.Figure, str], bytes]


@contextmanager
def picture_maker(width: int = WIDTH, scale: float = SCALE) -> Iterator[Draw]:
    """Start a Chromium, and return a function from a chart and a format to the picture's bytes.

    Parameters
    ----------
    width
        The width of pictures in pixels of the screen.
    scale
        Pixels of a PNG for each of them.

    Raises
    ------
    ToolMissingError
        When there is no Chromium on the machine.
    """
    browser = find_browser()
    if not browser:
        raise ToolMissingError("charts.no_browser")
    os.environ["BROWSER_PATH"] = browser
    with tempfile.TemporaryDirectory(prefix="aip-") as folder:
        kaleido.start_sync_server(n=1, silence_warnings=True)
        try:
            yield lambda figure, kind: _drawn(figure, kind, Path(folder), width, scale)
        finally:
            kaleido.stop_sync_server(silence_warnings=True)


def pictures(
    figures: Sequence[go.Figure], kind: str, width: int = WIDTH, scale: float = SCALE
) -> list[bytes]:
    """Return charts as pictures in a format: ``"png"`` or ``"svg"``; errors as above."""
    with picture_maker(width, scale) as draw:
        return [draw(figure, kind) for figure in figures]


def _drawn(figure: go.Figure, kind: str, folder: Path, width: int, scale: float) -> bytes:
    file = folder / f"chart.{kind}"
    options = {"format": kind, "width": width, "scale": scale}
    kaleido.write_fig_sync(go.Figure(figure), str(file), opts=options)
    return file.read_bytes()
