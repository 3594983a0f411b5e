"""The codebook: the definitions of all measures."""

from collections.abc import Iterator
from dataclasses import dataclass

from aip_analysis.messages import Language

# The parts of a rate.
NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class Measure:
    """A measure: its name, its definition, and its source.

    Parameters
    ----------
    code
        Its name in tables of figures.
    ja, en, definition_ja, definition_en, source_ja, source_en
        Name, definition and source in both languages.
    unit
        A code of the vocabulary ``unit``.
    decimals
        The number of decimals shown.
    rounded_to
        For an estimate, the step to which it is rounded, such as 10 people; 0 for what is counted.
    topic
        The section of the report that it belongs to.
    numerator, denominator
        For a rate, the measures it is computed from; empty for a count. Rates of a block or the
        ward are computed from the sums of both, never averaged.
    official_code
        The code of the national indicator, if any; otherwise empty.
    readings, synonyms
        Its name in kana, and other names that people use; it is found by them.
    """

    code: str
    ja: str
    en: str
    definition_ja: str
    definition_en: str
    unit: str
    decimals: int
    rounded_to: float
    topic: str
    numerator: str
    denominator: str
    official_code: str
    source_ja: str
    source_en: str
    readings: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def is_rate(self) -> bool:
        """Whether it is one measure divided by another."""
        return bool(self.denominator)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Its parts with the codes of their measures: of a rate both, of a count itself."""
        if not self.is_rate:
            return (("", self.code),)
        return ((NUMERATOR, self.numerator), (DENOMINATOR, self.denominator))

    @property
    def factor(self) -> int:
        """What the quotient is multiplied by: 100 for a percentage."""
        return 100 if self.unit == "percent" else 1

    @property
    def is_estimate(self) -> bool:
        """Whether it is estimated, so that texts say "about"."""
        return self.rounded_to > 0

    def label(self, language: Language) -> str:
        """Return its name."""
        return self.en if language == "en" else self.ja

    def definition(self, language: Language) -> str:
        """Return its definition: how it is counted."""
        return self.definition_en if language == "en" else self.definition_ja

    def source(self, language: Language) -> str:
        """Return its source: the records that it is counted from."""
        return self.source_en if language == "en" else self.source_ja


@dataclass(frozen=True)
class Codebook:
    """All measures, in the order of codebook.csv."""

    measures: tuple[Measure, ...]

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures)

    def __getitem__(self, code: str) -> Measure:
        for measure in self.measures:
            if measure.code == code:
                return measure
        raise KeyError(code)

    @property
    def rates(self) -> tuple[Measure, ...]:
        """The measures that are one measure divided by another."""
        return tuple(measure for measure in self.measures if measure.is_rate)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all measures."""
        return tuple(measure.code for measure in self.measures)
