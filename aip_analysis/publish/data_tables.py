"""Tables of a page made fit for programs: every number has its unit, nothing is left to the eye.

They follow 総務省's rules (統計表における機械判読可能なデータの表記方法の統一ルール): one datum a
cell, units in heads or in a column of their own, nothing left out because it stood above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aip_analysis.messages import Language, say
from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.shown_tables import Shown, ShownTable

# What stands in brackets at the end of a head or a title: its unit, or the last of several words.
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]$")
_WORDS = re.compile(r"[、,，]\s*")


@dataclass(frozen=True)
class DataTable:
    """A table of the page with the units of its numbers.

    Parameters
    ----------
    shown
        The table as the page shows it.
    units
        The unit of each column of numbers; empty where rows have units.
    row_units
        The unit of each row; empty where columns have units.
    """

    shown: ShownTable
    units: dict[int, str]
    row_units: tuple[str, ...]

    def unit(self, row: int, column: int) -> str:
        """Give the unit of a number."""
        return self.row_units[row] if self.row_units else self.units.get(column, "")

    def code(self, row: int) -> str:
        """Give the measure that a whole row tells of; empty where rows tell of several."""
        cells = self.shown.rows[row] if self.row_units else ()
        return next((cell.measure for cell in cells if cell.measure), "")

    def heads(self, language: Language) -> list[str]:
        """Give the heads of the columns, with units."""
        shown = self.shown
        given = [
            _with_unit(head, self.units.get(place, ""), language)
            for place, head in enumerate(shown.heads)
        ]
        added = [(say("beside.part", language), bool(shown.parts))]
        added.append((say("beside.under", language), any(shown.under)))
        units = [say(f"beside.{name}", language) for name in ("code", "unit")]
        between = units if self.row_units else []
        return [*(head for head, wanted in added if wanted), given[0], *between, *given[1:]]

    def rows(self, language: Language) -> Iterator[list[Shown]]:
        """Give the rows below these heads; a number that is missing has its sign."""
        shown = self.shown
        nothing = say("beside.not_applicable", language)
        for row, cells in enumerate(shown.rows):
            first = [Shown(shown.part_of(row))] if shown.parts else []
            first += [Shown(shown.under[row])] if any(shown.under) else []
            between = []
            if self.row_units:
                between = [Shown(self.code(row)), Shown(self.row_units[row])]
            written = [
                Shown(nothing) if place in shown.numeric and cell.value == "" else cell
                for place, cell in enumerate(cells)
            ]
            yield [*first, *written[:1], *between, *written[1:]]


def data_table(shown: ShownTable, words: DataWords) -> DataTable:
    """Find the units of a table's numbers.

    A column or a row has the unit of the measures that stand in it. Elsewhere the head names the
    unit or a measure, or the title names the unit at its end.
    """
    by_code = {each.code: each.unit for each in words.definitions}
    by_label = {each.label: each.unit for each in words.definitions}
    known = set(by_code.values())

    def unit(cell: Shown) -> str:
        return cell.unit or by_code.get(cell.measure, "")

    columns = [{unit(row[place]) for row in shown.rows} - {""} for place in range(len(shown.heads))]
    if any(len(units) > 1 for units in columns):
        told = (next(filter(None, map(unit, row)), "") for row in shown.rows)
        return DataTable(shown, {}, tuple(told))
    common = _unit_in(shown.heads[0], known) or _unit_in(shown.title, known)
    whole = _common_unit(columns)
    units = {
        place: (
            next(iter(columns[place]), "")
            or _unit_in(shown.heads[place], known)
            or by_label.get(shown.heads[place], "")
            or common
            or whole
        )
        for place in sorted(shown.numeric)
    }
    return DataTable(shown, units, ())


def _common_unit(columns: list[set[str]]) -> str:
    """Give the unit that all columns have which have any, such as that beside a difference."""
    units = set().union(*columns)
    return units.pop() if len(units) == 1 else ""


def _unit_in(text: str, known: set[str]) -> str:
    """Give the unit that a head or title names at its end; empty where it names none."""
    if text in known:
        return text
    found = _BRACKETS.search(text)
    last = _WORDS.split(found[1])[-1] if found else ""
    return last if last in known else ""


def _with_unit(head: str, unit: str, language: Language) -> str:
    found = _BRACKETS.search(head)
    if not unit or unit == head or (found and unit in _WORDS.split(found[1])):
        return head
    return say("beside.unit_behind", language, head=head, unit=unit)
