"""What a page reads: the hash of its own records, and of the figures that it is set beside.

A page is made anew when either has changed, and only then. So whatever a section comes to read
more of has to be added here; tests/integration/test_what_pages_read.py changes every column of
every table and fails where a page changes without its hash.
"""

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
import pandas as pd

from aip_analysis.charts.maps.atlas import near_box
from aip_analysis.measures import Figures
from aip_analysis.records import ORIGIN, TABLES, positions
from aip_analysis.report.comparison import RATES
from aip_analysis.report.gist import KEY
from aip_analysis.report.rolled import CHANGED, LISTED, MAPPED, OVER_YEARS
from aip_analysis.report.strip import SHOWN
from aip_analysis.tables.measures import around_of, means_of_areas, with_council
from aip_analysis.ward import Place

AREA_YEAR = ["area_code", "fiscal_year"]
PLACED = {column.name for column in ORIGIN}
ROW = ["source_file", "source_sheet", "source_row"]
COURSE = ["seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on"]
# Every table of figures by place.
BY_PLACE = (
    *("meetings_by_month", "meetings_by_kind", "attendance_by_month", "topics", "seats_by_type"),
    *("seats_by_role", "ideas_by_status", "activities_by_month", "activities_by_kind"),
    *("spending_by_category", "spending_by_month", "budget_by_category", "income_by_category"),
    *("unplaced_gathering", "seats_by_type_and_role", "activities_by_domain", "goals_by_status"),
)
K = TypeVar("K", bound=Hashable)
Key = tuple[str, int]


@dataclass(frozen=True)
class Read:
    """What one page reads.

    Parameters
    ----------
    records
        The hash of the records and figures of the place itself.
    comparators
        The hash of the figures of other places that stand beside them.
    rows
        How many rows of each record table it counts, by table.
    edited
        The hash of the texts that were added to it.
    """

    records: str
    comparators: str
    rows: dict[str, int]
    edited: str = ""

    @property
    def version(self) -> str:
        """A short name of all that the page reads: pages that read the same have the same."""
        return hashlib.sha256(
            f"{self.records} {self.comparators} {self.edited}".encode()
        ).hexdigest()[:12]


