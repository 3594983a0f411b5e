"""What offices write in rows that are no records: totals, balances, examples, and the like.

Words alone decide little: a purchase may be a 血圧計. They say what a row may be; the shape of the
row and the arithmetic of the table (``row_kinds``, ``sums``) decide.
"""

import re
from functools import lru_cache

from aip_analysis.intake.values import folded

_LONGEST = 24
# A text that has none of these is none of what follows; most texts are told by this alone.
_ANY = re.compile(
    r"[計総額残繰均差例取組訂削無抹誤〆締増率比]|予定|未[払済定]|見[込積]|同[月期日]|[前昨]々?[年期月回]|うち|内[、,:：（(・]|見本|サンプル|テスト|ダミー|手[元許]|在高"
    r"|[前次翌][\s　]*[月頁ペ葉]|[TtＴ][OoＯ][TtＴ]|[Ss][Uu][BbMm]|[EeＥ][XxＸ][AaＡ]"
    r"|[TtＴ][EeＥ][SsＳ]|[DdＤ][UuＵ][MmＭ]"
)
_TAIL = r"(?:\(.{0,12}\)|[A-Z]|\d{1,2}|円|[:：])*"
_SPAN = (
    r"(?:\d{1,2}月(?:分|度)?|[上下]半?期|第?\d四半期|年間|[当本今前]月|[当本今前]期|[当本今前]?年度?"
    r"|収入|支出|収支|歳入|歳出|事業費|運営費|項|款|節|科目|区分|費目|費用|[本この]*(?:\d*頁|ページ)"
    r"|\d+ページ|[月頁日年区全週期部男女]|男女|(?:.{1,8})の部)"
)
_SUM = r"(?:合計|小計|総計|総合計|中計|累計|月計|年計|日計|総額|総数|差引計|延べ?計)(?:金額|額|数)?"
_LEVEL = (
    r"[^、。]{0,20}(?:残高|残金|残額|現在高)|(?:収支|差引)?の?(?:差額|過不足額?)"
    r"|差引(?:額|残)?|手[元許](?:現金|残高|金)|現金残|預金残|収支差引?額?"
)
# From or to another month, page or year: never a booking, whatever else its row has.
_CARRIED = (
    r"(?:[前次翌]々?(?:月|頁|ページ|葉)|[次翌来](?:年度?|期))(?:分|末)?(?:から|より|へ|に)?の?"
    r"繰り?越し?(?:金|額|分|残高|す|する)?"
    r"|前(?:頁|ページ|葉|月)(?:から|より)|[次翌](?:頁|ページ|葉|月)へ"
)
# A true 前年度繰越 is income: that it is booked as such is told by its category.
_BROUGHT = r"(?:前期(?:から|より)?の?|期首|期末)?繰り?越し?(?:金額?|残高)?"
_AVERAGE = r"(?:月|年間?|1回|一回|1人|一人)?(?:当たり|あたり)?の?平均(?:額|値|人数|回数|出席者?数)?"
# What compares with another time is no amount of this one: 前年同月, 対前年度増減, 伸び率.
_EARLIER = r"(?:前々?|昨)(?:年度?|期|月|回)"
_COMPARED = (
    rf"対{_EARLIER}|対?{_EARLIER}(?:同[月期日]|との?差額?|の?(?:実績|比較?|増減)[数率額]?)+"
    r"|(?:比較)?増減[数率額]?|(?:伸び|増加|達成|構成|執行)[率比]"
)
_OF_WHICH = r"\(?(?:うち|内)[、,:(・].+|\(?うち(?![わあけな])[^()]+\)?"
_LATIN = r"(?<!=)(?:grand|sub)?-?(?:total|sum)s?(?!\()"
_MARKS = r"[【\[(<《＊*■◆○●◎△▲〔「=＝―─-]*"
_ENDS = r"[】\])>》＊*〕」=＝―─:-]*"
_TOTAL = re.compile(
    rf"{_MARKS}(?:[^、。]{{0,12}}{_SUM}|(?:{_SPAN}(?:の|・)?)*計|〆め?|締め?計?|{_LATIN}){_TAIL}{_ENDS}",
    re.IGNORECASE,
)
_BALANCE = re.compile(
    rf"{_MARKS}(?:{_LEVEL}|{_BROUGHT}|{_AVERAGE}|{_COMPARED}|{_OF_WHICH}){_TAIL}{_ENDS}"
)
_ONLY_CARRIED = re.compile(rf"{_MARKS}(?:{_CARRIED}){_TAIL}{_ENDS}")
_MAYBE = re.compile(r"(?P<of>.{1,16})計")

