"""Where a sheet lists neighbourhoods: once, or in several columns of names side by side."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aip_analysis.intake.population.labels import read_label
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods, is_number_of_town
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded, read_text
from aip_analysis.reference import Ward

_TOP = 40
# No column of neighbourhoods has more different texts.
_MOST_TEXTS = 5_000
_FEWEST_NAMES = 2
# The digits of a municipality's code without its check digit, as e-Stat's codes begin.
_DIGITS = 5
_MUNICIPALITY = re.compile(
    r"key_?code|cityname|.*(?:市区?町村|区市町村)(?:コード|名)?|.*公共団体(?:コード|名)|団体(?:コード|名)",
    re.IGNORECASE,
)


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


def find_lanes(sheet: Sheet, others: AbstractSet[int], known: Neighbourhoods) -> list[Lane]:
    """Return the columns of names with the figures behind them, from the left.

    A second column of names begins a lane of its own only if it names other neighbourhoods; else
    the column that names more of them counts. Rows of other municipalities do not count.
    """
    starts: dict[int, frozenset[str]] = {}
    for place, encoded in enumerate(sheet.columns):
        names = _named(encoded, others, known)
        rivals = {start: own for start, own in starts.items() if own & names}
        if names and all(len(names) > len(own) for own in rivals.values()):
            starts = {start: own for start, own in starts.items() if start not in rivals}
            starts[place] = names
    bounds = pairwise([0, *list(starts)[1:], sheet.width])
    return [Lane(*bound, place) for place, bound in zip(starts, bounds, strict=False)]


def _named(
    encoded: EncodedColumn, others: AbstractSet[int], known: Neighbourhoods
) -> frozenset[str]:
    """Return the neighbourhoods that a column names; none if most of its texts are others."""
    codes = np.unique(np.delete(encoded.codes, sorted(others)))
    if len(codes) > _MOST_TEXTS:
        return frozenset()
    values = [encoded.values[code] for code in codes if code != EMPTY]
    every = [read_text(value) for value in values if isinstance(value, str)]
    texts = [text for text in every if not is_number_of_town(text)]
    found = [named for text in texts if (named := known.find(text)) is not None]
    # A single town may stand above the parts of it: 一丁目, 二丁目.
    if len(found) < (_FEWEST_NAMES if len(texts) == len(every) else 1):
        return frozenset()
    if 2 * len(found) < len(texts) - _TOP // 4:
        return frozenset()
    return frozenset(key for named in found for key in named.keys)


def rows_of_others(sheet: Sheet, ward: Ward) -> set[int]:
    """Return the rows that a column of municipalities gives to another one.

    Tables are published for a whole prefecture, and names such as 本町 are those of several
    municipalities.
    """
    others: set[int] = set()
    for encoded in sheet.columns:
        top = [encoded.cell(row) for row in range(min(_TOP, sheet.height))]
        heads = [row for row, cell in enumerate(top)
                 if isinstance(cell, str) and _MUNICIPALITY.fullmatch(folded(cell))]  # fmt: skip
        if not heads:
            continue
        below = range(heads[0] + 1, sheet.height)
        cells = {row: cell for row in below if (cell := encoded.cell(row)) is not None}
        own = {row for row, cell in cells.items() if _is_own(cell, ward)}
        others |= cells.keys() - own if own else set()
    return others


def _is_own(cell: Cell, ward: Ward) -> bool:
    text = folded(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    return text.startswith(ward.setting("code")[:_DIGITS]) or folded(ward.setting("name")) in text
