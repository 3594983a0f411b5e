"""Personal data in the texts of records: detected by kind, masked, held back, inferred."""

from aip_analysis.intake.privacy.disclosure import (
    PUBLIC,
    WITHHELD,
    released,
    verdict_of,
    withheld,
    without_release,
)
from aip_analysis.intake.privacy.homes import is_home
from aip_analysis.intake.privacy.identifying_traits import identifying
from aip_analysis.intake.privacy.masker import Finding, Kind, Masker
from aip_analysis.intake.privacy.personal_headings import personal_heading

__all__ = [
    "PUBLIC",
    "WITHHELD",
    "Finding",
    "Kind",
    "Masker",
    "identifying",
    "is_home",
    "personal_heading",
    "released",
    "verdict_of",
    "withheld",
    "without_release",
]
