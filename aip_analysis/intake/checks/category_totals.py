"""Check the totals below the columns of a cash book with a column for each category."""

from dataclasses import replace

import numpy as np

from aip_analysis.intake.checks.totals_and_balances import total_words, wrong_totals
from aip_analysis.intake.conversion.parsed_table import ParsedTable
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import RawColumn, Region
from aip_analysis.intake.layout.category_columns import AMOUNT
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.rows.row_kinds import RowKinds


def check_category_totals(
    sheet: Sheet, region: Region, kinds: RowKinds, table: ParsedTable, problems: SheetProblems
) -> None:
    """Warn about totals of a category that are not the sum of its amounts.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the cash book.
    kinds
        The rows of the cash book by kind: totals that arithmetic explains are right.
    table
        The cash book, one row per amount.
    problems
        Where problems are reported.
    """
    words = {int(row): total_words(sheet, region, int(row)) for row in kinds.totals}
    if not words or not table.raw.by_category:
        return
    amounts = table.columns[AMOUNT]
    proved = set(kinds.proved.tolist())
    for place in sorted(region.matched.categories):
        own = np.flatnonzero(amounts.column.places == place)
        column = replace(amounts, column=amounts.column.some(own))
        label = region.labels.get(place, "")
        for row, expected in wrong_totals(words, column, sheet.columns[place]):
            if row in proved:
                continue
            cell = EncodedColumn.of([sheet.columns[place].cell(row)])
            total = RawColumn(label, cell, np.array([place]), np.array([row]))
            problems.report_cells("total_disagrees", "warn", total, [0], f"{expected:,}")
