"""What stands around a family name and makes it a person's: patterns put together from the words."""

import re

from aip_analysis.intake.people.words import any_of, katakana, one_of, words

_KANJI = "[一-龠々ヶ]"
_KANA = "ぁ-ゖァ-ヺー"
# The word does not go on.
_MORE = "(?![一-龠々ヶァ-ヺーA-Za-z])"
# Nothing at all goes on.
_STOP = f"(?![一-龠々{_KANA}A-Za-z0-9])"

_HONORIFIC = f" ?(?!{any_of(words('no_honorifics'))})(?:{any_of(words('honorifics'))})"
_ROLE_ENDS = any_of(words("role_ends"))
_ROLE = (
    f" ?(?:{any_of(words('roles'))})(?!{_ROLE_ENDS})"
    f"(?!(?:{_KANJI}|[ァ-ヺー])*(?:{_ROLE_ENDS}){_MORE})"
)
_PERSON = f"(?:{_HONORIFIC}|{_ROLE})"
_TITLES = any_of(words("roles") | words("labels") | words("offices"))

_LETTER = one_of(words("given_characters"))
_NEXT = one_of(words("given_characters") | {"々"})
_LAST = one_of(words("given_endings"))
_SINGLE = one_of(words("given_single"))
_NO_GIVEN = f"(?!{any_of(words('no_given'))}|[一二三四五六七八九十百千万]{{2}})"
_GIVEN = f"{_NO_GIVEN}(?:{any_of(words('given_whole'))}|{_LETTER}{_NEXT}{_LAST}|{_LETTER}{_NEXT})"
_GIVEN_SURE = f"{_NO_GIVEN}{_LETTER}{_NEXT}?{one_of(words('given_sure_endings'))}"
_KATAKANA = map(katakana, words("given_kana"))
_SHORT = f"(?:{_SINGLE}|{any_of([*words('given_kana'), *_KATAKANA])})"
_NAMED = f"(?:(?={_PERSON})|{_MORE}(?!{any_of(words('no_name_before'))}))"
_ALONE = f"(?:(?={_PERSON})|{_STOP})"

HONORIFIC = re.compile(_HONORIFIC)
ROLE = re.compile(_ROLE)
NOTHING_MORE = re.compile(_STOP)
# A given name behind a family name of several letters, of one letter, and of one that is a place.
AFTER_LONG = re.compile(f" ?{_GIVEN}{_NAMED}| ?{_SHORT}{_ALONE}")
AFTER_SHORT = re.compile(f"{_GIVEN_SURE}{_NAMED}| {_GIVEN}{_NAMED}| {_SHORT}{_ALONE}")
AFTER_PLACE = re.compile(f" ?{_GIVEN}{_NAMED}| {_SHORT}{_ALONE}")
# A word of about the shape of a given name, where nothing but a name is likely.
AFTER_BLANK = re.compile(
    f" (?!{any_of(words('no_given') | words('no_given_kana'))})"
    f"(?:{_KANJI}{{0,2}}(?:{_NEXT}|{_SINGLE})|[ぁ-ゖ]{{2,4}}){_ALONE}"
)
HONOURS = re.compile(any_of(words("honorifics")))
# Names whose family name no table knows: before a honorific, or as all that there is.
UNKNOWN_HONOURED = re.compile(
    f"(?<![一-龠々ヶァ-ヺー]){_KANJI}{{1,3}} ?{_GIVEN_SURE}(?={_HONORIFIC})"
)
UNKNOWN_ALONE = re.compile(
    f"{_KANJI}{{1,3}} {_GIVEN_SURE}{_STOP}"
    f"|{_KANJI}{{1,3}}(?!{one_of(words('no_people'))})[一-龠](?= ?(?:様|氏|殿|先生){_STOP})"
)
UNKNOWN_TITLED = re.compile(f"{_KANJI}{{1,3}}{_GIVEN_SURE}{_STOP}")

# Where a name may be all that there is.
OPENED = re.compile(r"(?:^|[(「『\[\n:]) ?")
# Whatever else stands in a cell of names.
TITLE = re.compile(f"(?:{_TITLES})")
SEPARATORS = re.compile(r"[ 、,・/&()「」:\n]+")
LIKE_A_NAME = re.compile(f"{_KANJI}{{1,4}} {_KANJI}{{1,3}}|{_KANJI}{{2,5}}{_NEXT}|[ァ-ヶー]{{2,5}} [ァ-ヶ]{{2,5}}")
