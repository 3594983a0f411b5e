"""Patterns of the text after a family name that identify a person, built from the word lists."""

import re

from aip_analysis.intake.privacy.given_names import (
    GIVEN,
    KANJI,
    LESS_SHORT,
    LIKE_A_NAME,
    SHORT,
    SURE,
    WITH_FAMILY,
)
from aip_analysis.intake.privacy.word_tables import any_of, one_of, words

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
_BRACKETED = f" ?\\((?:{_TITLES})[)、,・ ]"

HONOURS = re.compile(any_of(words("honorifics")))
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
# Names with an unknown family name: before an honorific, or alone.
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
# Positions where a name may stand alone.
OPENED = re.compile(r"(?:^|[(「『\[\n:・]) ?")

# Other content of cells with names, and the shape of any name there.
TITLE = re.compile(f"(?:{_TITLES})")
SEPARATORS = re.compile(r"[ 、,・/&()「」:\n]+")
SHAPE = re.compile(LIKE_A_NAME)
# A name in a list of names.
LISTED = re.compile(WITH_FAMILY)
