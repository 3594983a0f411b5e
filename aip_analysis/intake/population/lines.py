"""The rows of a published table: titles, headings, neighbourhoods, sums, and what is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from aip_analysis.intake.population.age_counts import Count
from aip_analysis.intake.population.columns import Columns, is_heading, read_columns
from aip_analysis.intake.population.figure_cells import read_figure
from aip_analysis.intake.population.labels import (
    ALL_AGES,
    Ages,
    Label,
    Sex,
    read_age,
    read_sex,
)
from aip_analysis.intake.population.lanes import Lane
from aip_analysis.intake.population.municipality import other_rows
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
# figures of something that chome.csv does not know.
Kind = Literal["title", "heading", "named", "sum", "unknown", "note", "empty"]
Key = tuple[Literal["households"] | Sex, Ages]
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
    named
        What the name stands for.
    figures
        (sex, ages) or households -> count.
    unread
        Columns whose cells are no counts.
    day
        The day that a column of days gives; None if there is none or it cannot be read.
    code, added_to
        e-Stat's code of the neighbourhood, and of the one that suppressed figures are added to.
    twice
        Whether two columns give different figures of the same people.
    """

    row: int
    kind: Kind
    text: str = ""
    named: Named | None = None
    figures: dict[Key, Count] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    day: date | None = None
    code: str = ""
    added_to: str = ""
    twice: bool = False

    @property
    def residents(self) -> Count | None:
        """The count of all residents, as published."""
        return self.figures.get(("all", ALL_AGES))


@dataclass
class Reading:
    """What has been read so far of a lane.

    Parameters
    ----------
    sex
        The sex that a title says the figures below it are of.
    town
        The town whose name stands above the parts of it.
    last
        The last name, for the rows below that have none of their own.
    """

    sex: Sex | None = None
    town: str = ""
    last: str = ""


@dataclass
class LaneReader:
    """Reader of the rows of a lane.

    Parameters
    ----------
    sheet, lane
        Where the rows are.
    known
        The neighbourhoods of the ward.
    """

    sheet: Sheet
    lane: Lane
    known: Neighbourhoods
    tables: list[Columns] = field(default_factory=list)

    def read(self) -> list[Line]:
        """Return all rows, in order."""
        lines: list[Line] = []
        reading = Reading(sex_of(self.sheet.name))
        heads: list[int] = []
        columns: Columns | None = None
        rows = [self._cells(row) for row in range(self.sheet.height)]
        others = other_rows(self.sheet, self.known.ward)
        headings = [is_heading(cells, self.lane.name - self.lane.left) for cells in rows]
        for row, cells in enumerate(rows):
            if all(cell is None for cell in cells):
                lines.append(Line(row, "empty"))
            elif others[row]:
                lines.append(Line(row, "note"))
            elif headings[row] and self._name(cells) is None:
                heads = [*heads, row] if heads and heads[-1] == row - 1 else [row]
                lines.append(Line(row, "heading"))
                columns = None
            elif not heads:
                lines.append(self._title(row, cells, reading))
            else:
                if columns is None:
                    columns = self._columns(heads, headings)
                lines.append(self._line(row, cells, columns, reading))
        return lines

    def _columns(self, heads: Sequence[int], headings: Sequence[bool]) -> Columns:
        last = next(
            (row for row in range(heads[-1] + 1, self.sheet.height) if headings[row]),
            self.sheet.height,
        )
        body = range(heads[-1] + 1, last)
        columns = read_columns(self.sheet, self.lane, heads, body, self.known.ward)
        self.tables.append(columns)
        return columns

    def _cells(self, row: int) -> list[Cell | None]:
        encoded_columns = self.sheet.columns[self.lane.left : self.lane.right]
        return [encoded.cell(row) for encoded in encoded_columns]

    def _name(self, cells: Sequence[Cell | None]) -> Named | None:
        cell = cells[self.lane.name - self.lane.left]
        return self.known.find(read_text(cell)) if isinstance(cell, str) else None

    def _title(self, row: int, cells: Sequence[Cell | None], reading: Reading) -> Line:
        text = " ".join(read_text(cell) for cell in cells if cell is not None)
        reading.sex = sex_of(text) or reading.sex
        return Line(row, "title", text)

    def _line(
        self, row: int, cells: Sequence[Cell | None], columns: Columns, reading: Reading
    ) -> Line:
        line = Line(row, "note")
        _read_figures(line, cells, columns, self.lane.left, reading.sex)
        line.text = self._full_name(cells, columns, reading)
        told = any(count != "empty" for count in line.figures.values())
        line.named = self.known.find(line.text)
        if not told and not line.added_to and not (line.unread and line.named):
            return self._without_figures(line, cells, reading)
        if line.named is None:
            summed = self.known.find_sum(line.text)
            of_all = self.known.is_whole(line.text)
            line.kind = "sum" if summed or of_all else "unknown"
            line.named = summed
            return line if told else self._without_figures(line, cells, reading)
        reading.last = line.text
        line.kind = "named"
        if line.named.several:
            reading.town = line.text
        return line

    def _without_figures(self, line: Line, cells: Sequence[Cell | None], reading: Reading) -> Line:
        """Return a row without figures: the name of a town, a title further down, or a note."""
        named = self.known.find(line.text)
        if named is not None and named.several:
            reading.town = line.text
        elif named is not None:
            return Line(line.row, "named", line.text, named, line.figures, day=line.day)
        title = self._title(line.row, cells, reading)
        return Line(line.row, "note", title.text)

    def _full_name(self, cells: Sequence[Cell | None], columns: Columns, reading: Reading) -> str:
        """Return the name of a row, with the town that stands in another column or row."""
        text = _text(cells[columns.name - self.lane.left])
        part = _text(cells[columns.number - self.lane.left]) if columns.number is not None else ""
        if text and columns.number is not None:
            reading.town = text
        if part and (part.isdecimal() or is_number_of_town(part)):
            return f"{reading.town}{part}{'丁目' if part.isdecimal() else ''}"
        if is_number_of_town(text):
            return f"{reading.town}{text}"
        if not text and (columns.sex is not None or columns.ages is not None):
            return reading.last
        return text


