"""Cases of workbooks that look like traps: cells far away, broken sheets, names of any kind."""

from collections.abc import Callable

from tests.intake_corpus.making.inputs import Book, Cases, Page, Raw
from tests.intake_corpus.making.writing import content, part_of, steady

LEDGER = """
日付|科目|摘要|支出
2025-04-10|会場費|集会室|1200
2025-04-20|事務費|切手|840
"""
BUDGET = """
区分|科目|予算額
運営費|会場費|120000
"""
GOALS = """
目標|設定日|状況
声をかけ合えるまち|2025-04-15|取組中
"""
MEMBERS = """
所属区分|役割|構成員数|代理出席者数
町会・自治会|地域の活動者|3|0
介護事業所|支援の活動者|8|2
"""
IDEAS = """
提案日|テーマ|わかったこと|できること|状況
2025-06-17|買い物|坂の上に店がない|移動販売を呼ぶ|試行
"""
_FIRST = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"


def _changed(
    pages: list[Page], change: Callable[[bytes], bytes], part: str = _FIRST
) -> Callable[[], bytes]:
    """Return a function that makes a workbook with one part changed."""

    def make() -> bytes:
        workbook = content(Book("a.xlsx", pages))
        return steady(workbook, {part: change(part_of(workbook, part))})

    return make


def _with_cells(table: str, rows: str) -> Callable[[], bytes]:
    """Return a function that makes a workbook with further rows in the XML of its sheet."""
    end = b"</sheetData>"
    return _changed([Page("記録", table)], lambda xml: xml.replace(end, rows.encode() + end))


CASES: Cases = {
    "stray-cells": [
        Raw(
            "2025/12舟渡_出納帳.xlsx",
            _with_cells(LEDGER, '<row r="60000"><c r="XFD60000"><v>1</v></c></row>'),
        ),
        Raw(
            "2025/12舟渡_予算.xlsx",
            _with_cells(BUDGET, '<row r="1048576"><c r="XFD1048576" s="0"><v>0</v></c></row>'),
        ),
        Raw(
            "2025/12舟渡_目標.xlsx",
            _with_cells(
                GOALS,
                '<row r="9"><c r="ZZ9" t="inlineStr"><is><t>メモ</t></is></c>'
                '<c r="ABC9"><f>1+1</f><v>2</v></c></row>',
            ),
        ),
        Raw(
            "2025/12舟渡_構成員.xlsx",
            _with_cells(
                MEMBERS,
                '<row r="500"><c r="XX500" s="0"/></row>'
                '<row r="501"><c s="0" r="XY501" t="b"><v>1</v></c></row>',
            ),
        ),
        Raw(
            "2025/12舟渡_できること.xlsx",
            _with_cells(
                IDEAS,
                "".join(
                    f'<row r="{row}"><c r="AAA{row}"><v>1</v></c></row>' for row in range(5, 12)
                ),
            ),
        ),
    ],
    "sheets-unreadable": [
        Raw(
            "2025/12舟渡_出納帳.xlsx",
            _changed(
                [Page("壊れ", GOALS), Page("出納帳", LEDGER)], lambda xml: xml[: len(xml) // 2]
            ),
        ),
        Raw(
            "2025/12舟渡_予算.xlsx",
            _changed(
                [Page("長い", GOALS), Page("予算", BUDGET)],
                lambda xml: xml.replace(b'r="2"', b'r="2000000"').replace(b'2">', b'2000000">'),
            ),
        ),
        Raw(
            "2025/12舟渡_構成員.xlsx",
            _changed(
                [Page("構成員", MEMBERS), Page("目標", GOALS)],
                lambda xml: xml.replace("目標".encode(), "構成員".encode()),
                _BOOK,
            ),
        ),
    ],
    "sheets-of-any-name": [
        Book(
            "2025/12舟渡_活動記録.xlsx",
            [
                Page("=1+1", LEDGER),
                Page("🍵お茶", BUDGET),
                Page("CON", GOALS),
                Page("a|b 50%", MEMBERS),
                Page("あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほま", IDEAS),
            ],
        )
    ],
}
