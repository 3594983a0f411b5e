"""What stands behind a family name and makes it a person's: patterns made from the words."""

import re

from aip_analysis.intake.people.given import (
    GIVEN,
    KANJI,
    LESS_SHORT,
    LIKE_A_NAME,
    SHORT,
    SURE,
    WITH_FAMILY,
)
from aip_analysis.intake.people.words import any_of, one_of, words

# The word does not go on.
_MORE = "(?![一-龠々ヶァ-ヺーA-Za-z])"
# Nor does it take the ending of a verb or an adjective; in hiragana only particles may follow.
_PARTICLES = "[がはをとにのもへやでかよらだほなさく]"
_UNBENT = f"{_MORE}(?!{any_of(words('no_name_before'))})(?:(?![ぁ-ゖ])|(?={_PARTICLES}))"
# Nothing at all goes on.
_STOP = "(?![一-龠々ぁ-ゖァ-ヺーA-Za-z0-9])"
# Particles, where no ending of a verb or adjective is likely.
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

# What the person is, in brackets.
_BRACKETED = f" ?\\((?:{_TITLES})[)、,・ ]"

HONOURS = re.compile(any_of(words("honorifics")))
HONORIFIC = re.compile(_HONORIFIC)
ROLE = re.compile(f"{_ROLE}|{_BRACKETED}")
NOTHING_MORE = re.compile(_STOP)
# Behind a title and a family name: nothing, or the sentence goes on.
NO_OTHER_WORD = re.compile(f"{_STOP}|(?=[がはも]|より|から|ほか|など)")

# A given name behind a family name: of several letters, of one letter, of a place, of a direction.
AFTER_LONG = re.compile(f" ?{GIVEN}{_NAMED}| ?{SHORT}{_ALONE}|{LESS_SHORT}{_PARTICLE}")
AFTER_SHORT = re.compile(f" ?{GIVEN}{_NAMED}| {SHORT}{_ALONE}|{SHORT}{_PERSON}")
AFTER_PLACE = re.compile(f" ?{GIVEN}{_NAMED}| {SHORT}{_ALONE}|{SHORT}{_PERSON}")
AFTER_DIRECTION = re.compile(f" (?:{GIVEN}{_NAMED}|{SHORT}{_ALONE})")
# Names whose family name no table knows: before a honorific, or as all that there is.
UNKNOWN_HONOURED = re.compile(
    f"(?<![一-龠々ヶァ-ヺー])(?:{KANJI}{{1,3}} ?{SURE}(?={_HONORIFIC})"
    f"|{KANJI}{{1,2}}{one_of(words('surname_endings'))}"
    "(?= ?(?:さん|さま|様|氏|先生)(?![式子名ぽ])))"
)
UNKNOWN_ALONE = re.compile(
    f"{KANJI}{{1,3}} {SURE}{_STOP}"
    f"|{KANJI}{{1,3}}(?!{one_of(words('no_people'))})[一-龠](?= ?(?:様|氏|先生){_STOP})"
)
UNKNOWN_TITLED = re.compile(f"{KANJI}{{1,3}}{SURE}{_STOP}")
# Where a name may be all that there is.
OPENED = re.compile(r"(?:^|[(「『\[\n:・]) ?")

# Whatever else stands in a cell of names, and what any name looks like there.
TITLE = re.compile(f"(?:{_TITLES})")
SEPARATORS = re.compile(r"[ 、,・/&()「」:\n]+")
SHAPE = re.compile(LIKE_A_NAME)
# A name in a list of names.
LISTED = re.compile(WITH_FAMILY)
