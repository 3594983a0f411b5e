"""Rows whose texts are not to be published: what the office says, and what identifies a person.

The texts of such a row are replaced in its record, so that nothing that is made of records can show
them; its numbers count. Venue and point are dropped, as they are where an activity takes place in
somebody's home.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aip_analysis.intake.conversion.disclosure_marks import MARKED
from aip_analysis.intake.conversion.hidden_texts import MaskedTexts
from aip_analysis.intake.conversion.parsed_table import (
    Flags,
    ParsedTable,
    RowProblems,
)
from aip_analysis.intake.privacy import PUBLIC, WITHHELD, identifying, is_home, verdict_of
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say

VENUES = frozenset({"venue", "usual_venue"})
POINT = ("lon", "lat")
_CODES = {"no": "not_public", "unclear": "public_unclear"}
# Texts that say nothing of a person: a council's name stands on its page anyway.
_OPEN = frozenset({"council_name", "direction"})


@dataclass
class Withheld:
    """The rows of a table whose texts or venues are kept out of its records.

    Parameters
    ----------
    rows
        Mask of the rows whose texts are withheld.
    homes
        Mask of the rows that name somebody's home as their venue.
    problems
        Why, for each of them.
    """

    rows: Flags
    homes: Flags
    problems: list[RowProblems] = field(default_factory=list)

    def applied(self, table: ParsedTable, columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
        """Return the columns of records without what is withheld; identifiers stay as they are."""
        result = dict(columns)
        placeless = self.rows | self.homes
        if not placeless.any():
            return result
        hidden = pa.array(self.rows)
        shown = 0
        for column in table.definition.own:
            values = columns[column.name]
            if column.name in VENUES or column.name in POINT:
                nothing = pa.nulls(len(values), values.type)
                result[column.name] = pc.if_else(pa.array(placeless), nothing, values)
            elif column.kind == "text" and not column.is_code and column.name not in _OPEN:
                text = pa.scalar(say("people.mask_withheld", "ja"), values.type)
                result[column.name] = pc.if_else(pc.and_(hidden, pc.is_valid(values)), text, values)
                shown += 1
        marks = _marked(columns["marks"], self.homes, "venue=withheld")
        result["marks"] = _marked(marks, self.rows, "texts=withheld") if shown else marks
        return result


def _marked(marks: pa.Array, rows: Flags, mark: str) -> pa.Array:
    """Return the marks of records with one more in some rows."""
    joined = pc.binary_join_element_wise(marks, mark, ";", null_handling="skip")
    return pc.if_else(pa.array(rows), joined, marks)


def withheld_rows(table: ParsedTable, texts: MaskedTexts) -> Withheld:
    """Return the rows of a table whose texts or venues are kept out of its records.

    Parameters
    ----------
    table
        The table.
    texts
        Its texts after masking.
    """
    result = Withheld(np.zeros(table.size, dtype=np.bool_), _homes(table, texts.values))
    if result.homes.any():
        name = next((name for name in ("venue", "usual_venue") if name in table.columns), "")
        result.problems.append(
            RowProblems("personal_home", "warn", name, np.flatnonzero(result.homes))
        )
    # What the titles say of all rows is reported once.
    result.rows |= WITHHELD in table.raw.constants
    fine = _by_columns(table, result) | texts.released
    marked = table.raw.columns.get(MARKED)
    if marked is not None:
        _add(table, result, "not_public", MARKED, np.not_equal(marked.cells.codes, EMPTY))
    for name, column in table.columns.items():
        if column.kind == "text" and not table.definition.column(name).is_code:
            written = [str(value) for value in column.values]
            identified = column.column.cells.where(identifying(written))
            _add(table, result, "identifies_person", name, identified & ~fine)
    return result


def _add(table: ParsedTable, result: Withheld, code: str, column: str, rows: Flags) -> None:
    """Withhold some rows; those that were withheld already are not reported again."""
    new = rows & ~result.rows
    if new.any():
        # With months as columns, a row of the sheet becomes several.
        at = np.flatnonzero(new)
        at = at[np.unique(table.raw.rows[at], return_index=True)[1]]
        # What the office says itself is only noted.
        noted = code == "not_public"
        result.problems.append(RowProblems(code, "note" if noted else "warn", column, at))
        result.rows |= new


def _by_columns(table: ParsedTable, result: Withheld) -> Flags:
    """Withhold the rows that a column of the table says so of; return those that it releases."""
    fine = np.zeros(table.size, dtype=np.bool_)
    for name in (PUBLIC, WITHHELD):
        column = table.raw.columns.get(name)
        if column is None:
            continue
        verdicts = [verdict_of(name, read_text(cell)) for cell in column.cells.values]
        for verdict, code in _CODES.items():
            _add(
                table, result, code, name, column.cells.where(said == verdict for said in verdicts)
            )
        yes = column.cells.where(said == "yes" for said in verdicts)
        fine |= yes
        if name == PUBLIC and yes.any():
            # Where some rows are released one by one, an empty cell releases nothing.
            _add(table, result, "public_unclear", name, np.equal(column.cells.codes, EMPTY))
    return fine


def _homes(table: ParsedTable, masked: Mapping[str, Sequence[object]]) -> Flags:
    """Return a mask of the rows that name somebody's home as their venue."""
    homes = np.zeros(table.size, dtype=np.bool_)
    mask = say("people.mask_name", "ja")
    for name in VENUES & set(table.columns):
        column = table.columns[name]
        shown = masked.get(name, column.values)
        homes |= column.column.cells.where(
            is_home(str(value)) or mask in str(text)
            for value, text in zip(column.values, shown, strict=True)
        )
    if table.raw.table == "activities" and "name" in masked:
        column = table.columns["name"]
        named = [mask in str(text) and is_home(str(text)) for text in masked["name"]]
        homes |= column.column.cells.where(named)
    return homes
