"""Counts of one neighbourhood by sex and age: what they add up to, and whether they agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aip_analysis.intake.population.labels import ALL_AGES, UNKNOWN_AGE, Ages, Label, Sex
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.amounts import read_count
from aip_analysis.intake.values.text import is_dash

OLD: Ages = (65, ALL_AGES[1])
VERY_OLD: Ages = (75, ALL_AGES[1])
# An empty cell may mean nobody; a suppressed one is a number that is not told.
Count = int | Literal["empty", "suppressed"]
_Known = Mapping[tuple[Sex, Ages], int]
_SEXES: tuple[Sex, ...] = ("all", "men", "women")
# No neighbourhood has more residents: beyond it, cells run together.
_MOST = 10**7


def read_figure(cell: object) -> Count | None:
    """Return a count; a dash is nobody, as official statistics write it; X is suppressed.

    Returns
    -------
    int, str or None
        None for anything that is not a count of people or households.
    """
    if cell is None:
        return "empty"
    if isinstance(cell, str) and is_dash(folded(cell)):
        return 0
    reading = read_count(cell)
    if reading.mark == "suppressed":
        return "suppressed"
    exact = reading.value if reading.mark == "" else None
    return exact if isinstance(exact, int) and exact <= _MOST else None


@dataclass
class AgeCounts:
    """The published counts of a neighbourhood on a day.

    Parameters
    ----------
    residents
        (sex, ages) -> count.
    households
        The count of households.
    unknown_ages
        Whether totals may include residents of unknown age.
    contradictory
        Whether different counts of the same people were put in.
    """

    residents: dict[tuple[Sex, Ages], Count] = field(default_factory=dict)
    households: Count = "empty"
    unknown_ages: bool = False
    contradictory: bool = False

    def put(self, label: Label, count: Count) -> bool:
        """Set the count of those whom a label names, unless it is empty; return if it was set."""
        key = label.sex or "all", label.ages or ALL_AGES
        before = self.households if label.households else self.residents.get(key, "empty")
        new = before if count == "empty" else count
        if not label.households:
            self.residents[key] = new
        elif key == ("all", ALL_AGES):
            # Others, in a row of men or of an age, are not the households of the place.
            self.households = new
        again = "empty" not in {before, count}
        self.contradictory |= again and before != count
        return again

    def add(self, other: "AgeCounts") -> bool:
        """Add the counts of another row; return whether it gives some that were given before."""
        again = [self.put(Label(sex=sex, ages=ages), count)
                 for (sex, ages), count in other.residents.items()]  # fmt: skip
        if other.households != "empty":
            self.households = other.households
        self.unknown_ages |= other.unknown_ages
        self.contradictory |= other.contradictory
        return any(again)

    @property
    def told(self) -> bool:
        """Whether any figure is given, even if only as suppressed."""
        return any(count != "empty" for count in (*self.residents.values(), self.households))

    @property
    def is_suppressed(self) -> bool:
        """Whether no figure is told, and at least one is suppressed."""
        counts = [*self.residents.values(), self.households]
        return "suppressed" in counts and not any(isinstance(count, int) for count in counts)

    def number(self, ages: Ages) -> int | None:
        """Return the residents of some ages; None if the published figures do not give them."""
        known = self._known()
        return next((count for count in _values(known, ages) if count is not None), None)

    def agree(self) -> bool:
        """Return whether totals are the sums of their parts, as far as both are published."""
        known = self._known()
        published = ({*_values(known, ages)} - {None} for ages in (OLD, VERY_OLD))
        if self.contradictory or any(len(values) > 1 for values in published):
            return False
        total, men, women = (known.get((sex, ALL_AGES)) for sex in _SEXES)
        if None not in (total, men, women) and total != _sum(men, women):
            return False
        return all(self._bands_agree(known, sex) for sex in _SEXES)

    def _bands_agree(self, known: _Known, sex: Sex) -> bool:
        total, bands = known.get((sex, ALL_AGES)), _tiled(known, sex, ALL_AGES)
        if total is None or bands is None:
            return True
        if (sex, UNKNOWN_AGE) in known:
            return bands + known[sex, UNKNOWN_AGE] == total
        return bands == total or (self.unknown_ages and bands < total)

    def _known(self) -> _Known:
        """Return the counts that are numbers, and the empty ones that arithmetic shows to be 0."""
        known = {key: count for key, count in self.residents.items() if isinstance(count, int)}
        for sex in _SEXES:
            filled = {key: 0 for key, count in self.residents.items()
                      if count == "empty" and key[0] == sex} | known  # fmt: skip
            # Where the figures told already make up the total, there is nobody in the empty cells.
            if (sex, ALL_AGES) in known and _tiled(filled, sex, ALL_AGES) == known[sex, ALL_AGES]:
                known = filled
        return known


def _values(known: _Known, ages: Ages) -> list[int | None]:
    """Return a number as published, as the sum of bands, and as the sum of men and women."""
    men, women = (known.get((sex, ages), _with_unknown(known, sex, ages)) for sex in _SEXES[1:])
    return [known.get(("all", ages)), _with_unknown(known, "all", ages), _sum(men, women)]


def _with_unknown(known: _Known, sex: Sex, ages: Ages) -> int | None:
    unknown = known.get((sex, UNKNOWN_AGE), 0) if ages == ALL_AGES else 0
    return _sum(_tiled(known, sex, ages), unknown)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _tiled(known: _Known, sex: Sex, ages: Ages) -> int | None:
    """Return the sum of the narrowest bands that cover ages without gap or overlap.

    None if there are none: 5-year bands up to 60 and over do not give those from 65.
    """
    bands = sorted(
        (-first, end, count)
        for (own, (first, end)), count in known.items()
        if own == sex and ages[0] <= first and end <= ages[1] and (first, end) != ages
    )
    # From the oldest down: the first age that is reached -> the sum of all from it on.
    sums = {ages[1]: 0}
    for negative, end, count in bands:
        if end in sums and -negative not in sums:
            sums[-negative] = sums[end] + count
    return sums.get(ages[0])
