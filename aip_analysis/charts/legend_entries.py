"""Legend entries that stand for no trace: shades, and reasons why figures are missing."""

from collections.abc import Iterable

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.style.palette import MUTED, PAPER, hatch_colour
from aip_analysis.measures.figure import State
from aip_analysis.measures.figure_words import state_text
from aip_analysis.messages import Language

MISSING_PATTERN = "/"
# The hatching of places without a figure, in the order of the legend.
PATTERNS: dict[State, str] = {
    "unrecorded": MISSING_PATTERN,
    "not_yet": ".",
    "suspended": "\\",
    "suppressed": "x",
    "not_kept": "-",
    "no_divisor": "|",
}


def hatching(state: State) -> dict[str, object]:
    """Return the fill of a bar that stands for a missing figure."""
    return {
        "color": PAPER,
        "line": {"color": PAPER, "width": 0},
        "pattern": {
            "shape": PATTERNS[state],
            "bgcolor": PAPER,
            "fgcolor": hatch_colour(PAPER),
            "size": 7,
            "solidity": 0.15,
        },
    }


def add_legend_entry(drawing: ChartBuilder, name: str, fill: str, pattern: str = "") -> None:
    """Add an entry to the legend."""
    drawing.add_bars(
        x=[None],
        y=[None],
        name=name,
        marker={
            "color": fill,
            "line": {"color": MUTED, "width": 1},
            "pattern": {
                "shape": pattern,
                "fgcolor": hatch_colour(fill),
                "size": 5,
                "solidity": 0.2,
            },
        },
        showlegend=True,
        hoverinfo="skip",
    )


def add_missing_legend(drawing: ChartBuilder, states: Iterable[State], language: Language) -> None:
    """Add an entry to the legend for each reason why there are figures missing."""
    present = set(states)
    for state, pattern in PATTERNS.items():
        if state in present:
            add_legend_entry(drawing, state_text(state, language), PAPER, pattern)
