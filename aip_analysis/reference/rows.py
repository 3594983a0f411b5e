"""Iteration over the rows of a table."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd


def iter_rows(table: pd.DataFrame) -> Iterator[Any]:
    """Return an iterator over the rows of a table as named tuples, one attribute per column.

    Like ``itertuples``, which however fetches the values of a text column one at a time.
    """
    columns = [column.to_numpy(object).tolist() for _, column in table.items()]
    return map(_row(table.columns)._make, zip(*columns, strict=True))


def _row(columns: Iterable[str]) -> Any:  # noqa: ANN401 -- a class created here
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 -- fields known at run time only
