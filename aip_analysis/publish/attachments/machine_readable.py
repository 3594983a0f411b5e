"""Machine-readable tables of a page: every number has its unit, nothing is left to the eye.

They follow 総務省's rules (統計表における機械判読可能なデータの表記方法の統一ルール): one datum per
cell, units in column heads or in a column of their own, nothing omitted because it is given above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import nbformat

from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING
from aip_analysis.publish.plan.jobs import AttachmentMetadata
from aip_analysis.tables.table import Cell, Table, table_from_json, with_number

# Text in brackets at the end of a head or a title: the unit, or several words that end with it.
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]$")
_WORDS = re.compile(r"[、,，]\s*")


@dataclass(frozen=True)
class DataTable:
    """A table of a page with the units of its numbers.

    Parameters
    ----------
    name, label, title, source
        Its code within the page, its number (表1), its title, and the source of its data.
    table
        The table; exactly those of its cells that are numbers have a value.
    units
        The unit of each column of numbers; empty if the rows have units.
    row_units
        The unit of each row; empty if the columns have units.
    """

    name: str
    label: str
    title: str
    source: str
    table: Table
    units: dict[int, str]
    row_units: tuple[str, ...]

    def unit(self, row: int, column: int) -> str:
        """Return the unit of a number."""
        if not self.row_units:
            return self.units.get(column, "")
        # In a row of percentages a difference has a unit of its own.
        return self.table.rows[row][column].unit or self.row_units[row]

    def code(self, row: int) -> str:
        """Return the measure of a whole row; empty if rows contain several measures."""
        cells = self.table.rows[row] if self.row_units else ()
        return next((cell.measure for cell in cells if cell.measure), "")

    def part_of(self, row: int) -> str:
        """Return the heading of the part that a row belongs to; empty without parts."""
        parts = reversed(self.table.parts)
        return next((heading for start, heading in parts if start <= row), "")

    def heads(self, language: Language) -> list[str]:
        """Return the heads of the columns, with units."""
        heads = []
        for column, head in enumerate(self.table.headers):
            heads.append(_with_unit(head, self.units.get(column, ""), language))
            if column in self._columns_with_states:
                heads.append(say("attachments.state_of", language, head=head))
        optional = [(say("attachments.part", language), bool(self.table.parts))]
        optional.append((say("attachments.under", language), self._has_parents()))
        units = [say(f"attachments.{name}", language) for name in ("code", "unit")]
        between = units if self.row_units else []
        return [*(head for head, present in optional if present), heads[0], *between, *heads[1:]]

    def rows(self, language: Language) -> Iterator[list[Cell]]:
        """Yield the rows below these heads; a missing number is replaced by its sign.

        To the right of a column with such numbers is what they leave out, or why they are missing.
        Only cells whose unit is not that of their row or column still have it.
        """
        nothing = Cell(say("attachments.not_applicable", language))
        stated = self._columns_with_states
        has_parents = self._has_parents()
        for row, cells in enumerate(self.table.rows):
            first = [Cell(self.part_of(row))] if self.table.parts else []
            first += [Cell(cells[0].under)] if has_parents else []
            between = []
            if self.row_units:
                between = [Cell(self.code(row)), Cell(self.row_units[row])]
            filled = []
            for column, cell in enumerate(cells):
                applies = column not in self.table.numeric or not is_blank(cell)
                unit = self._other_unit(row, cell)
                filled.append(replace(cell, unit=unit) if applies else nothing)
                if column in stated:
                    filled.append(Cell(cell.state or cell.lack))
            yield [*first, *filled[:1], *between, *filled[1:]]

    def _other_unit(self, row: int, cell: Cell) -> str:
        return cell.unit if self.row_units and cell.unit != self.row_units[row] else ""

    @cached_property
    def _columns_with_states(self) -> frozenset[int]:
        """The columns in which a figure is missing or leaves something out."""
        return frozenset(
            column
            for cells in self.table.rows
            for column, cell in enumerate(cells)
            if cell.state or cell.lack
        )

    def _has_parents(self) -> bool:
        return any(cells[0].under for cells in self.table.rows)


def state_of(cell: Cell, language: Language) -> str:
    """Return the state of a number: that there is one, what it leaves out, or why there is none."""
    if cell.value is None:
        words = "" if cell.text == MISSING else cell.text
        return cell.state or words or say("attachments.state_none", language)
    if cell.lack:
        return say("attachments.state_lacking", language, lack=cell.lack)
    return say("attachments.state_known", language)


def is_blank(cell: Cell) -> bool:
    """Return whether a cell has neither a number nor a text."""
    return cell.value is None and not cell.text


def data_tables(notebook: nbformat.NotebookNode, words: AttachmentMetadata) -> list[DataTable]:
    """Return the tables of an executed report notebook, in the order in which the page shows them.

    Sections put them into the metadata of their outputs, so they are available whichever engine ran
    the notebook.
    """
    return [
        _data_table(values, words)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for values in output.get("metadata", {}).get("aip", {}).get("tables", [])
    ]


def _data_table(values: Mapping[str, Any], words: AttachmentMetadata) -> DataTable:
    """Return a table with the units of its numbers.

    A column or a row has the unit of the measures in it. Otherwise the head names the unit or a
    measure, or the title names the unit at its end.
    """
    table = _with_values(table_from_json(values["table"]))
    titles = (values["name"], values["label"], values["title"], values["source"])
    by_code = {definition.code: definition.unit for definition in words.definitions}
    by_label = {definition.label: definition.unit for definition in words.definitions}
    known = set(by_code.values())

    def unit(cell: Cell) -> str:
        return cell.unit or by_code.get(cell.measure, "")

    columns = [{unit(row[at]) for row in table.rows} - {""} for at in range(len(table.headers))]
    if any(len(units) > 1 for units in columns):
        row_units = (next(filter(None, map(unit, row)), "") for row in table.rows)
        return DataTable(*titles, table, {}, tuple(row_units))
    named = _unit_in(table.headers[0], known) or _unit_in(values["title"], known)
    common = _common_unit(columns)
    units = {
        column: (
            next(iter(columns[column]), "")
            or _unit_in(table.headers[column], known)
            or by_label.get(table.headers[column], "")
            or named
            or common
        )
        for column in sorted(table.numeric)
    }
    return DataTable(*titles, table, units, ())


def _with_values(table: Table) -> Table:
    """Return a table in which exactly the numbers have a value, whatever its page shows."""
    rows = tuple(
        tuple(
            with_number(cell) if column in table.numeric or cell.measure else _words(cell)
            for column, cell in enumerate(row)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _words(cell: Cell) -> Cell:
    return cell if cell.value is None else replace(cell, value=None)


def _common_unit(columns: list[set[str]]) -> str:
    """Return the unit shared by all columns that have one, such as those next to a difference.

    It is empty if the columns have several units or none.
    """
    units = set().union(*columns)
    return units.pop() if len(units) == 1 else ""


def _unit_in(text: str, known: set[str]) -> str:
    """Return the unit that a head or title names at its end; empty if it names none."""
    if text in known:
        return text
    match = _BRACKETS.search(text)
    last = _WORDS.split(match[1])[-1] if match else ""
    return last if last in known else ""


def _with_unit(head: str, unit: str, language: Language) -> str:
    match = _BRACKETS.search(head)
    if not unit or unit == head or (match and unit in _WORDS.split(match[1])):
        return head
    return say("attachments.unit_behind", language, head=head, unit=unit)
