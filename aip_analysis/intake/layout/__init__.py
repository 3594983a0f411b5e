"""Layout detection: where the tables of a sheet are, by their headings and titles."""

from aip_analysis.intake.layout.find_tables import Region, find_regions
from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.raw_rows import RawColumn, RawTable

__all__ = ["FORM", "Headings", "RawColumn", "RawTable", "Region", "find_regions"]
