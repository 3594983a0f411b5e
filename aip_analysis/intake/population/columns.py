"""The columns of a published table: names, ages, sexes, days, codes, and figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from aip_analysis.intake.population.labels import Label, of_heading, read_age, read_label, read_sex
from aip_analysis.intake.population.lanes import Lane
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import folded, read_text
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

_AGES = re.compile(r"年齢|各歳|歳別|階級")
_DAY = re.compile(r"年月日|基準日|調査日|時点")
_NUMBER = re.compile(r"丁目|字・丁目名?")
_CODE = re.compile(r"key_?code|.*(?:町丁字|町丁目|地域)コード", re.IGNORECASE)
_ADDED_TO = re.compile(r"htksaki|(?:秘匿|合算)先.*", re.IGNORECASE)
_CENSUS = re.compile(r"hyosyo|htksyori|htksaki|gassan|秘匿処理|秘匿先情報|合算地域", re.IGNORECASE)
_FEWEST_YEARS = 5
Heads = Sequence[int]


@dataclass
class Columns:
    """What the columns of a lane hold.

    Parameters
    ----------
    name, number
        Names of neighbourhoods or towns, and the part 一丁目 of the name if it stands apart.
    sex, ages, day
        Columns that say of each row whom and when it counts.
    code, added_to
        e-Stat's code of a neighbourhood, and of the one that its suppressed figures are added to.
    figures
        Column -> whom it counts.
    headings
        Column -> heading as written.
    census
        Whether these are the columns of e-Stat's census tables.
    """

    name: int
    number: int | None = None
    sex: int | None = None
    ages: int | None = None
    day: int | None = None
    code: int | None = None
    added_to: int | None = None
    figures: dict[int, Label] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    census: bool = False

    @property
    def unknown_ages(self) -> bool:
        """Whether totals include residents of unknown age."""
        return self.census or any(label.mentions_unknown for label in self.figures.values())


def is_heading(row: Sequence[Cell | None], name: int) -> bool:
    """Return whether a row names columns: labels and no figures, other than single ages in order.

    A lone label is a title: it says whom the table below counts.
    """
    others = [cell for place, cell in enumerate(row) if place != name and cell is not None]
    numbers = [int(read_text(cell)) for cell in others if read_text(cell).isdecimal()]
    in_order = list(range(numbers[0], numbers[0] + len(numbers))) if numbers else []
    if numbers and (len(numbers) < _FEWEST_YEARS or numbers != in_order):
        return False
    filled = sum(cell is not None for cell in row)
    return filled > 1 and any(
        isinstance(cell, str) and (read_label(cell) is not None or _CENSUS.fullmatch(folded(cell)))
        for cell in others
    )


def read_columns(sheet: Sheet, lane: Lane, heads: Heads, body: range, ward: Ward) -> Columns:
    """Return what the columns of a lane hold, by the headings above them and by their cells."""
    columns = Columns(lane.name)
    parts = _heading_parts(sheet, lane, heads)
    spellings = ward.heading_spellings.get("population", {})
    for place in range(lane.left, lane.right):
        texts = [read_text(part) for part in parts[place]]
        columns.headings[place] = "".join(dict.fromkeys(texts))
        columns.census |= any(_CENSUS.fullmatch(folded(text)) for text in texts)
        if place != lane.name:
            _place_column(columns, place, parts[place], _cells(sheet, place, body), spellings)
    return columns


def _place_column(
    columns: Columns,
    place: int,
    parts: Sequence[Cell],
    cells: Sequence[Cell],
    spellings: dict[str, str],
) -> None:
    head = folded(columns.headings[place])
    label = _KNOWN.get(spellings.get(plain(head), "")) or of_heading(list(parts))
    ages = [cell for cell in cells if read_age(cell) is not None]
    sexes = [cell for cell in cells if isinstance(cell, str) and read_sex(cell) is not None]
    if _CODE.fullmatch(head):
        columns.code = place
    elif _ADDED_TO.fullmatch(head):
        columns.added_to = place
    elif _DAY.search(head) or spellings.get(plain(head)) == "as_of":
        columns.day = place
    elif _NUMBER.fullmatch(head):
        columns.number = place
    elif label is None and _AGES.search(head) and _most(ages, cells):
        columns.ages = place
    elif _most(sexes, cells):
        columns.sex = place
    elif label is not None:
        columns.figures[place] = label


_KNOWN = {
    "population": Label(total=True),
    "households": Label(households=True),
    "population_65plus": Label(ages=(65, 1000)),
    "population_75plus": Label(ages=(75, 1000)),
}


def _most(chosen: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    return bool(chosen) and 2 * len(chosen) > len(cells)


def _cells(sheet: Sheet, place: int, body: Iterable[int]) -> list[Cell]:
    encoded = sheet.columns[place]
    return [cell for row in body if (cell := encoded.cell(row)) is not None]


def _heading_parts(sheet: Sheet, lane: Lane, heads: Heads) -> dict[int, list[Cell]]:
    """Return the cells that name each column, from the top; upper ones may span several."""
    parts: dict[int, list[Cell]] = {place: [] for place in range(lane.left, lane.right)}
    for row in heads:
        spans = {
            (top, left): right for top, left, bottom, right in sheet.merged if top <= row <= bottom
        }
        above: Cell | None = None
        until = -1
        for place in range(lane.left, lane.right):
            cell = sheet.columns[place].cell(row)
            if cell is not None:
                above = cell if place != lane.name else None
                until = spans.get((row, place), place if sheet.merged else lane.right)
                parts[place].append(cell)
            elif above is not None and row != heads[-1] and place <= until:
                parts[place].append(above)
    return parts
