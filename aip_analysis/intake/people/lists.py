"""Family names that a list gives away: several in a row, or beside a name that was found."""

import re
from collections.abc import Collection, Iterable, Iterator

Span = tuple[int, int]

_ITEM = re.compile(r"[^ 、,・/&。:;()「」『』\[\]\n]+")
_BETWEEN = re.compile(" ?[、,・/&] ?| ")
_ENOUGH = 3


def listed(
    text: str, found: Collection[Span], surnames: Collection[str], like_places: Collection[str]
) -> Iterator[Span]:
    """Find family names in lists such as 山田、佐藤、鈴木.

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
        bare = [item for item in row if item.start() not in starts]
        clear = [item for item in bare if item[0] not in like_places]
        if len(bare) < len(row):
            yield from (item.span() for item in clear)
        elif _is_list(row, clear):
            yield from (item.span() for item in row)


def _rows(
    text: str, surnames: Collection[str], starts: Collection[int]
) -> Iterator[list[re.Match[str]]]:
    """Give the runs of words that are family names or begin a name that was found."""
    row: list[re.Match[str]] = []
    for item in _ITEM.finditer(text):
        if row and not _BETWEEN.fullmatch(text, row[-1].end(), item.start()):
            yield row
            row = []
        if item[0] in surnames or item.start() in starts:
            row.append(item)
        else:
            yield row
            row = []
    yield row


def _is_list(row: list[re.Match[str]], clear: list[re.Match[str]]) -> bool:
    """Tell a list of people from a list of places, or of single letters such as 森、林、谷."""
    return (
        len(row) >= _ENOUGH and 2 * len(clear) > len(row) and any(len(item[0]) > 1 for item in row)
    )
