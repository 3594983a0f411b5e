"""Ordering of the rows of a table by the codes of a vocabulary."""

from collections.abc import Iterable

import pandas as pd


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
