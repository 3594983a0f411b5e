"""The rows of a table, one by one."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table as named tuples, one attribute a column."""
    return iter(table.itertuples(index=False))
