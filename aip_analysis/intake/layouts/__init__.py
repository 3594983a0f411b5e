"""Layout detection: where the tables of a sheet are, and which of its rows belong to them."""

from aip_analysis.intake.layouts.finding import Region, find_regions
from aip_analysis.intake.layouts.headings import FORM, Headings
from aip_analysis.intake.layouts.raw import RawColumn, RawTable

__all__ = ["FORM", "Headings", "RawColumn", "RawTable", "Region", "find_regions"]
