"""Data frames as tables: the data behind a chart."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from aip_analysis.messages.numbers import number
from aip_analysis.tables.table import Cell, Table


def data_table(
    frame: pd.DataFrame, heads: Sequence[str], *, decimals: Sequence[int] | None = None
) -> Table:
    """Return a data frame as a table, with its first column as the row heads.

    Parameters
    ----------
    frame
        Words in the first column, numbers or words in the others.
    heads
        The column heads.
    decimals
        The number of decimals for each row; 0 by default.
    """
    places = decimals or [0] * len(frame)
    numeric = frozenset(
        index
        for index, name in enumerate(frame.columns)
        if index and pd.api.types.is_numeric_dtype(frame[name])
    )
    rows = tuple(
        tuple(
            _number(value, places[row]) if index in numeric else Cell(_words(value))
            for index, value in enumerate(values)
        )
        for row, values in enumerate(frame.itertuples(index=False, name=None))
    )
    return Table(tuple(heads), rows, numeric)


def _number(value: Any, decimals: int) -> Cell:  # noqa: ANN401 -- a number or NA
    if pd.isna(value):
        return Cell(number(None))
    return Cell(number(float(value), decimals), float(value))


def _words(value: Any) -> str:  # noqa: ANN401 -- any cell value
    return "" if pd.isna(value) else str(value)
