"""A map in JupyterLab whose measure, years and display are chosen from lists."""

from typing import TYPE_CHECKING, Any

import ipywidgets
import plotly.io
from IPython.display import display

from aip_analysis.charts import is_large
from aip_analysis.errors import AipError
from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.reference import FiscalYear, Level, Measure
from aip_analysis.workbench.drawings.maps import LEVELS, VIEWS, Maps

if TYPE_CHECKING:
    import plotly.graph_objects as go

# JupyterLab renders the output of this renderer, however other charts are displayed.
RENDERER = plotly.io.renderers["plotly_mimetype"]
# Stands for no year to compare with: a list displays nothing at all where None is chosen.
NO_YEAR = 0
# Minimum height in pixels, so that the page does not jump when a map is redrawn.
ROOM = "600px"
WIDE, NARROW = "32em", "20em"


class MapChooser:
    """Lists to choose from, with the selected map below them.

    Parameters
    ----------
    maps
        The maps of the workbench.
    """

    def __init__(self, maps: Maps) -> None:
        self._maps = maps
        figures, language = maps.figures, maps.language
        records = figures.records
        self._measures = tuple(figures.ward.codebook)
        years = [(FiscalYear(year).short_label(language), year) for year in records.fiscal_years]
        topics = dict.fromkeys(measure.topic for measure in self._measures)
        self.topic = self._list("topic", [(_topic(code, language), code) for code in topics])
        self.measure = self._list("measure", [], WIDE)
        self.year = self._list("year", years[::-1], value=records.newest_complete())
        self.since = self._list("since", [])
        levels = [(say(f"workbench.level_{level}", language), level) for level in LEVELS]
        views = [(say(f"workbench.view_{view}", language), view) for view in VIEWS]
        self.level = self._list("level", levels, value=_first_level(maps))
        self.view = self._list("view", views)
        self.figure: go.Figure | None = None
        self._map = ipywidgets.Output(layout={"min_height": ROOM})
        self.box = ipywidgets.VBox(
            [
                ipywidgets.HBox([self.topic, self.measure], layout={"flex_flow": "row wrap"}),
                ipywidgets.HBox([self.year, self.since], layout={"flex_flow": "row wrap"}),
                ipywidgets.HBox([self.level, self.view], layout={"flex_flow": "row wrap"}),
                self._map,
            ]
        )
        self._offer_measures()
        self._offer_years()
        self._offer_views()
        self._listening = True
        for widget in (self.topic, self.measure, self.year, self.since, self.level, self.view):
            widget.observe(self._chosen, names="value")
        self._draw()

    def _ipython_display_(self) -> None:
        display(self.box)  # type: ignore[no-untyped-call]

    def _list(
        self, name: str, options: list[tuple[str, Any]], width: str = NARROW, value: object = None
    ) -> Any:  # noqa: ANN401 -- ipywidgets has no types
        first = options[0][1] if options and value is None else value
        return ipywidgets.Dropdown(
            description=say(f"workbench.choose_{name}", self._maps.language),
            options=options,
            value=first,
            layout={"width": width},
        )

    def _chosen(self, change: Any) -> None:  # noqa: ANN401 -- as above
        """Update the other lists after a choice, then draw once."""
        if not self._listening:
            return
        self._listening = False
        try:
            if change.owner is self.topic:
                self._offer_measures()
            if change.owner is self.year:
                self._offer_years()
            if change.owner is self.level:
                self._offer_views()
        finally:
            self._listening = True
        self._draw()

    def _offer_measures(self) -> None:
        language = self._maps.language
        own = [measure for measure in self._measures if measure.topic == self.topic.value]
        self.measure.options = [(measure.label(language), measure.code) for measure in own]
        self.measure.value = own[0].code

    def _offer_years(self) -> None:
        """Offer the complete years before the chosen one for comparison, and no comparison."""
        records, language = self._maps.figures.records, self._maps.language
        selected, previous = self.year.value, self.since.value
        earlier = [
            (FiscalYear(year).short_label(language), year)
            for year in records.fiscal_years[::-1]
            if year < selected and records.is_complete(year) and records.is_complete(selected)
        ]
        self.since.options = [(say("workbench.no_comparison", language), NO_YEAR), *earlier]
        self.since.value = previous if previous in dict(earlier).values() else NO_YEAR

    def _offer_views(self) -> None:
        """Disable the choice of view for blocks, for which there are no tiles."""
        blocks = self.level.value == "block"
        self.view.disabled = blocks
        if blocks:
            self.view.value = VIEWS[0]

    def _measure(self) -> Measure:
        return self._maps.figures.ward.codebook[self.measure.value]

    def _draw(self) -> None:
        """Display the selected map, or the reason why there is none.

        Output printed within an Output widget makes a round trip to the front end; where a program
        plays the front end, as papermill does, it may then miss the end of a cell. So the output is
        assigned, not printed.
        """
        try:
            self.figure = self._selected()
        except AipError as error:
            text = error.sentence(self._maps.language)
            self._map.outputs = ({"output_type": "stream", "name": "stdout", "text": text},)
        else:
            bundle = RENDERER.to_mimebundle(self.figure.to_plotly_json())
            output = {"output_type": "display_data", "data": bundle, "metadata": {}}
            self._map.outputs = (output,)

    def _selected(self) -> "go.Figure":
        level, view = self.level.value, self.view.value
        if self.since.value == NO_YEAR:
            return self._maps.of_measure(self._measure(), self.year.value, level, view)
        years = (self.since.value, self.year.value)
        return self._maps.of_change(self._measure(), years, level, view)


def _topic(code: str, language: Language) -> str:
    """Return the name of a codebook topic; its code where the catalogue has no name."""
    return entries(language).get(f"workbench.topic_{code}", code)


def _first_level(maps: Maps) -> Level:
    return "block" if is_large(maps.figures.ward) else "area"
