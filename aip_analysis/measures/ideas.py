"""Measures of ideas from できること探し, and of the goals that councils set themselves."""

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR, count_by
from aip_analysis.records import Records
from aip_analysis.reference import Ward


def annual(records: Records, ward: Ward) -> pd.DataFrame:
    """Count ideas: area_code, fiscal_year, ideas, ideas_carried_out (items)."""
    carried = ward.vocabularies["idea_status"].with_trait("carried_out")
    ideas = records["ideas"]
    done = count_by(ideas[ideas["status"].isin(carried)], [], "ideas_carried_out")
    return count_by(ideas, [], "ideas").merge(done, how="left", on=AREA_YEAR)


def by_status(records: Records) -> pd.DataFrame:
    """Count ideas by status: area_code, fiscal_year, status, ideas."""
    return count_by(records["ideas"], ["status"], "ideas")


def goals(records: Records) -> pd.DataFrame:
    """Count goals: area_code, fiscal_year, goals."""
    return count_by(records["goals"], [], "goals")


def goals_by_status(records: Records) -> pd.DataFrame:
    """Count goals by status: area_code, fiscal_year, status, goals."""
    return count_by(records["goals"], ["status"], "goals")
