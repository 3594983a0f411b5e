"""Tables to workbooks and CSV: texts stay texts, numbers have units, bytes are reproducible."""

import csv
import io
import json
from dataclasses import replace

import nbformat
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from aip_analysis.publish.attachments.workbook_and_csv import data_files
from aip_analysis.publish.plan.jobs import AttachmentMetadata, Definition
from aip_analysis.report.blocks import TableBlock, tables_metadata
from aip_analysis.tables import Cell, Table
from aip_analysis.tables.table import table_from_json, table_to_json
from tests.hostile_texts import TEXTS
from tests.minimal_notebook import WORDS

RATE = Definition("rate", "率", "％", "甲÷乙", "甲", "乙", "", "会議記録")
COUNT = Definition("held", "会議", "回", "開いた回数", "", "", "", "会議記録")
PERIODS = {2024: "令和6年度", 2025: "令和7年度（4月～10月）"}
DATA = AttachmentMetadata("area-99", "みほん地域", 2025, (COUNT, RATE), PERIODS)
LISTED = Table(
    ("議題", "出席（人）"),
    tuple((Cell(text), Cell("1,234", 1234)) for text in TEXTS),
    frozenset({1}),
    kind="list",
)
MIXED = Table(
    ("項目", "令和7年度", "差"),
    (
        (Cell("会議"), Cell("11回", 11, "held", "area-99", 2025), Cell("△1", -1)),
        (Cell("率"), Cell("61.2％", 61.168174152997, "rate", "area-99", 2025), Cell("—")),
    ),
    frozenset({1, 2}),
)
PARTED = Table(
    ("科目", "予算額（円）"),
    (
        (Cell("交付"), Cell("")),
        (Cell("運営費"), Cell("2,000", 2000)),
        (Cell("会場費", under="運営費"), Cell("2,000", 2000)),
    ),
    frozenset({1}),
    parts=((0, "収入"), (1, "支出")),
)


LACKING = Table(
    ("地域", "会議（回）", "欠席（回）"),
    (
        (
            Cell("みほん"),
            Cell("11回※", 11, "held", "area-99", 2025, lack="保留1行"),
            Cell("38人以上", 38, lack="伏せられた数1"),
        ),
        (
            Cell("まぼろし"),
            Cell("設置前", None, "held", "area-98", 2024, state="会議の設置前"),
            Cell("20人", 20),
        ),
        (Cell("なし"), Cell("—", None, "held", "area-97", 2025, state="未着"), Cell("")),
    ),
    frozenset({1, 2}),
)


def files_of(*tables: Table) -> dict[str, bytes]:
    blocks = [
        TableBlock(f"t{at}", f"表{at}　みほん", table, "出典：記録", f"表{at}")
        for at, table in enumerate(tables, start=1)
    ]
    output = {"output_type": "display_data", "data": {}}
    about = {"metadata": {"aip": {"tables": tables_metadata(blocks)}}}
    cell = {"cell_type": "code", "metadata": {}, "outputs": [output | about]}
    notebook = nbformat.from_dict({"cells": [cell]})  # type: ignore[no-untyped-call]
    # Notebooks are exchanged as JSON: one stored on disk has the same contents.
    again = nbformat.from_dict(json.loads(json.dumps(notebook)))  # type: ignore[no-untyped-call]
    contents = data_files(notebook, "area-99", WORDS, DATA)
    assert contents == data_files(again, "area-99", WORDS, DATA)
    return contents


def sheet_of(files: dict[str, bytes], name: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(files["area-99.xlsx"]))
    return [list(row) for row in book[name].iter_rows(values_only=True)]


