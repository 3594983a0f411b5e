"""Names that a list gives away: family names in a row, or whatever stands among names."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from aip_analysis.intake.people import patterns

Span = tuple[int, int]

_ITEM = re.compile(r"[^ 、,・/&。:;()「」『』\[\]\n]+")
_BETWEEN = re.compile(" ?[、,・/&] ?| ")
# The first item may end a phrase, and the last may begin one: 出席は山田、佐藤、鈴木の3名.
_WORD = re.compile(
    "(?P<before>.*[ぁ-ゖ])?(?P<name>[一-龠々ヶノ]{1,4})(?P<after>[のがはをとにもよかほらへで].*)?"
)
_ENOUGH = 3
# So many names make what stands among them one, if it has the shape of a name.
_NAMES = 2


@dataclass(frozen=True)
class _Item:
    """Something in a list: a name that was found, a family name, or the shape of a name."""

    start: int
    end: int
    kind: Literal["found", "family", "shape"]
    name: str = ""
    opens: bool = False
    closes: bool = False


def listed(
    text: str, found: Collection[Span], surnames: Collection[str], like_places: Collection[str]
) -> Iterator[Span]:
    """Find names in lists such as 山田、佐藤、鈴木.

    Parameters
    ----------
    text
        A folded text.
    found
        The names that were found by what stands beside them.
    surnames
        All family names.
    like_places
        Family names that are places too: names only where the other names of a list outnumber them.
    """
    starts = {start for start, _ in found}
    for row in _rows(text, surnames, starts):
        known = sum(item.kind == "found" for item in row)
        family = [item for item in row if item.kind == "family"]
        clear = [item for item in family if item.name not in like_places]
        names = clear if known else family if _is_list(family, clear) else []
        shaped = [item for item in row if item.kind == "shape"]
        names += shaped if known >= _NAMES else []
        yield from ((item.start, item.end) for item in names)


def _rows(text: str, surnames: Collection[str], starts: Collection[int]) -> Iterator[list[_Item]]:
    """Give the runs of neighbouring items."""
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
    if word.start() in starts:
        return _Item(*word.span(), "found")
    found = _WORD.fullmatch(word[0])
    if not found or found["name"] not in surnames:
        return _Item(*word.span(), "shape") if patterns.LISTED.fullmatch(word[0]) else None
    start = word.start() + found.start("name")
    opens, closes = bool(found["before"]), bool(found["after"])
    if opens and closes:
        return None
    return _Item(start, start + len(found["name"]), "family", found["name"], opens, closes)


def _is_list(family: list[_Item], clear: list[_Item]) -> bool:
    """Tell a list of people from a list of places, or of single letters such as 森、林、谷."""
    return (
        len(family) >= _ENOUGH
        and 2 * len(clear) > len(family)
        and any(len(item.name) > 1 for item in family)
    )
