"""Mask the texts and identifiers of a table, and digest what is hidden.

Rows whose hidden texts differ are different rows: two payments to two persons are none made twice.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.conversion.parsed_table import (
    Flags,
    ParsedColumn,
    ParsedTable,
    RowProblems,
)
from aip_analysis.intake.privacy import Finding, Masker, released, without_release
from aip_analysis.intake.privacy.prefilter import FEW
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded
from aip_analysis.records import Column

_BYTES = 8
_MASKS = re.compile("〔[^〕]*〕")


@dataclass
class MaskedTexts:
    """The texts of a table after masking.

    Parameters
    ----------
    released
        Mask of the rows with a mark that they may be published.
    values
        Column name -> values with personal data masked, for the columns that had some.
    problems
        A warning for each kind of personal data in a column, or what must be set aside for it.
    """

    released: Flags
    values: dict[str, Sequence[object]] = field(default_factory=dict)
    problems: list[RowProblems] = field(default_factory=list)


def mask_texts(table: ParsedTable, masker: Masker) -> MaskedTexts:
    """Mask names, telephone numbers and the like in all texts and identifiers of a table."""
    result = MaskedTexts(np.zeros(table.size, dtype=np.bool_))
    for name, column in table.columns.items():
        if column.kind == "text":
            _mask_column(result, table.definition.column(name), column, masker)
    return result


def said(table: ParsedTable, texts: MaskedTexts, withheld: Flags) -> npt.NDArray[np.int64]:
    """Return a digest of the texts that each row hides; 0 if it hides none."""
    total = np.zeros(table.size, dtype=np.uint64)
    for name, column in table.columns.items():
        masked = texts.values.get(name)
        if column.kind != "text" or not (masked or withheld.any()):
            continue
        shown = masked or column.values
        changed = [new != old for new, old in zip(shown, column.values, strict=True)]
        rows = np.flatnonzero(column.column.cells.where(changed) | withheld)
        used = {int(code) for code in column.codes[rows]} - {EMPTY}
        digests = np.zeros(len(column.values) + 1, dtype=np.uint64)
        for code in used:
            digests[code] = _digest(name, folded(str(column.values[code])))
        total[rows] += digests[column.codes[rows]]
    return total.view(np.int64)


def _mask_column(
    result: MaskedTexts, definition: Column, column: ParsedColumn, masker: Masker
) -> None:
    texts = ["" if value is None else str(value) for value in column.values]
    # Few texts are faster to search one by one than to preselect.
    places = masker.suspects(texts) if len(texts) > FEW else range(len(texts))
    found = {place: findings for place in places if (findings := masker.find(texts[place]))}
    values = list(column.values)
    for place, findings in found.items():
        values[place] = masker.masked(texts[place], findings)
    if not definition.is_code and any(fine := released(texts)):
        result.released |= column.column.cells.where(fine)
        values = [without_release(str(value)) for value in values]
    if values != column.values:
        result.values[definition.name] = values
    unusable = _unusable(values, found) if definition.is_code and definition.required else set()
    result.problems += _problems(definition.name, column, found, unusable)


def _unusable(values: Sequence[object], found: Mapping[int, object]) -> set[int]:
    """Return the indexes of identifiers that identify nothing after masking.

    They consist of what was masked, or are the same as others.
    """
    times = Counter(str(value) for value in values)
    return {
        place
        for place in found
        if times[str(values[place])] > 1 or not _MASKS.sub("", str(values[place])).strip()
    }


def _problems(
    name: str, column: ParsedColumn, found: Mapping[int, Sequence[Finding]], unusable: set[int]
) -> list[RowProblems]:
    problems: list[RowProblems] = []
    for place, findings in found.items():
        rows = np.flatnonzero(column.codes == place)
        if place in unusable:
            problems.append(RowProblems("personal_identifier", "set_aside", name, rows))
            continue
        problems += [
            RowProblems(f"personal_{kind}", "warn", name, rows)
            for kind in dict.fromkeys(finding.kind for finding in findings)
        ]
    return problems


def _digest(name: str, text: str) -> int:
    digest = hashlib.blake2b(f"{name}\x1f{text}".encode(), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "little")
