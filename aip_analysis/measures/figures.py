"""All figures of all places and fiscal years, each table computed once and cached."""

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from aip_analysis.files.cache import Cache
from aip_analysis.measures import councils, distance
from aip_analysis.measures.activity_places import ActivityPlaces
from aip_analysis.measures.counting.area_counts import AreaCounts, Received, area_counts
from aip_analysis.measures.counting.breakdowns import BREAKDOWNS, broken_down
from aip_analysis.measures.counting.counted_rows import BLANK_MONTHS, COUNTED_ROWS, blank_months
from aip_analysis.measures.counting.counts import COUNTS
from aip_analysis.measures.figure import STATES, Figure, Lack, State, counted, rate
from aip_analysis.measures.gaps import Gaps, gaps, last_days
from aip_analysis.measures.joint_meetings import JointMeeting, joint_meetings, joint_records
from aip_analysis.measures.rollup import AREA_YEAR, roll_up
from aip_analysis.measures.row_account import COUNTS as COUNTED
from aip_analysis.measures.row_account import RowAccount, files_used, row_account, row_counts
from aip_analysis.measures.rows_behind import RowFinder, RowsBehind
from aip_analysis.records import NOWHERE, Positions, Records, positions, rows_at
from aip_analysis.reference import Place, Ward, iter_rows

