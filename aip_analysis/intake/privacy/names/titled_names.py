"""Find names of no table behind titles: given names in a list, and those who speak in a role.

Examples: 参加者：トメ、フサ、千代子; 町会長の蓼沼が挨拶した.
"""

import re
from collections.abc import Iterator

from aip_analysis.intake.privacy.names.called_names import GIVEN_KANA, is_nobody
from aip_analysis.intake.privacy.names.name_patterns import GIVEN, SURE
from aip_analysis.intake.privacy.word_tables import words

Span = tuple[int, int]

_ROLES = tuple(words("roles"))
_TITLES = tuple(words("roles") | words("labels") | words("offices"))
_BETWEEN = "[、,・/ ]"
_ITEM = f"(?:{GIVEN}|{GIVEN_KANA})(?={_BETWEEN}|[。)]|$)"
_LIST = re.compile(f"[:(] ?(?P<x>{_ITEM}(?: ?{_BETWEEN} ?{_ITEM})+)")
_ITEMS = re.compile(f" ?{_BETWEEN} ?")
# Without a title, three names will do if one is hardly another word.
_SURE = re.compile(SURE)
_ENOUGH = 3
# What only people do, and what they do where a mark joins name and role.
_SPEAKERS = [
    re.compile(f"{mark}(?P<x>[一-龠々]{{2,3}})(?={subject}(?:{any_deed})(?!を?され))")
    for mark, subject, any_deed in (
        ("の", "[がは]、?", "挨拶|あいさつ|発言|司会|乾杯|講演"),
        ("・", "(?:[がは]|より|から)、?[^、。]{0,8}", "挨拶|あいさつ|発言|報告|説明|紹介|話"),
    )
]


def titled_names(text: str) -> Iterator[Span]:
    """Yield the spans of names."""
    if ":" in text or "(" in text:
        for match in _LIST.finditer(text):
            if text.endswith(_TITLES, 0, match.start()) or _is_list_of_names(match[0], match["x"]):
                yield match.span("x")
    for pattern in _SPEAKERS:
        for match in pattern.finditer(text):
            if text.endswith(_ROLES, 0, match.start()) and not is_nobody(match["x"]):
                yield match.span("x")


def _is_list_of_names(opened: str, listed: str) -> bool:
    items = _ITEMS.split(listed)
    sure = any(_SURE.fullmatch(item) for item in items)
    return opened.startswith(":") and len(items) >= _ENOUGH and sure
