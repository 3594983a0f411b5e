"""Read workbooks, CSV files and zips into sheets of cells; nothing is executed, nothing lost."""

from aip_analysis.intake.reading.encoded_sheet import Cell, EncodedColumn, Sheet, column_letters
from aip_analysis.intake.reading.read_source import ReadFile, read_source
from aip_analysis.intake.reading.sources import Source, sources_below, sources_of

__all__ = [
    "Cell",
    "EncodedColumn",
    "ReadFile",
    "Sheet",
    "Source",
    "column_letters",
    "read_source",
    "sources_below",
    "sources_of",
]