@dataclass(frozen=True)
class Reads:
    """What the pages of a fiscal year read.

    Parameters
    ----------
    figures
        All figures and the records that they are counted from.
    fiscal_year
        The year of the pages; what later years tell does not count.
    kept
        What was looked up before, by the key of the place.
    """

    figures: Figures
    fiscal_year: int
    kept: Mapping[str, Read] = field(default_factory=dict)

    def of(self, place: Place) -> Read:
        """Tell what the page of a place reads."""
        return self.kept.get(place.key) or self._looked_up(place)

    def _looked_up(self, place: Place) -> Read:
        areas = [area.code for area in self.figures.ward.areas_of(place)]
        own = hashlib.sha256(self._calendar)
        for name in BY_PLACE:
            own.update(self._figure_hashes[name].get((place.key, self.fiscal_year), b"-"))
        years = [year for year in self.figures.records.fiscal_years if year <= self.fiscal_year]
        for year in years:
            own.update(self.figures.values_of(place, year).tobytes())
            own.update(bytes([self.figures.has(place, year)]))
        for area in areas:
            own.update(self._courses.get(area, b"-"))
            own.update(self._steps.get((area, self.fiscal_year), b"-"))
        if place.level == "area":
            for table in TABLES:
                own.update(self._record_hashes[table].get((place.code, self.fiscal_year), b"-"))
        self._tell_origins(own, areas)
        own.update(repr(self.figures.accounts.of(areas, self.fiscal_year)).encode())
        for year in (self.fiscal_year, self.fiscal_year - 1):
            own.update(repr(self.figures.gaps.get((place.key, year))).encode())
        added = self.figures.records.edited_of(place.key, self.fiscal_year)
        edited = hashlib.sha256(repr(sorted(added.items())).encode()).hexdigest()
        return Read(own.hexdigest(), self._beside(place), self._rows(areas), edited)

    def _beside(self, place: Place) -> str:
        """Hash what the page shows of other places."""
        ward = self.figures.ward
        digest = hashlib.sha256()
        if place.level == "area":
            digest.update(self._told((ward.whole, ward.block_of(place)), RATES))
        else:
            digest.update(self._everywhere)
        self._tell_around(digest, place)
        if place.level != "area":
            for area in ward.areas_of(place):
                key = (area.key, self.fiscal_year)
                digest.update(repr(self.figures.gaps.get(key)).encode())
                for name in ("topics", "meetings_by_month", "ideas_by_status"):
                    digest.update(self._figure_hashes[name].get(key, b"-"))
            digest.update(repr(self.figures.joint_of(place, self.fiscal_year)).encode())
        if place.level == "ward":
            self._tell_years(digest)
        self._tell_places(digest, place)
        return digest.hexdigest()

    def _told(self, places: Iterable[Place], measures: tuple[str, ...]) -> bytes:
        """Say some measures of some places."""
        lines = [
            f"{place.key} {measure} {self.figures.value(place, self.fiscal_year, measure)}\n"
            for place in places
            for measure in measures
        ]
        return "".join(lines).encode()

    @cached_property
    def _everywhere(self) -> bytes:
        """What the pages of blocks and the ward show of all places, as a hash."""
        told = self._told(self.figures.ward.places.values(), (*RATES, *MAPPED, *LISTED, *SHOWN))
        return hashlib.sha256(told).digest()

    def _tell_around(self, digest: "hashlib._Hash", place: Place) -> None:
        """Add the key figures and indicators of the block or the ward beside a place's own."""
        around = around_of(self.figures, place)
        if around is None:
            return
        digest.update(self._around[around.key])

    def _tell_years(self, digest: "hashlib._Hash") -> None:
        """Add what the maps of the ward's page show of other years."""
        for year in self.figures.records.fiscal_years:
            if year > self.fiscal_year:
                continue
            for other in self.figures.ward.places.values():
                for measure in (CHANGED, OVER_YEARS):
                    value = self.figures.value(other, year, measure)
                    digest.update(f"{other.key} {year} {measure} {value}\n".encode())

    def _tell_places(self, digest: "hashlib._Hash", place: Place) -> None:
        """Add the activities on the map of the page, and those whose reach is seen on it."""
        rows, points = self._activity_places
        reach = self.figures.ward.checks["gathering_metres"]
        west, south, east, north = near_box(self.figures.ward, place)
        across = (west - reach <= points[:, 0]) & (points[:, 0] <= east + reach)
        up = (south - reach <= points[:, 1]) & (points[:, 1] <= north + reach)
        digest.update(rows[across & up].tobytes())

    def _rows(self, areas: list[str]) -> dict[str, int]:
        found = self.figures.records.positions
        keys = [(area, self.fiscal_year) for area in areas]
        return {table: sum(len(found[table].get(key, ())) for key in keys) for table in TABLES}

    def _tell_origins(self, digest: "hashlib._Hash", areas: list[str]) -> None:
        """Add which files the rows came from, and what was set aside in these files."""
        files: set[str] = set()
        for area in areas:
            told = self._origins.get((area, self.fiscal_year), {})
            digest.update(repr(sorted(told.items())).encode())
            files |= told.keys()
        for file in sorted(files):
            digest.update(self._set_aside.get(file, b"-"))

    @cached_property
    def _around(self) -> dict[str, bytes]:
        """What stands beside the figures of areas and blocks: those of each block and the ward."""
        figures, year = self.figures, self.fiscal_year
        ward = figures.ward
        official = (each.code for each in ward.codebook if each.official_code)
        measures = (*KEY, *official)
        found = {}
        for around in (*ward.places_of("block"), ward.whole):
            means = means_of_areas(figures, around, year, measures)
            told = (len(with_council(figures, around, year)), means)
            digest = hashlib.sha256(self._told([around], measures))
            digest.update(repr(told).encode())
            found[around.key] = digest.digest()
        return found

    @cached_property
    def _calendar(self) -> bytes:
        """What every page says of time and truth: which months count, and whether it is made up."""
        records = self.figures.records
        months = {
            year: (len(records.months(year)), records.as_of(year))
            for year in records.fiscal_years
            if year <= self.fiscal_year
        }
        return repr((months, records.fictional)).encode()

    @cached_property
    def _figure_hashes(self) -> dict[str, dict[Key, bytes]]:
        found = {}
        for name in BY_PLACE:
            table: pd.DataFrame = getattr(self.figures, name)
            found[name] = _hashes(table, self._of_year(self.figures.positions(name)))
        return found

    @cached_property
    def _record_hashes(self) -> dict[str, dict[Key, bytes]]:
        tables = self.figures.records.tables
        shown = {name: tables[name].drop(columns=list(PLACED - {*AREA_YEAR})) for name in TABLES}
        found = self.figures.records.positions
        return {name: _hashes(shown[name], self._of_year(found[name])) for name in TABLES}

    def _of_year(self, groups: Mapping[Key, np.ndarray]) -> dict[Key, np.ndarray]:
        return {key: where for key, where in groups.items() if key[1] == self.fiscal_year}

    @cached_property
    def _activity_places(self) -> tuple[np.ndarray, np.ndarray]:
        """The activities of the year that have a place: a hash of each, and where it is."""
        held = self.figures.activity_places
        held = held[(held["fiscal_year"] == self.fiscal_year) & held["x"].notna()]
        rows = pd.util.hash_pandas_object(held, index=False).to_numpy()
        return rows, held[["x", "y"]].to_numpy()

    @cached_property
    def _courses(self) -> dict[str, bytes]:
        councils = self.figures.records["councils"]
        shown = councils[[*AREA_YEAR, *COURSE]]
        groups = shown.groupby("area_code").indices
        return _hashes(shown, {str(area): np.array(where) for area, where in groups.items()})

    @cached_property
    def _steps(self) -> dict[Key, bytes]:
        steps = self.figures.steps
        return _hashes(steps, self._of_year(positions(steps, AREA_YEAR)))

    @cached_property
    def _origins(self) -> dict[Key, dict[str, int]]:
        """How many rows of each file tell of an area and year, each row counted once."""
        found: dict[Key, list[tuple[np.ndarray, np.ndarray]]] = {}
        names: list[str] = []
        records = self.figures.records
        for name in TABLES:
            groups = self._of_year(records.positions[name])
            if not groups:
                continue
            chosen = records[name].take(np.concatenate(list(groups.values())))
            rows = pd.util.hash_pandas_object(chosen[ROW], index=False).to_numpy()
            codes, files = pd.factorize(chosen["source_file"])
            codes = codes + len(names)
            names += [str(file) for file in files]
            ends = np.cumsum([len(where) for where in groups.values()])[:-1]
            for key, *part in zip(groups, np.split(rows, ends), np.split(codes, ends), strict=True):
                found.setdefault(key, []).append((part[0], part[1]))
        told: dict[Key, dict[str, int]] = {}
        for key, parts in found.items():
            rows, codes = (np.concatenate(side) for side in zip(*parts, strict=True))
            _, first = np.unique(rows, return_index=True)
            told[key] = dict(Counter(names[code] for code in codes[first].tolist()))
        return told

    @cached_property
    def _set_aside(self) -> dict[str, bytes]:
        """What pages say of a file's rows that were set aside."""
        records = self.figures.records
        counts = dict(zip(records.sources["file"], records.sources["rows_set_aside"], strict=True))
        told = records.set_aside[records.set_aside["severity"] == "set_aside"]
        reasons: dict[str, list[tuple[str, str]]] = {}
        for file, ja, en in zip(told["file"], told["ja"], told["en"], strict=True):
            reasons.setdefault(file, []).append((ja, en))
        return {
            str(file): repr((int(count), reasons.get(file, []))).encode()
            for file, count in counts.items()
        }


def _hashes(table: pd.DataFrame, groups: Mapping[K, np.ndarray]) -> dict[K, bytes]:
    """Hash the rows of each group."""
    if not groups:
        return {}
    # Only the rows that are asked for, group by group.
    ends = np.cumsum([len(where) for where in groups.values()])
    chosen = table.take(np.concatenate(list(groups.values())))
    rows = pd.util.hash_pandas_object(chosen, index=False).to_numpy()
    parts = np.split(rows, ends[:-1])
    return {
        key: hashlib.sha256(part.tobytes()).digest()
        for key, part in zip(groups, parts, strict=True)
    }
