"""Normalised names of 町丁目: 12丁目, 十二丁目 and １２丁目 compare equal."""

import re

from aip_analysis.reference.vocabulary import plain

DIGITS = "〇一二三四五六七八九"
UNITS = {"十": 10, "百": 100}
NUMBER = re.compile(f"[{DIGITS}{''.join(UNITS)}]+(?=丁目)")
RURAL = re.compile("^(大字|字)")
# Spelt differently from table to table: ヶ, ケ, ヵ, が; ノ, の.
KANA = str.maketrans({"ヶ": "ケ", "ヵ": "ケ", "が": "ケ", "ガ": "ケ", "ノ": "の"})
# Old and new forms of one character, which NFKC keeps apart.
FORMS = str.maketrans(
    "髙﨑嵜櫻澤濱濵邊邉嶋舘臺德瀨櫪淵館廣國龍鐵關鹽惠榮與蓮",
    "高崎崎桜沢浜浜辺辺島館台徳瀬櫪渕館広国竜鉄関塩恵栄与蓮",
)


def normalize_name(text: str, municipality: str) -> str:
    """Return the name of a 町丁目 in the spelling used for comparison.

    Parameters
    ----------
    text
        The name as a table has it, possibly preceded by the municipality.
    municipality
        The municipality's name.
    """
    name = plain(text)
    name = name.rpartition(plain(municipality))[2] or name
    name = RURAL.sub("", name).translate(KANA).translate(FORMS)
    return NUMBER.sub(lambda match: str(_number(match[0])), name)


def _number(kanji: str) -> int:
    """Parse a number in kanji, such as 十二, 二十 or 一二."""
    total = digits = 0
    for sign in kanji:
        if sign in UNITS:
            total += (digits or 1) * UNITS[sign]
            digits = 0
        else:
            digits = digits * 10 + DIGITS.index(sign)
    return total + digits
