"""Tell people of history and of fiction from residents: by a list, and by the works beside them."""

import re
from collections.abc import Iterable

from aip_analysis.intake.privacy.word_tables import any_of, one_of, words

Span = tuple[int, int]

_PEOPLE = re.compile(
    f"(?:{any_of(words('public_people'))})(?!{one_of(words('given_sure_endings'))})"
)
_WORKS = any_of(words("works"))
_BEFORE = re.compile(f"(?:{_WORKS})[「『( ]?[^」』)、。]{{0,6}}$")
_AFTER = re.compile(f" ?(?:さん|ちゃん|君|くん|先生)?[」』)]?の?[「『(]?(?:{_WORKS})")
_LONGEST = 14


class PublicPeople:
    """Finder of the names that everybody may read."""

    def covers(self, text: str, span: Span) -> bool:
        """Return whether a name is that of a person of history, or part of the title of a work."""
        start, end = span
        near = max(0, start - _LONGEST)
        for match in _PEOPLE.finditer(text, near, min(len(text), end + _LONGEST)):
            if match.start() < end and start < match.end():
                return True
        return bool(_AFTER.match(text, end) or _BEFORE.search(text, near, start))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in their order, those that overlap joined."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result
