"""The words by which the search on the index finds an area."""

from dataclasses import dataclass

from aip_analysis.messages import LANGUAGES
from aip_analysis.reference import Ward, iter_rows


@dataclass(frozen=True)
class SearchWords:
    """The search words of an area.

    Parameters
    ----------
    words
        Its code and its names in all scripts, separated by blanks.
    chome
        The names of its 町丁目, separated by blanks.
    """

    words: str = ""
    chome: str = ""


def search_words_of(ward: Ward) -> dict[str, SearchWords]:
    """Return the search words of each area, by its key.

    A 町丁目 that several areas share finds all of them.
    """
    chome: dict[str, list[str]] = {}
    for row in iter_rows(ward.chome):
        chome.setdefault(row.area_code, []).append(str(row.chome))
    result = {}
    for row in iter_rows(ward.areas):
        place = ward.places[f"area-{row.area_code}"]
        labels = [ward.label(place, language) for language in LANGUAGES]
        words = (row.area_code, *labels, row.kana, row.romaji, str(row.romaji).replace("-", ""))
        names = dict.fromkeys(chome.get(row.area_code, ()))
        result[place.key] = SearchWords(" ".join(map(str, dict.fromkeys(words))), " ".join(names))
    return result
