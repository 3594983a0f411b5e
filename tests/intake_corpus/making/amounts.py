"""Cases of amounts: spellings, minus, thousands, none, unreadable, income or expense."""

from tests.intake_corpus.making.inputs import Cases, Text

LEDGER = "2025/12舟渡_出納帳.csv"
BUDGET = "2025/12舟渡_予算.csv"


def _paper(amounts: tuple[str, ...], total: str = "") -> str:
    lines = [f"2025/4/{day}|事務費|用紙|{amount}" for day, amount in enumerate(amounts, start=1)]
    lines += [f"合計|||{total}"] if total else []
    return "\n".join(["日付|科目|摘要|支出", *lines])


CASES: Cases = {
    "amounts-written": [
        Text(
            LEDGER,
            _paper(
                (
                    *("12,000", "１２，０００円", "¥12,000", "￥12,000-", "12千円"),
                    *("金12,000円也", "12000.0", "12,000 円", "12，000", "12,000円（税込）"),
                )
            ),
        )
    ],
    "amounts-minus": [
        Text(
            LEDGER,
            _paper(
                (
                    *("10,000", "△1,200", "▲1,200", "(1,200)", "−1,200", "-1,200"),
                    *("¥-1,200", "-¥1,200"),
                ),
                "1,600",
            ),
        )
    ],
    "amounts-in-thousands-by-heading": [
        Text(
            BUDGET,
            """
区分|科目|予算額(千円)
運営費|会場費|120
事業費|広報費|300.5
運営費|事務費|15,000円
合計||435.5
""",
        )
    ],
    "amounts-in-thousands-by-title": [
        Text(
            BUDGET,
            """
令和7年度　予算
||（単位：千円）
区分|科目|金額
運営費|会場費|120
事業費|行事費|80
合計||200
""",
        )
    ],
    "amounts-none": [
        Text(
            LEDGER,
            """
日付|科目|摘要|収入|支出
2025/4/10|会場費|集会室|―|1,200
2025/4/11|雑収入|寄付|5,000|－
2025/4/12|事務費|切手|-|-
2025/4/13|事務費|封筒|0|800
""",
        )
    ],
    "amounts-unreadable": [
        Text(LEDGER, _paper(("五百円くらい", "12.5", "1,20", "500～600", "600円×2", "300")))
    ],
    "amounts-on-both-sides": [
        Text(
            LEDGER,
            """
日付|科目|摘要|収入|支出
2025/4/10|会場費|集会室|500|300
2025/4/11|会場費|集会室||1,200
""",
        )
    ],
    "amounts-in-one-column": [
        Text(
            LEDGER,
            """
日付|科目|摘要|金額
2025/4/10|運営費交付金|第1回|300,000
2025/4/18|会場費|集会室|1,200
2025/8/20|預金利息||12
""",
        )
    ],
    "amounts-with-direction": [
        Text(
            LEDGER,
            """
日付|収支|科目|摘要|金額
2025/4/10|収入|運営費交付|第1回|300,000
2025/4/18|支出|会場費|集会室|1,200
2025/4/25|入金|会場費|使用料の返金|1,200
2025/4/30|出金|事務費|切手|840
""",
        )
    ],
    "directions-unclear": [
        Text(
            LEDGER,
            """
日付|収支|科目|摘要|金額
2025/4/10|入|運営費交付|第1回|300,000
2025/4/18|支|会場費|集会室|1,200
2025/4/20|振替|事務費|現金の引出し|30,000
2025/4/25|入/出|会場費|預り金|800
2025/4/30|支払|事務費|切手|840
2025/5/1||事務費|用紙|700
2025/5/2|立替|事務費|インク|3,980
""",
        )
    ],
}
