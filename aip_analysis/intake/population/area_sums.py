"""Add the figures of neighbourhoods up to areas, by the shares in chome.csv."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aip_analysis.intake.population.age_counts import OLD, VERY_OLD, AgeCounts
from aip_analysis.intake.population.labels import ALL_AGES
from aip_analysis.intake.population.lines import Line
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods
from aip_analysis.records import row_ranges

NAMES = ("population", "households", "population_65plus", "population_75plus")


@dataclass
class AreaSum:
    """The residents of an area.

    Parameters
    ----------
    numbers
        Column of ``population`` -> sum; a column is missing if one of the figures is.
    unknown
        Column -> neighbourhoods whose figures are not published.
    rows
        The rows of the sheet that it is made from.
    approximate
        Whether suppressed figures are added to those of another area, or theirs to these.
    """

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    unknown: dict[str, list[str]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    approximate: bool = False

    def add(self, name: str, count: int | None, place: str) -> None:
        """Add a figure of a neighbourhood."""
        if count is None:
            self.unknown.setdefault(name, []).append(place)
        else:
            self.numbers[name] += count

    def known(self, name: str) -> int | None:
        """Return a sum; None if one of its figures is not published."""
        return None if name in self.unknown else self.numbers[name]

    def record(self) -> dict[str, Any]:
        """Return the columns of ``population`` that follow from it."""
        numbers = {name: self.known(name) for name in NAMES}
        known = [name for name, number in numbers.items() if number is not None]
        return numbers | {
            "source_row": min(self.rows) + 1,
            "source_rows": row_ranges(row + 1 for row in self.rows),
            "marks": ";".join(f"{name}=approximate" for name in known if self.approximate) or None,
        }


@dataclass(eq=False)
class Counted:
    """A neighbourhood, or a whole town, with its figures on a day.

    Parameters
    ----------
    name
        Its name.
    keys
        The key codes of its neighbourhoods.
    counts
        Its figures, of all rows together.
    rows
        Its rows on the sheet.
    several
        Whether it is a town or an area, which may sum up other rows.
    lines
        Its rows with what is in them.
    refused
        Whether its figures cannot be used.
    added_to
        The neighbourhood that its suppressed figures are added to.
    """

    name: str
    keys: tuple[str, ...]
    counts: AgeCounts = field(default_factory=AgeCounts)
    rows: list[int] = field(default_factory=list)
    several: bool = False
    lines: list[Line] = field(default_factory=list)
    refused: bool = False
    added_to: "Counted | None" = None

    @property
    def residents(self) -> int | None:
        """All its residents; None if the published figures do not give them."""
        return self.counts.number(ALL_AGES)

    def add(self, line: Line) -> bool:
        """Add a row; return whether it gives figures that another row has given already."""
        self.rows.append(line.row)
        self.lines.append(line)
        return self.counts.add(line.counts)

    def figures(self) -> dict[str, int | None]:
        """Return its figures by the columns of ``population``."""
        households = self.counts.households
        return {
            "population": self.residents,
            "households": households if isinstance(households, int) else None,
            "population_65plus": self.counts.number(OLD),
            "population_75plus": self.counts.number(VERY_OLD),
        }


def areas_of(keys: Iterable[str], known: Neighbourhoods) -> list[tuple[str, float]]:
    """Return the areas of a neighbourhood or town, each with the share of it.

    Returns
    -------
    list of tuple
        Empty for a town whose neighbourhoods belong to several areas: how many live in which of
        them is not known.
    """
    parts = [known.shares[key] for key in keys]
    if all(part == parts[0] for part in parts) and (len(parts) == 1 or len(parts[0]) == 1):
        return parts[0]
    return []


def sum_areas(counted: Iterable[Counted], known: Neighbourhoods) -> dict[str, AreaSum]:
    """Return the sums of the areas that any of the neighbourhoods belongs to, by area code."""
    sums: dict[str, AreaSum] = {}
    for part in counted:
        areas = areas_of(part.keys, known)
        for code, _share in areas:
            sums.setdefault(code, AreaSum()).rows.update(part.rows)
        # Suppressed figures are within those of another neighbourhood.
        for name, number in ({} if part.added_to else part.figures()).items():
            shares = [share for _code, share in areas]
            numbers = [None] * len(areas) if number is None else divided(number, shares)
            for (code, _share), own in zip(areas, numbers, strict=True):
                sums[code].add(name, own, part.name)
    return sums


def divided(number: int, shares: Sequence[float]) -> list[int]:
    """Return whole numbers in proportion to shares that add up to a number.

    Each is rounded down; what is left goes to the largest remainders, the first ones of equals.
    """
    whole = sum(shares)
    exact = [number * share / whole for share in shares]
    parts = [math.floor(part + 1e-9) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: number - sum(parts)]:
        parts[place] += 1
    return parts