def sex_of(text: str) -> Sex | None:
    """Return the sex that all figures are of by a title or sheet's name; None if it names none."""
    whole = read_sex(text)
    if whole is not None:
        return whole
    match = _ONE_SEX.search(folded(text))
    if not match:
        return None
    return "men" if "男" in match[0] else "women"


def _read_figures(
    line: Line, cells: Sequence[Cell | None], columns: Columns, left: int, sex: Sex | None
) -> None:
    """Set what the cells of a row say, apart from its name."""
    if columns.day is not None and (cell := cells[columns.day - left]) is not None:
        value = read_day(cell, FiscalYear(1)).value
        line.day = value if isinstance(value, date) else None
    line.code = _text(cells[columns.code - left]) if columns.code is not None else ""
    line.added_to = _text(cells[columns.added_to - left]) if columns.added_to is not None else ""
    own = _whom(cells, columns, left, sex)
    for place, label in columns.figures.items():
        joined = label.joined(own) if own is not None else None
        if joined is None:
            continue
        count = read_figure(cells[place - left])
        if count is None:
            line.unread.append(place)
        else:
            _set_count(line, joined, count)


def _set_count(line: Line, label: Label, count: Count) -> None:
    for key in _keys(label):
        before = line.figures.get(key, "empty")
        line.twice |= "empty" not in (before, count) and before != count
        line.figures[key] = before if count == "empty" else count


def _whom(
    cells: Sequence[Cell | None], columns: Columns, left: int, sex: Sex | None
) -> Label | None:
    """Return whom a row counts by its cells, and by the title above it.

    None if it counts residents in another way, such as by their mean age.
    """
    whom: Label | None = Label(sex=sex if sex != "all" else None)
    for place, read in ((columns.sex, read_sex), (columns.ages, read_age)):
        cell = cells[place - left] if place is not None else None
        if whom is None or cell is None:
            continue
        said = read(cell)
        whom = whom.joined(_label(said)) if said is not None else None
    return whom


def _label(said: Sex | Ages) -> Label:
    return Label(sex=said) if isinstance(said, str) else Label(ages=said)


def _keys(label: Label) -> Iterator[Key]:
    if label.households:
        # Households have no sex or age: those of a row of men are not households of the place.
        if label.sex in (None, "all") and label.ages in (None, ALL_AGES):
            yield "households", ALL_AGES
        return
    yield label.sex or "all", label.ages or ALL_AGES


def _text(cell: Cell | None) -> str:
    return "" if cell is None else read_text(cell)
