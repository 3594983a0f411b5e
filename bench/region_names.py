"""Invented names of areas and blocks: combinations of three signs that are no real place name."""

from dataclasses import dataclass

# Sign, kana, romaji. All names are equally long, so that none is a substring of another.
FIRST = (
    ("虹", "にじ", "niji"), ("露", "つゆ", "tsuyu"), ("霜", "しも", "shimo"),
    ("霧", "きり", "kiri"), ("凪", "なぎ", "nagi"), ("雪", "ゆき", "yuki"),
    ("雲", "くも", "kumo"), ("風", "かぜ", "kaze"), ("星", "ほし", "hoshi"),
    ("霞", "かすみ", "kasumi"),
)  # fmt: skip
MIDDLE = (
    ("鈴", "すず", "suzu"), ("笛", "ふえ", "fue"), ("琴", "こと", "koto"),
    ("扇", "おうぎ", "ogi"), ("傘", "かさ", "kasa"), ("糸", "いと", "ito"),
    ("紙", "かみ", "kami"), ("筆", "ふで", "fude"), ("針", "はり", "hari"),
    ("絵", "え", "e"),
)  # fmt: skip
LAST = (
    ("窓", "まど", "mado"), ("舟", "ふね", "fune"), ("庵", "いおり", "iori"),
    ("蔵", "くら", "kura"), ("庭", "にわ", "niwa"), ("門", "かど", "kado"),
    ("棚", "たな", "tana"), ("塔", "とう", "to"), ("枠", "わく", "waku"),
    ("箱", "はこ", "hako"),
)  # fmt: skip
MOST = len(FIRST) * len(MIDDLE) * len(LAST)


@dataclass(frozen=True)
class Name:
    """A name: in kanji, in hiragana, and in Latin letters."""

    ja: str
    kana: str
    romaji: str


def area_name(index: int) -> Name:
    """Return the name of an area by its index from 0.

    Raises
    ------
    ValueError
        When the index exceeds the number of names.
    """
    return _name(index, FIRST, MIDDLE, LAST)


def block_name(index: int) -> Name:
    """Return the name of a block by its index from 0: never the name of an area."""
    return _name(index, LAST, FIRST, MIDDLE)


def _name(index: int, *parts: tuple[tuple[str, str, str], ...]) -> Name:
    if index >= MOST:
        raise ValueError(index, MOST)
    signs = []
    for part in parts:
        index, place = divmod(index, len(part))
        signs.append(part[place])
    return Name(*("".join(sign) for sign in zip(*signs, strict=True)))
