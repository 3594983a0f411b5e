"""Measures of activities and gathering places (通いの場), with the national 見える化 indicators."""

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR, count_by, sum_by
from aip_analysis.records import Records
from aip_analysis.reference import Ward

COUNTS = ["sessions", "attendances"]
KEYS = [*AREA_YEAR, "activity_id"]
# The columns that distinguish gathering places from other activities.
GATHERING = ("kind", "frequency")


def held_months(records: Records, *what: str) -> pd.DataFrame:
    """Return the months in which activities were held, with columns of the activities.

    Parameters
    ----------
    *what
        Columns of the activities table to add.

    Returns
    -------
    DataFrame
        Rows of activity_months with at least one session or attendance: area_code, fiscal_year,
        activity_id, month, sessions, attendances, people, and ``what``.
    """
    months = records["activity_months"]
    was_held = (months["sessions"].fillna(0) > 0) | (months["attendances"].fillna(0) > 0)
    columns = [*KEYS, "month", *COUNTS, "people"]
    months_held: pd.DataFrame = months.loc[was_held, columns]
    if not what:
        return months_held
    about = records["activities"].drop_duplicates(KEYS)[[*KEYS, *what]]
    return months_held.merge(about, how="left", on=KEYS)


def annual(records: Records, ward: Ward) -> pd.DataFrame:
    """Count activities, sessions, attendances, and gathering places with their participants.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, activities, sessions, attendances, f2, f3, f5, f6.

    Notes
    -----
    F1 to F6 are the codes of the ministry's 見える化 system for gathering places that meet weekly
    (F1-F3) or monthly (F4-F6, including the weekly ones). The ministry asks for the number of
    participants; records hold people per month, so their mean over the months held is used.
    """
    months = held_months(records, *GATHERING)
    result = sum_by(months, [], COUNTS)
    unique = months.drop_duplicates(KEYS)
    result = result.merge(count_by(unique, [], "activities"), how="left", on=AREA_YEAR)
    for rhythm, people, places in (("weekly", "f2", "f3"), ("monthly", "f5", "f6")):
        gathering = gathering_places(months, ward, rhythm)
        sums = gathering.groupby(AREA_YEAR)["people"].agg(["sum", "size"]).reset_index()
        sums = sums.rename(columns={"sum": people, "size": places})
        result = result.merge(sums, how="left", on=AREA_YEAR)
    return result


def gathering_places(months: pd.DataFrame, ward: Ward, rhythm: str) -> pd.DataFrame:
    """Return the gathering places that meet at a rhythm, with their participants.

    Parameters
    ----------
    months
        The result of ``held_months`` with the columns ``GATHERING``.
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
    frequencies = ward.vocabularies["frequency"].with_trait(rhythm)
    gathering = months[months["kind"].isin(kinds) & months["frequency"].isin(frequencies)]
    people = gathering.groupby(KEYS)["people"].mean().astype("Float64").fillna(0)
    return people.add(0.5).floordiv(1).astype("Int64").reset_index()


def by_month(records: Records) -> pd.DataFrame:
    """Sum sessions and attendances by month.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, month, sessions, attendances.
    """
    return sum_by(held_months(records), ["month"], COUNTS)


def with_sums(activities: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Return the activities of an area with the sums of their months of a year.

    Parameters
    ----------
    activities
        Any columns of the activities table, activity_id among them, of one area and year.
    months
        Columns activity_id, sessions, attendances of the same.

    Returns
    -------
    DataFrame
        The columns of ``activities`` plus sessions and attendances (missing where no month of
        the activity is recorded).
    """
    sums = months.groupby("activity_id")[COUNTS].sum(min_count=1).reset_index()
    return activities.merge(sums, how="left", on="activity_id")


def by(records: Records, column: str) -> pd.DataFrame:
    """Count the activities held by kind, care_domain or priority_field.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, that column, activities, sessions, attendances.
    """
    months = held_months(records, column)
    result = sum_by(months, [column], COUNTS)
    counts = count_by(months.drop_duplicates(KEYS), [column], "activities")
    return result.merge(counts, how="left", on=[*AREA_YEAR, column])
