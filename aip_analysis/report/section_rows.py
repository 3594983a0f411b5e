"""Rows of tables as sections show them: in the order of a vocabulary, or one for every month."""

from collections.abc import Iterable

import pandas as pd

from aip_analysis.charts.time_axis import by_month
from aip_analysis.report.context import Context


def in_order(table: pd.DataFrame, column: str, codes: Iterable[str]) -> pd.DataFrame:
    """Return the rows with the given codes, in the order of the codes; other rows are left out.

    Parameters
    ----------
    table
        Any table.
    column
        The name of its column of codes.
    codes
        The codes in the desired order.
    """
    ranks = {code: rank for rank, code in enumerate(codes)}
    ranked = [(ranks[code], at) for at, code in enumerate(table[column].tolist()) if code in ranks]
    return table.take([at for _rank, at in sorted(ranked)]).reset_index(drop=True)


def by_months(context: Context, *tables: pd.DataFrame) -> pd.DataFrame:
    """Return a labelled row for every elapsed month, with 0 where nothing was counted.

    Parameters
    ----------
    context
        The page.
    *tables
        Each with a column month (first days) and columns of counts.
    """
    months = context.months
    labels = [context.say("month_only", month=month.month) for month in months]
    counts = {
        name: by_month(table, str(name), months)
        for table in tables
        for name in table.columns
        if name != "month"
    }
    return pd.DataFrame({"month": labels} | counts)