_EXAMPLE = r"(?:(?:記入|入力|記載|書き方)の?例|例(?:示)?|見本|サンプル|example|sample)"
_LONE_EXAMPLE = re.compile(rf"{_MARKS}[↓→▼]*{_EXAMPLE}\d{{0,2}}[.:)↓]*{_ENDS}", re.IGNORECASE)
_BEGINS_EXAMPLE = re.compile(
    r"[(【\[<〔](?:(?:記入|入力|記載)?例\d?|見本)[)】\]>〕]|(?:記入|入力|記載)例[:)]|例[)）:：]"
)
# 見本 and サンプル may be what was bought, テスト what was done; 例 is not.
_SAMPLE = re.compile(
    rf"{_MARKS}(?:見本|サンプル|テスト(?:送信|入力|データ)?|ダミー|sample|test|dummy){_ENDS}",
    re.IGNORECASE,
)

_UNDONE = r"(?:取り?消し?|取消済み?|組み?戻し?|訂正|訂正済み?|削除|無効|抹消|誤記|二重計上|重複)"
_LONE_UNDONE = re.compile(rf"{_MARKS}{_UNDONE}{_ENDS}(?:\(.*\))?")
_BOUND_UNDONE = re.compile(
    rf"[(【\[<]{_UNDONE}[)】\]>].*|.*[(【\[<][^()]{{0,6}}{_UNDONE}[)】\]>]|.+(?:取り消し|取消)(?:済み?)?"
    rf"|{_UNDONE}[:：、。]\D*"
)
# What is still to be paid is in no cash book: （予定・未払）, ちらし（見積額）.
_PLANNED = re.compile(
    r".*[(【\[<〔][^()]{0,8}(?:支払予定|予定|未払い?|未済|見込み?|見積り?|見積額|未定)[)】\]>〕]"
)


@lru_cache(maxsize=65_536)
def word_of(value: str) -> str:
    """Return what a text says that its row may be; empty if it says nothing of the kind.

    Returns
    -------
    str
        ``total``, ``carried`` (a balance from or to another page or month), ``level`` (another
        balance, an average, a comparison, a part of a total), ``maybe`` (ends in 計), ``example``,
        ``sample``, ``undone``, ``cut`` (withdrawn, among other words), or ``planned``.
    """
    if len(value) > _LONGEST or not _ANY.search(value):
        return ""
    text = folded(value)
    for kind, pattern in _KINDS:
        if pattern.fullmatch(text) if kind != "begins" else pattern.match(text):
            return _NAMES.get(kind, kind)
    return ""


_KINDS = (
    ("sample", _SAMPLE),
    ("example", _LONE_EXAMPLE),
    ("begins", _BEGINS_EXAMPLE),
    ("undone", _LONE_UNDONE),
    ("bound", _BOUND_UNDONE),
    ("planned", _PLANNED),
    ("carried", _ONLY_CARRIED),
    ("total", _TOTAL),
    ("level", _BALANCE),
    ("maybe", _MAYBE),
)
_NAMES = {"begins": "example", "bound": "cut"}


def part_of_total(value: str) -> str:
    """Return what a text is the total of: 会場費 of 会場費計; empty if it does not say."""
    text = re.sub(rf"^{_MARKS}|{_ENDS}$", "", folded(value))
    return re.sub(rf"(?:の?{_SUM}|計){_TAIL}$|^(?:うち|内)[、,:(]?", "", text)


_ALL = re.compile(r"合計|総計|累計|年計|年間|次|翌")
_PART = re.compile(r"小計|月計|\d月|当月|本月|今月|期")


def sums_all(text: str) -> bool:
    """Return whether the words of a total mean the sum of all rows so far."""
    return bool(_ALL.search(text)) and not _PART.search(text)


def is_carried(text: str) -> bool:
    """Return whether the words of a balance mean one that was carried over."""
    return "繰" in text or word_of(text) == "carried"
