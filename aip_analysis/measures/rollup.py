"""Roll-up of figures of areas to blocks and to the ward."""

from collections.abc import Sequence

import pandas as pd

from aip_analysis.reference import Ward

Frame = pd.DataFrame
AREA_YEAR = ["area_code", "fiscal_year"]


def roll_up(figures: Frame, ward: Ward, values: Sequence[str]) -> Frame:
    """Return a table of areas summed to all places.

    Parameters
    ----------
    figures
        A column area_code (what is of no area belongs to the ward alone), the columns of
        ``values``, and any columns to group by (year, month, category ...).
    ward
        The ward, which maps areas to blocks.
    values
        The columns to sum. A sum of missing values only is missing.

    Returns
    -------
    DataFrame
        Column place (``area-12``, ``block-3``, ``ward``) in the order of the reference tables,
        then the columns to group by, then ``values``.
    """
    keys = [name for name in figures.columns if name not in {"area_code", *values}]
    blocks = ward.areas.set_index("area_code")["block_code"]
    known = figures[figures["area_code"].isin(blocks.index)]
    parts = [
        known.assign(place="area-" + known["area_code"]),
        known.assign(place="block-" + known["area_code"].map(blocks)),
        figures.assign(place="ward"),
    ]
    stacked = pd.concat(parts, ignore_index=True).drop(columns="area_code")
    order = pd.CategoricalDtype(list(ward.places), ordered=True)
    stacked["place"] = stacked["place"].astype(order)
    summed = stacked.groupby(["place", *keys], observed=True, dropna=False)[list(values)]
    result = summed.sum(min_count=1).reset_index()
    return result.assign(place=result["place"].astype("str"))


def count_by(table: Frame, by: Sequence[str], name: str) -> Frame:
    """Count the rows of a table by area, fiscal year and further columns."""
    return table.groupby([*AREA_YEAR, *by], dropna=False).size().rename(name).reset_index()


def month_of(days: pd.Series) -> pd.Series:
    """Return the first day of each day's month."""
    months: pd.Series = days.dt.to_period("M").dt.start_time
    return months
