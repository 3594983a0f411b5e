"""Machine-readable tables of a page: every number has its unit, nothing is left to the eye.

They follow 総務省's rules (統計表における機械判読可能なデータの表記方法の統一ルール): one datum per
cell, units in column heads or in a column of their own, nothing omitted because it is given above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aip_analysis.messages import Language, say
from aip_analysis.publish.attachments.notebook_tables import Shown, ShownTable
from aip_analysis.publish.plan.jobs import AttachmentMetadata

# Text in brackets at the end of a head or a title: the unit, or several words that end with it.
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]$")
_WORDS = re.compile(r"[、,，]\s*")


@dataclass(frozen=True)
class DataTable:
    """A table of a page with the units of its numbers.

    Parameters
    ----------
    shown
        The table as the page shows it.
    units
        The unit of each column of numbers; empty if the rows have units.
    row_units
        The unit of each row; empty if the columns have units.
    """

    shown: ShownTable
    units: dict[int, str]
    row_units: tuple[str, ...]

    def unit(self, row: int, column: int) -> str:
        """Return the unit of a number."""
        return self.row_units[row] if self.row_units else self.units.get(column, "")

    def code(self, row: int) -> str:
        """Return the measure of a whole row; empty if rows contain several measures."""
        cells = self.shown.rows[row] if self.row_units else ()
        return next((cell.measure for cell in cells if cell.measure), "")

    def heads(self, language: Language) -> list[str]:
        """Return the heads of the columns, with units."""
        shown = self.shown
        heads = [
            _with_unit(head, self.units.get(place, ""), language)
            for place, head in enumerate(shown.heads)
        ]
        optional = [(say("attachments.part", language), bool(shown.parts))]
        optional.append((say("attachments.under", language), any(shown.under)))
        units = [say(f"attachments.{name}", language) for name in ("code", "unit")]
        between = units if self.row_units else []
        return [*(head for head, present in optional if present), heads[0], *between, *heads[1:]]

    def rows(self, language: Language) -> Iterator[list[Shown]]:
        """Yield the rows below these heads; a missing number is replaced by its sign."""
        shown = self.shown
        nothing = say("attachments.not_applicable", language)
        for row, cells in enumerate(shown.rows):
            first = [Shown(shown.part_of(row))] if shown.parts else []
            first += [Shown(shown.under[row])] if any(shown.under) else []
            between = []
            if self.row_units:
                between = [Shown(self.code(row)), Shown(self.row_units[row])]
            filled = [
                Shown(nothing) if place in shown.numeric and cell.value == "" else cell
                for place, cell in enumerate(cells)
            ]
            yield [*first, *filled[:1], *between, *filled[1:]]


def data_table(shown: ShownTable, words: AttachmentMetadata) -> DataTable:
    """Return a table with the units of its numbers.

    A column or a row has the unit of the measures in it. Otherwise the head names the unit or a
    measure, or the title names the unit at its end.
    """
    by_code = {definition.code: definition.unit for definition in words.definitions}
    by_label = {definition.label: definition.unit for definition in words.definitions}
    known = set(by_code.values())

    def unit(cell: Shown) -> str:
        return cell.unit or by_code.get(cell.measure, "")

    columns = [{unit(row[place]) for row in shown.rows} - {""} for place in range(len(shown.heads))]
    if any(len(units) > 1 for units in columns):
        row_units = (next(filter(None, map(unit, row)), "") for row in shown.rows)
        return DataTable(shown, {}, tuple(row_units))
    named = _unit_in(shown.heads[0], known) or _unit_in(shown.title, known)
    common = _common_unit(columns)
    units = {
        place: (
            next(iter(columns[place]), "")
            or _unit_in(shown.heads[place], known)
            or by_label.get(shown.heads[place], "")
            or named
            or common
        )
        for place in sorted(shown.numeric)
    }
    return DataTable(shown, units, ())


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
