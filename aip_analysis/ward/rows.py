"""The rows of a table, one by one."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table as named tuples, one attribute a column.

    As ``itertuples`` does; only that one asks a column of texts for each of them singly.
    """
    columns = [column.to_numpy(object).tolist() for _, column in table.items()]
    return map(_row(table.columns)._make, zip(*columns, strict=True))


def _row(columns: Iterable[str]) -> Any:  # noqa: ANN401 -- a class that is made here
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 -- its fields are known only now
