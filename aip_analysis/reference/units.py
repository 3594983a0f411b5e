"""Formatting of figures with their units, in either language."""

from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING, number
from aip_analysis.messages.plurals import plural_category
from aip_analysis.reference.codebook import Measure
from aip_analysis.reference.ward import Ward

# Units written directly after the number in English too.
TIGHT = {"percent"}


def unit_label(ward: Ward, measure: Measure, language: Language) -> str:
    """Return the name of a measure's unit; one that the vocabulary lacks is its own name."""
    words = ward.vocabularies["unit"].labels(language)
    return words.get(measure.unit, measure.unit)


def unit_for(text: str, unit: str, ward: Ward, language: Language) -> str:
    """Return the word for a unit after a number: 1 meeting, 2 meetings.

    English singular forms are the synonyms in the vocabulary ``unit``.

    Parameters
    ----------
    text
        The formatted number.
    unit
        A code of the vocabulary ``unit``; an unknown code is returned unchanged.
    """
    words = ward.vocabularies["unit"]
    if unit not in words.codes:
        return unit
    singular = words[unit].synonyms if plural_category(text, language) == "one" else ()
    return singular[0] if singular else words[unit].label(language)


def format_figure(
    ward: Ward,
    measure: Measure,
    value: float | None,
    language: Language,
    *,
    at_least: bool = False,
) -> str:
    """Format a figure with its unit: 11回, およそ240人, 842,310円; a dash where it is missing.

    Parameters
    ----------
    at_least
        Whether the value is the known part of a sum: 38人以上.
    """
    text = exact_figure(ward, measure, value, language)
    if at_least and text != MISSING:
        return say("reference.at_least", language, figure=text)
    return about(measure, text, language)


def about(measure: Measure, text: str, language: Language) -> str:
    """Return the text of one or several figures, said to be approximate if they are estimates."""
    if not measure.is_estimate or text == MISSING:
        return text
    return say("reference.about", language, figure=text)


def exact_figure(ward: Ward, measure: Measure, value: float | None, language: Language) -> str:
    """Format a figure with its unit, without saying that an estimate is approximate."""
    text = number(value, measure.decimals)
    if text == MISSING:
        return text
    unit = unit_for(text, measure.unit, ward, language)
    between = "" if language == "ja" or measure.unit in TIGHT else " "
    return f"{text}{between}{unit}"