def lines_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    text = files["area-99.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_whatever_is_written_in_a_record_is_a_text_as_typed() -> None:
    files = files_of(LISTED)
    book = openpyxl.load_workbook(io.BytesIO(files["area-99.xlsx"]))
    _, *rows = book["表1"].iter_rows()
    assert [unescape(row[0].value) for row in rows] == list(TEXTS)
    assert {row[0].data_type for row in rows} == {"s"}
    assert [row[0].coordinate for row in rows if row[0].hyperlink] == []
    assert {row[1].value for row in rows} == {1234}


def test_no_text_of_a_record_comes_into_the_csv() -> None:
    assert lines_of(files_of(LISTED)) == []


def test_rows_of_several_units_have_a_column_for_them() -> None:
    files = files_of(MIXED)
    assert sheet_of(files, "表1") == [
        ["項目", "項目コード", "単位", "令和7年度", "差"],
        ["会議", "held", "回", 11, -1],
        ["率", "rate", "％", 61.168174153, "—"],
    ]
    cells = [
        (line["行"], line["列"], line["項目コード"], line["場所コード"], line["値"], line["単位"])
        for line in lines_of(files)
    ]
    assert cells == [
        ("会議", "令和7年度", "held", "area-99", "11", "回"),
        ("会議", "差", "held", "", "-1", "回"),
        ("率", "令和7年度", "rate", "area-99", "61.168174153", "％"),
        ("率", "差", "rate", "", "", "％"),
    ]


def test_a_difference_of_percentages_is_in_points_in_every_file() -> None:
    rate, others = MIXED.rows[1], MIXED.rows[:1]
    points = Cell("△0.4ポイント", -0.4, unit="ポイント")
    files = files_of(replace(MIXED, rows=(*others, (*rate[:2], points))))
    book = openpyxl.load_workbook(io.BytesIO(files["area-99.xlsx"]))
    formats = [[cell.number_format for cell in row[3:]] for row in book["表1"].iter_rows(min_row=2)]
    assert formats == [["#,##0", "#,##0"], ["#,##0.0", '#,##0.0" ポイント"']]
    assert [line["単位"] for line in lines_of(files)] == ["回", "回", "％", "ポイント"]
    assert [line["値"] for line in lines_of(files)][-1] == "-0.4"


def test_what_a_figure_lacks_stands_beside_the_number_it_is_missing_in() -> None:
    files = files_of(LACKING)
    assert sheet_of(files, "表1") == [
        ["地域", "会議（回）", "会議（回）の値の状態", "欠席（回）", "欠席（回）の値の状態"],
        ["みほん", 11, "保留1行", 38, "伏せられた数1"],
        ["まぼろし", "設置前", "会議の設置前", 20, None],
        ["なし", "—", "未着", "該当なし", None],
    ]
    explained = {row[0] for row in sheet_of(files, "説明")}
    assert {"「値の状態」の列", "入っていない記録"} <= explained


def test_a_sheet_without_anything_missing_has_no_column_of_states() -> None:
    assert not [head for head in sheet_of(files_of(PARTED), "表1")[0] if "状態" in str(head)]


def test_each_line_of_the_csv_says_its_state_and_period_at_its_end() -> None:
    files = files_of(LACKING)
    heads = files["area-99.csv"].decode("utf-8-sig").splitlines()[0]
    assert heads.endswith("データの種類,値の状態,期間")
    lines = [(line["行"], line["値"], line["値の状態"], line["期間"]) for line in lines_of(files)]
    assert lines == [
        ("みほん", "11", "一部なし：保留1行", "令和7年度（4月～10月）"),
        ("みほん", "38", "一部なし：伏せられた数1", "令和7年度（4月～10月）"),
        ("まぼろし", "", "会議の設置前", "令和6年度"),
        ("まぼろし", "20", "あり", "令和7年度（4月～10月）"),
        ("なし", "", "未着", "令和7年度（4月～10月）"),
    ]


def test_parts_and_what_rows_stand_under_have_columns_of_their_own() -> None:
    assert sheet_of(files_of(PARTED), "表1") == [
        ["区分", "上位の項目", "科目", "予算額（円）"],
        ["収入", None, "交付", "該当なし"],
        ["支出", None, "運営費", 2000],
        ["支出", "運営費", "会場費", 2000],
    ]


@pytest.mark.parametrize("tables", [(), (LISTED, MIXED, PARTED)], ids=["none", "several"])
def test_the_first_sheet_lists_the_others(tables: tuple[Table, ...]) -> None:
    files = files_of(*tables)
    book = openpyxl.load_workbook(io.BytesIO(files["area-99.xlsx"]))
    listed = [row[0] for row in book["目次"].iter_rows(min_row=2, values_only=True)]
    assert ["目次", *listed] == book.sheetnames
    codes = [row[0] for row in book["定義"].iter_rows(min_row=2, values_only=True)]
    assert codes == ["held", "rate"]


@pytest.mark.parametrize("table", [LISTED, MIXED, PARTED, MIXED.with_sum(0), LACKING])
def test_a_table_is_restored_from_json(table: Table) -> None:
    assert table_from_json(json.loads(json.dumps(table_to_json(table)))) == table
