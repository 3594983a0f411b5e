"""Positions of activities: longitude and latitude, held against the ward."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from aip_analysis.intake.conversion.parsed_table import Completed, Flags, ParsedTable, RowProblems
from aip_analysis.reference import Ward

# Degrees that a place may lie beyond the ward's outline: about two kilometres.
_MARGIN = 0.02


class _Span(NamedTuple):
    low: float
    high: float

    def holds(self, degrees: object) -> bool:
        return isinstance(degrees, float) and self.low <= degrees <= self.high


def complete_positions(table: ParsedTable, _set_aside: Flags) -> Completed:
    """Return longitudes and latitudes without those of places that are far from the ward."""
    if not {"lon", "lat"} & set(table.columns):
        return Completed()
    across, up = _span(table.ward, "lon"), _span(table.ward, "lat")
    degrees = {name: _degrees(table, name) for name in ("lon", "lat")}
    swapped: list[int] = []
    outside: dict[str, list[int]] = {"lon": [], "lat": []}
    for row, (lon, lat) in enumerate(zip(degrees["lon"], degrees["lat"], strict=True)):
        if up.holds(lon) and across.holds(lat):
            swapped.append(row)
            continue
        if lon is not None and not across.holds(lon):
            outside["lon"].append(row)
        elif lat is not None and not up.holds(lat):
            outside["lat"].append(row)
    for row in {*swapped, *outside["lon"], *outside["lat"]}:
        degrees["lon"][row] = degrees["lat"][row] = None
    problems = [_problem("position_swapped", "lon", swapped, "")]
    for name, span in (("lon", across), ("lat", up)):
        problems.append(_problem("position_outside", name, outside[name], _text(span)))
    return Completed(dict(degrees), problems)


def _problem(code: str, column: str, rows: Sequence[int], expected: str) -> RowProblems:
    return RowProblems(code, "warn", column, np.array(rows, dtype=np.intp), expected)


def _span(ward: Ward, name: str) -> _Span:
    degrees = ward.outline[name]
    return _Span(float(degrees.min()) - _MARGIN, float(degrees.max()) + _MARGIN)


def _text(span: _Span) -> str:
    return f"{span.low:.2f}～{span.high:.2f}"


def _degrees(table: ParsedTable, name: str) -> list[object]:
    column = table.columns.get(name)
    if column is None:
        return [None] * table.size
    values = [*column.values, None]
    return [values[code] for code in column.codes]
