"""Export of the charts of reports as SVG and PNG, for slides and documents."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from aip_analysis.charts.chart_builder import LazyFigure
from aip_analysis.charts.images import picture_maker
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.errors import ReportsFailedError
from aip_analysis.files import write_atomically
from aip_analysis.messages import say, user_language
from aip_analysis.publish.html.own_outputs import own_charts
from aip_analysis.publish.plan.edition import Edition
from aip_analysis.publish.plan.plan import Planning
from aip_analysis.publish.render import render_report
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
    charts += _own_charts(edition, places, folder)
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


def _own_charts(
    edition: Edition, places: list[Place], folder: Path
) -> "Iterator[tuple[Figure, Path]]":
    """Yield the charts of the office's own reports about some places, with their files.

    Only their notebooks know them, which are run for that.

    Raises
    ------
    ReportsFailedError
        When a notebook cannot be run.
    """
    names = {place.key: _origin(edition, place) for place in places}
    for job in Planning(edition).jobs():
        if not job.report or job.data.place not in names:
            continue
        result = render_report(job.request(edition.home, edition.build, keep_notebook=True))
        if result.reason:
            label = job.labels[user_language()]
            raise ReportsFailedError("own_reports.no_charts", report=label, reason=result.reason)
        notebook = nbformat.reads(result.notebook.decode(), as_version=4)  # type: ignore[no-untyped-call]
        for about, title, values in own_charts(notebook):
            figure = LazyFigure(values["data"], values["layout"])
            alone = stand_alone(figure, title, about["subject"] or names[job.data.place])
            for kind in FORMATS:
                yield alone, folder / job.slug / f"{about['name']}.{kind}"


def _origin(edition: Edition, place: Place) -> str:
    """Return the subtitle of a chart: place, fiscal year, and whether the records are fictional."""
    year = FiscalYear(edition.fiscal_year).label(edition.language)
    parts = [edition.ward.label(place, edition.language), year]
    if edition.records.fictional:
        parts.append(say("page.fictional", edition.language))
    return "　".join(parts)
