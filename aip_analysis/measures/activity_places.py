"""The rows of the activities held, found by their area or by their position."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import NOWHERE, Positions, positions
from aip_analysis.reference import Place

# West, south, east, north in metres of the ward's plane.
Box = tuple[float, float, float, float]


class ActivityPlaces:
    """The rows of the activities held.

    Parameters
    ----------
    table
        The result of ``distance.activity_places``.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table

    def of(self, areas: Iterable[Place], fiscal_year: int) -> np.ndarray:
        """Return the positions of the rows of some areas in a year."""
        keys = [(area.code, fiscal_year) for area in areas]
        parts = [self._by_area.get(key, NOWHERE) for key in keys]
        return np.sort(np.concatenate([NOWHERE, *parts]))

    def within(self, box: Box, fiscal_year: int) -> np.ndarray:
        """Return the positions of the rows within a box in a year."""
        west, south, east, north = box
        year, x, y = self._points
        inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
        return np.flatnonzero(inside & (year == fiscal_year))

    @cached_property
    def _by_area(self) -> Positions:
        return positions(self._table, AREA_YEAR)

    @cached_property
    def _points(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        table = self._table[["fiscal_year", "x", "y"]]
        year, x, y = table.to_numpy(dtype=float, na_value=np.nan).T
        return year, x, y
