"""Activities and gathering places (通いの場), with the national 見える化 indicators."""

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR, counted, summed
from aip_analysis.records import Records
from aip_analysis.ward import Ward

COUNTS = ["sessions", "attendances"]
KEYS = [*AREA_YEAR, "activity_id"]
# What tells a gathering place from other activities.
GATHERING = ("kind", "frequency")


def held(records: Records, *what: str) -> pd.DataFrame:
    """Give the months in which activities were held, with what is asked for of the activity.

    Parameters
    ----------
    what
        Columns of the activities table.

    Returns
    -------
    DataFrame
        Rows of activity_months with at least one session or attendance: area_code, fiscal_year,
        activity_id, month, sessions, attendances, people, and ``what``.
    """
    months = records["activity_months"]
    lived = (months["sessions"].fillna(0) > 0) | (months["attendances"].fillna(0) > 0)
    counted_by = [*KEYS, "month", *COUNTS, "people"]
    found: pd.DataFrame = months.loc[lived, counted_by]
    if not what:
        return found
    about = records["activities"].drop_duplicates(KEYS)[[*KEYS, *what]]
    return found.merge(about, how="left", on=KEYS)


def annual(records: Records, ward: Ward) -> pd.DataFrame:
    """Count activities, sessions, attendances, and gathering places with their participants.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activities, sessions, attendances, f2, f3, f5, f6.

    Notes
    -----
    F1 to F6 are the codes of the ministry's 見える化 system for gathering places that meet weekly
    (F1-F3) or monthly (F4-F6, the weekly ones included). The ministry asks for people who take
    part; records give people a month, so their mean over the months held stands for them.
    """
    months = held(records, *GATHERING)
    result = summed(months, [], COUNTS)
    one_each = months.drop_duplicates(KEYS)
    result = result.merge(counted(one_each, [], "activities"), how="left", on=AREA_YEAR)
    for rhythm, people, places in (("weekly", "f2", "f3"), ("monthly", "f5", "f6")):
        found = gathering_places(months, ward, rhythm)
        sums = found.groupby(AREA_YEAR)["people"].agg(["sum", "size"]).reset_index()
        sums = sums.rename(columns={"sum": people, "size": places})
        result = result.merge(sums, how="left", on=AREA_YEAR)
    return result


def gathering_places(months: pd.DataFrame, ward: Ward, rhythm: str) -> pd.DataFrame:
    """Give the gathering places that meet at a rhythm, with their participants.

    Parameters
    ----------
    months
        What ``held`` gives, with ``GATHERING``.
    ward
        Which kinds of activity are gathering places, and which frequencies are weekly.
    rhythm
        ``"weekly"`` or ``"monthly"``: a trait of the vocabulary ``frequency``.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activity_id, people: the mean over the months held, rounded half up.
    """
    kinds = ward.vocabularies["activity_kind"].with_trait("gathering")
    often = ward.vocabularies["frequency"].with_trait(rhythm)
    found = months[months["kind"].isin(kinds) & months["frequency"].isin(often)]
    people = found.groupby(KEYS)["people"].mean().astype("Float64").fillna(0)
    return people.add(0.5).floordiv(1).astype("Int64").reset_index()


def by_month(records: Records) -> pd.DataFrame:
    """Sum sessions and attendances by month: area_code, fiscal_year, month, both."""
    return summed(held(records), ["month"], COUNTS)


def with_sums(activities: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Add the sums of a year's months to the activities of an area.

    Parameters
    ----------
    activities
        Any columns of the activities table, activity_id among them, of one area and year.
    months
        Columns activity_id, sessions, attendances of the same.

    Returns
    -------
    DataFrame
        The columns of ``activities``, and sessions, attendances (missing where no month of an
        activity is recorded).
    """
    sums = months.groupby("activity_id")[COUNTS].sum(min_count=1).reset_index()
    return activities.merge(sums, how="left", on="activity_id")


def by(records: Records, column: str) -> pd.DataFrame:
    """Count activities held by kind, care_domain or priority_field.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, that column, activities, sessions, attendances.
    """
    months = held(records, column)
    result = summed(months, [column], COUNTS)
    numbers = counted(months.drop_duplicates(KEYS), [column], "activities")
    return result.merge(numbers, how="left", on=[*AREA_YEAR, column])
