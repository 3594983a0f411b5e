"""Records, rows set aside and areas as an analyst asks for them, held against the raw files."""

from pathlib import Path

import pytest
from python_calamine import load_workbook

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import Home


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return Workbench(Figures(load_records(built.processed), load_ward(built.reference)))


def cells_of(built: Home, file: str, sheet: str) -> list[list[object]]:
    book = load_workbook(str(built.folder / "data" / "raw" / file))
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def at(sheet: list[list[object]], cell: str) -> object:
    """Return the cell of a sheet of fewer than 27 columns by its address."""
    return sheet[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]


def test_tables_are_listed_with_their_names_and_rows(wb: Workbench) -> None:
    tables = wb.tables.set_index("table")
    assert tables.loc["meetings", "name"] == "会議記録"
    assert tables.loc["ledger", "rows"] == len(wb.records("ledger"))


def test_columns_say_what_they_mean_and_where_they_come_from(wb: Workbench) -> None:
    columns = wb.columns("ledger").set_index("column")
    amount = columns.loc[["amount_yen"], ["heading", "unit", "kind"]]
    assert amount.to_numpy().tolist() == [["金額", "円", "金額"]]
    assert "会場費" in str(columns.loc["category", "vocabulary"])
    assert "支払日" in str(columns.loc["booked_on", "origin"])
    assert columns.loc["category", "required"]
    assert not columns.loc["payee", "required"]
    # What is described is what the table has.
    assert columns.index.tolist() == wb.records("ledger").columns.tolist()
    assert wb.columns("meetings")["column"].tolist() == wb.records("meetings").columns.tolist()


def test_every_amount_stands_in_its_cell(wb: Workbench, built: Home) -> None:
    rows = wb.records("ledger", "舟渡", 2025)
    (file,) = rows["file"].unique()
    sheet = cells_of(built, file, "出納帳")
    # Amounts of the sample may be texts with commas or a unit.
    found = [int(str(at(sheet, cell)).replace(",", "").rstrip("円").split(".")[0])
             for cell in rows["cells"]]  # fmt: skip
    assert found == rows["amount_yen"].tolist()
    assert {cell[0] for cell in rows.loc[rows["direction"] == "収入", "cells"]} == {"E"}
    assert {cell[0] for cell in rows.loc[rows["direction"] == "支出", "cells"]} == {"F"}


def test_people_at_meetings_are_added_up_and_what_is_not_known_is_said(
    wb: Workbench, built: Home
) -> None:
    rows = wb.records("meetings", "仲町", 2025).set_index("row")
    sheet = cells_of(built, str(rows["file"].iloc[0]), "会議記録")
    # Row 5 has its numbers suppressed, row 6 all three of them, row 8 no others present.
    assert [str(cell) for cell in sheet[4][6:9]] == ["x", "x", "x"]
    assert rows["attendance"].isna().tolist() == [row == 5 for row in rows.index]
    assert rows.loc[5, "number_status"] == "伏せられた数（構成員出席、協力員出席、その他出席）"
    assert rows.loc[6, "attendance"] == sum(int(str(cell).split("名")[0].split(".")[0])
                                            for cell in sheet[5][6:9])  # fmt: skip
    assert rows.loc[6, "number_status"] == ""
    assert sheet[7][8] == ""
    assert (rows.loc[8, "attendance"], rows.loc[8, "number_status"]) == (7, "空欄（その他出席）")
    assert rows.loc[6, "cells"] == "回 A6、構成員出席 G6、協力員出席 H6、その他出席 I6"
    # Of the council's own meetings, the sum is the measure's.
    own = rows[rows["kind"].isin(["定例会", "臨時会"])]
    area = wb.ward.place_named("area", "仲町")
    assert own["attendance"].sum() == wb.figures.value(area, 2025, "attendance")


def test_counts_of_months_name_the_cell_of_each(wb: Workbench, built: Home) -> None:
    row = wb.records("activity_months", "清水", 2022).iloc[0]
    sheet = cells_of(built, row["file"], row["sheet"])
    assert row["cells"] == "実施回数 D5、延べ人数 D6、実人数 D7"
    found = [int(str(at(sheet, cell)).split(".")[0]) for cell in ("D5", "D6", "D7")]
    assert found == row[["sessions", "attendances", "people"]].tolist()


def test_records_are_those_of_places_and_years(wb: Workbench) -> None:
    block = wb.records("meetings", block="志村", years=[2024, 2025])
    assert set(block["block"]) == {"志村"}
    assert set(block["place"]) == {"清水", "志村坂上", "蓮根", "舟渡", "高島平"}
    assert set(block["fiscal_year"]) == {2024, 2025}
    several = wb.records("meetings", ["舟渡", "17"])
    assert set(several["place_code"]) == {"area-12", "area-17"}
    assert len(wb.records("meetings")) == len(wb.figures.records["meetings"])
    with pytest.raises(UsageError):
        wb.records("meetings", "どこか")
    with pytest.raises(UsageError, match="headings"):
        wb.records("meetings", headings="jp")  # type: ignore[arg-type]


