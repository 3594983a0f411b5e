"""The words that records may use: a code, a label in both languages, and accepted spellings."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aip_analysis.messages import Language

# Letters that nobody sees and that spreadsheets bring along.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary.

    Parameters
    ----------
    code
        What the record tables hold.
    ja, en
        What people read.
    synonyms
        Other spellings that records use.
    traits
        What the measures may know about it, for example ``gathering`` for a kind of activity.
    """

    code: str
    ja: str
    en: str
    synonyms: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()

    def label(self, language: Language) -> str:
        """Give what people read."""
        return self.en if language == "en" else self.ja


@dataclass(frozen=True)
class Vocabulary:
    """The words of one kind, in their order.

    Parameters
    ----------
    name
        Which kind, for example ``meeting_kind``.
    terms
        Its words.
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
        """The codes of all words, in order."""
        return tuple(term.code for term in self.terms)

    def find(self, text: str) -> Term | None:
        """Find the word that a text is a spelling of, in any width and with any blanks."""
        return self._by_spelling.get(plain(text))

    def with_trait(self, trait: str) -> tuple[str, ...]:
        """Give the codes of the words that carry a trait."""
        return tuple(term.code for term in self.terms if trait in term.traits)

    def labels(self, language: Language) -> dict[str, str]:
        """Give ``code -> label``, in order."""
        return {term.code: term.label(language) for term in self.terms}

    def choices(self) -> str:
        """List the words for an error message."""
        return "、".join(term.ja for term in self.terms)


def plain(text: str) -> str:
    """Fold the differences of width, case and blanks that do not change a word."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).split()).casefold()


def first_duplicate(values: Iterable[str]) -> str | None:
    """Give the first value that stands twice, or None."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
