"""Layout detection: where the tables of a sheet are, and which of its rows belong to them."""

from aip_analysis.intake.layout.find_tables import Region, find_regions
from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.raw_rows import RawColumn, RawTable

__all__ = ["FORM", "Headings", "RawColumn", "RawTable", "Region", "find_regions"]
