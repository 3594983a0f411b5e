"""Personal data in the texts of records: detected by kind, masked, and inferred from headings."""

from aip_analysis.intake.privacy.masker import Finding, Kind, Masker
from aip_analysis.intake.privacy.personal_headings import personal_heading

__all__ = ["Finding", "Kind", "Masker", "personal_heading"]
