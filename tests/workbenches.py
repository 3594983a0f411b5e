"""A workbench of the sample for tests, and how they read its tables."""

import pandas as pd

from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import Home


def workbench_of(home: Home) -> Workbench:
    """Return a workbench of the built records of a home."""
    return Workbench(Figures(load_records(home.processed), load_ward(home.reference)))


def own(table: pd.DataFrame, area: str, year: int) -> pd.DataFrame:
    """Return the rows of an area and year."""
    return table[(table["area_code"] == area) & (table["fiscal_year"] == year)]


def values(frame: pd.DataFrame) -> dict[tuple[str, int], float]:
    """Return the values of a table by place and year."""
    pairs = zip(frame["place_code"], frame["fiscal_year"], strict=True)
    return dict(zip(pairs, frame["value"], strict=True))


def one(frame: pd.DataFrame) -> pd.Series:
    """Return the one row of a table."""
    assert len(frame) == 1
    row: pd.Series = frame.iloc[0]
    return row
