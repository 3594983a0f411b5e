"""Where a sheet lists neighbourhoods: once, or in several columns of names side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.population.labels import read_label
from aip_analysis.intake.population.municipality import other_rows
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods, is_number_of_town
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import read_text

_TOP = 40
# No column of neighbourhoods has more different texts.
_MOST_TEXTS = 5_000
_FEWEST_NAMES = 2


@dataclass(frozen=True)
class Lane:
    """Columns of a sheet with names of neighbourhoods and their figures.

    Parameters
    ----------
    left, right
        The first column and the one after the last.
    name
        The column with the names.
    """

    left: int
    right: int
    name: int


def has_labels(sheet: Sheet) -> bool:
    """Return whether one of the first rows has two labels of people counted, or a column of ages.

    Other sheets, however large, are told from published tables by this glance.
    """
    rows = (sheet.row(row) for row in range(min(_TOP, sheet.height)))
    return any(
        sum(isinstance(cell, str) and read_label(cell) is not None for cell in row) > 1
        or any(isinstance(cell, str) and "年齢" in cell for cell in row)
        for row in rows
    )


def find_lanes(sheet: Sheet, known: Neighbourhoods) -> list[Lane]:
    """Return the columns of names with the figures behind them, from the left.

    A second column of names begins a lane of its own only if it names other neighbourhoods; else
    the column that names more of them counts.
    """
    own = ~other_rows(sheet, known.ward)
    columns = [
        (place, names)
        for place in range(sheet.width)
        if (names := _named(sheet.columns[place], own, known)) is not None
    ]
    starts: list[tuple[int, frozenset[str]]] = []
    for place, names in columns:
        overlapping = [start for start in starts if start[1] & names]
        if any(len(names) <= len(start[1]) for start in overlapping):
            continue
        starts = [start for start in starts if start not in overlapping]
        starts.append((place, names))
    places = [place for place, _ in starts]
    if not places:
        return []
    bounds = pairwise([0, *places[1:], sheet.width])
    return [Lane(left, right, place) for (left, right), place in zip(bounds, places, strict=True)]


def _named(
    encoded: EncodedColumn, own: npt.NDArray[np.bool_], known: Neighbourhoods
) -> frozenset[str] | None:
    """Return the neighbourhoods that a column names; None if most of its texts are others."""
    codes = np.unique(encoded.codes[own])
    if len(codes) > _MOST_TEXTS:
        return None
    values = [encoded.values[code] for code in codes if code != EMPTY]
    every = [read_text(value) for value in values if isinstance(value, str)]
    texts = [text for text in every if not is_number_of_town(text)]
    found = [named for text in texts if (named := known.find(text)) is not None]
    # A single town may stand above the parts of it: 一丁目, 二丁目.
    if len(found) < (_FEWEST_NAMES if len(texts) == len(every) else 1):
        return None
    if 2 * len(found) < len(texts) - _TOP // 4:
        return None
    return frozenset(key for named in found for key in named.keys)


def names_areas(texts: Iterable[str], known: Neighbourhoods) -> bool:
    """Return whether all names of a table are those of areas: it is not one of neighbourhoods."""
    named = [text for text in texts if known.find(text) or known.ward.find_place("area", text)]
    return all(known.ward.find_place("area", text) for text in named)
