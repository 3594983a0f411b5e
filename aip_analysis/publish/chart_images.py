"""Export of the charts of reports as SVG and PNG, for slides and documents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from markupsafe import Markup

from aip_analysis.charts.chart_builder import LazyFigure
from aip_analysis.charts.images import KINDS, WIDTH, open_pictures
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.errors import ReportsFailedError
from aip_analysis.files import write_atomically
from aip_analysis.messages import Language, say, user_language
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

# Folders below that of a place, with the widths in pixels of their pictures: for slides, and for a
# column of a sheet of A4, where letters are larger within a picture.
WIDTHS = {"": WIDTH, "a4": 640}
SHEET = "index.html"
STYLE = Markup(
    "body{margin:2em;font-family:sans-serif;line-height:1.7;color:#1b2b2e}"
    "ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20em,100%),1fr));gap:2em;"
    "list-style:none;padding:0}a{white-space:nowrap}"
    "h1{font-size:1.3em}img{width:100%;border:1px solid #d5dcdd}p{margin:.4em 0}"
)


@dataclass(frozen=True)
class Drawing:
    """A chart that is written: the folder of its place, of which it is, its name, its caption."""

    folder: Path
    origin: str
    name: str
    caption: str
    figure: "Figure"


def write_charts(
    edition: Edition,
    places: list[Place],
    folder: Path,
    step: Callable[[], None],
    total: Callable[[int], None],
    *,
    tiles: bool = False,
) -> list[Path]:
    """Write every chart of the pages of some places, each as SVG and as PNG, in two widths.

    A page for each place shows all of its charts.

    Parameters
    ----------
    edition
        The fiscal year and language.
    places
        The places whose charts are written.
    folder
        The output folder, which gets a folder for each place.
    step, total
        Called for each picture, and with the number of pictures.
    tiles
        Whether maps are also written as tile maps.

    Raises
    ------
    ToolMissingError
        When there is no Japanese font on the machine, or no Chromium for an own chart that needs
        it.
    """
    drawings = [
        Drawing(
            folder / place.slug,
            _origin(edition, place),
            name,
            chart.caption,
            stand_alone(chart.figure, chart.subject, _origin(edition, place)),
        )
        for place in places
        for name, chart in _charts(edition, place, tiles=tiles)
    ]
    drawings += _own_charts(edition, places, folder)
    total(len(drawings) * len(WIDTHS) * len(KINDS))
    files: dict[Path, bytes] = {}
    with open_pictures() as pictures:
        for drawing in drawings:
            for size, width in WIDTHS.items():
                for kind in KINDS:
                    target = drawing.folder / size / f"{drawing.name}.{kind}"
                    files[target] = pictures.draw(drawing.figure, kind, width)
                    step()
    # Nothing is written unless everything could be drawn.
    for target, picture in files.items():
        write_atomically(target, picture)
    for own, group in groupby(drawings, key=lambda drawing: drawing.folder):
        write_atomically(own / SHEET, _sheet(list(group), edition.language).encode())
    return list(files)


def _sheet(drawings: list[Drawing], language: Language) -> str:
    """Return a page that shows the charts of a place, with links to their files."""
    title = say("publish.charts_sheet", language, place=drawings[0].origin)
    entries = Markup().join(
        Markup(
            '<li><a href="{0}.svg"><img src="{0}.svg" alt="{1}"></a><p>{1}</p><p>{2}</p></li>'
        ).format(drawing.name, drawing.caption, _links(drawing.name, language))
        for drawing in drawings
    )
    head = Markup(
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>{}</title><style>{}</style>"
    ).format(title, STYLE)
    page = Markup('<!doctype html><html lang="{}"><head>{}</head><body><h1>{}</h1><ul>{}</ul>')
    return page.format(language, head, title, entries) + Markup("</body></html>")


def _links(name: str, language: Language) -> Markup:
    """Return links to the files of a chart."""
    return Markup("　").join(
        Markup('<a href="{}">{}</a>').format(
            f"{size}/{name}.{kind}" if size else f"{name}.{kind}",
            f"{say('publish.charts_size_' + (size or 'slide'), language)} {kind.upper()}",
        )
        for size in WIDTHS
        for kind in KINDS
    )


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


def _own_charts(edition: Edition, places: list[Place], folder: Path) -> Iterator[Drawing]:
    """Yield the charts of the office's own reports about some places.

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
            origin = names[job.data.place]
            yield Drawing(folder / job.slug, origin, about["name"], title, alone)


def _origin(edition: Edition, place: Place) -> str:
    """Return the subtitle of a chart: place, fiscal year, and whether the records are fictional."""
    year = FiscalYear(edition.fiscal_year).label(edition.language)
    parts = [edition.ward.label(place, edition.language), year]
    if edition.records.fictional:
        parts.append(say("page.fictional", edition.language))
    return "　".join(parts)
