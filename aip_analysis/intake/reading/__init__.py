"""Read workbooks, CSV files and zips into sheets of cells; nothing is executed, nothing lost."""

from aip_analysis.intake.reading.encoded_sheet import Cell, Sheet, Strip, column_letters
from aip_analysis.intake.reading.open_file import ReadFile, read_source
from aip_analysis.intake.reading.sources import Source, sources_below, sources_of

__all__ = [
    "Cell",
    "ReadFile",
    "Sheet",
    "Source",
    "Strip",
    "column_letters",
    "read_source",
    "sources_below",
    "sources_of",
]
