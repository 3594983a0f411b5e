"""Row positions in a table by place and fiscal year."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

NOWHERE = np.array([], dtype=np.intp)
# An upper bound of years, to combine place and year in one number.
_SPAN = 10_000


class Positions(Mapping[tuple[str, int], np.ndarray]):
    """The positions of rows by place and fiscal year, in the order of the table.

    A large region has thousands of places and years in dozens of tables. Their keys are stored as
    numbers in two arrays rather than as a dictionary of pairs.

    Parameters
    ----------
    places, years
        The columns of a table. A row with a missing place or year has no key.
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
        requested = self._places[place] * _SPAN + year
        at = int(np.searchsorted(self._keys, requested))
        if at == len(self._keys) or self._keys[at] != requested:
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
    """Return the rows of a table at some positions.

    Parameters
    ----------
    table
        Any table.
    places
        Row positions, ascending, as in ``Positions``. Consecutive rows are not copied.
    """
    if not len(places):
        return table.iloc[:0]
    first, last = int(places[0]), int(places[-1])
    if last - first + 1 == len(places):
        return table.iloc[first : last + 1]
    return table.take(places)


def positions(table: pd.DataFrame, by: list[str]) -> Positions:
    """Return the row positions of each place and fiscal year in a table.

    Parameters
    ----------
    table
        Any table of records or figures.
    by
        The names of its place column and its fiscal-year column.
    """
    place, year = by
    return Positions(table[place], table[year])
