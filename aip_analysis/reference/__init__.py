"""The reference model of the ward: places, vocabularies, rules, codebook, calendar and geometry."""

from aip_analysis.reference.calendar import FiscalYear
from aip_analysis.reference.codebook import Codebook, Measure
from aip_analysis.reference.loading import load_ward
from aip_analysis.reference.places import Level, Place
from aip_analysis.reference.rows import iter_rows
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.vocabulary import Term, Vocabulary
from aip_analysis.reference.ward import Ward

__all__ = [
    "Codebook",
    "FiscalYear",
    "Level",
    "Measure",
    "Place",
    "Rules",
    "Term",
    "Vocabulary",
    "Ward",
    "iter_rows",
    "load_ward",
]
