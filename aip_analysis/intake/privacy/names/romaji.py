"""Spell names in kana in Latin letters, in the ways that people write their own."""

from collections.abc import Iterable

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SPELLED = {
    letter: consonant + vowel
    for consonant, row in _ROWS.items()
    for letter, vowel in zip(row, "aiueo", strict=True)
}
_SPELLED |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu"}
_SPELLED |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ー": ""}
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
# A hissing sound swallows the y: しょ is sho.
_SWALLOWS = ("sh", "ch", "j")


def romaji(names: Iterable[str]) -> frozenset[str]:
    """Return names in hiragana in small Latin letters, with long vowels and without: ito, itou."""
    spelled = {_spelled(name) for name in names}
    short = {name.replace("ou", "o").replace("oo", "o").replace("uu", "u") for name in spelled}
    return frozenset(spelled | short | {name.replace("ou", "oh") for name in spelled})


def _spelled(name: str) -> str:
    result = ""
    doubled = False
    for letter in name:
        if letter == "っ":
            doubled = True
            continue
        if letter in _SMALL:
            stem = result[:-1]
            result = stem + (_SMALL[letter][1:] if stem.endswith(_SWALLOWS) else _SMALL[letter])
            continue
        sound = _SPELLED.get(letter, "")
        result += sound[:1] + sound if doubled else sound
        doubled = False
    return result
