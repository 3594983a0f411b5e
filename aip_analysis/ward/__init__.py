"""The reference model of the ward: places, vocabularies, rules, codebook, calendar and geometry."""

from aip_analysis.ward.calendar import FiscalYear
from aip_analysis.ward.codebook import Codebook, Measure
from aip_analysis.ward.loading import load_ward
from aip_analysis.ward.places import Level, Place
from aip_analysis.ward.rows import rows
from aip_analysis.ward.rules import Rules
from aip_analysis.ward.vocabulary import Term, Vocabulary
from aip_analysis.ward.ward import Ward

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
    "load_ward",
    "rows",
]
