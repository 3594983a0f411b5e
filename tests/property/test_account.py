"""An amount that is added to a sheet changes its account, wherever it stands and whatever it is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aip_analysis.intake.amount_counts import amount_counts
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.one_sheet import SheetIntake, SheetReader
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import PartFates, RowFates
from aip_analysis.reference import load_ward

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
READER = SheetReader(("12舟渡_令和7年度",), Headings(WARD), WARD, Masker(WARD))
Rows = Sequence[Sequence[object]]
LEDGER: Rows = [
    ["令和7年度　舟渡支え合い会議　出納帳"],
    [],
    ["日付", "科目", "摘要", "収入", "支出", "差引残高"],
    [date(2025, 4, 10), "運営費交付", "第1回", 300_000, None, 300_000],
    ["【5月】"],
    [date(2025, 5, 8), "会場費", "集会室", None, "1,200", None],
    ["", "", "小計", "", "1,200", ""],
    [],
    ["※領収書は別に綴じました"],
]
MEETINGS: Rows = [
    ["回", "種別", "開催日", "会場", "構成員", "議題"],
    ["例", "定例会", "R7.4.1", "会場", 10, "議題"],
    [61, "定例会", "R7.4.15", "ホール", 14, "居場所づくり"],
    [62, "定例会", "R7.5.20", "ホール", None, "中止"],
    ["事務局作成"],
]
MONTHS: Rows = [
    ["活動番号", "項目", "4月", "5月", "合計"],
    ["A-1", "実施回数", 4, 5, 9],
    ["A-1", "延べ人数", 80, 96, 176],
]
SIDE_BY_SIDE: Rows = [
    ["日付", "科目", "収入", None, "日付", "科目", "摘要", "支出"],
    ["R7.4.10", "運営費交付", 300_000, None, "R7.4.18", "会場費", "集会室", 1_200],
    ["合計", None, 300_000, None, "合計", None, None, 1_200],
]
FORM: Rows = [["項目", "内容"], ["会議の名称", "舟渡支え合い会議"], ["設置日", "R7.6.1"]]
NOTHING: Rows = [["目次"], ["1", "はじめに"], []]
AMOUNTS = [
    1,
    1200,
    0,
    3.5,
    "1,200",
    "１，２００",
    "1,200円",
    "△300",
    "¥500",
    "(1,200)",
    "一万二千円",
]
WORDS = [
    *(
        "合計",
        "※",
        "【4月】",
        "例",
        "中止",
        "取消",
        "以上",
        "会場費",
        "集会室",
        "2025/4/10",
        "R7.5.1",
    ),
    *("日付", "科目", "支出", "令和7年度", "蓮根", "前月繰越", "うち会場費", "印", "次年度へ繰越"),
]
cells = st.one_of(st.none(), st.sampled_from(WORDS), st.sampled_from(AMOUNTS))
tables = st.sampled_from([LEDGER, MEETINGS, MONTHS, SIDE_BY_SIDE, FORM, NOTHING])


def read(rows: Rows) -> SheetIntake:
    return READER.read(Sheet.of_rows("12舟渡_令和7年度.xlsx", "表", rows))


@given(
    table=tables,
    row=st.lists(cells, max_size=7),
    amount=st.sampled_from(AMOUNTS),
    place=st.integers(0, 7),
    at=st.integers(0, 9),
)
def test_a_row_with_an_amount_changes_the_account(
    table: Rows, row: list[object], amount: object, place: int, at: int
) -> None:
    before = read(table).account
    added = [*row[:place], amount, *row[place:]]
    after = read([*table[:at], added, *table[at:]]).account
    assert before.balances
    assert after.balances
    assert after.rows_filled == before.rows_filled + 1
    count = sum(cell in AMOUNTS for cell in added)
    assert after.amounts_read == before.amounts_read + count
    ended = [
        account.amounts_used + account.amounts_set_aside + sum(account.amounts_recognised.values())
        for account in (before, after)
    ]
    assert ended[1] == ended[0] + count


@given(table=tables, taken=st.data())
def test_a_row_without_a_fate_or_with_two_is_noticed(table: Rows, taken: st.DataObject) -> None:
    sheet = Sheet.of_rows("a.csv", "", table)
    filled = np.flatnonzero(sheet.filled)
    row = taken.draw(st.sampled_from(filled.tolist()))
    everything = range(sheet.width)
    lost = RowFates(used=filled[filled != row])
    twice = RowFates(used=np.append(filled, row))
    for fates in (lost, twice):
        part = PartFates(0, sheet.width, frozenset(everything), [fates])
        assert amount_counts(sheet, [part]).rows_astray == 1
