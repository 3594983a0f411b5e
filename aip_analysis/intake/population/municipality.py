"""Rows of other municipalities, in tables that are published for a whole prefecture."""

import re

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.values import folded
from aip_analysis.reference import Ward

_TOP = 40
# The digits of a municipality's code without its check digit, as e-Stat's codes begin.
_DIGITS = 5
_HEADING = re.compile(
    r"key_?code|cityname|.*(?:市区?町村|区市町村)(?:コード|名)?|.*公共団体(?:コード|名)|団体(?:コード|名)",
    re.IGNORECASE,
)


def other_rows(sheet: Sheet, ward: Ward) -> npt.NDArray[np.bool_]:
    """Return a mask of the rows that a column of municipalities gives to another one.

    Names of neighbourhoods, such as 本町, are those of several municipalities.
    """
    others = np.zeros(sheet.height, dtype=np.bool_)
    for encoded in sheet.columns:
        head = next(
            (
                row
                for row in range(min(_TOP, sheet.height))
                if isinstance(cell := encoded.cell(row), str) and _HEADING.fullmatch(folded(cell))
            ),
            None,
        )
        if head is not None:
            others[head + 1 :] |= _others(encoded, ward)[head + 1 :]
    return others


def _others(encoded: EncodedColumn, ward: Ward) -> npt.NDArray[np.bool_]:
    own = encoded.where(_is_own(value, ward) for value in encoded.values)
    filled: npt.NDArray[np.bool_] = encoded.codes >= 0
    return filled & ~own if own.any() else np.zeros_like(filled)


def _is_own(cell: Cell, ward: Ward) -> bool:
    text = folded(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    return text.startswith(ward.setting("code")[:_DIGITS]) or folded(ward.setting("name")) in text
