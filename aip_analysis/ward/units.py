"""Figures with their units, in either language."""

from aip_analysis.messages import Language
from aip_analysis.messages.numbers import MISSING, number
from aip_analysis.ward.codebook import Measure
from aip_analysis.ward.ward import Ward

# Written right behind the number in English too.
TIGHT = {"percent"}


def unit_label(ward: Ward, measure: Measure, language: Language) -> str:
    """Give the name of a measure's unit."""
    return ward.vocabularies["unit"][measure.unit].label(language)


def unit_for(text: str, unit: str, ward: Ward, language: Language) -> str:
    """Give the word for a unit behind a number: 1 meeting, 2 meetings.

    English words for one thing stand in the vocabulary ``unit`` as the synonym.

    Parameters
    ----------
    text
        The number as it is written.
    unit
        A code of the vocabulary ``unit``; it stands for itself where there is no such word.
    """
    words = ward.vocabularies["unit"]
    if unit not in words.codes:
        return unit
    one = words[unit].synonyms if language == "en" and text == "1" else ()
    return one[0] if one else words[unit].label(language)


def shown(ward: Ward, measure: Measure, value: float | None, language: Language) -> str:
    """Write a figure as a reader sees it: 11回, 842,310円; a dash where it is missing."""
    text = number(value, measure.decimals)
    if text == MISSING:
        return text
    unit = unit_for(text, measure.unit, ward, language)
    between = "" if language == "ja" or measure.unit in TIGHT else " "
    return f"{text}{between}{unit}"
