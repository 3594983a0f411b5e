"""Patterns of given names, built from the word lists.

Names in kanji are recognised by their letters, names in kana by a list. None of the patterns
restricts the text around a name.
"""

from aip_analysis.intake.privacy.word_tables import any_of, katakana, one_of, words

KANJI = "[一-龠々ヶ]"
_LETTER = one_of(words("given_characters"))
_NEXT = one_of(words("given_characters") | {"々"})
# No given name begins with a letter that names end with, or is a number.
_NONE = f"(?!{any_of(words('no_given'))}|[子之郎也介]|[一二三四五六七八九十百千万]{{2}}(?![代子]))"
_KANA = words("given_kana") | {katakana(name) for name in words("given_kana")}
# ヨシ子, きよ子
_MIXED = {name[:-1] + "子" for name in _KANA if name[-1] in "こコ"}

# Two or three letters, and rarer names from a list.
GIVEN = (
    f"{_NONE}(?:{any_of(words('given_whole') | _MIXED)}"
    f"|{_LETTER}{_NEXT}{one_of(words('given_endings'))}|{_LETTER}{_NEXT})"
)
# Names that are certain even if the family name is unknown.
SURE = (
    f"(?!{any_of(words('no_given_sure'))}){_NONE}"
    f"{_LETTER}{_NEXT}?{one_of(words('given_sure_endings'))}"
)
# One letter in kanji, and names in kana; the longer ones are less often other words.
SHORT = f"(?:{one_of(words('given_single'))}|{any_of(_KANA)})"
LESS_SHORT = f"(?:{one_of(words('given_single'))}|{any_of(name for name in _KANA if name[2:])})"
# Full names with any family name: recognised by the given name, and by shape alone.
WITH_FAMILY = f"{KANJI}{{1,3}}(?:{GIVEN}|{one_of(words('given_single'))})"
LIKE_A_NAME = f"{KANJI}{{1,4}} {KANJI}{{1,3}}|{KANJI}{{2,5}}{_NEXT}|[ァ-ヶー]{{2,5}} [ァ-ヶ]{{2,5}}"
