"""Figures and changes for charts, from plain values."""

from collections.abc import Mapping

from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.figure import Figure


def figures_of(values: Mapping[str, float]) -> dict[str, Figure]:
    """Return figures that leave out nothing, by the codes of their places."""
    return {code: Figure.of(value) for code, value in values.items()}


def changes_of(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, Change]:
    """Return the changes of places with both figures; of the others, none is claimed."""
    nothing = Change(
        Figure(None, "unrecorded"), Figure(None, "unrecorded"), 0, 0, 0, "nothing_in_common"
    )
    return {
        code: Change(Figure.of(after[code]), Figure.of(before[code]), 1, 1, 1)
        if code in before and code in after
        else nothing
        for code in {**before, **after}
    }
