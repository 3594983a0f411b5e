"""Words of the ward that are not names of people, although some are family names too."""

import re

from aip_analysis.intake.privacy.folding import same_forms
from aip_analysis.reference import Ward

NUMERAL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
CHOME = re.compile(f"{NUMERAL}丁目$")


def words_of(ward: Ward) -> frozenset[str]:
    """Return the names of areas, blocks and neighbourhoods (without 丁目), and all known terms."""
    places = [*ward.areas["area"], *ward.blocks["block"], *ward.chome["chome"]]
    terms = [term for vocabulary in ward.vocabularies.values() for term in vocabulary]
    spelled = [text for term in terms for text in (term.ja, *term.synonyms)]
    return frozenset(CHOME.sub("", same_forms(text)) for text in (*places, *spelled))
