"""Find names by their context in a list: runs of family names, or items among names."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from aip_analysis.intake.privacy.names import name_patterns

Span = tuple[int, int]

_ITEM = re.compile(r"[^ 、,・/&。:;()「」『』\[\]\n]+")
_BETWEEN = re.compile(" ?[、,・/&] ?| ")
# The first item may end a phrase, and the last may begin one: 出席は山田、佐藤、鈴木の3名.
_WORD = re.compile(
    "(?P<before>.*[ぁ-ゖ])?(?P<name>[一-龠々ヶノ]{1,4})(?P<after>[のがはをとにもよかほらへで].*)?"
)
_ENOUGH = 3
# With this many names in a list, other items in the shape of a name count as names.
_NAMES = 2


@dataclass(frozen=True)
class _Item:
    """An item of a list: a name found already, a family name, or a word in the shape of a name."""

    start: int
    end: int
    kind: Literal["found", "family", "shape"]
    name: str = ""
    opens: bool = False
    closes: bool = False


def listed(
    text: str, spans: Collection[Span], surnames: Collection[str], like_places: Collection[str]
) -> Iterator[Span]:
    """Yield the spans of names in lists such as 山田、佐藤、鈴木.

    Parameters
    ----------
    text
        A folded text.
    spans
        The names already found by the text next to them.
    surnames
        All family names.
    like_places
        Family names that are also places: names only if the other names of a list outnumber them.
    """
    starts = {start for start, _ in spans}
    for row in _rows(text, surnames, starts):
        known = sum(item.kind == "found" for item in row)
        family = [item for item in row if item.kind == "family"]
        clear = [item for item in family if item.name not in like_places]
        # Names outnumber the places: then a word that may be either is a name, too.
        people = known + len(clear)
        names = family if people >= _NAMES and people > len(family) - len(clear) else clear
        if not known:
            names = family if _is_list(family, clear) else []
        shaped = [item for item in row if item.kind == "shape"]
        names += shaped if known >= _NAMES else []
        yield from ((item.start, item.end) for item in names)


def _rows(text: str, surnames: Collection[str], starts: Collection[int]) -> Iterator[list[_Item]]:
    """Yield runs of adjacent items."""
    row: list[_Item] = []
    last = 0
    for word in _ITEM.finditer(text):
        item = _item(word, surnames, starts)
        joined = row and _BETWEEN.fullmatch(text, last, word.start()) and not row[-1].closes
        if row and not (item and joined and not item.opens):
            yield row
            row = []
        row += [item] if item else []
        last = word.end()
    yield row


def _item(word: re.Match[str], surnames: Collection[str], starts: Collection[int]) -> _Item | None:
    match = _WORD.fullmatch(word[0])
    if any(word.start() <= start < word.end() for start in starts):
        return _Item(*word.span(), "found", closes=bool(match and match["after"]))
    if not match or match["name"] not in surnames:
        return _Item(*word.span(), "shape") if name_patterns.LISTED.fullmatch(word[0]) else None
    start = word.start() + match.start("name")
    opens, closes = bool(match["before"]), bool(match["after"])
    if opens and closes:
        return None
    return _Item(start, start + len(match["name"]), "family", match["name"], opens, closes)


def _is_list(family: list[_Item], clear: list[_Item]) -> bool:
    """Return whether a list is of people, not of places or single letters such as 森、林、谷."""
    return (
        len(family) >= _ENOUGH
        and 2 * len(clear) > len(family)
        and any(len(item.name) > 1 for item in family)
    )
