"""By what words a reader finds an area on the index."""

from dataclasses import dataclass

from aip_analysis.messages import LANGUAGES
from aip_analysis.ward import Ward
from aip_analysis.ward import rows as each


@dataclass(frozen=True)
class Sought:
    """The words that lead to an area.

    Parameters
    ----------
    words
        Its names in all scripts, parted by blanks.
    chome
        The names of its 町丁目, parted by blanks.
    """

    words: str = ""
    chome: str = ""


def sought_of(ward: Ward) -> dict[str, Sought]:
    """Give the words of each area, by its key.

    A 町丁目 that several areas share leads to all of them.
    """
    chome: dict[str, list[str]] = {}
    for row in each(ward.chome):
        chome.setdefault(row.area_code, []).append(str(row.chome))
    found = {}
    for row in each(ward.areas):
        place = ward.places[f"area-{row.area_code}"]
        labels = [ward.label(place, language) for language in LANGUAGES]
        words = (row.area_code, *labels, row.kana, row.romaji, str(row.romaji).replace("-", ""))
        names = dict.fromkeys(chome.get(row.area_code, ()))
        found[place.key] = Sought(" ".join(map(str, dict.fromkeys(words))), " ".join(names))
    return found
