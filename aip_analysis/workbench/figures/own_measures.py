"""Measures that an analyst defines: sums, parts and rates of those of the codebook."""

from dataclasses import dataclass

from aip_analysis.reference import Measure, Ward
from aip_analysis.workbench.figures.formulas import (
    Counted,
    Formula,
    Number,
    Ratio,
    Sum,
    Times,
    counts_of,
    divides,
)

PERCENT = "percent"
_HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class OwnMeasure(Measure):
    """A measure that an analyst defined.

    Its numerator and denominator are empty: what it divides, its formula says.

    Parameters
    ----------
    formula
        What it is made of.
    text
        The formula as it was written.
    """

    formula: Formula
    text: str

    @property
    def is_rate(self) -> bool:
        """Whether its formula divides by a measure."""
        return divides(self.formula)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The measures of its formula; none of them is a part of its own."""
        return tuple(("", each.code) for each in counts_of(self.formula))


def own_measure(
    names: tuple[str, str],
    formula: Formula,
    text: str,
    ward: Ward,
    *,
    unit: str,
    decimals: int | None,
) -> OwnMeasure:
    """Return a measure of one's own.

    A quotient in percent is multiplied by 100, unless the formula does so itself.

    Parameters
    ----------
    names
        Its name, which is its code, and what it is called.
    text
        The formula as it was written.
    unit
        A unit of the vocabulary ``unit`` in any spelling, or any other word.
    decimals
        The decimals shown; by default none for a sum; of a rate one in percent or in a unit that
        counts, such as people per thousand residents, and two in any other.
    """
    term = ward.vocabularies["unit"].find(unit)
    code = term.code if term else unit
    is_rate = divides(formula)
    if code == PERCENT and is_rate and not _multiplies(formula, _HUNDRED):
        formula = Times(_HUNDRED, formula)
    shown = (1 if term else 2) if is_rate else 0
    counts = [ward.codebook[each.code] for each in counts_of(formula)]
    return OwnMeasure(
        code=names[0],
        ja=names[1],
        en=names[1],
        definition_ja=text,
        definition_en=text,
        unit=code,
        decimals=shown if decimals is None else decimals,
        rounded_to=0,
        topic=counts[0].topic,
        numerator="",
        denominator="",
        official_code="",
        source_ja="、".join(dict.fromkeys(one.source_ja for one in counts)),
        source_en=", ".join(dict.fromkeys(one.source_en for one in counts)),
        formula=formula,
        text=text,
    )


def codebook_row(measure: OwnMeasure) -> dict[str, str]:
    """Return the cells of a row of codebook.csv that keeps a measure; empty if none can.

    The codebook knows the quotient of two of its measures, and a hundred of it as a percentage.
    """
    formula = measure.formula
    if measure.unit == PERCENT and isinstance(formula, Times) and formula.factor == _HUNDRED:
        formula = formula.of
    match formula:
        case Ratio(Counted(above, ()), Counted(below, ())):
            own = {"code": f"{above}_per_{below}", "numerator": above, "denominator": below}
            texts = ("ja", "en", "definition_ja", "definition_en", "source_ja", "source_en")
            cells = {name: str(getattr(measure, name)) for name in (*texts, "unit", "topic")}
            return cells | own | {"decimals": str(measure.decimals)}
    return {}


def _multiplies(formula: Formula, factor: float) -> bool:
    """Return whether a formula multiplies by a number."""
    match formula:
        case Times(own, of):
            return own == factor or _multiplies(of, factor)
        case Sum(left, right):
            return _multiplies(left, factor) or _multiplies(right, factor)
        case Ratio(above, below):
            return _multiplies(above, factor) or _multiplies(below, factor)
        case Number() | Counted():
            return False
