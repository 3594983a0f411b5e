"""Measures of seats, coordinators and residents."""

from datetime import date

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR, sum_by
from aip_analysis.records import Records
from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import month_end

RESIDENTS = ["population", "households", "population_65plus", "population_75plus"]


def seats(records: Records) -> pd.DataFrame:
    """Sum seats and proxies: area_code, fiscal_year, seats, proxies (people)."""
    return sum_by(_members(records), [], ["seats", "proxies"])


def seats_by(records: Records, *by: str) -> pd.DataFrame:
    """Sum seats by organisation_type, role_group or both: area_code, fiscal_year, these, seats."""
    return sum_by(_members(records), list(by), ["seats"])


def coordinators(records: Records, ward: Ward) -> pd.DataFrame:
    """Count coordinators in office, and compute the compensation due for their area.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, coordinators (people at the end of the period),
        coordinator_months (months with at least one), compensation (yen by the rules).
    """
    rows = []
    for (area_code, year), terms in _terms(records["coordinators"]).items():
        if year not in records.fiscal_years:
            continue
        months = records.months(int(year))
        served = sum(1 for month in months if _in_office(terms, month, month_end(month)))
        last = records.as_of(int(year))
        rows.append(
            {
                "area_code": area_code,
                "fiscal_year": int(year),
                "coordinators": _in_office(terms, last, last),
                "coordinator_months": served,
                "compensation": served * ward.rules_of(int(year)).coordinator_yen_per_month,
            }
        )
    columns = [*AREA_YEAR, "coordinators", "coordinator_months", "compensation"]
    return pd.DataFrame(rows, columns=columns)


def population(records: Records) -> pd.DataFrame:
    """Return the residents of each area on the survey day nearest to the start of the year.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, population, households, population_65plus, population_75plus.
    """
    table = nearest_survey(records["population"])
    return table.sort_values(AREA_YEAR)[[*AREA_YEAR, *RESIDENTS]].reset_index(drop=True)


def nearest_survey(population: pd.DataFrame) -> pd.DataFrame:
    """Return the records whose day is nearest to the start of the year, one per area and year.

    Parameters
    ----------
    population
        Records of ``population``, with at least area_code, fiscal_year and as_of.
    """
    begins = pd.to_datetime([FiscalYear(int(year)).first_day for year in population["fiscal_year"]])
    nearest = population.assign(distance=(population["as_of"] - begins).abs())
    nearest = nearest.sort_values("distance", kind="stable").drop_duplicates(AREA_YEAR)
    return nearest.drop(columns="distance")


def _members(records: Records) -> pd.DataFrame:
    return records["members"].rename(columns={"members": "seats"})


def _terms(table: pd.DataFrame) -> dict[tuple[str, int], list[tuple[date, date]]]:
    """Return each coordinator's first and last day in office, by area and year.

    Those without an end date remain in office.
    """
    ends = table["ended_on"].fillna(pd.Timestamp.max.normalize())
    days = zip(table["appointed_on"].dt.date, ends.dt.date, strict=True)
    terms: dict[tuple[str, int], list[tuple[date, date]]] = {}
    for area, year, term in zip(table["area_code"], table["fiscal_year"], days, strict=True):
        terms.setdefault((area, int(year)), []).append(term)
    return dict(sorted(terms.items()))


def _in_office(terms: list[tuple[date, date]], first: date, last: date) -> int:
    """Count the coordinators who were in office on any day of a period."""
    return sum(1 for appointed, ended in terms if appointed <= last and ended >= first)


def share_65plus_by_chome(ward: Ward) -> pd.Series:
    """Return the share of residents 65+ of each 町丁目 in the census, in percent, by key_code.

    It is missing where chome.csv has no residents, or none by age.
    """
    counts = ward.chome.groupby("key_code")[["population", "population_65plus"]].sum(min_count=1)
    shares: pd.Series = 100 * counts["population_65plus"] / counts["population"]
    return shares.where(counts["population"] > 0)
