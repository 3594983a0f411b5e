"""Tables by month that include every month of the period."""

import pandas as pd

from aip_analysis.charts.time_axis import by_month
from aip_analysis.report.context import Context


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
