"""Find names by how they are written: letter by letter (佐 藤 実), or with their reading."""

import re
from collections.abc import Collection, Iterator

from aip_analysis.intake.privacy.word_tables import any_of, words

Span = tuple[int, int]

_K = "[一-龠々]"
_CALLED = f" ?(?:{any_of(words('called'))})"
_APART = re.compile(f"(?:^|(?<=[ :(「、]))(?P<x>{_K}(?: {{1,3}}{_K}){{2,}})(?![一-龠々ぁ-ゖァ-ヺ])")
_APART_CALLED = re.compile(
    f"(?:^|(?<=[ :(「、]))(?P<x>{_K}(?: {{1,3}}{_K}{{1,2}}){{1,4}})(?={_CALLED})"
)
_KANA = "(?:[ぁ-ゖ ]{2,12}|[ァ-ヶー ]{2,12})"
_TWO, _BLANK_TWO = (
    f"(?:[ぁ-ゖ]{{2,6}}{blank}[ぁ-ゖ]{{2,6}}|[ァ-ヶー]{{2,6}}{blank}[ァ-ヶー]{{2,6}})"
    for blank in (" ?", " ")
)
_READING = (
    rf"(?P<x>{_K}{{1,5}}(?: {_K}{{1,3}})?\({_KANA}\))(?={_CALLED})",
    rf"(?P<x>{_K}{{1,3}} {_K}{{1,3}} ?\({_TWO}\))",
    rf"(?P<x>{_K}{{2,6}}\({_BLANK_TWO}\))",
    r"(?:様|さん|氏|先生)\((?P<x>[ぁ-ゖ ]{3,10}|[ァ-ヶー ]{3,10}?)(?:さん|様)?\)",
)
_READINGS = [re.compile(pattern) for pattern in _READING]
_NEEDED = re.compile(r"[一-龠々] {1,3}[一-龠々]|\([ぁ-ゖァ-ヶー ]")
# What else stands in brackets in kana.
_REMARK = re.compile(
    r".*\((?:なし|あり|など|ほか|のみ|まで|から|たてかえ|リーダー|サブリーダー|スタッフ|ヘルパー|ボランティア|オブザーバー|オンライン)\)?"
)


class SpelledNames:
    """Finder of names that are written letter by letter, or with their reading.

    Parameters
    ----------
    surnames
        The family names in kanji, folded.
    """

    def __init__(self, surnames: Collection[str]) -> None:
        self._surnames = frozenset(surnames)

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of names."""
        if not _NEEDED.search(text):
            return
        yield from (match.span("x") for match in _APART_CALLED.finditer(text))
        for match in _APART.finditer(text):
            joined = match["x"].replace(" ", "")
            if any(joined[:length] in self._surnames for length in (3, 2, 1)):
                yield match.span("x")
        for pattern in _READINGS:
            for match in pattern.finditer(text):
                if not _REMARK.fullmatch(match["x"]):
                    yield match.span("x")
