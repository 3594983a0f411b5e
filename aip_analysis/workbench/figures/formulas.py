"""Formulas over counts: what a measure is made of, and its figure from those of its counts."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from aip_analysis.measures.counting.counts import COUNTS, Count
from aip_analysis.measures.figure import LACKS, Figure, rate
from aip_analysis.reference import Measure

Only = tuple[tuple[str, str | int | None], ...]


@dataclass(frozen=True)
class Counted:
    """A count of the codebook, of all its rows or of those with certain terms.

    Parameters
    ----------
    code
        Its code in the codebook.
    only
        Columns of its rows with the value that is asked for in each: see ``Count``.
    """

    code: str
    only: Only = ()

    @property
    def count(self) -> Count | None:
        """The count; None for an estimate, which counts no rows."""
        count = COUNTS.get(self.code)
        return replace(count, only=self.only) if count and self.only else count

    @property
    def table(self) -> str:
        """The record table whose rows it counts; for an estimate, that of the activities held."""
        return COUNTS[self.code].table if self.code in COUNTS else "activity_months"


@dataclass(frozen=True)
class Number:
    """A number that stands in a formula."""

    value: float


@dataclass(frozen=True)
class Sum:
    """A sum, or with a sign of -1 a difference."""

    left: "Formula"
    right: "Formula"
    sign: int = 1


@dataclass(frozen=True)
class Times:
    """A multiple."""

    factor: float
    of: "Formula"


@dataclass(frozen=True)
class Ratio:
    """A quotient."""

    above: "Formula"
    below: "Formula"


Formula = Counted | Number | Sum | Times | Ratio


def formula_of(measure: Measure) -> Formula:
    """Return the formula of a measure of the codebook."""
    if not measure.is_rate:
        return Counted(measure.code)
    quotient = Ratio(Counted(measure.numerator), Counted(measure.denominator))
    return quotient if measure.factor == 1 else Times(measure.factor, quotient)


def counts_of(formula: Formula) -> tuple[Counted, ...]:
    """Return the counts of a formula, each once."""
    return tuple(dict.fromkeys(_leaves(formula)))


def divides(formula: Formula) -> bool:
    """Return whether a formula divides by a count, so that it is a rate."""
    if isinstance(formula, Ratio):
        return True
    return any(divides(part) for part in _parts(formula))


def changed(formula: Formula, change: Callable[[Counted], Counted]) -> Formula:
    """Return a formula with other counts."""
    match formula:
        case Counted():
            return change(formula)
        case Sum(left, right, sign):
            return Sum(changed(left, change), changed(right, change), sign)
        case Times(factor, of):
            return Times(factor, changed(of, change))
        case Ratio(above, below):
            return Ratio(changed(above, change), changed(below, change))
    return formula


def figure_of(formula: Formula, figures: dict[Counted, Figure]) -> Figure:
    """Return the figure of a formula from those of its counts.

    What it leaves out is what its counts leave out; of counts of the same records the larger
    number, as ``figure.rate`` does.
    """
    figure = _figure(formula, figures)
    if not figure.known or isinstance(formula, Counted):
        return figure
    lacks = []
    for lack in LACKS:
        by_table: dict[str, int] = {}
        for count in counts_of(formula):
            most = max(figures[count].lacking(lack), by_table.get(count.table, 0))
            by_table[count.table] = most
        if number := sum(by_table.values()):
            lacks.append((lack, number))
    low = min(figure.low, figure.value or 0.0)
    return replace(figure, lacks=tuple(lacks), low=low, high=max(figure.high, figure.value or 0.0))


def _figure(formula: Formula, figures: dict[Counted, Figure]) -> Figure:
    match formula:
        case Counted():
            return figures[formula]
        case Number(value):
            return Figure.of(value)
        case Times(factor, of):
            return _times(factor, _figure(of, figures))
        case Sum(left, right, sign):
            return _sum(_figure(left, figures), _times(sign, _figure(right, figures)))
        case Ratio(above, below):
            return _quotient(_figure(above, figures), _figure(below, figures))


def _sum(one: Figure, other: Figure) -> Figure:
    if one.value is None or other.value is None:
        return other if one.known else one
    lacks = one.lacks or other.lacks
    return Figure(
        one.value + other.value, "known", lacks, one.low + other.low, one.high + other.high
    )


def _times(factor: float, figure: Figure) -> Figure:
    if figure.value is None or factor == 1:
        return figure
    low, high = sorted(0.0 if not factor else factor * end for end in (figure.low, figure.high))
    return replace(figure, value=factor * figure.value, low=low, high=high)


def _quotient(above: Figure, below: Figure) -> Figure:
    if above.value is None or below.value is None or below.value <= 0:
        return rate(None, above, below)
    figure = rate(above.value / below.value, above, below)
    return replace(figure, high=math.inf) if below.low <= 0 else figure


def _parts(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Sum(left, right):
            return (left, right)
        case Times(_, of):
            return (of,)
        case Ratio(above, below):
            return (above, below)
    return ()


def _leaves(formula: Formula) -> Iterator[Counted]:
    if isinstance(formula, Counted):
        yield formula
    for part in _parts(formula):
        yield from _leaves(part)
