"""Patterns of given names, and of the text before and after a name, from the word lists."""

import re

from aip_analysis.intake.privacy.word_tables import any_of, hiragana, katakana, one_of, words

KANJI = "[一-龠々ヶ]"
_LETTER = one_of(words("given_characters"))
_NEXT = one_of(words("given_characters") | {"々"})
# No given name begins with a letter that names end with, or is a number.
_NONE = f"(?!{any_of(words('no_given'))}|[子之郎也介]|[一二三四五六七八九十百千万]{{2}}(?![代子]))"
_KANA = words("given_kana") | {katakana(name) for name in words("given_kana")}
# ヨシ子, とし江
_ENDINGS = {"こ": "子", "え": "江恵枝", "よ": "代世", "み": "美", "か": "香", "お": "夫男雄"}
_MIXED = {
    name[:-1] + letter
    for name in _KANA
    for letter in _ENDINGS.get(hiragana(name[-1]), "")
    if len(name) > len("とし")
}

# Two or three letters, and rarer names from a list.
GIVEN = (
    f"(?:{any_of(words('given_whole'))}|{_NONE}(?:{any_of(_MIXED)}"
    f"|{_LETTER}{_NEXT}{one_of(words('given_endings'))}|{_LETTER}{_NEXT}))"
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


# The word ends here.
_MORE = "(?![一-龠々ヶァ-ヺーA-Za-z])"
# Nor does a verb or adjective ending follow; in hiragana, only particles may follow.
_PARTICLES = "[がはをとにのもへやでかよらだほなさく]"
_UNBENT = f"{_MORE}(?!{any_of(words('no_name_before'))})(?:(?![ぁ-ゖ])|(?={_PARTICLES}))"
# Neither a word nor a number continues.
_STOP = "(?![一-龠々ぁ-ゖァ-ヺーA-Za-z0-9])"
# Particles that are unlikely to be the ending of a verb or adjective.
_PARTICLE = "(?=[がはをとにもへ])"

_HONORIFIC = f" ?(?!{any_of(words('no_honorifics'))})(?:{any_of(words('honorifics'))})"
_ROLE_ENDS = any_of(words("role_ends"))
_ROLE = (
    f" ?(?:{any_of(words('roles'))})(?!{_ROLE_ENDS})"
    f"(?!(?:{KANJI}|[ァ-ヺー])*(?:{_ROLE_ENDS}){_MORE})"
)
_PERSON = f"(?={_HONORIFIC}|{_ROLE})"
_TITLES = any_of(words("roles") | words("labels") | words("offices") | words("groups"))
_NAMED = f"(?:{_PERSON}|{_UNBENT})"
_ALONE = f"(?:{_PERSON}|{_STOP})"

# A title in brackets.
_BRACKETED = f" ?\\((?:{_TITLES}|副|正)[)、,・ ]"

HONORIFIC = re.compile(_HONORIFIC)
ROLE = re.compile(f"{_ROLE}|{_BRACKETED}")
NOTHING_MORE = re.compile(_STOP)
# After a title and a family name: the word ends, or the sentence goes on.
NO_OTHER_WORD = re.compile(f"{_STOP}|(?=[がはも]|より|から|ほか|など)")

# A given name after a family name of several letters, of one letter, that is also a place, that is
# also a direction.
AFTER_LONG = re.compile(f" ?{GIVEN}{_NAMED}| ?{SHORT}{_ALONE}|{LESS_SHORT}{_PARTICLE}")
AFTER_SHORT = re.compile(f" ?{GIVEN}{_NAMED}| {SHORT}{_ALONE}|{SHORT}{_PERSON}")
AFTER_PLACE = re.compile(f" ?{GIVEN}{_NAMED}| {SHORT}{_ALONE}|{SHORT}{_PERSON}")
AFTER_DIRECTION = re.compile(f" (?:{GIVEN}{_NAMED}|{SHORT}{_ALONE})")
# Names with an unknown family name that stand alone.
UNKNOWN_ALONE = re.compile(
    f"{KANJI}{{1,3}} {SURE}{_STOP}"
    f"|{KANJI}{{1,3}}(?!{one_of(words('no_people'))})[一-龠](?= ?(?:様|氏|先生){_STOP})"
)
UNKNOWN_IN_TWO = re.compile(f"(?<=[^ ] )(?P<x>{KANJI}{{1,3}} {SURE}{_STOP})")
UNKNOWN_TITLED = re.compile(f"{KANJI}{{1,3}}{SURE}{_STOP}")
# Positions where a name may stand alone.
OPENED = re.compile(r"(?:^|[(「『\[\n:・]) ?| ")

# Other content of cells with names, and the shape of any name there.
TITLE = re.compile(f"(?:{_TITLES})")
SEPARATORS = re.compile(r"[ 、,・/&()「」:\n]+")
SHAPE = re.compile(LIKE_A_NAME)
# A name in a list of names.
LISTED = re.compile(WITH_FAMILY)


# Roles and labels of people; then also the offices that they come from, and their groups.
_TITLE_WORDS = tuple(words("roles") | words("labels"))
_WITH_OFFICES = (*_TITLE_WORDS, *words("offices"))
_TITLES_AND_GROUPS = (*_WITH_OFFICES, *words("groups"))
_PART_OF_WORD = re.compile("[一-龠々ヶァ-ヺーA-Za-z]")
# Marks between a title and a name.
_TITLE_MARKS = (":", "(", "=", "/", "・")
_OPENING = ("(", "「", "『", "[", ":", "、", ",", "・", "/", "\n")
# A single letter after one of these polite prefixes is an ordinary word, not a family name.
_POLITE = ("お", "ご")


def may_begin(text: str, start: int) -> bool:
    """Return whether a name may begin here: at a word boundary, or right after a title."""
    return (
        not start
        or not _PART_OF_WORD.match(text, start - 1)
        or text.endswith(_TITLES_AND_GROUPS, 0, start)
    )


def title_mark(text: str, start: int, *, offices: bool = True) -> str:
    """Return the mark or blank between a title and this position; empty if there is no title.

    An office that people come from also counts as a title, unless ``offices`` is false.
    """
    end = start - 1 if text.endswith(" ", 0, start) else start
    mark = text[end - 1 : end] if text.endswith(_TITLE_MARKS, 0, end) else ""
    bare = end - len(mark)
    bare -= bool(mark) and text.endswith(" ", 0, bare)
    between = mark or text[end:start]
    titles = _WITH_OFFICES if offices else _TITLE_WORDS
    if mark == ":" and offices:
        titles = _TITLES_AND_GROUPS
    return between if between and text.endswith(titles, 0, bare) else ""


def is_titled_directly(text: str, start: int) -> bool:
    """Return whether a title ends directly before this position."""
    return text.endswith(_TITLE_WORDS, 0, start)


def is_opening(text: str, start: int) -> bool:
    """Return whether this is the start of the text, of brackets, or of an item in a list."""
    end = start - 1 if text.endswith(" ", 0, start) else start
    return not end or text.endswith(_OPENING, 0, end)


def is_polite(text: str, start: int) -> bool:
    """Return whether a polite prefix ends directly before this position."""
    return text.endswith(_POLITE, 0, start)
