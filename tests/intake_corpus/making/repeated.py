"""The same rows in several sheets and files, and versions that contradict each other."""

from tests.intake_corpus.making.inputs import Book, Cases, Page, Text
from tests.intake_corpus.making.sheets import BOOK, HELD, MONTHS

_BUDGET = "区分|科目|予算額\n運営費|会場費|120000\n事業費|広報費|300000"
_LATER = BOOK.replace("1300", "1500")
_START = "\n".join(BOOK.strip().splitlines()[:4])
_WARD = """
地域|種別|開催日|参加者数
舟渡|定例会|2025-04-15|18
舟渡|定例会|2025-05-20|16
舟渡|定例会|2025-06-17|21
蓮根|定例会|2025-04-09|12
"""
_MONTHS_WIDE = "活動番号|項目|4月|5月\nA-1|実施回数|4|5\nA-1|延べ人数|80|96"

CASES: Cases = {
    "activity-numbers-in-other-letters": [
        Text(
            "2025/01板橋_活動.csv",
            """
活動番号|活動名|種類
A01-04|元気体操|体操
A01-05|茶話会|サロン
""",
        ),
        Text(
            "2025/01板橋_実績.csv",
            """
活動番号|月|実施回数|延べ人数
a01-04|4月|4|80
Ａ０１―０４|5月|4|82
a01 - 05|4月|1|12
A01-06|4月|1|9
""",
        ),
        Book(
            "2025/02熊野_活動.xlsx",
            [
                Page(
                    "活動",
                    "活動番号|活動名|種類\nK-1|元気体操|体操\nk-1|茶話会|サロン\nB2|会食|会食\n",
                ),
                Page(
                    "実績",
                    """
活動番号|項目|4月|5月
K-1|実施回数|4|5
k-1|実施回数|1|1
Ｋ－１|延べ人数|80|90
ｂ２|実施回数|2|2
B2|延べ人数|30|31
""",
                ),
            ],
        ),
        Text(
            "2025/03仲宿_実績.tsv",
            """
活動番号|月|実施回数
a-1|4月|4
A-1|5月|5
""",
            separator="\t",
        ),
        Book(
            "2025/04仲町_活動.xlsx",
            [
                Page("活動一覧", "活動番号|活動名|種類\nn1－1|元気体操|体操\n"),
                Page("活動実績", "活動番号：Ｎ１‐１\n月|実施回数|延べ人数\n4月|4|40\n5月|3|33\n"),
            ],
        ),
    ],
    "rows-elsewhere": [
        Book("2025/全地域_会議一覧.xlsx", [Page("会議", _WARD)]),
        Book("2025/12舟渡_活動記録.xlsx", [Page("会議記録", HELD), Page("出納帳", BOOK)]),
        Book("2025/12舟渡_活動記録 - コピー.xlsx", [Page("会議記録", HELD), Page("出納帳", BOOK)]),
        Book(
            "2025/13前野_活動実績.xlsx",
            [Page("活動実績", _MONTHS_WIDE), Page("活動実績 (2)", _MONTHS_WIDE)],
        ),
        Book(
            "2025/14桜川_会議記録.xlsx",
            [
                *(
                    Page(
                        f"{month}月",
                        f"{HELD.strip().splitlines()[0]}\n{HELD.strip().splitlines()[month - 3]}",
                    )
                    for month in (4, 5, 6)
                ),
                Page(
                    "年間一覧",
                    "種別|開催日|参加者数\n定例会|2025-04-15|18\n定例会|2025-05-20|16\n定例会|2025-06-17|21",
                ),
            ],
        ),
        Text("2025/15下赤塚_出納帳_上.csv", _START),
        Text(
            "2025/15下赤塚_出納帳_下.csv",
            "日付|科目|摘要|収入|支出\n2025/4/20|事務費|切手||840\n2025/5/8|広報費|チラシ||3000",
        ),
    ],
    "sent-twice": [
        Text(
            "2025/回答.csv",
            """
タイムスタンプ|地域|開催日|種別|会場|参加者数
2025/04/16 10:11:12|舟渡|2025/04/15|定例会|集会所|18
2025/04/16 10:12:40|舟渡|2025/04/15|定例会|集会所|18
2025/05/21 9:00:01|舟渡|2025/05/20|定例会|集会所|16
2025/05/21 9:02:30|蓮根|2025/05/20|定例会|集会所|16
""",
        ),
        Text(
            "2025/12舟渡_交通費.csv",
            "日付|科目|摘要|支出\n2025/6/9|事務費|バス|420\n2025/6/9|事務費|バス|420",
        ),
    ],
    "versions-decided": [
        Book(
            "2025/12舟渡_活動記録.xlsx",
            [
                Page("出納帳", BOOK),
                Page("出納帳（旧）", _LATER, hidden=True),
                Page("控え", _START, hidden="very"),
            ],
        ),
        Book("2025/11蓮根_出納帳_20260401.xlsx", [Page("出納帳", BOOK)]),
        Book("2025/11蓮根_出納帳_20260510.xlsx", [Page("出納帳", _LATER)]),
        Book("2025/13前野_出納帳_旧.xlsx", [Page("出納帳", BOOK)]),
        Book("2025/13前野_出納帳.xlsx", [Page("出納帳", _LATER)]),
        Book(
            "2025/14桜川_予算.xlsx",
            [Page("予算", _BUDGET), Page("予算old", _BUDGET.replace("120000", "100000"))],
        ),
        Text("2025/15下赤塚_活動実績_4月版.csv", "\n".join(MONTHS.strip().splitlines()[:2])),
        Text("2025/15下赤塚_活動実績_6月版.csv", MONTHS),
    ],
    "versions-undecided": [
        Book("2025/12舟渡_出納帳.xlsx", [Page("出納帳", BOOK), Page("出納帳 (2)", _LATER)]),
        Book("2025/11蓮根_出納帳_提出版.xlsx", [Page("出納帳", BOOK)]),
        Book("2025/11蓮根_出納帳_最新.xlsx", [Page("出納帳", _LATER)]),
        Book(
            "2025/13前野_出納帳.xlsx",
            [
                Page("出納帳", BOOK),
                Page("Sheet2", "日付|科目|摘要|支出\n2025-04-12|会場費|会館|900", hidden=True),
            ],
        ),
        Book("2025/14桜川_会議記録.xlsx", [Page("会議記録", HELD)]),
        Book(
            "2025/会議一覧.xlsx",
            [Page("会議", _WARD.replace("舟渡", "桜川").replace("|21", "|22"))],
        ),
    ],
}
