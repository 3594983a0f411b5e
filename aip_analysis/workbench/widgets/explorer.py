"""An explorer in JupyterLab: map, chart, table and sentence of one choice, linked to each other."""

import base64
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets

from aip_analysis.charts.svg import svg_file
from aip_analysis.errors import AipError
from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.reference import Place
from aip_analysis.workbench.drawings.report_table import ReportTable
from aip_analysis.workbench.drawings.saving import Saved, save
from aip_analysis.workbench.widgets.explored_view import Choice, ExploredView
from aip_analysis.workbench.widgets.explorer_offers import Offers
from aip_analysis.workbench.widgets.result_files import result_file
from aip_analysis.workbench.widgets.widget_display import live_or_still

ASSETS = Path(__file__).parent / "assets"
# Pixels of a picture as it is drawn; in less room it is shown smaller.
WIDTH = 640
# The files of a view: what of it, and in which format.
FILES = ("map.png", "map.svg", "chart.png", "chart.svg", "table.xlsx", "table.csv")
WORDS = ("title", "code", "copy", "copied", "saving")


class ExplorerWidget(anywidget.AnyWidget):
    """The explorer in the browser: it shows what it is sent, and reports what is chosen there."""

    _esm = ASSETS / "explorer_page.js"
    _css = ASSETS / "explorer_page.css"

    words: "traitlets.Dict[str, Any]" = traitlets.Dict().tag(sync=True)
    offers: "traitlets.List[Any]" = traitlets.List().tag(sync=True)
    chosen: "traitlets.Dict[str, str]" = traitlets.Dict().tag(sync=True)
    seen: "traitlets.Dict[str, Any]" = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)


class Explorer:
    """A choice of measure, years, places and map, and what is seen of it.

    Parameters
    ----------
    workbench
        The workbench, which answers the lines that make the view.
    offers
        What there is to choose from.
    choice
        What is seen at first.
    home
        The workbench's folder, below which files are written.
    """

    def __init__(self, workbench: object, offers: Offers, choice: Choice, home: Path) -> None:
        self._workbench, self._offers, self._home = workbench, offers, home
        self.choice = choice
        words: dict[str, object] = {name: self._say(name) for name in WORDS}
        words["files"] = [(file, self._say(file.replace(".", "_"))) for file in FILES]
        self.widget = ExplorerWidget(words=words)
        self._listening = True
        self._show()
        self.widget.observe(self._changed, names="chosen")
        self.widget.on_msg(self._asked)

    @property
    def view(self) -> ExploredView:
        """What is seen of the choice."""
        return ExploredView(self._offers.source, self.choice)

    @property
    def code(self) -> str:
        """The cell that makes what is seen."""
        return self.view.code

    @property
    def sentence(self) -> str:
        """The figure of the chosen place in words."""
        return self.view.sentence

    @property
    def map(self) -> go.Figure:
        """The map that is seen."""
        return self.view.map.answer(self._workbench)

    @property
    def chart(self) -> go.Figure:
        """The chart that is seen."""
        return self.view.chart.answer(self._workbench)

    @property
    def table(self) -> ReportTable:
        """The table that is seen."""
        table: ReportTable = self.view.table.answer(self._workbench)
        return table

    def save(self, file: str) -> Saved:
        """Write one of ``FILES`` to the folder of results, and tell where it is.

        Raises
        ------
        ToolMissingError
            When there is no Japanese font, or no browser for a chart that needs one.
        """
        part, _, ending = file.partition(".")
        parts: Mapping[str, Callable[[], object]] = {
            "map": lambda: self.map,
            "chart": lambda: self.chart,
            "table": lambda: self.table,
        }
        path = result_file(self._home, [*self.view.name, self._say(f"part_{part}")], ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        return save(parts[part](), path, language=self._language)

    def __repr__(self) -> str:
        return f"{self.sentence}\n{self.code}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return live_or_still(self.widget, repr(self), self._still())

    @property
    def _language(self) -> Language:
        return self._offers.language

    def _changed(self, change: Any) -> None:  # noqa: ANN401 -- traitlets has no types
        """Take what was chosen in the browser."""
        if self._listening:
            self.choice = self._offers.read(change.new)
            self._show()

    def _show(self) -> None:
        """Send the view to the browser, with what there is to choose from."""
        self._listening = False
        try:
            with self.widget.hold_sync():
                self.widget.offers = self._offers.of(self.choice)
                self.widget.chosen = self.choice.codes
                self.widget.seen = self._seen()
                self.widget.said = ""
        finally:
            self._listening = True

    def _seen(self) -> dict[str, Any]:
        """Return the view as the browser shows it; if there is none, the reason as its sentence."""
        try:
            return self._parts()
        except AipError as error:
            reason = html_text(error.sentence(self._language), self._language)
            return dict.fromkeys(("map", "chart", "table", "code"), "") | {
                "sentence": reason,
                "places": [],
            }

    def _parts(self) -> dict[str, Any]:
        view, language = self.view, self._language
        places = view.places
        return {
            "map": svg_file(with_keys(self.map, places), WIDTH),
            "chart": svg_file(self.chart.to_plotly_json(), WIDTH),
            "table": self.table.html(),
            "sentence": html_text(view.sentence, language),
            "code": view.code,
            "places": [(place.key, view.label(place)) for place in places],
        }

    def _asked(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        """Write a file that was asked for in the browser; say where it is, or what is wrong."""
        if content.get("save") not in FILES:
            return
        try:
            self.widget.said = escape(repr(self.save(content["save"])))
        except AipError as error:
            self.widget.said = escape(error.sentence(self._language))

    def _still(self) -> str:
        """Return the view for pages without a kernel."""
        seen = self._seen()
        pictures = "".join(
            f'<img src="data:image/svg+xml;base64,{_base64(seen[part])}" '
            f'alt="{escape(self._say(f"part_{part}"))}" style="max-width:100%">'
            for part in ("map", "chart")
        )
        return f"<p><b>{seen['sentence']}</b></p><p>{pictures}</p>{seen['table']}"

    def _say(self, name: str) -> str:
        return say(f"explorer.{name}", self._language)


def with_keys(figure: go.Figure, places: Sequence[Place]) -> dict[str, Any]:
    """Return a map in plotly's JSON format whose shapes have the keys of their places."""
    plain: dict[str, Any] = figure.to_plotly_json()
    shapes = [trace for trace in plain["data"] if trace.get("hoveron") == "fills"]
    for trace, place in zip(shapes, places, strict=True):
        trace["meta"] = place.key
    return plain


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
