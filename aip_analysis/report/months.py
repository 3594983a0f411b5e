"""Tables by month, with every month of the period in them."""

import pandas as pd

from aip_analysis.report.context import Context


def by_months(context: Context, table: pd.DataFrame) -> pd.DataFrame:
    """Give a row for every month lived through, zero where nothing was counted, labelled.

    Parameters
    ----------
    context
        The page.
    table
        A column month (first days) and columns of counts.
    """
    months = pd.DatetimeIndex(
        [pd.Timestamp(day) for day in context.figures.records.months(context.fiscal_year)]
    )
    full = table.set_index("month").reindex(months).fillna(0).astype("Int64")
    full.index = pd.Index([context.say("month_only", month=day.month) for day in months])
    return full.rename_axis("month").reset_index()
