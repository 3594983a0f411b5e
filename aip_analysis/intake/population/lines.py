"""The rows of a published table: titles, headings, neighbourhoods, sums, and what is none."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from aip_analysis.intake.population.age_counts import AgeCounts, read_figure
from aip_analysis.intake.population.columns import (
    Cells,
    Columns,
    Lane,
    Role,
    is_heading,
    read_columns,
)
from aip_analysis.intake.population.labels import Label, Sex, read_age, read_sex
from aip_analysis.intake.population.neighbourhoods import (
    Named,
    Neighbourhoods,
    is_number_of_town,
)
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import folded, read_text
from aip_analysis.intake.values.days import read_day
from aip_analysis.reference import FiscalYear

# ``named``: of a neighbourhood or of a whole town; ``sum``: of rows of the table; ``unknown``: with
# figures of something that chome.csv does not know. Those are ``used`` or ``set_aside`` in the end.
Kind = Literal[
    "title", "heading", "named", "sum", "unknown", "note", "empty", "used", "set_aside"
]  # fmt: skip
RECORDED = frozenset({"named", "sum", "unknown"})
_ONE_SEX = re.compile(
    r"(?:[(\[【<・_\s]|^)(男|女)[性子]?[)\]】>]?$|(?<!男)(男|女)[性子]?人口(?:\([^)]*\))?$"
)


@dataclass
class Line:
    """A row of a table.

    Parameters
    ----------
    row
        Its index on the sheet.
    kind
        What it is.
    text
        The name in it, or what a title or note says.
    cells, columns
        Its cells, and what the columns hold.
    named
        What the name stands for.
    counts
        Its figures.
    unread
        Columns whose cells are no counts.
    day
        The day that its figures are of; None if none is given or it cannot be read.
    """

    row: int
    kind: Kind
    text: str = ""
    cells: Cells = ()
    columns: Columns = field(default_factory=Columns)
    named: Named | None = None
    counts: AgeCounts = field(default_factory=AgeCounts)
    unread: list[int] = field(default_factory=list)
    day: date | None = None

    def cell(self, role: Role) -> Cell | None:
        """Return the cell in a column; None if it is empty or there is no such column."""
        return self.cells[self.columns.roles[role]] if role in self.columns.roles else None

    def said(self, role: Role) -> str:
        """Return the text in a column."""
        cell = self.cell(role)
        return "" if cell is None else read_text(cell)

    def read_figures(self, sex: Sex | None) -> None:
        """Take the day and the figures; a title may say which sex they are of."""
        if (cell := self.cell("day")) is not None:
            value = read_day(cell, FiscalYear(1)).value
            self.day = value if isinstance(value, date) else None
        self.counts.unknown_ages = self.columns.unknown_ages
        whom = self._whom(sex)
        for place, label in self.columns.figures.items():
            joined = label.joined(whom) if whom else None
            count = read_figure(self.cells[place])
            if joined and count is None:
                self.unread.append(place)
            elif joined and count is not None:
                self.counts.put(joined, count)

    def _whom(self, sex: Sex | None) -> Label | None:
        """Return whom it counts by its cells, and by the title above it.

        None if it counts residents in another way, such as by their mean age.
        """
        whom: Label | None = Label(sex=sex)
        if (cell := self.cell("sex")) is not None:
            own = read_sex(cell)
            whom = Label(sex=own).joined(Label(sex=sex)) if own else None
        if whom and (cell := self.cell("ages")) is not None:
            ages = read_age(cell)
            whom = whom.joined(Label(ages=ages)) if ages else None
        return whom


def sex_of(text: str) -> Sex | None:
    """Return the sex that all figures are of by a title or sheet's name; None if it names none."""
    whole = read_sex(text)
    if whole is not None:
        return whole
    match = _ONE_SEX.search(folded(text))
    if not match:
        return None
    return "men" if "男" in match[0] else "women"


