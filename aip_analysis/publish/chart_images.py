"""Export of the charts of reports as SVG and PNG, for slides and documents."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import kaleido
from plotly.graph_objects import Figure

from aip_analysis.errors import ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.messages import say
from aip_analysis.publish.pdf.browser import find_browser
from aip_analysis.publish.plan.edition import Edition
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock

if TYPE_CHECKING:
    from aip_analysis.charts.maps import View

FORMATS = ("svg", "png")
WIDTH = 960
# Slides are shown large: two pixels for one.
SCALE = 2
TITLE_HEIGHT = 76
DEFAULT_HEIGHT = 450
# Heads above a matrix take two lines.
LEAST_TOP = 44


def write_charts(
    edition: Edition,
    places: list[Place],
    folder: Path,
    step: Callable[[], None],
    total: Callable[[int], None],
    *,
    tiles: bool = False,
) -> list[Path]:
    """Write every chart of the pages of some places, each as SVG and as PNG.

    Parameters
    ----------
    edition
        The fiscal year and language.
    places
        The places whose charts are written.
    folder
        The output folder, which gets a folder for each place.
    step, total
        Called for each file, and with the number of files.
    tiles
        Whether maps are also written as tile maps.

    Raises
    ------
    ToolMissingError
        When there is no Chromium on the machine.
    """
    browser = find_browser()
    if not browser:
        raise ToolMissingError("publish.no_browser")
    os.environ["BROWSER_PATH"] = browser
    charts: list[tuple[Figure, Path]] = []
    for place in places:
        for name, chart in _charts(edition, place, tiles=tiles):
            figure = _for_slides(chart.figure, chart.subject, _origin(edition, place))
            charts += [(figure, folder / place.slug / f"{name}.{kind}") for kind in FORMATS]
    total(len(charts))
    with tempfile.TemporaryDirectory(prefix="aip-") as scratch:
        files = _draw(charts, Path(scratch), step)
        for source, target in files:
            write_atomically(target, source.read_bytes())
    return [target for _, target in files]


def _charts(edition: Edition, place: Place, *, tiles: bool) -> Iterator[tuple[str, ChartBlock]]:
    """Yield the charts of a page with the names of their files."""
    views: tuple[View, ...] = ("map", "tiles") if tiles else ("map",)
    for view in views:
        page = Page(edition.figures, place, edition.fiscal_year, edition.language, view)
        for section in page.sections():
            for chart in section.charts():
                is_tiles = (chart.figure.layout.meta or {}).get("origin") == "tiles"
                if view == "map" or is_tiles:
                    yield (f"{chart.name}_tiles" if is_tiles else chart.name), chart


def _origin(edition: Edition, place: Place) -> str:
    """Return the subtitle of a chart: place, fiscal year, and whether the records are fictional."""
    year = FiscalYear(edition.fiscal_year).label(edition.language)
    parts = [edition.ward.label(place, edition.language), year]
    if edition.records.fictional:
        parts.append(say("page.fictional", edition.language))
    return "　".join(parts)


def _draw(
    charts: list[tuple[Figure, Path]], scratch: Path, step: Callable[[], None]
) -> list[tuple[Path, Path]]:
    files = []
    kaleido.start_sync_server(n=1, silence_warnings=True)
    try:
        for count, (figure, target) in enumerate(charts):
            file = scratch / f"{count}{target.suffix}"
            options = {"format": target.suffix[1:], "width": WIDTH, "scale": SCALE}
            kaleido.write_fig_sync(figure, str(file), opts=options)
            files.append((file, target))
            step()
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
    return files


def _for_slides(figure: Figure, title: str, subtitle: str) -> Figure:
    """Return a chart with a title of its own: on a slide there is no caption next to it."""
    height = (figure.layout.height or DEFAULT_HEIGHT) + TITLE_HEIGHT
    slide = Figure(figure)
    slide.update_layout(
        title={
            "text": title,
            "subtitle": {"text": subtitle, "font": {"size": 13}},
            "font": {"size": 20},
            "x": 0.01,
            "xanchor": "left",
            "y": 1 - 12 / height,
            "yanchor": "top",
            "yref": "container",
            "automargin": False,
        },
        legend={"y": 1 - TITLE_HEIGHT / height},
        margin={"t": max(figure.layout.margin.t or 0, LEAST_TOP) + TITLE_HEIGHT},
        height=height,
        paper_bgcolor="#ffffff",
    )
    return slide
