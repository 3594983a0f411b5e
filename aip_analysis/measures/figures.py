"""All figures of all places and fiscal years, each table computed once and cached."""

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from aip_analysis.files.cache import Cache
from aip_analysis.measures import activities, councils, distance, ideas, meetings, money, people
from aip_analysis.measures.gaps import Gaps, gaps, last_days
from aip_analysis.measures.joint_meetings import JointMeeting, joint_meetings, joint_records
from aip_analysis.measures.rollup import AREA_YEAR, roll_up
from aip_analysis.measures.row_account import RowAccounts
from aip_analysis.records import NOWHERE, Positions, Records, positions, rows_at
from aip_analysis.reference import Place, Ward

PLACE_YEAR = ["place", "fiscal_year"]
# These stay missing where nobody counted; any other missing count of a recorded year becomes zero.
NOT_ZERO = {*people.RESIDENTS, "far_65plus"}
# Large, and only used by analysts.
LONG = "annual"
CACHED = "figures"
# West, south, east, north in metres of the ward's plane.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures computed from records; equal only to themselves, so they can be cached by.

    Every table has a column ``place`` (``area-12``, ``block-3``, ``ward``) and a column
    ``fiscal_year``; figures of blocks and of the ward are the sums of their areas.
    """

    records: Records
    ward: Ward
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
        values = [name for name in areas.columns if name not in AREA_YEAR]
        counts = roll_up(areas, self.ward, values)
        table = counts.drop(columns=PLACE_YEAR).astype("Float64")
        for measure in self.ward.codebook:
            if measure.is_rate:
                divisor = table[measure.denominator]
                factor = 100 if measure.unit == "percent" else 1
                table[measure.code] = factor * table[measure.numerator] / divisor.where(divisor > 0)
        table = distance.rounded_estimates(table, self.ward.codebook)
        codes = [code for code in self.ward.codebook.codes if code in table]
        return pd.concat([counts[PLACE_YEAR], table[codes]], axis="columns")

    def compute_all(self) -> None:
        """Compute now what pages need, so that later calls do not wait for it."""
        for name, attribute in vars(type(self)).items():
            if isinstance(attribute, cached_property) and name != LONG:
                getattr(self, name)

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
        tables.pop(LONG, None)
        cache.store(CACHED, tables)

    def load(self, cache: Cache) -> None:
        """Load the cached tables; everything else is computed on first access."""
        # As if they had been computed: this is where cached_property looks first.
        vars(self).update(cache.load(CACHED))

    def value(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return one figure; None where it is missing."""
        row = self._rows.get((place.key, fiscal_year))
        column = self._columns.get(measure)
        if row is None or column is None:
            return None
        value = float(self._values[row, column])
        return None if math.isnan(value) else value

    def values_of(self, place: Place, fiscal_year: int) -> np.ndarray:
        """Return all measures of a place and year, in codebook order; empty if unknown."""
        row = self._rows.get((place.key, fiscal_year))
        return np.array([]) if row is None else self._values[row]

    def rows_of(self, name: str, place: Place, fiscal_year: int) -> pd.DataFrame:
        """Return a table's rows for a place and year, without these two columns."""
        table: pd.DataFrame = getattr(self, name)
        at = self.positions(name).get((place.key, fiscal_year), NOWHERE)
        return rows_at(table, at).drop(columns=PLACE_YEAR).reset_index(drop=True)

    def positions(self, name: str) -> Positions:
        """Return the row positions of each place and fiscal year in a table of this class."""
        if name not in self._positions:
            self._positions[name] = positions(getattr(self, name), PLACE_YEAR)
        return self._positions[name]

    def has(self, place: Place, fiscal_year: int) -> bool:
        """Return whether there are any records of a place in a fiscal year."""
        return (place.key, fiscal_year) in self._recorded

    @cached_property
    def meetings_by_month(self) -> pd.DataFrame:
        """Columns place, fiscal_year, month, meetings."""
        return self._rolled(meetings.by_month(self.records, self.ward), "meetings")

    @cached_property
    def meetings_by_kind(self) -> pd.DataFrame:
        """Columns place, fiscal_year, kind, meetings."""
        return self._rolled(meetings.by_kind(self.records), "meetings")

    @cached_property
    def attendance_by_month(self) -> pd.DataFrame:
        """Columns place, fiscal_year, month, attendance_members, _supporters, _others."""
        table = meetings.attendance(self.records, self.ward, ["month"])
        return self._rolled(table, *meetings.ATTENDANCES)

    @cached_property
    def joint(self) -> pd.DataFrame:
        """The records of joint meetings: see ``joint_records``."""
        return joint_records(self.records, self.ward)

    def joint_of(self, place: Place, fiscal_year: int) -> list[JointMeeting]:
        """Return the joint meetings of a place's areas in a year, each once."""
        return joint_meetings(self.joint, self.ward.areas_of(place), fiscal_year)

    @cached_property
    def topics(self) -> pd.DataFrame:
        """Columns place, fiscal_year, priority_field, cycle_step, meetings."""
        return self._rolled(meetings.topics(self.records), "meetings")

    @cached_property
    def seats_by_type(self) -> pd.DataFrame:
        """Columns place, fiscal_year, organisation_type, seats."""
        return self._rolled(people.seats_by(self.records, "organisation_type"), "seats")

    @cached_property
    def seats_by_role(self) -> pd.DataFrame:
        """Columns place, fiscal_year, role_group, seats."""
        return self._rolled(people.seats_by(self.records, "role_group"), "seats")

    @cached_property
    def seats_by_type_and_role(self) -> pd.DataFrame:
        """Columns place, fiscal_year, organisation_type, role_group, seats."""
        table = people.seats_by(self.records, "organisation_type", "role_group")
        return self._rolled(table, "seats")

    @cached_property
    def goals_by_status(self) -> pd.DataFrame:
        """Columns place, fiscal_year, status, goals."""
        return self._rolled(ideas.goals_by_status(self.records), "goals")

    @cached_property
    def ideas_by_status(self) -> pd.DataFrame:
        """Columns place, fiscal_year, status, ideas."""
        return self._rolled(ideas.by_status(self.records), "ideas")

    @cached_property
    def activities_by_month(self) -> pd.DataFrame:
        """Columns place, fiscal_year, month, sessions, attendances."""
        return self._rolled(activities.by_month(self.records), *activities.COUNTS)

    @cached_property
    def activities_by_kind(self) -> pd.DataFrame:
        """Columns place, fiscal_year, kind, activities, sessions, attendances."""
        return self._rolled(activities.by(self.records, "kind"), "activities", *activities.COUNTS)

    @cached_property
    def activities_by_domain(self) -> pd.DataFrame:
        """Columns place, fiscal_year, care_domain, activities, sessions, attendances."""
        table = activities.by(self.records, "care_domain")
        return self._rolled(table, "activities", *activities.COUNTS)

    @cached_property
    def activity_places(self) -> pd.DataFrame:
        """The activities held in each area and year, with their places.

        Columns area_code, fiscal_year, activity_id, name, kind, gathering, lon, lat, x, y: see
        ``distance.activity_places``.
        """
        return distance.activity_places(self.records, self.ward)

    def activities_of(self, place: Place, fiscal_year: int) -> np.ndarray:
        """Return the positions in ``activity_places`` of the rows of a place's areas in a year."""
        keys = [(area.code, fiscal_year) for area in self.ward.areas_of(place)]
        parts = [self._activity_positions.get(key, NOWHERE) for key in keys]
        return np.sort(np.concatenate([NOWHERE, *parts]))

    def activities_within(self, box: Box, fiscal_year: int) -> np.ndarray:
        """Return the positions in ``activity_places`` of the rows within a box in a year."""
        west, south, east, north = box
        year, x, y = self._activity_points
        inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
        return np.flatnonzero(inside & (year == fiscal_year))

    @cached_property
    def _activity_positions(self) -> Positions:
        return positions(self.activity_places, AREA_YEAR)

    @cached_property
    def _activity_points(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        table = self.activity_places[["fiscal_year", "x", "y"]]
        year, x, y = table.to_numpy(dtype=float, na_value=np.nan).T
        return year, x, y

    @cached_property
    def unplaced_gathering(self) -> pd.DataFrame:
        """The gathering places without coordinates: place, fiscal_year, places."""
        return self._rolled(distance.unplaced(self.activity_places), "places")

    @cached_property
    def far_shares(self) -> pd.DataFrame:
        """The shares of residents 65+ far from gathering places: see ``distance.far_shares``."""
        return distance.far_shares(self.activity_places, self.ward)

    @cached_property
    def far_method_gap(self) -> pd.DataFrame:
        """Columns place (the ward), fiscal_year, points: see ``distance.method_gap``."""
        return distance.method_gap(self.far_shares)

    @cached_property
    def spending_by_category(self) -> pd.DataFrame:
        """Columns place, fiscal_year, purpose, category, amount_yen."""
        return self._rolled(money.by_category(self.records), "amount_yen")

    @cached_property
    def spending_by_month(self) -> pd.DataFrame:
        """Columns place, fiscal_year, month, purpose, category, amount_yen."""
        return self._rolled(money.by_month(self.records), "amount_yen")

    @cached_property
    def budget_by_category(self) -> pd.DataFrame:
        """Columns place, fiscal_year, purpose, category, amount_yen."""
        return self._rolled(money.budget_by_category(self.records), "amount_yen")

    @cached_property
    def income_by_category(self) -> pd.DataFrame:
        """Columns place, fiscal_year, category, amount_yen."""
        return self._rolled(money.income_by_category(self.records), "amount_yen")

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
    def row_accounts(self) -> RowAccounts:
        """The accounts of the rows that a page counts, by record table."""
        accounts = RowAccounts(self.records)
        accounts.compute_all()
        return accounts

    @cached_property
    def gaps(self) -> dict[tuple[str, int], Gaps]:
        """The gaps in the records, by place key and fiscal year."""
        return gaps(self.records, self.ward, self.courses)

    @cached_property
    def last_days(self) -> dict[tuple[str, int], date]:
        """The last day that each area's records of a year cover: see ``gaps.last_days``."""
        return last_days(self.records)

    def _areas(self) -> pd.DataFrame:
        """Return the counts of areas: a column per measure, a row per area and fiscal year."""
        table = self._recorded_areas
        residents = people.population(self.records)
        for part in (
            residents,
            councils.annual(self.records, self.ward),
            people.seats(self.records),
            people.coordinators(self.records, self.ward),
            meetings.annual(self.records, self.ward),
            activities.annual(self.records, self.ward),
            distance.annual(self.far_shares, residents),
            ideas.annual(self.records, self.ward),
            ideas.goals(self.records),
            money.annual(self.records, self.ward),
        ):
            table = table.merge(part, how="left", on=AREA_YEAR)
        values = [name for name in table.columns if name not in {*AREA_YEAR, "recorded"}]
        table[values] = table[values].astype("Float64")
        zeros = [name for name in values if name not in NOT_ZERO]
        recorded = table["recorded"]
        table.loc[recorded, zeros] = table.loc[recorded, zeros].fillna(0.0)
        return table.drop(columns="recorded")

    @cached_property
    def _recorded_areas(self) -> pd.DataFrame:
        """Every area in every fiscal year, and whether a council's own records cover it."""
        names = [name for name in self.records.tables if name not in {"population", "payments"}]
        keys = sorted({key for name in names for key in self.records.positions[name]})
        known = pd.DataFrame(keys, columns=AREA_YEAR).assign(recorded=True)
        known = known.astype({"area_code": "str", "fiscal_year": "Int64"})
        areas = pd.MultiIndex.from_product(
            [self.ward.areas["area_code"], self.records.fiscal_years], names=AREA_YEAR
        ).to_frame(index=False)
        areas = areas.astype({"fiscal_year": "Int64"}).merge(known, how="left", on=AREA_YEAR)
        return areas.assign(recorded=areas["recorded"].notna())

    @cached_property
    def _recorded(self) -> frozenset[tuple[str, int]]:
        areas = self._recorded_areas
        recorded = areas.loc[areas["recorded"], AREA_YEAR].assign(n=1)
        places = roll_up(recorded, self.ward, ["n"])
        return frozenset(
            (place, int(year))
            for place, year in zip(places["place"], places["fiscal_year"], strict=True)
        )

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
