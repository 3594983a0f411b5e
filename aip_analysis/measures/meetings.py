"""Measures of meetings: how many, when, who attended, and what was talked about."""

import pandas as pd

from aip_analysis.measures.rollup import count_by, month_of, sum_by
from aip_analysis.records import Records
from aip_analysis.reference import Ward

PRESENT = {
    "members_present": "attendance_members",
    "supporters_present": "attendance_supporters",
    "others_present": "attendance_others",
}
ATTENDANCES = list(PRESENT.values())


def council_meetings(records: Records, ward: Ward) -> pd.DataFrame:
    """Return the rows of regular and extraordinary meetings: those counted in ``rhythm``."""
    kinds = ward.vocabularies["meeting_kind"].with_trait("council")
    meetings = records["meetings"]
    return meetings[meetings["kind"].isin(kinds)]


def annual(records: Records, ward: Ward) -> pd.DataFrame:
    """Count meetings and attendances.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, meetings, meetings_preparation, meetings_other (meetings),
        attendance_members, attendance_supporters, attendance_others, attendance (attendances).
    """
    vocabulary = ward.vocabularies["meeting_kind"]
    groups = {
        kind: (
            "meetings"
            if kind in vocabulary.with_trait("council")
            else "meetings_preparation"
            if kind in vocabulary.with_trait("preparation")
            else "meetings_other"
        )
        for kind in vocabulary.codes
    }
    table = records["meetings"].assign(measure=records["meetings"]["kind"].map(groups))
    counts = count_by(table, ["measure"], "value").pivot_table(
        index=["area_code", "fiscal_year"], columns="measure", values="value", aggfunc="sum"
    )
    counts = counts.reindex(columns=sorted(set(groups.values()))).reset_index()
    keys = ["area_code", "fiscal_year"]
    present = attendance(records, ward, []).merge(_all_present(records, ward), on=keys)
    return counts.merge(present, how="left", on=keys)


def _all_present(records: Records, ward: Ward) -> pd.DataFrame:
    """Sum all people present: area_code, fiscal_year, attendance.

    A meeting whose record does not distinguish kinds of people counts with the total present.
    """
    table = council_meetings(records, ward)
    parts = table[list(PRESENT)].sum(axis=1, min_count=1)
    table = table.assign(attendance=parts.fillna(table["total_present"]))
    return sum_by(table, [], ["attendance"])


def attendance(records: Records, ward: Ward, by: list[str]) -> pd.DataFrame:
    """Sum the people present by kind of person.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, the columns of ``by``, attendance_members, attendance_supporters,
        attendance_others (attendances).
    """
    table = council_meetings(records, ward)
    table = table.assign(month=month_of(table["held_on"])).rename(columns=PRESENT)
    return sum_by(table, by, ATTENDANCES)


def by_month(records: Records, ward: Ward) -> pd.DataFrame:
    """Count meetings by month: area_code, fiscal_year, month, meetings."""
    table = council_meetings(records, ward)
    return count_by(table.assign(month=month_of(table["held_on"])), ["month"], "meetings")


def by_kind(records: Records) -> pd.DataFrame:
    """Count all meetings by kind: area_code, fiscal_year, kind, meetings."""
    return count_by(records["meetings"], ["kind"], "meetings")


def topics(records: Records) -> pd.DataFrame:
    """Count all meetings by priority field and step of the cycle of talks.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, priority_field, cycle_step, meetings; both are missing for meetings
        whose records name neither.
    """
    return count_by(records["meetings"], ["priority_field", "cycle_step"], "meetings")
