"""A blank workbook filled in as a volunteer would, and the expected numbers of records."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

import openpyxl

FIRST = 5
LINES: dict[str, Sequence[Sequence[object]]] = {
    "会議記録": [
        [1, "定例会", date(2026, 4, 15), time(18, 30), time(20, 0), "地域センター", 8, 2, 0,
         "買い物に困っている人への支援", "総合事業／生活支援体制整備事業", "背景",
         "移動販売を試す"],
        [2, "定例会", date(2026, 5, 20), time(18, 30), time(20, 0), "地域センター", 9, 1, 1,
         "移動販売の結果", None, "情報共有", None],
    ],
    "活動": [["A-01", "元気体操の会", "体操", "シニア活動支援", None, "集会所", "町会",
             date(2024, 6, 3), None, "週1回以上"]],
    "活動実績": [[None, None, None, 4, 5], [None, None, None, 80, 76], [None, None, None, 24]],
    "出納帳": [
        [date(2026, 4, 1), None, "前年度繰越", "前年度から", 3000],
        [date(2026, 4, 10), None, "運営費交付", "第1期", 300_000],
        [date(2026, 4, 15), "運営費", "会場費", "使用料", None, 1200, None, "集会所", "1"],
        [date(2026, 5, 9), "事業費", "広報費", "ちらし", None, 12_000, None, "印刷店", "2"],
    ],
    "構成員": [[None, "地域の活動者", 8, 0], [None, None, 1]],
    "コーディネーター": [["SC-1", "社会福祉協議会", date(2024, 4, 1)]],
    "できること": [[date(2026, 4, 15), "買い物", None, None, None, "移動販売を呼ぶ", "検討"]],
    "予算": [[None, None, 60_000], [None, None, 30_000]],
    "目標": [["歩いて通える体操の場を増やす", date(2026, 4, 15), "取組中"]],
}  # fmt: skip
# The records of the lines above: number of rows by record table.
COUNTED = {
    "councils": 1, "meetings": 2, "activities": 1, "activity_months": 2, "ledger": 4,
    "members": 2, "coordinators": 1, "ideas": 1, "budgets": 2, "goals": 1,
}  # fmt: skip


def fill_workbook(blank: Path, filled: Path) -> Path:
    """Write the lines into a blank workbook; formulas stay, their results must be recalculated."""
    book = openpyxl.load_workbook(blank)
    for sheet, lines in LINES.items():
        for row, line in enumerate(lines, start=FIRST):
            for column, value in enumerate(line, start=1):
                if value is not None:
                    book[sheet].cell(row, column, value)
    book.save(filled)
    return filled
