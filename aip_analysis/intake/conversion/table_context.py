"""The context of a table: its sheet and region, its classified rows, counts and problems."""

from dataclasses import dataclass

from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.row_counts import Counts
from aip_analysis.intake.layout import Headings, Region
from aip_analysis.intake.layout.match_headings import Match
from aip_analysis.intake.layout.raw_rows import RowKinds
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference import Ward


@dataclass(frozen=True)
class TableContext:
    """The context of a table.

    Parameters
    ----------
    sheet, region
        The sheet and the region on it.
    match
        The record table matched by its headings.
    kinds
        Its classified rows.
    counts, findings
        Where its rows are counted and its problems collected.
    headings, ward
        The meanings of headings, and the ward whose vocabularies apply.
    """

    sheet: Sheet
    region: Region
    match: Match
    kinds: RowKinds
    counts: Counts
    findings: Findings
    headings: Headings
    ward: Ward

    def titles(self) -> list[str]:
        """Return the texts above the table, or else those in the first row of the sheet."""
        sheet, region = self.sheet, self.region
        texts = [_text for row in region.titles for _text in _texts(sheet, row)]
        return texts if texts or region.first == 0 else _texts(sheet, 0)


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [read_text(cell) for cell in sheet.row(row) if isinstance(cell, str)]
