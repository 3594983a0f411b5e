"""The rows of a table, one by one."""

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table as named tuples, one attribute a column.

    As ``itertuples`` does; only that one makes a class for each table anew, and asks a column of
    texts for each of them singly.
    """
    columns = [column.to_numpy(object).tolist() for _, column in table.items()]
    return map(_row(tuple(table.columns))._make, zip(*columns, strict=True))


@lru_cache(maxsize=256)
def _row(columns: tuple[str, ...]) -> Any:  # noqa: ANN401 -- a class that is made here
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 -- its fields are known only now
