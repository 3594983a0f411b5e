"""Where the rows of each place and fiscal year stand in a table."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

NOWHERE = np.array([], dtype=np.intp)
# Years lie well within so many.
_SPAN = 10_000


class Positions(Mapping[tuple[str, int], np.ndarray]):
    """The positions of rows by place and fiscal year, each in the order of the table.

    A large region has thousands of places and years in dozens of tables. Their keys are held as
    numbers in two arrays, not as a dictionary of pairs.

    Parameters
    ----------
    places, years
        The columns of a table. A row that lacks either belongs nowhere.
    """

    def __init__(self, places: pd.Series, years: pd.Series) -> None:
        codes, names = pd.factorize(places, sort=True)
        numbers = years.to_numpy(dtype=np.float64, na_value=np.nan)
        rows = np.flatnonzero((codes >= 0) & ~np.isnan(numbers))
        keys = codes[rows].astype(np.int64) * _SPAN + numbers[rows].astype(np.int64)
        order = np.argsort(keys, kind="stable")
        self._order = rows[order]
        self._keys, starts = np.unique(keys[order], return_index=True)
        self._bounds = np.append(starts, len(order))
        self._places = {str(name): number for number, name in enumerate(names)}

    def __getitem__(self, key: tuple[str, int]) -> np.ndarray:
        place, year = key
        wanted = self._places[place] * _SPAN + year
        at = int(np.searchsorted(self._keys, wanted))
        if at == len(self._keys) or self._keys[at] != wanted:
            raise KeyError(key)
        return self._order[self._bounds[at] : self._bounds[at + 1]]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        names = list(self._places)
        for key in self._keys:
            number, year = divmod(int(key), _SPAN)
            yield names[number], year

    def __len__(self) -> int:
        return len(self._keys)


def rows_at(table: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    """Give the rows of a table that stand at some places.

    Parameters
    ----------
    table
        Any table.
    places
        Numbers of rows, ascending, as ``Positions`` gives them. Rows in a row are not copied.
    """
    if not len(places):
        return table.iloc[:0]
    first, last = int(places[0]), int(places[-1])
    if last - first + 1 == len(places):
        return table.iloc[first : last + 1]
    return table.take(places)


def positions(table: pd.DataFrame, by: list[str]) -> Positions:
    """Give where the rows of each place and fiscal year stand in a table.

    Parameters
    ----------
    table
        Any table of records or figures.
    by
        Its columns of a place and of a fiscal year.
    """
    place, year = by
    return Positions(table[place], table[year])
