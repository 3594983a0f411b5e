"""Personal data in the texts of records: detected by kind, masked, and inferred from headings."""

from aip_analysis.intake.people.findings import Finding, Kind
from aip_analysis.intake.people.headings import personal_heading
from aip_analysis.intake.people.masker import Masker

__all__ = ["Finding", "Kind", "Masker", "personal_heading"]
