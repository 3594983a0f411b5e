"""Tell the home of a person from other venues: 自宅, 代表者宅, 会長さんの家, ○○様方."""

import re

from aip_analysis.intake.privacy.folding import fold
from aip_analysis.intake.privacy.word_tables import any_of, words

# 住宅, 社宅 and 在宅 are no homes of somebody; 宅配 and 宅地 only begin like one.
_HOUSE = "(?<![住社在帰還三安])宅(?![配地急建老食幼])|(?<!官)邸(?!宅)|宅$"
_WHOSE = any_of({*words("honorifics"), *words("roles"), "者", "本人", "個人", "知人", "友人", "〕"})
_DWELLINGS = any_of(words("dwellings"))
_ROOM = f"(?:{_DWELLINGS})[^ 集会議]{{0,8}} ?[0-9]{{1,4}}号室"
_HOME = re.compile(
    f"{_HOUSE}|{_ROOM}|(?:{_WHOSE})の?お?(?:家(?![族庭具電計賃])|うち|住まい|方(?=$|[ )]))"
)


def is_home(text: str) -> bool:
    """Return whether a venue is the home of a person, before or after names have been masked."""
    folded = fold(text).text
    return _HOME.search(folded) is not None and not folded.endswith("住宅")
