"""The rows of a table in the order that a vocabulary gives to its codes."""

from collections.abc import Iterable

import pandas as pd


def in_order(table: pd.DataFrame, column: str, codes: Iterable[str]) -> pd.DataFrame:
    """Give the rows of some codes in the order of these; rows of other codes are left out.

    Parameters
    ----------
    table
        Any table.
    column
        Its column of codes.
    codes
        The codes in their order.
    """
    turns = {code: turn for turn, code in enumerate(codes)}
    found = [(turns[code], at) for at, code in enumerate(table[column].tolist()) if code in turns]
    return table.take([at for _turn, at in sorted(found)]).reset_index(drop=True)
