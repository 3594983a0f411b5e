"""Cases of area and fiscal year: where and how they are written, and contradictions."""

from tests.intake_corpus.making.inputs import Book, Cases, Page, Text

LINES = """
日付|科目|摘要|支出
2025/4/10|会場費|集会室|1200
2025/4/20|事務費|切手|840
"""
SPELLINGS = (
    *("舟渡", "舟渡地域", "舟渡地区", "舟渡支え合い会議", "第2層(舟渡)", "12 舟渡", "ふなど"),
    *("012", "ﾌﾅﾄﾞ", "12", "ＦＵＮＡＤＯ", "第２層（舟渡地域）", "フナド"),
)

CASES: Cases = {
    "area-spellings": [
        Text(
            "2025/出納帳_全地域.csv",
            "地域|日付|科目|摘要|支出\n"
            + "\n".join(
                f"{spelling}|2025/5/{day}|事務費|切手|100"
                for day, spelling in enumerate(SPELLINGS, start=1)
            ),
        )
    ],
    "area-in-sheet-name": [
        Book(
            "2025/会議記録_全地域.xlsx",
            [
                Page(
                    "舟渡",
                    """
回|種別|開催日|議題
61|定例会|2025-04-15|居場所づくり
""",
                ),
                Page(
                    "18高島平",
                    """
回|種別|開催日|議題
52|定例会|2025-04-17|シニアガイドブック
53|定例会|2025-05-15|アンケート
""",
                ),
            ],
        )
    ],
    "area-in-title": [Text("2025/出納帳.csv", f"舟渡支え合い会議 出納帳{LINES}")],
    "area-run-together": [Text("2025/出納帳.csv", f"板橋区舟渡地域支え合い会議出納帳{LINES}")],
    "area-in-file-name": [Text("2025/出納帳（舟渡）R7.csv", LINES)],
    "area-in-folder-name": [Text("raw/2025/12舟渡/出納帳.csv", LINES)],
    "area-nowhere": [Text("2025/出納帳.csv", LINES)],
    "area-unknown": [
        Text(
            "2025/出納帳_全地域.csv",
            """
地域|日付|科目|摘要|支出
高島平|2025/4/10|会場費|集会室|1200
舟戸|2025/4/11|会場費|集会室|1300
|2025/4/12|事務費|切手|840
""",
        )
    ],
    "area-column-beside-file": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
地域|日付|科目|摘要|支出
舟渡|2025/4/10|会場費|集会室|1200
|2025/4/12|事務費|切手|840
""",
        )
    ],
    "area-disagrees": [Text("2025/12舟渡_出納帳.csv", f"高島平支え合い会議 出納帳{LINES}")],
    "ward-and-venue-in-titles": [
        Text(
            "2025/12舟渡_会議記録.csv",
            """
板橋区　令和7年度　会議記録
会場：高島平地域センター（工事のため）
回|種別|開催日|議題
61|定例会|2025/4/15|居場所づくり
""",
        )
    ],
    "year-disagrees": [Text("2025/12舟渡_出納帳.csv", f"令和6年度　出納帳{LINES}")],
    "year-column": [
        Text(
            "incoming/12舟渡_予算.csv",
            """
年度|区分|科目|予算額
2024|運営費|会場費|100,000
R7|運営費|会場費|120,000
令和６年度|事業費|広報費|200,000
2025年度|事業費|広報費|300,000
""",
        )
    ],
    "year-column-unreadable": [
        Text(
            "incoming/12舟渡_予算.csv",
            """
年度|区分|科目|予算額
令和7年度|運営費|会場費|120,000
来年度|事業費|広報費|300,000
""",
        )
    ],
    "year-in-title": [Text("incoming/12舟渡_出納帳.csv", f"R7年度 出納帳{LINES}")],
    "year-in-file-name": [Text("incoming/12舟渡_出納帳_FY2025.csv", LINES)],
    "year-in-folder-name": [Text("raw/令和７年度/12舟渡_出納帳.csv", LINES)],
    "year-first-of-reiwa": [
        Text(
            "incoming/12舟渡_予算.csv",
            """
平成31年度（令和元年度）　予算
区分|科目|予算額
運営費|会場費|100,000
""",
        )
    ],
    "year-as-span": [
        Text(
            "incoming/12舟渡_出納帳.csv",
            f"出納帳（令和7年4月1日～令和8年3月31日）{LINES}",
        )
    ],
    "year-nowhere": [Text("incoming/12舟渡_出納帳.csv", LINES.replace("2025/", ""))],
}
