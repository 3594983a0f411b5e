"""Doubt amounts in rows that were recognised as titles or notes: a record may be among them."""

import re
from collections.abc import Sequence

from aip_analysis.intake.amount_counts import count_amounts
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Region
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.reading.amount_cells import is_amount
from aip_analysis.intake.row_fates import RowFates
from aip_analysis.intake.values import folded, read_text

_DOUBTED = ("title", "note")
# A number beside these is part of a day, or tells which: 令和|7|年度, 地域番号|12.
_BEHIND = re.compile(r"(?:年度?|月|日|頁|ページ|枚目?|号|回|期|ブロック|/|-|～|時|分).*")
_BEFORE = re.compile(
    r".*(?:No\.?|番号|コード|第|年度|年|月|日|令和|平成|西暦|R|H|頁|ページ|ブロック|回数?|TEL|電話|〒|/)[:：]?",
    re.IGNORECASE,
)


def report_amounts_passed_over(
    sheet: Sheet, region: Region, recognised: Sequence[RowFates], problems: SheetProblems
) -> None:
    """Warn about amounts in title and note rows of a table, once for each of the two kinds.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    recognised
        What became of the rows that are no records.
    problems
        Where problems are reported.
    """
    counts = count_amounts(sheet.columns[region.left : region.right], sheet.height)
    for kind in _DOUBTED:
        rows = [
            row for fates in recognised for row in fates.recognised.get(kind, ()) if counts[row]
        ]
        places = [
            (int(row), place)
            for row in rows
            if (place := _amount_in(sheet, region, int(row))) is not None
        ]
        if places:
            row, place = places[0]
            found = read_text(sheet.columns[place].cell(row))
            problems.report_rows_once("amount_passed_over", "warn", places, found)


def _amount_in(sheet: Sheet, region: Region, row: int) -> int | None:
    """Return the column of the first amount of a row that its neighbours do not explain."""
    cells = sheet.row(row)
    texts = ["" if cell is None else folded(cell) for cell in cells]
    for place in range(region.left, region.right):
        if not is_amount(cells[place]):
            continue
        before = next((text for text in reversed(texts[:place]) if text), "")
        behind = texts[place + 1] if place + 1 < len(texts) else ""
        if not _BEFORE.fullmatch(before) and not _BEHIND.fullmatch(behind):
            return place
    return None
