"""Find names of people in a folded text, by known family names and their context.

A family name counts with a given name, an honorific or a role after it, a title before it, other
names next to it in a list, or where it stands free. One that is also a place of the ward needs a
given name or an honorific. Names of no table count by how they are called, written or spelled.
"""

import re
from collections.abc import Iterator

from aip_analysis.intake.privacy.addresses import words_of
from aip_analysis.intake.privacy.folding import same_forms
from aip_analysis.intake.privacy.names import name_patterns
from aip_analysis.intake.privacy.names.called_names import CalledNames
from aip_analysis.intake.privacy.names.foreign_names import ForeignNames
from aip_analysis.intake.privacy.names.free_names import FreeNames
from aip_analysis.intake.privacy.names.kana import KanaNames, is_reading
from aip_analysis.intake.privacy.names.name_lists import listed
from aip_analysis.intake.privacy.names.public_people import PublicPeople, merged
from aip_analysis.intake.privacy.names.spelled_names import SpelledNames
from aip_analysis.intake.privacy.names.titled_names import titled_names
from aip_analysis.intake.privacy.word_tables import one_of, words
from aip_analysis.reference import Ward

Span = tuple[int, int]


class Names:
    """Finder of names of people.

    Parameters
    ----------
    ward
        The ward: its family names, and its places, which are not names of people.

    Attributes
    ----------
    surnames
        The family names in kanji, folded.
    readings
        The family names in hiragana.
    """

    def __init__(self, ward: Ward) -> None:
        known = {same_forms(name) for name in ward.surnames}
        readings = {name for name in known if is_reading(name)}
        self.surnames = frozenset(known - readings)
        self.readings = frozenset(readings - words("no_kana"))
        self._kana = KanaNames(self.readings)
        self._places = words_of(ward) | words("directions")
        towns = {name[:-1] for name in self._places if name.endswith("町")}
        self._like_places = self._places | towns | words("regions")
        self._clear = self.surnames - self._like_places
        self._others = (
            self._kana.find,
            _unknown,
            FreeNames(self.surnames, self._like_places).find,
            CalledNames(self.readings).find,
            titled_names,
            ForeignNames(self.readings).find,
            SpelledNames(self.surnames).find,
        )
        self._public = PublicPeople()
        self._beginnings = re.compile(one_of({name[0] for name in self.surnames}))
        self._lengths = sorted({len(name) for name in self.surnames}, reverse=True)

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of names; names recognised only by a list come last."""
        spans = [*self._known(text)]
        for find in self._others:
            spans += find(text)
        matches = [span for span in merged(spans) if text[slice(*span)] not in words("no_names")]
        matches = [span for span in matches if not self._public.covers(text, span)]
        yield from matches
        if matches:
            yield from listed(text, matches, self.surnames, self._like_places)

    def is_all(self, text: str) -> bool:
        """Return whether a text consists of names or family names only, titles aside."""
        matches = list(self.find(text))
        for start, end in matches:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        if matches:
            text = name_patterns.HONORIFIC.sub(" ", text)
        rest = [
            word
            for word in name_patterns.SEPARATORS.split(name_patterns.TITLE.sub(" ", text))
            if word
        ]
        return bool(matches or rest) and all(word in self._clear for word in rest)

    def may_be_all(self, text: str) -> bool:
        """Return whether a text has the shape of a name, or is a family name but not a place."""
        is_family = text in self.surnames and text not in self._places
        return is_family or name_patterns.SHAPE.fullmatch(text) is not None

    def _known(self, text: str) -> Iterator[Span]:
        place = 0
        while match := self._beginnings.search(text, place):
            start = match.start()
            end = self._end(text, start)
            if end:
                yield start, end
            place = max(start + 1, end)

    def _end(self, text: str, start: int) -> int:
        """Return the end of the name that begins here; 0 if there is none."""
        for length in self._lengths:
            name = text[start : start + length]
            if name in self.surnames and name_patterns.may_begin(text, start):
                end = self._followed(name, text, start) or self._titled(name, text, start)
                if end:
                    return end
        return 0

    def _followed(self, name: str, text: str, start: int) -> int:
        """Return the end of a name recognised by the text after the family name; 0 if none."""
        end = start + len(name)
        if match := self._given(name).match(text, end):
            return match.end()
        if name_patterns.HONORIFIC.match(text, end):
            return 0 if len(name) == 1 and name_patterns.is_polite(text, start) else end
        return end if name not in self._places and name_patterns.ROLE.match(text, end) else 0

    def _given(self, name: str) -> re.Pattern[str]:
        if name in words("directions"):
            return name_patterns.AFTER_DIRECTION
        if name in self._places:
            return name_patterns.AFTER_PLACE
        return name_patterns.AFTER_SHORT if len(name) == 1 else name_patterns.AFTER_LONG

    def _titled(self, name: str, text: str, start: int) -> int:
        """Return the end of a name recognised by the text before it; 0 if none."""
        end = start + len(name)
        mark, clear = name_patterns.title_mark(text, start), name not in self._like_places
        if mark not in {"", " "} and (match := name_patterns.AFTER_LONG.match(text, end)):
            return match.end()
        goes_on = name_patterns.NOTHING_MORE if len(name) == 1 else name_patterns.NO_OTHER_WORD
        if name in self._places or not goes_on.match(text, end):
            return 0
        if mark:
            return (
                end if clear or name_patterns.title_mark(text, start, offices=False) == ":" else 0
            )
        return (
            end if clear and len(name) > 1 and name_patterns.is_titled_directly(text, start) else 0
        )


def _unknown(text: str) -> Iterator[Span]:
    """Yield names with an unknown family name, where only a name fits."""
    if text.count(" ") > 1:
        for match in name_patterns.UNKNOWN_IN_TWO.finditer(text):
            if name_patterns.title_mark(text, match.start()):
                yield match.span()
    for opened in name_patterns.OPENED.finditer(text):
        start = opened.end()
        mark = name_patterns.title_mark(text, start)
        candidate = None
        if mark or not opened[0].startswith((":", "・", " ")) or not start - len(opened[0]):
            candidate = name_patterns.UNKNOWN_ALONE.match(text, start)
        if mark and not candidate:
            candidate = name_patterns.UNKNOWN_TITLED.match(text, start)
        if candidate:
            yield candidate.span()
