"""Coordinators in office, and surveys of residents."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import month_end

# A coordinator's first and last day in office.
Term = tuple[date, date]


def coordinator_months(records: Records) -> pd.DataFrame:
    """Return the coordinators in office, with the months that are counted for each.

    A month with several coordinators is counted for the first of them.

    Returns
    -------
    DataFrame
        The index of the table coordinators, in the years on record; area_code, fiscal_year,
        coordinators (1 in office on the last day, else 0), coordinator_months (months).
    """
    table = records["coordinators"]
    rows = []
    for (area_code, year), terms in _terms(table).items():
        if year not in records.fiscal_years:
            continue
        last = records.as_of(year)
        first_in_office = Counter(
            _first_in_office(terms, month, month_end(month)) for month in records.months(year)
        )
        rows += [
            (index, area_code, year, int(_serves(term, last, last)), first_in_office[index])
            for index, term in terms.items()
        ]
    columns = ["index", *AREA_YEAR, "coordinators", "coordinator_months"]
    return pd.DataFrame(rows, columns=columns).set_index("index").astype({"fiscal_year": "Int64"})


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


def _terms(table: pd.DataFrame) -> dict[tuple[str, int], dict[int, Term]]:
    """Return each coordinator's first and last day in office by row, by area and year.

    Those without an end date remain in office.
    """
    ends = table["ended_on"].fillna(pd.Timestamp.max.normalize())
    days = zip(table["appointed_on"].dt.date, ends.dt.date, strict=True)
    terms: dict[tuple[str, int], dict[int, Term]] = {}
    keys = zip(table.index, table["area_code"], table["fiscal_year"], days, strict=True)
    for index, area, year, term in keys:
        terms.setdefault((area, int(year)), {})[index] = term
    return dict(sorted(terms.items()))


def _serves(term: Term, first: date, last: date) -> bool:
    """Return whether a coordinator is in office on any day of a period."""
    appointed, ended = term
    return appointed <= last and ended >= first


def _first_in_office(terms: Mapping[int, Term], first: date, last: date) -> int | None:
    """Return the row of the first coordinator in office on any day of a period."""
    return next((index for index, term in terms.items() if _serves(term, first, last)), None)


def share_65plus_by_chome(ward: Ward) -> pd.Series:
    """Return the share of residents 65+ of each 町丁目 in the census, in percent, by key_code.

    It is missing where chome.csv has no residents, or none by age.
    """
    counts = ward.chome.groupby("key_code")[["population", "population_65plus"]].sum(min_count=1)
    shares: pd.Series = 100 * counts["population_65plus"] / counts["population"]
    return shares.where(counts["population"] > 0)
