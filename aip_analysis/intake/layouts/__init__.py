"""Where the tables of a sheet stand, and which of its rows are theirs."""

from aip_analysis.intake.layouts.finding import Region, find_regions
from aip_analysis.intake.layouts.headings import FORM, Headings
from aip_analysis.intake.layouts.raw import RawColumn, RawTable

__all__ = ["FORM", "Headings", "RawColumn", "RawTable", "Region", "find_regions"]
