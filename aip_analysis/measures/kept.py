"""Which measures a table of some places shows: not those that none of them keeps records of."""

from collections.abc import Iterable, Sequence

from aip_analysis.measures.figure import State
from aip_analysis.measures.recorded_figures import RecordedFigures
from aip_analysis.reference import Place

_NOTHING: frozenset[State] = frozenset({"not_kept", "unrecorded"})


def kept(
    figures: RecordedFigures, places: Iterable[Place], years: Sequence[int], codes: Iterable[str]
) -> list[str]:
    """Return the measures that any area of some places keeps in any of some years, in their order.

    Where nothing was received of any of these areas, nobody knows what they keep: all are returned.
    """
    areas = {area.key: area for place in places for area in figures.ward.areas_of(place)}

    def is_kept(code: str) -> bool:
        states = {
            figures.figure(area, year, code).state for area in areas.values() for year in years
        }
        return not states <= _NOTHING or states <= {"unrecorded"}

    return [code for code in codes if is_kept(code)]