PLACE_YEAR = ["place", "fiscal_year"]
# Large, and only used by analysts, or on the way to what is stored.
NOT_STORED = {"annual", "counted_rows", "received", "_area_counts", "_row_finder"}
CACHED = "figures"
# The sums that a rate divides, over the areas that have both.
_PARTS = (":above", ":below")


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures computed from records; equal only to themselves, so they can be cached by.

    Every table has a column ``place`` (``area-12``, ``block-3``, ``ward``) and a column
    ``fiscal_year``; figures of blocks and of the ward are the sums of their areas.
    """

    records: Records
    ward: Ward
    _breakdowns: dict[str, pd.DataFrame] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    _positions: dict[str, Positions] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def annual(self) -> pd.DataFrame:
        """Every measure of the codebook in long form: place, fiscal_year, measure, value.

        A rate is the quotient of the sums; it is missing where its denominator is zero or missing.
        """
        return self._measures.melt(PLACE_YEAR, var_name="measure", value_name="value")

    @cached_property
    def _measures(self) -> pd.DataFrame:
        """The measures in wide form: place, fiscal_year, then one column per measure."""
        areas = self._areas()
        for measure in self.ward.codebook.rates:
            both = areas[[measure.numerator, measure.denominator]].notna().all(axis=1)
            for part, code in zip(_PARTS, (measure.numerator, measure.denominator), strict=True):
                areas[f"{measure.code}{part}"] = areas[code].where(both)
        values = [name for name in areas.columns if name not in AREA_YEAR]
        counts = roll_up(areas, self.ward, values)
        table = counts.drop(columns=PLACE_YEAR).astype("Float64")
        for measure in self.ward.codebook.rates:
            above, below = (table[f"{measure.code}{part}"] for part in _PARTS)
            table[measure.code] = measure.factor * above / below.where(below > 0)
        table = distance.rounded_estimates(table, self.ward.codebook)
        codes = [code for code in self.ward.codebook.codes if code in table]
        return pd.concat([counts[PLACE_YEAR], table[codes]], axis="columns")

    @cached_property
    def _lacks(self) -> pd.DataFrame:
        """What counts leave out: place, fiscal_year, measure, lack, number, room."""
        return roll_up(self._area_counts.lacks, self.ward, ["number", "room"])

    @cached_property
    def _unknown(self) -> pd.DataFrame:
        """The counts of areas that have no value: area_code, fiscal_year, measure, state."""
        states = self._area_counts.states.reset_index()
        table = states.melt(AREA_YEAR, var_name="measure", value_name="state")
        return table[table["state"] != "known"].reset_index(drop=True)

    @cached_property
    def counted_rows(self) -> dict[str, pd.DataFrame]:
        """The rows that counts are made from, by record table, and ``BLANK_MONTHS``."""
        rows = {name: rows_of(self.records, self.ward) for name, rows_of in COUNTED_ROWS.items()}
        return rows | {BLANK_MONTHS: blank_months(self.records, rows["activity_months"])}

    @cached_property
    def received(self) -> Received:
        """What was received of each area and year."""
        return Received(self.records, self.ward)

    @cached_property
    def _area_counts(self) -> AreaCounts:
        return area_counts(self.received, self.counted_rows, COUNTS)

    def compute_all(self) -> None:
        """Compute now what pages need, so that later calls do not wait for it."""
        for name, attribute in vars(type(self)).items():
            if isinstance(attribute, cached_property) and name not in NOT_STORED:
                getattr(self, name)
        for name in BREAKDOWNS:
            self.table(name)

    def store(self, cache: Cache) -> None:
        """Compute all figures and store their tables in the cache.

        Raises
        ------
        ToolMissingError
            When the folder of the build is not writable.
        """
        self.compute_all()
        known = vars(self).items()
        tables = {name: value for name, value in known if isinstance(value, pd.DataFrame)}
        tables.pop("annual", None)
        cache.store(CACHED, tables | self._breakdowns)

    def load(self, cache: Cache) -> None:
        """Load the cached tables; everything else is computed on first access."""
        tables = cache.load(CACHED)
        self._breakdowns.update({name: tables.pop(name) for name in BREAKDOWNS if name in tables})
        # As if they had been computed: this is where cached_property looks first.
        vars(self).update(tables)

    def value(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return one figure; None where it is missing."""
        row = self._rows.get((place.key, fiscal_year))
        column = self._columns.get(measure)
        if row is None or column is None:
            return None
        value = float(self._values[row, column])
        return None if math.isnan(value) else value

    def figure(self, place: Place, fiscal_year: int, measure: str) -> Figure:
        """Return one figure with what it leaves out, or with the reason why there is no value.

        A measure that the codebook does not define is not kept.
        """
        if measure not in self._columns:
            return Figure(None, "not_kept")
        definition = self.ward.codebook[measure]
        value = self.value(place, fiscal_year, measure)
        if definition.is_rate:
            parts = (definition.numerator, definition.denominator)
            return rate(value, *(self.figure(place, fiscal_year, code) for code in parts))
        if value is None:
            return Figure(None, self._state(place, fiscal_year, measure))
        lacks = self._lacking.get((place.key, fiscal_year, measure), {})
        is_sum = measure in COUNTS and COUNTS[measure].how == "sum"
        return counted(value, lacks, is_sum=is_sum)

    def _state(self, place: Place, fiscal_year: int, measure: str) -> State:
        """Return why a count of a place has no value: the first reason that an area has."""
        measure = measure if measure in COUNTS else "activities"
        states = {
            self._reasons.get((area.code, fiscal_year, measure), "unrecorded")
            for area in self.ward.areas_of(place)
        }
        return next((state for state in STATES if state in states), "unrecorded")

    def rows_behind(self, measure: str, place: Place, fiscal_year: int) -> RowsBehind:
        """Return the rows that a figure counts, with what each adds to it, and what is missing.

        Raises
        ------
        KeyError
            When there is no such measure.
        """
        definition = self.ward.codebook[measure]
        known = {
            part: [area.code for area in self.areas_with(place, fiscal_year, code)]
            for part, code in definition.parts
        }
        codes = [area.code for area in self.ward.areas_of(place)]
        if not definition.is_estimate:
            return self._row_finder.behind(definition, known, codes, fiscal_year)
        places = distance.placed_gathering(self.activity_places)
        of_year = (
            table[table["fiscal_year"] == fiscal_year] for table in (self.far_pieces, places)
        )
        pieces, places = of_year
        own = pieces[pieces["area_code"].isin(codes)]
        return self._row_finder.behind_estimate(definition, known, own, places)

    @cached_property
    def _row_finder(self) -> RowFinder:
        return RowFinder(self.records, self.counted_rows)

    def areas_with(self, place: Place, fiscal_year: int, measure: str) -> list[Place]:
        """Return the areas of a place that have a value of a measure in a year."""
        return [
            area
            for area in self.ward.areas_of(place)
            if self.value(area, fiscal_year, measure) is not None
        ]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by place and fiscal year: one of ``BREAKDOWNS``, or of this class."""
        breakdown = BREAKDOWNS.get(name)
        if breakdown is None:
            table: pd.DataFrame = getattr(self, name)
            return table
        if name not in self._breakdowns:
            areas = broken_down(breakdown, self.counted_rows)
            self._breakdowns[name] = roll_up(areas, self.ward, breakdown.numbers)
        return self._breakdowns[name]

    def rows_of(self, name: str, place: Place, fiscal_year: int) -> pd.DataFrame:
        """Return a table's rows for a place and year, without these two columns."""
        at = self.positions(name).get((place.key, fiscal_year), NOWHERE)
        return rows_at(self.table(name), at).drop(columns=PLACE_YEAR).reset_index(drop=True)

    def positions(self, name: str) -> Positions:
        """Return the row positions of each place and fiscal year in a table of this class."""
        if name not in self._positions:
            self._positions[name] = positions(self.table(name), PLACE_YEAR)
        return self._positions[name]

    def has(self, place: Place, fiscal_year: int) -> bool:
        """Return whether there are any records of a place in a fiscal year."""
        return (place.key, fiscal_year) in self._recorded

    @cached_property
    def joint(self) -> pd.DataFrame:
        """The records of joint meetings: see ``joint_records``."""
        return joint_records(self.records, self.ward)

    def joint_of(self, place: Place, fiscal_year: int) -> list[JointMeeting]:
        """Return the joint meetings of a place's areas in a year, each once."""
        return joint_meetings(self.joint, self.ward.areas_of(place), fiscal_year)

    @cached_property
    def activity_places(self) -> pd.DataFrame:
        """The activities held in each area and year, with their places.

        Columns area_code, fiscal_year, activity_id, name, kind, gathering, lon, lat, x, y: see
        ``distance.activity_places``.
        """
        return distance.activity_places(
            self.records, self.counted_rows["activity_months"], self.ward
        )

    @cached_property
    def held_places(self) -> ActivityPlaces:
        """The rows of ``activity_places``, found by area or by position."""
        return ActivityPlaces(self.activity_places)

    @cached_property
    def unplaced_gathering(self) -> pd.DataFrame:
        """The gathering places without coordinates: place, fiscal_year, places."""
        return self._rolled(distance.unplaced(self.activity_places), "places")

    @cached_property
    def far_shares(self) -> pd.DataFrame:
        """The shares of residents 65+ far from gathering places: see ``distance.far_shares``."""
        return distance.far_shares(self.far_pieces)

    @cached_property
    def far_pieces(self) -> pd.DataFrame:
        """The same by 町丁目: see ``distance.far_pieces``."""
        return distance.far_pieces(self.activity_places, self.ward)

    @cached_property
    def far_method_gap(self) -> pd.DataFrame:
        """Columns place (the ward), fiscal_year, points: see ``distance.method_gap``."""
        return distance.method_gap(self.far_shares)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """Columns area_code, fiscal_year, step: areas only, because steps cannot be summed."""
        return councils.steps(self.records)

    def steps_of(self, place: Place, fiscal_year: int) -> dict[str, str]:
        """Return the step of each council of a place at the end of a year, by area code."""
        steps = {
            area.code: self._steps.get((area.code, fiscal_year))
            for area in self.ward.areas_of(place)
        }
        return {code: step for code, step in steps.items() if step is not None}

    @cached_property
    def _steps(self) -> dict[tuple[str, int], str]:
        rows = self.steps.itertuples(index=False, name=None)
        return {(area, int(year)): step for area, year, step in rows}

    @cached_property
    def courses(self) -> dict[tuple[str, int], councils.Course]:
        """Each council's course as recorded in each fiscal year, by area and year."""
        return councils.courses(self.records)

    @cached_property
    def row_counts(self) -> pd.DataFrame:
        """Columns place, fiscal_year, table, used, set_aside, approximate, suppressed (rows)."""
        return self._rolled(row_counts(self.records), *COUNTED)

    @cached_property
    def files_used(self) -> pd.DataFrame:
        """The files that the records of each area and year come from."""
        return files_used(self.records)

    def row_account(self, place: Place, fiscal_year: int) -> RowAccount:
        """Return the account of the rows behind the page of a place and year."""
        codes = [area.code for area in self.ward.areas_of(place)]
        files = self.files_used
        own = files[files["area_code"].isin(codes) & (files["fiscal_year"] == fiscal_year)]
        counts = self.rows_of("row_counts", place, fiscal_year)
        return row_account(counts, own["file"].nunique())

    @cached_property
    def gaps(self) -> dict[tuple[str, int], Gaps]:
        """The gaps in the records, by place key and fiscal year."""
        return gaps(self.records, self.ward, self.courses)

    @cached_property
    def last_days(self) -> dict[tuple[str, int], date]:
        """The last day that each area's records of a year cover: see ``gaps.last_days``."""
        return last_days(self.records)

    def _areas(self) -> pd.DataFrame:
        """Return the counts of areas: area_code, fiscal_year, a column per count.

        Where an area's activities are not known, nor is who lives far from them.
        """
        table = self._area_counts.counts.astype("Float64").reset_index()
        far = distance.annual(self.far_shares, table.dropna(subset="activities"))
        return table.merge(far, how="left", on=AREA_YEAR)

    @cached_property
    def _recorded_areas(self) -> pd.DataFrame:
        """The areas of which anything was received in a year: area_code, fiscal_year."""
        recorded = self._area_counts.recorded
        return recorded[recorded].index.to_frame(index=False)

    @cached_property
    def _recorded(self) -> frozenset[tuple[str, int]]:
        places = roll_up(self._recorded_areas.assign(n=1), self.ward, ["n"])
        return frozenset(
            (place, int(year))
            for place, year in zip(places["place"], places["fiscal_year"], strict=True)
        )

    @cached_property
    def _lacking(self) -> dict[tuple[str, int, str], dict[Lack, tuple[int, float]]]:
        """What counts leave out, with its number and room, by place key, year and measure."""
        lacking: dict[tuple[str, int, str], dict[Lack, tuple[int, float]]] = {}
        for row in iter_rows(self._lacks):
            key = (str(row.place), int(row.fiscal_year), str(row.measure))
            lacking.setdefault(key, {})[row.lack] = (int(row.number), float(row.room))
        return lacking

    @cached_property
    def _reasons(self) -> dict[tuple[str, int, str], State]:
        """The state of each count that has no value, by area, year and measure."""
        return {
            (row.area_code, int(row.fiscal_year), row.measure): row.state
            for row in iter_rows(self._unknown)
        }

    @cached_property
    def _values(self) -> np.ndarray:
        """The measures as a plain array; NaN where one is missing."""
        plain = self._measures.drop(columns=PLACE_YEAR)
        values: np.ndarray = plain.to_numpy(dtype=float, na_value=np.nan)
        return values

    @cached_property
    def _rows(self) -> dict[tuple[str, int], int]:
        keys = zip(self._measures["place"], self._measures["fiscal_year"], strict=True)
        return {(str(place), int(year)): row for row, (place, year) in enumerate(keys)}

    @cached_property
    def _columns(self) -> dict[str, int]:
        codes = self._measures.columns.drop(PLACE_YEAR)
        return {str(code): column for column, code in enumerate(codes)}

    def _rolled(self, table: pd.DataFrame, *values: str) -> pd.DataFrame:
        return roll_up(table, self.ward, values)
