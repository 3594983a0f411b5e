"""Cases of files: kinds, encodings, separators, and files that cannot be read."""

import hashlib

from tests.intake_corpus.making.inputs import Archive, Book, Cases, Page, Raw, Text
from tests.intake_corpus.making.special import (
    VBA,
    dates_from_1904,
    half_a_workbook,
    locked_book,
    with_errors,
    with_external_link,
    with_macro,
)
from tests.intake_corpus.making.writing import content

BUDGET = """
区分|科目|予算額
運営費|会場費|120,000
事業費|広報費|300,000
"""
LINES = """
日付|科目|摘要|支出
2025/4/10|会場費|集会室|1,200
2025/4/20|事務費|切手|840
"""
TYPED = """
日付|科目|摘要|支出
2025-04-10|会場費|集会室|1200
2025-04-20|事務費|切手|840
"""
NOISE = b"".join(hashlib.sha256(bytes([place])).digest() for place in range(64))
DOS = Text("a.csv", LINES, encoding="cp932")
PDF = b"%PDF-1.4\n%%EOF\n"


def _guarded(path: str, text: str) -> Raw:
    """Return a file as a program writes it that keeps spreadsheets from making numbers of texts."""
    return Raw(path, lambda: text.lstrip("\n").replace("\n", "\r\n").encode("cp932"))


CASES: Cases = {
    "ledger-xlsx": [
        Book(
            "2025/12舟渡_令和7年度_出納帳.xlsx",
            [
                Page(
                    "出納帳",
                    """
舟渡支え合い会議　出納帳
令和7年度

日付|区分|科目|摘要|収入|支出|差引残高|支払先|領収書番号
2025-04-10||運営費交付|第1回交付|300000||300000|板橋区社会福祉協議会|
2025-04-18|運営費|会場費|舟渡ホール使用料||2400|297600|舟渡ホール|R7-01
2025-05-02|事業費|広報費|広報誌の印刷||15800|281800|見本印刷|R7-02
合計||||300000|18200|281800
""",
                )
            ],
        )
    ],
    "meetings-xls": [
        Book(
            "2025/12舟渡_会議記録.xls",
            [
                Page(
                    "会議記録",
                    """
令和7年度　会議記録
回|種別|開催日|開始|終了|会場|構成員出席|協力員出席|その他出席|議題
61|定例会|2025-04-15|18:30|20:30|舟渡ホール|14|3|2|居場所づくり
62|定例会|2025-05-20|18:30|20:00|舟渡ホール|13|2|0|協力店マップ
63|臨時会|2025-05-27|19:00|20:00|特養の集会室|9||1|夏の見守り
""",
                )
            ],
        )
    ],
    "activities-ods": [
        Book(
            "2025/12舟渡_活動.ods",
            [
                Page(
                    "活動",
                    """
舟渡地域　活動一覧（令和7年度）
活動番号|活動名|種類|重点分野|領域|実施場所|開始日|頻度
A-1|河川敷体操|体操|⑥|生活支援・介護予防|新河岸川の広場|2019-06-03|毎週
A-2|ふれあい食堂|会食会|⑤|生活支援・介護予防|舟渡ホール|2024-10-12|月1回

※頻度は予定です。
""",
                    merged=["A1:H1"],
                )
            ],
        )
    ],
    "csv-cp932-letters": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
日付|科目|摘要|支出|支払先|領収書番号
2025/4/10|広報費|①チラシ～②ポスターの印刷―追加分|12000|㈱見本印刷|№1
2025/4/11|事務費|封筒（長形３号）|980|髙島平文具店|№2
2025/4/12|行事費|ﾊﾞﾅｰ一式|5500|㈲見本看板|№3
""",
            encoding="cp932",
        )
    ],
    "csv-utf8-bom": [
        Text(
            "2025/12舟渡_会議記録.csv",
            """
舟渡支え合い会議 会議記録（令和7年度）
回|種別|開催日|会場|構成員出席|議題
第61回|定例会|2025/4/15|舟渡ホール|14|居場所づくり
第62回|定例会|2025/5/20|舟渡ホール|13|協力店マップ
""",
        )
    ],
    "csv-quotes": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
日付|科目|摘要|支出|支払先
2025/4/10|会場費|会議室A⏎（午後）|12,000|舟渡ホール
2025/4/11|事務費|コピー用紙, 封筒|1,280|見本文具
2025/4/12|行事費|"ふれあい"の看板|3,300|見本看板
""",
            encoding="utf-8",
            newline="\n",
        )
    ],
    "csv-utf16le-tabs": [
        Text(
            "2025/12舟渡_予算.csv", f"{BUDGET}|合計|420,000\n", encoding="utf-16-le", separator="\t"
        )
    ],
    "csv-utf16be": [
        Text(
            "2025/12舟渡_目標.csv",
            """
目標|設定日|状況
声をかけ合えるまち|2025/4/15|取組中
協力店を20軒に|R7.5.20|達成
""",
            encoding="utf-16-be",
        )
    ],
    "tsv-cp932": [
        Text(
            "2025/12舟渡_構成員.tsv",
            """
所属区分|役割|構成員数|代理出席者数
町会・自治会|地域の活動者|3|0
民生・児童委員|つなぐ活動者|1|
介護事業所|支援の活動者|8|2
合計||12|2
""",
            encoding="cp932",
            separator="\t",
        )
    ],
    "csv-semicolons": [Text("2025/12舟渡_出納帳.csv", LINES, separator=";")],
    "csv-cr-only": [
        Text(
            "2025/12舟渡_できること.csv",
            """
提案日|テーマ|わかったこと|できること|状況
2025/6/17|買い物|坂の上に店がない|移動販売を呼ぶ|試行
2025/6/17|居場所|昼に集まる所が少ない|集会室を開ける|検討中
""",
            encoding="cp932",
            newline="\r",
        )
    ],
    "csv-ragged-rows": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
