"""Names of people in a folded text: a family name that the ward's table knows, and what is by it.

A family name alone is nobody's here, because neighbourhoods, shops and firms bear them too. A given
name, a honorific or a role behind it makes it a person's, or what the person is before it, or names
beside it in a list. One that is also a place of the ward needs a given name or a honorific.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from aip_analysis.intake.people import before, patterns
from aip_analysis.intake.people.folding import same_forms
from aip_analysis.intake.people.kana import KanaNames, is_reading
from aip_analysis.intake.people.lists import listed
from aip_analysis.intake.people.places import words_of
from aip_analysis.intake.people.words import words
from aip_analysis.ward import Ward

Span = tuple[int, int]


class Names:
    """Find the names of people.

    Parameters
    ----------
    ward
        The ward: its family names, and its places, which are none.

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
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.surnames, key=len, reverse=True):
            self._by_letter[name[0]].append(name)

    def find(self, text: str) -> Iterator[Span]:
        """Find names; what only a list gives away comes last."""
        spans = [*self._known(text), *self._kana.find(text), *_unknown(text)]
        found = [span for span in spans if text[slice(*span)] not in words("no_names")]
        yield from found
        yield from listed(text, found, self.surnames, self._like_places)

    def is_all(self, text: str) -> bool:
        """Tell whether a text is nothing but names, or family names, and what goes with them."""
        found = list(self.find(text))
        for start, end in found:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        if found:
            text = patterns.HONORIFIC.sub(" ", text)
        left = [word for word in patterns.SEPARATORS.split(patterns.TITLE.sub(" ", text)) if word]
        return bool(found or left) and all(word in self._clear for word in left)

    def may_be_all(self, text: str) -> bool:
        """Tell whether a text has the shape of a name, or is a family name that places have too."""
        is_family = text in self.surnames and text not in self._places
        return is_family or patterns.SHAPE.fullmatch(text) is not None

    def _known(self, text: str) -> Iterator[Span]:
        place = 0
        while place < len(text):
            end = self._end(text, place) if text[place] in self._by_letter else 0
            if end:
                yield place, end
            place = max(place + 1, end)

    def _end(self, text: str, start: int) -> int:
        """Give where the name ends that begins here; 0 where none does."""
        for name in self._by_letter[text[start]]:
            if text.startswith(name, start) and before.may_begin(text, start):
                end = self._followed(name, text, start) or self._titled(name, text, start)
                if end:
                    return end
        return 0

    def _followed(self, name: str, text: str, start: int) -> int:
        """Give the end of a name that is known by what stands behind the family name."""
        end = start + len(name)
        if found := self._given(name).match(text, end):
            return found.end()
        if patterns.HONORIFIC.match(text, end):
            return 0 if len(name) == 1 and before.is_polite(text, start) else end
        return end if name not in self._places and patterns.ROLE.match(text, end) else 0

    def _given(self, name: str) -> re.Pattern[str]:
        if name in words("directions"):
            return patterns.AFTER_DIRECTION
        if name in self._places:
            return patterns.AFTER_PLACE
        return patterns.AFTER_SHORT if len(name) == 1 else patterns.AFTER_LONG

    def _titled(self, name: str, text: str, start: int) -> int:
        """Give the end of a name that is known by what stands before it."""
        end = start + len(name)
        mark, clear = before.title_mark(text, start), name not in self._like_places
        if mark not in {"", " "} and (found := patterns.AFTER_LONG.match(text, end)):
            return found.end()
        goes_on = patterns.NOTHING_MORE if len(name) == 1 else patterns.NO_OTHER_WORD
        if name in self._places or not goes_on.match(text, end):
            return 0
        if mark:
            return end if clear or before.title_mark(text, start, offices=False) == ":" else 0
        return end if clear and len(name) > 1 and before.is_titled_directly(text, start) else 0


def _unknown(text: str) -> Iterator[Span]:
    """Find names whose family name no table knows: honoured, or where nothing but a name stands."""
    if patterns.HONOURS.search(text):
        yield from (found.span() for found in patterns.UNKNOWN_HONOURED.finditer(text))
    for opened in patterns.OPENED.finditer(text):
        start = opened.end()
        mark = before.title_mark(text, start)
        alone = None
        if mark or not opened[0].startswith((":", "・")):
            alone = patterns.UNKNOWN_ALONE.match(text, start)
        if mark and not alone:
            alone = patterns.UNKNOWN_TITLED.match(text, start)
        if alone:
            yield alone.span()
