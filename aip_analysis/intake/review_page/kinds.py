"""Names of kinds of findings and advice on correcting them, from the catalogue's sentences."""

import re

from aip_analysis.messages import Language, say

# Placeholder for what differs from place to place.
ANY = "…"
_ASIDE = re.compile(rf"\s?[（(][^（）()]*{ANY}[^（）()]*[）)]")
_END = re.compile(r"(?<=[。?])|(?<=\w\?)\s|\.\s")
_OPEN_END = re.compile(rf"[：:]\s*{ANY}[。.]?$|[。.]$")


def kind_name(code: str, language: Language) -> str:
    """Return the name of a kind: its first sentence, without what differs from place to place."""
    sentence = _ASIDE.sub("", advice(code, ANY, ANY, language))
    return _OPEN_END.sub("", _END.split(sentence, maxsplit=1)[0])


def advice(code: str, found: str, expected: str, language: Language) -> str:
    """Return what is wrong and how to correct it, without the place."""
    return say(f"intake.{code}", language, found=found, expected=expected)
