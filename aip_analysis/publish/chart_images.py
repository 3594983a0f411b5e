"""Export of the charts of reports as SVG and PNG, for slides and documents."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.charts.images import picture_maker
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.files import write_atomically
from aip_analysis.messages import say
from aip_analysis.publish.plan.edition import Edition
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from aip_analysis.charts.maps import View

FORMATS = ("svg", "png")


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
    charts: list[tuple[Figure, Path]] = []
    for place in places:
        for name, chart in _charts(edition, place, tiles=tiles):
            figure = stand_alone(chart.figure, chart.subject, _origin(edition, place))
            charts += [(figure, folder / place.slug / f"{name}.{kind}") for kind in FORMATS]
    total(len(charts))
    with picture_maker() as draw:
        drawn = []
        for figure, target in charts:
            drawn.append((target, draw(figure, target.suffix[1:])))
            step()
    for target, picture in drawn:
        write_atomically(target, picture)
    return [target for target, _ in drawn]


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
