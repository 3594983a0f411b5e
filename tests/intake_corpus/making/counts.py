"""Cases of counts and words: approximate, suppressed, none; synonyms, unknown words."""

from tests.intake_corpus.making.inputs import Cases, Text

MEETINGS = "2025/12舟渡_会議記録.csv"


def _present(counts: tuple[str, ...]) -> str:
    lines = [f"定例会|2025/{month}/15|{count}" for month, count in enumerate(counts, start=4)]
    return "\n".join(["種別|開催日|構成員出席", *lines])


CASES: Cases = {
    "counts-written": [
        Text(MEETINGS, _present(("20名", "20人", "約20", "20名程度", "２０", "延べ20人", "20.0")))
    ],
    "counts-suppressed": [
        Text(
            MEETINGS,
            _present(("-", "x", "X", "***", "＊", "0", "")).replace("構成員出席", "協力員出席"),
        )
    ],
    "counts-unreadable": [Text(MEETINGS, _present(("大勢", "-3", "12.5", "14")))],
    "count-of-all-present": [
        Text(
            MEETINGS,
            """
回|種別|開催日|参加者数|議題
第12回|定例会|2025/4/15|17名|居場所づくり
第１３回|定例会|2025/5/20|16名|協力店マップ
14|定例会|2025/6/17|約20名|夏の見守り
""",
        )
    ],
    "counts-in-parts-and-all": [
        Text(
            MEETINGS,
            """
種別|開催日|出席者数|構成員|協力員|傍聴
定例会|2025/4/15|19|14|3|2
定例会|2025/5/20|17|13|2|0
""",
        )
    ],
    "words-in-synonyms": [
        Text(
            MEETINGS,
            """
種別|開催日|議題|重点分野|段階
例会|2025/4/15|居場所|③|分かったこと
定　例　会|2025/5/20|居場所|③認知症施策|できること
臨時会議|2025/5/27|見守り|認知症|背景
分科会|2025/6/3|地図|総合事業/生活支援体制整備事業|共有
研修会|2025/6/10|防災|７|
""",
        )
    ],
    "words-unknown": [
        Text(
            MEETINGS,
            """
種別|開催日|議題|段階
定例会|2025/4/15|居場所|雑談
反省会|2025/5/20|夏まつり|背景
""",
        )
    ],
    "coordinates": [
        Text(
            "2025/12舟渡_活動.csv",
            """
活動番号|活動名|種類|経度|緯度
A-1|河川敷体操|体操|139.68851|35.79049
A-2|ふれあい食堂|会食|東経139度41分|35.79426
""",
        )
    ],
    "words-of-organisations": [
        Text(
            "2025/12舟渡_構成員.csv",
            """
団体種別|活動者区分|人数
町会|地域|3
民生委員|つなぐ|1
おとしより相談センター|支援|1
ＮＰＯ法人|支援|1
社会福祉協議会|支援|1
区職員|支援|1
老人会|地域|2
""",
        )
    ],
    "open-data-population": [
        Text(
            "2025/地域別人口.csv",
            """
都道府県コード又は市区町村コード|都道府県名|調査年月日|地域名|総人口|男性|世帯数|65歳以上
131199|東京都|2025-04-01|舟渡|9,128|4,600|4,306|1,926
131199|東京都|2025-04-01|高島平地域|56,900|27,800|31,200|17,400
""",
        )
    ],
}
