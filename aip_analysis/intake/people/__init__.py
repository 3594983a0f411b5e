"""People's data in the texts of records: found by kind, masked, and told by headings."""

from aip_analysis.intake.people.findings import Finding, Kind
from aip_analysis.intake.people.headings import personal_heading
from aip_analysis.intake.people.masker import Masker

__all__ = ["Finding", "Kind", "Masker", "personal_heading"]
