"""Meanings of headings: the ward's spellings, and those in a folder's columns.toml."""

import tomllib
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from aip_analysis.intake.layout.heading_text import heading_forms, means_other
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

# Key of the headings that any table may have.
ANY_TABLE = "*"
FORM = "form"
LEFT_OUT = ""
_NEAR = 0.8
_LONG_ENOUGH = 3
_ONE_LETTER = 1


@dataclass(frozen=True)
class Headings:
    """The headings that the sheets of a file may have.

    Parameters
    ----------
    ward
        The ward that defines the spellings.
    meanings
        The texts of the columns.toml files that apply, nearest folder first.
    """

    ward: Ward
    meanings: tuple[str, ...] = ()
    # Cache of matched heading rows: office workbooks resemble each other.
    matches: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def told(self) -> dict[str, dict[str, str]]:
        """Content of columns.toml: table -> heading -> column; ``LEFT_OUT`` for ignored headings.

        A column may be given by its name in the record tables, or by its Japanese heading.
        """
        by_table: dict[str, dict[str, str]] = {}
        for text in reversed(self.meanings):
            for table, pairs in _parsed(text).items():
                known = self.ward.heading_spellings.get(table, {})
                for heading, column in pairs.items():
                    name = known.get(plain(column), column) if column else LEFT_OUT
                    by_table.setdefault(table, {})[plain(heading)] = name
        return by_table

    @property
    def unreadable(self) -> bool:
        """Whether a columns.toml cannot be parsed."""
        return any(_parse(text) is None for text in self.meanings)

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """All spellings: table -> folded heading -> column."""
        spellings = self.ward.heading_spellings
        common = spellings.get(ANY_TABLE, {})
        return {
            table: common | own | self.told.get(table, {})
            for table, own in spellings.items()
            if table != ANY_TABLE
        }

    @cached_property
    def every(self) -> frozenset[str]:
        """All spellings of all tables."""
        spellings = {spelling for known in self.known.values() for spelling in known}
        # A cash book may have a column for each category.
        categories = self.ward.vocabularies["ledger_category"]
        return frozenset(spellings | {plain(term.ja) for term in categories})

    def column(self, table: str, text: str) -> str | None:
        """Return the column that a folded heading means in a table; None if it means none."""
        known = self.known.get(table, {})
        for spelling in heading_forms(text):
            if spelling in known:
                return known[spelling]
        return None

    def is_known(self, text: str) -> bool:
        """Return whether a folded text is a heading of any table."""
        return any(spelling in self.every for spelling in heading_forms(text))

    def near(self, table: str, text: str, taken: frozenset[str]) -> str | None:
        """Return the column, not in ``taken``, of the most similar spelling if similar enough."""
        # A cell of blanks alone is no heading.
        bare = next(reversed(heading_forms(text)), "")
        if not bare or means_other(bare):
            return None
        best, ratio = None, 0.0
        for spelling, column in self.known.get(table, {}).items():
            if column in taken or not column:
                continue
            alike = _likeness(bare, spelling)
            if alike > ratio:
                best, ratio = column, alike
        return best if ratio >= _NEAR else None

    def label(self, table: str, column: str) -> str:
        """Return the Japanese heading of a column."""
        return self.labels.get((table, column)) or self.labels.get((ANY_TABLE, column), column)

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """(table, column) -> Japanese heading."""
        table = self.ward.headings
        keys = zip(table["table"], table["column"], strict=True)
        return dict(zip(keys, table["ja"], strict=True))


# Offices use the same headings again and again.
@lru_cache(maxsize=65_536)
def _likeness(text: str, spelling: str) -> float:
    if len(spelling) >= _LONG_ENOUGH - 1 and len(text) > len(spelling) and spelling in text:
        return _NEAR + len(spelling) / len(text) / 10
    if len(text) >= _LONG_ENOUGH and len(text) == len(spelling):
        wrong = sum(one != other for one, other in zip(text, spelling, strict=True))
        return 0.9 if wrong == _ONE_LETTER else 0.0
    if min(len(text), len(spelling)) < _LONG_ENOUGH:
        return 0.0
    return SequenceMatcher(None, text, spelling).ratio()


@lru_cache(maxsize=64)
def _parse(text: str) -> dict[str, dict[str, str]] | None:
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    fit = all(
        isinstance(pairs, dict) and all(isinstance(column, str) for column in pairs.values())
        for pairs in tables.values()
    )
    return tables if fit else None


def _parsed(text: str) -> dict[str, dict[str, str]]:
    return _parse(text) or {}
