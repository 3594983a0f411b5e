"""Names of 町丁目 in one spelling: 12丁目, 十二丁目 and １２丁目 are the same."""

import re

from aip_analysis.ward.vocabulary import plain

DIGITS = "〇一二三四五六七八九"
UNITS = {"十": 10, "百": 100}
NUMBER = re.compile(f"[{DIGITS}{''.join(UNITS)}]+(?=丁目)")
RURAL = re.compile("^(大字|字)")
# Written one way in one table and the other way in the next: ヶ, ケ, ヵ, が; ノ, の.
KANA = str.maketrans({"ヶ": "ケ", "ヵ": "ケ", "が": "ケ", "ガ": "ケ", "ノ": "の"})


def bare_name(text: str, municipality: str) -> str:
    """Write a name of a 町丁目 in the spelling in which names are compared.

    Parameters
    ----------
    text
        As a table has it, perhaps with the municipality before it.
    municipality
        The municipality's name.
    """
    name = plain(text)
    name = name.rpartition(plain(municipality))[2] or name
    name = RURAL.sub("", name).translate(KANA)
    return NUMBER.sub(lambda found: str(_number(found[0])), name)


def _number(kanji: str) -> int:
    """Read a number in kanji, whether 十二, 二十 or 一二."""
    total = digits = 0
    for sign in kanji:
        if sign in UNITS:
            total += (digits or 1) * UNITS[sign]
            digits = 0
        else:
            digits = digits * 10 + DIGITS.index(sign)
    return total + digits
