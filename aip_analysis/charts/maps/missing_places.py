"""Places on maps whose figure is missing, by the reason, or leaves something out."""

from collections.abc import Mapping, Sequence

from aip_analysis.charts.legend_entries import PATTERNS
from aip_analysis.charts.maps.map_elements import PlaceStyle
from aip_analysis.charts.maps.map_labels import hover_name
from aip_analysis.charts.style.number_format import format_quantity
from aip_analysis.charts.style.palette import PAPER
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, marked, state_text
from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Place, Ward

Figures = Mapping[str, Figure]


def figure_at(figures: Figures, place: Place) -> Figure:
    """Return the figure of a place; of one that has none, nothing was received."""
    return figures.get(place.code, Figure(None, "unrecorded"))


def known_values(figures: Figures, places: Sequence[Place]) -> dict[str, float]:
    """Return the values of those of some places that have one, by code."""
    drawn = {place.code for place in places}
    return {
        code: figure.value
        for code, figure in figures.items()
        if code in drawn and figure.value is not None
    }


def figure_style(
    ward: Ward, place: Place, figure: Figure, measure: Measure, *, fill: str, language: Language
) -> PlaceStyle:
    """Return the style of a place: hatched without a figure, and its figure as hover text.

    Parameters
    ----------
    fill
        Its colour if it has a figure.
    """
    name = f"{hover_name(ward, place, language)}\n{measure.label(language)}"
    if figure.value is None:
        return missing_style(name, figure, language)
    text = format_quantity(figure.value, measure, ward, language)
    lack = lack_text(figure, language)
    left_out = f"\n{say('charts.left_out', language, lack=lack)}" if lack else ""
    return PlaceStyle(fill, f"{name} {marked(text, figure, language)}{left_out}")


def missing_style(name: str, figure: Figure, language: Language) -> PlaceStyle:
    """Return the style of a place without a figure: hatched, and the reason as hover text."""
    hover = f"{name} {state_text(figure.state, language)}"
    return PlaceStyle(PAPER, hover, PATTERNS[figure.state])
