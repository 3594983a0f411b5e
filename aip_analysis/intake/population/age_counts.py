"""Counts of one neighbourhood by sex and age: what they add up to, and whether they agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aip_analysis.intake.population.labels import ALL_AGES, UNKNOWN_AGE, Ages, Sex

OLD: Ages = (65, ALL_AGES[1])
VERY_OLD: Ages = (75, ALL_AGES[1])
# An empty cell may mean nobody; a suppressed one is a number that is not told.
Missing = Literal["empty", "suppressed"]
Count = int | Missing
_PARTS: tuple[Sex, Sex] = ("men", "women")
_SEXES: tuple[Sex, ...] = ("all", *_PARTS)


@dataclass
class AgeCounts:
    """The published counts of a neighbourhood on a day.

    Parameters
    ----------
    residents
        (sex, ages) -> count.
    households
        The count of households; None if the table has none.
    unknown_ages
        Whether totals may include residents of unknown age.
    """

    residents: dict[tuple[Sex, Ages], Count] = field(default_factory=dict)
    households: Count | None = None
    unknown_ages: bool = False

    @property
    def is_suppressed(self) -> bool:
        """Whether no figure is told, and at least one is suppressed."""
        counts = [*self.residents.values(), self.households]
        return "suppressed" in counts and not any(isinstance(count, int) for count in counts)

    def number(self, ages: Ages) -> int | None:
        """Return the residents of some ages; None if the published figures do not give them."""
        known = self._known
        return next(_values(known, ages), None)

    def agree(self) -> bool:
        """Return whether totals are the sums of their parts, as far as both are published."""
        known = self._known
        for ages in (OLD, VERY_OLD):
            if len(set(_values(known, ages))) > 1:
                return False
        total = known.get(("all", ALL_AGES))
        halves = _added([known.get((sex, ALL_AGES)) for sex in _PARTS])
        if total is not None and halves is not None and total != halves:
            return False
        return all(self._bands_agree(known, sex) for sex in _SEXES)

    def _bands_agree(self, known: Mapping[tuple[Sex, Ages], int], sex: Sex) -> bool:
        total = known.get((sex, ALL_AGES))
        bands = _tiled(known, sex, ALL_AGES)
        if total is None or bands is None:
            return True
        unknown = known.get((sex, UNKNOWN_AGE))
        if unknown is not None:
            return bands + unknown == total
        return bands == total or (self.unknown_ages and bands < total)

    @property
    def _known(self) -> dict[tuple[Sex, Ages], int]:
        """The counts that are numbers, and the empty ones that arithmetic shows to be zero."""
        known = {key: count for key, count in self.residents.items() if isinstance(count, int)}
        for sex in _SEXES:
            total = known.get((sex, ALL_AGES))
            filled: dict[tuple[Sex, Ages], int] = {
                key: count if isinstance(count, int) else 0
                for key, count in self.residents.items()
                if count != "suppressed" and key[0] == sex
            }
            # Where the figures told already make up the total, there is nobody in the empty cells.
            if total is not None and _tiled(filled, sex, ALL_AGES) == total:
                known |= filled
        return known


def _values(known: Mapping[tuple[Sex, Ages], int], ages: Ages) -> Iterator[int]:
    """Yield a number as published, as the sum of bands, and as the sum of men and women."""
    if ("all", ages) in known:
        yield known["all", ages]
    bands = _tiled(known, "all", ages)
    if bands is not None and not (ages == ALL_AGES and ("all", ages) in known):
        yield bands + (known.get(("all", UNKNOWN_AGE), 0) if ages == ALL_AGES else 0)
    halves = _added(
        [
            known[sex, ages] if (sex, ages) in known else _with_unknown(known, sex, ages)
            for sex in _PARTS
        ]
    )
    if halves is not None:
        yield halves


def _with_unknown(known: Mapping[tuple[Sex, Ages], int], sex: Sex, ages: Ages) -> int | None:
    bands = _tiled(known, sex, ages)
    if bands is None or ages != ALL_AGES:
        return bands
    return bands + known.get((sex, UNKNOWN_AGE), 0)


def _added(counts: list[int | None]) -> int | None:
    numbers = [count for count in counts if count is not None]
    return sum(numbers) if len(numbers) == len(counts) else None


def _tiled(known: Mapping[tuple[Sex, Ages], int], sex: Sex, ages: Ages) -> int | None:
    """Return the sum of the narrowest bands that cover ages without gap or overlap.

    Parameters
    ----------
    known
        (sex, ages) -> count.
    sex, ages
        What is asked for.

    Returns
    -------
    int or None
        None if there are no such bands: 5-year bands up to 60 and over do not give those from 65.
    """
    bands: dict[int, list[tuple[int, int]]] = {}
    for (own, (first, end)), count in known.items():
        inside = own == sex and ages[0] <= first < end <= ages[1]
        if inside and (first, end) != ages:
            bands.setdefault(first, []).append((end, count))
    # For each age that is reached: the bands used so far, and their sum. More bands are narrower.
    reached: dict[int, tuple[int, int]] = {ages[0]: (0, 0)}
    for first in sorted(bands):
        if first not in reached:
            continue
        used, total = reached[first]
        for end, count in bands[first]:
            if end not in reached or reached[end][0] < used + 1:
                reached[end] = (used + 1, total + count)
    return reached[ages[1]][1] if ages[1] in reached else None
