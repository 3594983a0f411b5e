"""The place and section that a text is for, from the names of its folder and file."""

from difflib import get_close_matches

from aip_analysis.messages import LANGUAGES, entries, say
from aip_analysis.reference import Place, Ward
from aip_analysis.reference.vocabulary import plain

# Sections of the pages of all levels, and further sections of each level.
_ALL = (
    *("summary", "key-figures", "where", "council", "meetings", "activities", "ideas"),
    *("money", "trend", "notes"),
)
_MORE = {
    "area": ("beside", "questions"),
    "block": ("areas", "together", "beside"),
    "ward": ("areas", "together"),
}
_HEADS = {
    "key-figures": "report.key_figures",
    "together": "together.heading",
    "questions": "questions.title",
}


def place_of(name: str, ward: Ward) -> Place | None:
    """Return the place that a folder is named after: an area, a block or the ward."""
    for place in ward.places.values():
        if plain(name) in {plain(text) for text in _labels(place, ward)}:
            return place
    if plain(name) in {plain(text) for text in ("ward", ward.setting("name"))}:
        return ward.whole
    # An area and a block may share a name: followed by 「ブロック」, it means the block.
    return ward.find_place("area", name) or ward.find_place("block", name)


def nearest_place(name: str, ward: Ward) -> str:
    """Return the names of the places most similar to a folder's name, as one text."""
    names = [place.ja for place in (*ward.places_of("area"), *ward.places_of("block"))]
    return _nearest(name, [*names, ward.setting("name")])


def section_of(stem: str, place: Place) -> str:
    """Return the section that a file is named after; empty if the page has none of that name.

    Numbers, and other parts separated by a mark, may be added: 会議-1.md, 2_会議.md.
    """
    for name in (stem, *_parts(stem)):
        for section in (*_ALL, *_MORE[place.level]):
            if plain(name) in _spellings(section):
                return section
    return ""


def nearest_section(stem: str, place: Place) -> str:
    """Return the headings of the sections most similar to a file's name, as one text."""
    names = [_heads(section)[0] for section in (*_ALL, *_MORE[place.level])]
    return _nearest(stem, names)


def _nearest(name: str, names: list[str]) -> str:
    unique = list(dict.fromkeys(names))
    return "、".join(get_close_matches(name, unique, 3, 0.4) or unique)


def _labels(place: Place, ward: Ward) -> set[str]:
    """Return the labels of a place together with its level, and its slug."""
    both = {ward.label(place, language) for language in LANGUAGES}
    plain_ones = {
        say(f"places.{place.level}", language, name=place.name(language)) for language in LANGUAGES
    }
    return {*both, *plain_ones, place.slug}


def _parts(stem: str) -> list[str]:
    pieces = stem.replace("＿", "_").replace("－", "-").replace("-", "_").split("_")
    return [piece for piece in pieces if not piece.isdecimal()]


def _heads(section: str) -> list[str]:
    key = _HEADS.get(section, f"report.{section}")
    other_key = f"edited.section_{section.replace('-', '_')}"
    alternatives = "|".join(entries(language)[other_key] for language in LANGUAGES)
    return [*(entries(language)[key] for language in LANGUAGES), *alternatives.split("|")]


def _spellings(section: str) -> set[str]:
    return {plain(text) for text in (section, *_heads(section))}
