"""Where a published table lists neighbourhoods, and what its columns hold.

Names may stand once, or in several columns side by side, each with its own figures: in lanes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np

from aip_analysis.intake.population.age_counts import OLD, VERY_OLD
from aip_analysis.intake.population.labels import Label, of_heading, read_age, read_label, read_sex
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods, is_number_of_town
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded, read_text
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

Cells = Sequence[Cell | None]
Role = Literal["name", "number", "sex", "ages", "day", "code", "added_to"]
_HEADINGS: Mapping[Role, re.Pattern[str]] = {
    "code": re.compile(r"key_?code|.*(?:町丁字|町丁目|地域)コード", re.IGNORECASE),
    "added_to": re.compile(r"htksaki|(?:秘匿|合算)先.*", re.IGNORECASE),
    "day": re.compile(r".*(?:年月日|基準日|調査日|時点).*"),
    "number": re.compile(r"丁目|字・丁目名?"),
}
_AGES = re.compile(r"年齢|各歳|歳別|階級")
_CENSUS = re.compile(r"hyosyo|htksyori|htksaki|gassan|秘匿処理|秘匿先情報|合算地域", re.IGNORECASE)
_FEWEST_YEARS = 5
_KNOWN = {
    "population": Label(total=True),
    "households": Label(households=True),
    "population_65plus": Label(ages=OLD),
    "population_75plus": Label(ages=VERY_OLD),
}
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


@dataclass
class Columns:
    """What the columns of a lane hold.

    Parameters
    ----------
    roles
        The columns that are no figures: names of neighbourhoods or towns; the number 一丁目, if it
        stands apart; whom (sex, ages) and when (day) a row counts; e-Stat's code of its
        neighbourhood, and of the one that its suppressed figures are added to.
    figures
        Column -> whom it counts.
    headings
        Column -> heading as written.
    census
        Whether these are the columns of e-Stat's census tables.
    """

    roles: dict[Role, int] = field(default_factory=dict)
    figures: dict[int, Label] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    census: bool = False

    @property
    def unknown_ages(self) -> bool:
        """Whether totals include residents of unknown age."""
        return self.census or any(label.mentions_unknown for label in self.figures.values())


def is_heading(row: Cells, name: int) -> bool:
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


def read_columns(
    sheet: Sheet, lane: Lane, heads: Sequence[int], body: Iterable[int], ward: Ward
) -> Columns:
    """Return what the columns of a lane hold, by the headings above them and by their cells."""
    columns = Columns({"name": lane.name})
    spellings = ward.heading_spellings.get("population", {})
    for place, parts in _heading_parts(sheet, lane, heads).items():
        texts = [read_text(part) for part in parts]
        columns.headings[place] = "".join(dict.fromkeys(texts))
        columns.census |= any(_CENSUS.fullmatch(folded(text)) for text in texts)
        if place == lane.name:
            continue
        head = folded(columns.headings[place])
        known = spellings.get(plain(head), "")
        label = _KNOWN.get(known) or of_heading(parts)
        encoded = sheet.columns[place]
        cells = [cell for row in body if (cell := encoded.cell(row)) is not None]
        role = "day" if known == "as_of" else _role(head, label, cells)
        if role:
            columns.roles[role] = place
        elif label:
            columns.figures[place] = label
    return columns


def _role(head: str, label: Label | None, cells: Sequence[Cell]) -> Role | None:
    for role, pattern in _HEADINGS.items():
        if pattern.fullmatch(head):
            return role
    if label is None and _AGES.search(head) and _most(cells, read_age):
        return "ages"
    return "sex" if _most(cells, read_sex) else None


def _most(cells: Sequence[Cell], read: Callable[[Cell], object]) -> bool:
    understood = sum(read(cell) is not None for cell in cells)
    return 2 * understood > len(cells)


def _heading_parts(sheet: Sheet, lane: Lane, heads: Sequence[int]) -> dict[int, list[Cell]]:
    """Return the cells that name each column, from the top; upper ones may span several."""
    parts: dict[int, list[Cell]] = {place: [] for place in range(lane.left, lane.right)}
    for row in heads:
        spans = {
            (top, left): right for top, left, bottom, right in sheet.merged if top <= row <= bottom
        }
        above: Cell | None = None
        until = -1
        for place, own in parts.items():
            cell = sheet.columns[place].cell(row)
            if cell is not None:
                above = cell if place != lane.name else None
                until = spans.get((row, place), place if sheet.merged else lane.right)
                own.append(cell)
            elif above is not None and row != heads[-1] and place <= until:
                own.append(above)
    return parts