def test_headings_and_codes_are_as_asked_for(wb: Workbench) -> None:
    japanese = wb.records("meetings", "舟渡", 2025, headings="ja")
    assert {"開催日", "構成員出席", "出席の合計", "年度", "数のセル"} <= set(japanese.columns)
    codes = wb.records("meetings", "仲町", 2025, labels=False)
    assert codes["kind"].iloc[0] == "regular"
    assert codes["marks"].iloc[0].startswith("members_present=suppressed")
    assert (
        wb.records("ledger", "舟渡", 2025, labels=False)["direction"]
        .isin(["income", "expense"])
        .all()
    )


def test_rows_set_aside_say_what_stood_there_and_what_to_do(wb: Workbench, built: Home) -> None:
    rows = wb.set_aside()
    assert rows["rows"].sum() == wb.figures.records.sources["rows_set_aside"].sum() == 7
    kumano = wb.set_aside("熊野")
    (row,) = kumano.to_dict("records")
    sheet = cells_of(built, row["file"], row["sheet"])
    assert str(at(sheet, row["cell"])).startswith(row["found"])
    assert (row["place"], row["heading"], row["row"]) == ("熊野", "開催日", 11)
    assert row["reason"] == "「2024-09-13」は年度の外の日付です。"
    assert row["to_do"].endswith("その年度のファイルに移してください。")
    assert wb.set_aside(table="ledger")["place"].tolist() == ["常盤台"]
    assert len(wb.set_aside("舟渡")) == 0
    assert "0行" in wb.set_aside("舟渡").attrs["aip"]["note"]


def test_areas_have_their_council_and_residents(wb: Workbench, built: Home) -> None:
    areas = wb.areas().set_index("area")
    assert len(areas) == 18
    funado = areas.loc["舟渡"]
    assert (funado["place_code"], funado["block"], funado["kana"]) == ("area-12", "志村", "ふなど")
    assert str(funado["established_on"].date()) == "2018-05-08"
    assert areas.loc["中台", "step"] == "準備"
    assert areas.index[areas["established_on"].isna()].tolist() == ["中台"]
    (file,) = wb.records("population", "舟渡", 2026)["file"].unique()
    text = (built.folder / "data" / "raw" / file).read_text(encoding="utf-8-sig")
    (line,) = [line for line in text.splitlines() if "舟渡" in line]
    assert str(funado["population_65plus"]) in line.replace('"', "").split(",")


def test_shapes_have_the_keys_of_all_tables_and_are_copies(wb: Workbench) -> None:
    areas = wb.geometry("area")
    assert areas["place_code"].tolist() == wb.areas()["place_code"].tolist()
    blocks, whole, chome = (wb.geometry(level) for level in ("block", "ward", "町丁目"))
    assert blocks["place_code"].tolist() == ["block-1", "block-2", "block-3", "block-4"]
    assert whole["place_code"].tolist() == ["ward"]
    for shapes in (blocks, whole, chome):
        assert shapes.area.sum() == pytest.approx(areas.area.sum(), rel=1e-6)
    assert areas.crs.to_string() == wb.ward.setting("plane_crs")
    assert areas.attrs["official"] is False
    assert "概略図" in areas.attrs["aip"]["note"]
    joined = areas.merge(wb.areas(), on="place_code")
    assert joined["population"].sum() == wb.areas()["population"].sum()
    areas.loc[0, "geometry"] = None
    assert wb.geometry("area").geometry.notna().all()


def test_the_table_of_an_office_is_read_with_its_places(wb: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "見守り.csv"
    lines = [
        "令和7年度　見守り件数,,,",
        "地区名,件数（件）,人数,備考",
        '舟渡,"1,200",１２,多い',
        "とくまる,△5,x,",
        "志村地区,3,4,",
        "区計,1198,16,",
    ]  # fmt: skip
    file.write_bytes("\r\n".join(lines).encode("cp932"))
    table = wb.read_excel(file)
    assert table.columns.tolist() == ["place_code", "place", "地区名", "件数(件)", "人数", "備考"]
    assert table["place_code"].iloc[:2].tolist() == ["area-12", "area-17"]
    assert table["件数(件)"].tolist() == [1200, -5, 3, 1198]
    # What is no number stays what it is, and so does a row without a place; both are told.
    assert table["人数"].tolist() == [12, "x", 4, 16]
    assert table["place_code"].iloc[2:].isna().all()
    note = table.attrs["aip"]["note"]
    for told in ("令和7年度 見守り件数", "「x」", "「志村地区」", "「区計」"):
        assert told in note


def test_an_office_workbook_of_two_heading_rows_is_read(wb: Workbench, tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 -- for this test alone

    file = tmp_path / "集計.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        book.add_worksheet("表紙").write(0, 0, "見守りの集計")
        sheet = book.add_worksheet("集計")
        sheet.merge_range("A1:A2", "ブロック")
        sheet.merge_range("B1:C1", "件数")
        sheet.write_row(1, 1, ["令和6年度", "令和7年度"])
        for row, cells in enumerate([("志村", 3, 4), ("赤塚", 5, 0.5), ("計", 8, 4.5)], start=2):
            sheet.write_row(row, 0, cells)
    table = wb.read_excel(file)
    assert table["place_code"].iloc[:2].tolist() == ["block-3", "block-4"]
    assert table.columns.tolist()[2:] == ["ブロック", "件数 令和6年度", "件数 令和7年度"]
    assert table["件数 令和7年度"].tolist() == [4, 0.5, 4.5]
    with pytest.raises(UsageError, match="集計"):
        wb.read_excel(file, "まとめ")