日付|科目|摘要|収入|支出|支払先||
2025/4/10|会場費|集会室||1200
2025/4/20|事務費|切手||840|見本郵便局||||

||||
""",
            even=False,
        )
    ],
    "csv-sep-line": [
        Text("2025/12舟渡_出納帳.csv", f"sep=;\n{LINES.strip()}", separator=";", even=False)
    ],
    "csv-dos-end": [Raw("2025/12舟渡_出納帳.csv", lambda: content(DOS) + b"\x1a")],
    "invisible-letters": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
日付|科目|摘要|支出
2025/4/10|会場費\u200b|集会室|\u00a01,200
\ufeff2025/4/20|\u3000事務費\u3000|切手|840
""",
        )
    ],
    "csv-noise": [Raw("2025/12舟渡_出納帳.csv", lambda: NOISE)],
    "csv-empty": [Raw("2025/12舟渡_出納帳.csv", lambda: b"")],
    "csv-heading-only": [Text("2025/12舟渡_出納帳.csv", "日付|科目|摘要|収入|支出")],
    "xlsx-empty": [Raw("2025/12舟渡_出納帳.xlsx", lambda: b"")],
    "xlsx-truncated": [Raw("2025/12舟渡_出納帳.xlsx", half_a_workbook)],
    "locked-with-password": [
        Raw("2025/12舟渡_出納帳.xlsx", lambda: locked_book("xlsx")),
        Raw("2025/12舟渡_予算.xls", lambda: locked_book("xls")),
        Raw("2025/12舟渡_目標.ods", lambda: locked_book("ods")),
    ],
    "xlsm-macro": [Raw("2025/12舟渡_出納帳.xlsm", lambda: with_macro(TYPED, VBA))],
    "xlsx-external-link": [Raw("2025/12舟渡_出納帳.xlsx", with_external_link)],
    "xlsx-named-xls": [
        Raw("2025/12舟渡_出納帳.xls", lambda: content(Book("a.xlsx", [Page("出納帳", TYPED)])))
    ],
    "csv-named-xlsx": [Raw("2025/12舟渡_出納帳.xlsx", lambda: content(Text("a.csv", LINES)))],
    "xlsx-dates-from-1904": [Raw("2025/12舟渡_出納帳.xlsx", dates_from_1904)],
    "xlsx-error-values": [Raw("2025/12舟渡_出納帳.xlsx", with_errors)],
    "formula-without-value": [
        Book(
            "2025/12舟渡_出納帳.xlsx",
            [
                Page(
                    "出納帳",
                    """
日付|科目|摘要|収入|支出
2025-04-10|会場費|集会室（2回分）||=1200*2
2025-04-20|事務費|切手||840
合計||||=SUM(E2:E3)
""",
                )
            ],
        )
    ],
    "csv-guarded-texts": [
        _guarded(
            "2025/01板橋_出納帳.csv",
            r"""
日付,科目,摘要,支出,領収書番号
="2025/04/10",会場費,="集会室",="\1,200",="007"
="2025/04/20",事務費,="",840,="008"
""",
        ),
        Text(
            "2025/02熊野_出納帳.csv",
            r"""
日付|科目|摘要|支出|領収書番号
="2025/04/10"|会場費|="集会室, 午後"|="\1,200"|="007"
="2025/04/20"|事務費|=""|\840|="008"
""",
            encoding="cp932",
        ),
        _guarded(
            "2025/03仲宿_出納帳.tsv",
            """
="日付"\t="科目"\t="摘要"\t="支出"\t="領収書番号"
="R7.4.10"\t="会場費"\t="集会室"\t="1,200"\t="007"
="R7.4.20"\t="事務費"\t="切手"\t="840"\t="008"
""",
        ),
        _guarded(
            "2025/04仲町_予算.csv",
            r"""
区分;科目;予算額
="運営費";="会場費";="\120,000"
="事業費";="広報費";-\500
""",
        ),
        _guarded(
            "2025/05富士見_出納帳.csv",
            r"""
日付,科目,摘要,支出
2025/4/10,会場費,"メモは =""x"" のとおり",\1200
2025/4/20,事務費,="a"&"b",="\84"0
""",
        ),
    ],
    "formula-like-texts": [
        Text(
            "2025/12舟渡_出納帳.csv",
            """
日付|科目|摘要|支出|支払先
2025/4/10|事務費|=1+1|100|@x
2025/4/11|事務費|＝SUM(A1:A3)|200|-5
2025/4/12|事務費|+81|300|=HYPERLINK("#A1")
""",
        )
    ],
    "zip-two-files": [
        Archive(
            "2025/records.zip",
            [
                Text("2025/12舟渡_出納帳.csv", LINES, encoding="cp932"),
                Text("2025/12舟渡_予算.csv", BUDGET, encoding="cp932"),
            ],
            encoding="cp932",
        )
    ],
    "zip-in-year-folder": [
        Archive("2025/舟渡_送付分.zip", [Text("12舟渡_予算.csv", BUDGET, encoding="cp932")])
    ],
    "zip-unsafe-name": [
        Archive(
            "2025/records.zip",
            [Text("../12舟渡_出納帳.csv", LINES), Text("2025/12舟渡_予算.csv", BUDGET)],
        )
    ],
    "zip-in-zip": [
        Archive(
            "2025/records.zip",
            [
                Archive("2025/出納帳.zip", [Text("12舟渡_出納帳.csv", LINES)]),
                Text("2025/12舟渡_予算.csv", BUDGET),
            ],
        )
    ],
    "other-kinds-beside": [
        Raw("2025/会議だより.pdf", lambda: PDF),
        Raw("2025/写真.jpg", lambda: b"\xff\xd8\xff\xd9"),
        Text("2025/12舟渡_予算.csv", BUDGET),
    ],
    "hidden-parts": [
        Book(
            "2025/12舟渡_活動記録.xlsx",
            [
                Page(
                    "出納帳",
                    """
日付|科目|摘要|支出|支払先
2025-04-10|会場費|集会室|1200|舟渡ホール
2025-04-20|事務費|切手|840|見本郵便局
2025-05-02|広報費|チラシ|5000|見本印刷
""",
                    hidden_rows=[3],
                    hidden_columns=["E"],
                ),
                Page("予算", BUDGET.replace(",", ""), hidden=True),
            ],
        )
    ],
    "empty-sheets": [
        Book(
            "2025/12舟渡_出納帳.xlsx",
            [Page("Sheet1", TYPED), Page("Sheet2", ""), Page("Sheet3", "")],
        )
    ],
    "example-sheet": [
        Book(
            "2025/12舟渡_出納帳.xlsx",
            [
                Page("記入例", "日付|科目|摘要|支出\n2025-04-01|会場費|○○集会室|5000"),
                Page("出納帳", TYPED),
            ],
        )
    ],
}
