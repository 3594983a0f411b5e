"""What names of sheets and files, and titles, say about the tables there.

A name is never enough to leave something out: it says what a table may be, and the content of the
table has to agree.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from aip_analysis.intake.values import folded
from aip_analysis.reference.calendar import FIRST_MONTH

HELD, PLANNED, EXAMPLE = "held", "planned", "example"
_GUIDANCE = re.compile(
    r"目次|もくじ|表紙|はじめに|お読み|お願い|履歴|凡例|説明|注意|手引|使い方|書き方|案内|ガイド"
    r"|(?:記入|入力|作成|提出)(?:要領|要項|方法|のしかた|の仕方|について|上の|規則|ルール)"
    r"|^(?:index|contents|cover|readme|guide|help)",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"リスト|選択|プルダウン|マスタ|コード表|区分表|候補|設定|白紙|様式|ひな形|雛形|テンプレート|原紙"
    r"|印刷|^(?:lists?|master|template|print|forms?)",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"集計|まとめ|総括|推移|サマリ|ピボット|グラフ|図表|統計|総計|年計|月計|月別|科目別|地域別|地区別"
    r"|^(?:pivot|summary|chart|graph|total)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:記入|入力|作成|記載|書き方)の?(?:例|見本|サンプル)|^(?:例|見本|サンプル|example|sample)\d*$",
    re.IGNORECASE,
)
_OF_EXAMPLE = (
    r"(?:(?:記入|入力|作成|記載|書き方)の?(?:例|見本|サンプル)|例|見本|サンプル|example|sample)\d*"
)
# A title that is nothing else, or says so in brackets: （記入見本）, 出納帳【記入例】.
_OF_EXAMPLES = re.compile(
    rf"[\W_]*{_OF_EXAMPLE}[\W_]*|[(【\[<《〔]{_OF_EXAMPLE}[)】\]>》〕].*|.*[(【\[<《〔]{_OF_EXAMPLE}[)】\]>》〕]",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"(?:計画|予定)(?:表|書|案|一覧|シート)?$")
_HELD = re.compile(r"実績|実施状況|実施結果|報告|記録|結果|録$|実施済|議事|出納|決算")
_OLD = re.compile(
    r"旧|(?<![a-z])old(?![a-z])|バックアップ|back-?up|(?<![a-z])bak(?![a-z])|使わない|使用しない|不使用"
    r"|不要|没|ボツ|過去",
    re.IGNORECASE,
)
_COPY = re.compile(r"コピー|複製|写し|控え?|(?<![a-z])copy|\(\d{1,2}\)", re.IGNORECASE)
_WORDS = re.compile(r"[\s_＿・,，、/／【】\[\]（）()「」『』]+")
_LONGEST_TITLE = 20
_DAY_OF_VERSION = re.compile(r"(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)")
_MONTH_OF_VERSION = re.compile(
    r"(1[0-2]|[1-9])(?:月(?:([1-3]?\d)日)?|[./]([1-3]?\d))(?:版|現在|時点|更新|提出|修正)"
)


def is_guidance_name(text: str) -> bool:
    """Return whether a name or title announces explanations, a table of contents or a cover."""
    return _short(text, _GUIDANCE)


def is_frame_name(text: str) -> bool:
    """Return whether a name or title announces choices, an empty form or a copy for printing."""
    return _short(text, _FRAME)


def is_summary_name(text: str) -> bool:
    """Return whether a name or title announces sums or counts of records."""
    return _short(text, _SUMMARY)


def is_example_name(text: str) -> bool:
    """Return whether the name of a sheet announces an example of how to fill in another."""
    return bool(_EXAMPLE.search(folded(text)))


def _short(text: str, pattern: re.Pattern[str]) -> bool:
    bare = folded(text)
    return len(bare) <= _LONGEST_TITLE and bool(pattern.search(bare))


def stage_in(text: str) -> str:
    """Return whether a title or name is of what was held or planned, or an example; else empty."""
    if _OF_EXAMPLES.fullmatch(folded(text)):
        return EXAMPLE
    if _HELD.search(folded(text)):
        return HELD
    return PLANNED if any(_PLANNED.search(folded(word)) for word in _WORDS.split(text)) else ""


def is_plan(nearest_first: Iterable[Iterable[str]]) -> bool:
    """Return whether the nearest titles or name that say planned or held say planned only."""
    return _stages(nearest_first) == {PLANNED}


def is_of_examples(nearest_first: Iterable[Iterable[str]]) -> bool:
    """Return whether the nearest titles or name that say what a table is of say examples."""
    return EXAMPLE in _stages(nearest_first)


def _stages(nearest_first: Iterable[Iterable[str]]) -> set[str]:
    stages = ({stage for text in texts if (stage := stage_in(text))} for texts in nearest_first)
    return next((one for one in stages if one), set())


def is_old(file: str, sheet: str) -> bool:
    """Return whether the name of a sheet, a file or a folder marks an older version."""
    return any(_OLD.search(folded(part)) for part in (sheet, *_parts(file)))


def is_copy(file: str, sheet: str) -> bool:
    """Return whether the name of a sheet or a file marks a copy; either may have changed since."""
    return any(_COPY.search(folded(part)) for part in (sheet, PurePosixPath(file).stem))


def _parts(file: str) -> tuple[str, ...]:
    path = PurePosixPath(file)
    return (path.stem, *path.parts[:-1])


def version_of(name: str) -> tuple[str, tuple[int, ...]]:
    """Return a name without the day of its version, and that day; empty if it has none.

    Days compare with days, and months, which count from the beginning of the fiscal year, with
    months.
    """
    bare = folded(name)
    if match := _DAY_OF_VERSION.search(bare):
        day = tuple(int(part) for part in match.groups())
    elif match := _MONTH_OF_VERSION.search(bare):
        day = ((int(match[1]) - FIRST_MONTH) % 12, int(match[2] or match[3] or 0))
    else:
        return bare, ()
    return bare[: match.start()] + bare[match.end() :], day
