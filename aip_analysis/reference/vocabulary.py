"""Vocabularies of records: terms with a code, a label in both languages, and accepted spellings."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aip_analysis.messages import Language

# Invisible characters that spreadsheets introduce.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
# Old and variant forms of kanji in words of offices and in place names, and today's forms.
_OLD = "髙﨑澤濱濵邊邉廣國德增淸瀨櫻臺學會數區實豫殘圖靑關檢槪總參收發續讀號團榮龍辯黑當縣鄕飮"
_TODAY = "高崎沢浜浜辺辺広国徳増清瀬桜台学会数区実予残図青関検概総参収発続読号団栄竜弁黒当県郷飲"
_FORMS = str.maketrans(_OLD, _TODAY)


@dataclass(frozen=True)
class Term:
    """A term of a vocabulary.

    Parameters
    ----------
    code
        The value stored in the record tables.
    ja, en
        The label that people read.
    synonyms
        Other spellings that records use.
    traits
        Properties that the measures use, for example ``gathering`` for a kind of activity.
    readings
        Its label in kana. It is found by them where an analyst asks; records are not read by them.
    """

    code: str
    ja: str
    en: str
    synonyms: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    readings: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Return the label that people read."""
        return self.en if language == "en" else self.ja


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one kind, in order.

    Parameters
    ----------
    name
        The kind, for example ``meeting_kind``.
    terms
        Its terms.
    """

    name: str
    terms: tuple[Term, ...]
    _by_spelling: dict[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spellings = {
            plain(spelling): term
            for term in reversed(self.terms)
            for spelling in (*term.synonyms, term.en, term.code, term.ja)
        }
        object.__setattr__(self, "_by_spelling", spellings)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __getitem__(self, code: str) -> Term:
        for term in self.terms:
            if term.code == code:
                return term
        raise KeyError(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all terms, in order."""
        return tuple(term.code for term in self.terms)

    def find(self, text: str) -> Term | None:
        """Return the term with a given spelling in any width, case and blanks; None if unknown."""
        return self._by_spelling.get(plain(text))

    def with_trait(self, trait: str) -> tuple[str, ...]:
        """Return the codes of the terms that have a trait."""
        return tuple(term.code for term in self.terms if trait in term.traits)

    def labels(self, language: Language) -> dict[str, str]:
        """Return a mapping of codes to labels, in order."""
        return {term.code: term.label(language) for term in self.terms}

    def choices(self) -> str:
        """Return the list of terms for an error message."""
        return "、".join(term.ja for term in self.terms)


def plain(text: str) -> str:
    """Return a normalised text, without differences of width, case, blanks and forms of kanji."""
    normal = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return "".join(todays_forms(normal).split()).casefold()


def todays_forms(text: str) -> str:
    """Return a text with today's forms of kanji: 會 is 会, 髙 is 高."""
    return text if text.isascii() else text.translate(_FORMS)


def first_duplicate(values: Iterable[str]) -> str | None:
    """Return the first value that occurs twice, or None."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