@dataclass
class LaneReader:
    """Reader of the rows of a lane, from the top.

    Parameters
    ----------
    sheet, lane
        Where the rows are.
    others
        Rows that are of other municipalities.
    known
        The neighbourhoods of the ward.
    tables
        The columns of each table read so far: a heading begins another one.
    """

    sheet: Sheet
    lane: Lane
    others: AbstractSet[int]
    known: Neighbourhoods
    tables: list[Columns] = field(default_factory=list)
    # The sex that a title says the figures below are of, the town whose name stands above the
    # parts of it, and the last name, for the rows below that have none of their own.
    _sex: Sex | None = None
    _town: str = ""
    _last: str = ""

    def read(self) -> list[Line]:
        """Return all rows, in order."""
        self._sex = sex_of(self.sheet.name)
        rows = [self._cells(row) for row in range(self.sheet.height)]
        headings = [
            row not in self.others and is_heading(cells, self.lane.name) and not self._names(cells)
            for row, cells in enumerate(rows)
        ]
        lines: list[Line] = []
        for row, cells in enumerate(rows):
            if all(cell is None for cell in cells):
                lines.append(Line(row, "empty"))
            elif row in self.others:
                lines.append(Line(row, "note"))
            elif headings[row]:
                lines.append(Line(row, "heading"))
                if row + 1 == len(rows) or not headings[row + 1]:
                    self.tables.append(self._columns(row, headings))
            else:
                lines.append(self._line(row, cells))
        return lines

    def _cells(self, row: int) -> Cells:
        """Return the cells of a row of the sheet, without those of other lanes."""
        inside = range(self.lane.left, self.lane.right)
        cells = enumerate(self.sheet.row(row))
        return [cell if place in inside else None for place, cell in cells]

    def _names(self, cells: Cells) -> bool:
        cell = cells[self.lane.name]
        return isinstance(cell, str) and self.known.find(read_text(cell)) is not None

    def _columns(self, last: int, headings: Sequence[bool]) -> Columns:
        """Return the columns below headings of which the last row is given."""
        first = last
        while first and headings[first - 1]:
            first -= 1
        body = range(last + 1, next((row for row in range(last + 1, len(headings))
                                     if headings[row]), len(headings)))  # fmt: skip
        return read_columns(self.sheet, self.lane, range(first, last + 1), body, self.known.ward)

    def _line(self, row: int, cells: Cells) -> Line:
        whole = " ".join(read_text(cell) for cell in cells if cell is not None)
        if not self.tables:
            self._sex = sex_of(whole) or self._sex
            return Line(row, "title", whole)
        line = Line(row, "note", whole, cells, self.tables[-1])
        line.read_figures(self._sex)
        name = self._full_name(line)
        line.named = self.known.find(name)
        if line.named and line.named.several:
            self._town = name
        # The name of a town without figures stands above the parts of it.
        empty = not line.counts.told and not line.unread and not line.said("added_to")
        if line.counts.told or (line.named and not (line.named.several and empty)):
            line.text = name
            line.kind = self._kind(line)
        else:
            self._sex = sex_of(whole) or self._sex
        return line

    def _kind(self, line: Line) -> Kind:
        if line.named is not None:
            self._last = line.text
            return "named"
        line.named = self.known.find_sum(line.text)
        return "sum" if line.named or self.known.is_whole(line.text) else "unknown"

    def _full_name(self, line: Line) -> str:
        """Return the name of a row, with the town that stands in another column or row."""
        text, part = line.said("name"), line.said("number")
        if text and "number" in line.columns.roles:
            self._town = text
        if part and (part.isdecimal() or is_number_of_town(part)):
            return f"{self._town}{part}{'丁目' if part.isdecimal() else ''}"
        if is_number_of_town(text):
            return f"{self._town}{text}"
        if not text and not line.columns.roles.keys().isdisjoint({"sex", "ages"}):
            return self._last
        return text
