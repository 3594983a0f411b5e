"""Residents far from gathering places, calculated from the raw files independently of the library.

Of the library, only the shapes of 町丁目 are used, as rings of degrees: their construction is
tested elsewhere. Degrees are converted to metres by the length of a degree, a finer grid covers the
whole ward, and the distance of every spot to every gathering place is measured.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from tests.integration.oracle import MONTHLY, Oracle, areas, number

# Metres per degree of latitude and of longitude at 35.78 degrees north, and between spots.
UP, ACROSS, STEP = 110_955.0, 90_415.0, 10.0
METRES = 500
Row = dict[str, str]
# Points with longitude and latitude, the last the same as the first.
Ring = Sequence[tuple[float, float]]


def lines(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def metres(degrees: Ring) -> np.ndarray:
    """Return (n, 2) metres from longitude 139.7 and latitude 35.78."""
    lon, lat = np.array(degrees, dtype=float).reshape(-1, 2).T
    return np.column_stack([(lon - 139.7) * ACROSS, (lat - 35.78) * UP])


def enclosed(spots: np.ndarray, rings: Sequence[np.ndarray]) -> np.ndarray:
    """Return which spots lie in rings: a ray to the east crosses them an odd number of times."""
    inside = np.zeros(len(spots), dtype=bool)
    x, y = spots.T
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if y1 != y2:
                crosses = (y1 > y) != (y2 > y)
                inside ^= crosses & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return inside


def spots_in(rings: Sequence[np.ndarray]) -> np.ndarray:
    """Return the spots of a grid that lie in rings."""
    corners = np.concatenate(rings)
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    grid = np.meshgrid(np.arange(west, east, STEP), np.arange(south, north, STEP))
    spots = np.column_stack([axis.ravel() for axis in grid])
    inside: np.ndarray = spots[enclosed(spots, rings)]
    return inside


@dataclass(frozen=True)
class DistanceOracle:
    """Distances to gathering places according to the raw files of a fiscal year.

    Parameters
    ----------
    data
        The folder that contains ``raw`` and ``reference``.
    year
        A complete fiscal year.
    shapes
        The rings of each 町丁目, or of an area's part of it, by its key and the area's code.
    """

    data: Path
    year: int
    shapes: dict[tuple[str, str], list[Ring]]

    @cached_property
    def places(self) -> np.ndarray:
        """Return the gathering places that met monthly or more and have coordinates, in metres."""
        points = []
        for code, name, _ in areas(self.data):
            oracle = Oracle(self.data, code, name, self.year)
            listed = oracle.activities()
            for activity in oracle.gathering_places(MONTHLY):
                lon, lat = number(listed[activity]["経度"]), number(listed[activity]["緯度"])
                if lon is not None and lat is not None:
                    points.append((lon, lat))
        return metres(points)

    @cached_property
    def shares(self) -> dict[str, float]:
        """Return the share of residents 65+ of the census that live far, from 0 to 1, by area."""
        far, everybody = dict.fromkeys(self._codes, 0.0), dict.fromkeys(self._codes, 0.0)
        for row in lines(self.data / "reference" / "chome.csv"):
            if row["population_65plus"]:
                people = float(row["population_65plus"]) * float(row["share"])
                far[row["area_code"]] += people * self._far(row)
                everybody[row["area_code"]] += people
        return {code: far[code] / everybody[code] for code in self._codes}

    @cached_property
    def _codes(self) -> list[str]:
        return [code for code, _, _ in areas(self.data)]

    def _far(self, row: Row) -> float:
        """Return the share of a 町丁目 that lies far from every place."""
        rings = [metres(ring) for ring in self.shapes.get((row["key_code"], row["area_code"]), [])]
        spots = spots_in(rings) if rings else metres([(float(row["lon"]), float(row["lat"]))])
        away = np.hypot(*(spots[:, None, :] - self.places[None, :, :]).transpose(2, 0, 1))
        return float((away.min(axis=1) > METRES).mean())
