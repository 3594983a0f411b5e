"""Measures of an analyst's own, definitions, and the cells behind a figure."""

import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.reference import iter_rows, load_ward
from aip_analysis.workbench import Workbench
from tests.home import Home
from tests.workbenches import one, own, values, workbench_of

COUNCIL = ["regular", "extraordinary"]


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return workbench_of(built)


def test_a_rate_of_ones_own_divides_sums(wb: Workbench) -> None:
    wb.define("集会率", "（meetings＋meetings_other［部会］）÷months_in_operation", unit="回／月")
    meetings = wb.figures.records["meetings"]
    counted = meetings[meetings["kind"].isin([*COUNCIL, "working_group"])]
    found = wb.measures("集会率", "block", years=2025).set_index("place_code")["value"]
    months = (
        wb.measures("months_in_operation", years=2025).set_index("place_code")["value"].dropna()
    )
    for block in wb.ward.places_of("block"):
        areas = [area for area in wb.ward.areas_of(block) if area.key in months]
        held = sum(len(own(counted, area.code, 2025)) for area in areas)
        assert found[block.key] == pytest.approx(held / sum(months[area.key] for area in areas))
    tabled = wb.measures("集会率", area="舟渡", wide=True)
    assert "集会率" in tabled


def test_a_rate_leaves_out_areas_that_lack_a_part(wb: Workbench) -> None:
    wb.define("予算に対する支出", "spending / budget", unit="％", label="予算執行率")
    # In 2023 an area has a budget and a cash book without a line of spending.
    budgets, ledger = (
        table[table["fiscal_year"] == 2023]
        for table in (wb.figures.records["budgets"], wb.figures.records["ledger"])
    )
    spent = ledger[ledger["direction"] == "expense"]
    categories = wb.ward.vocabularies["ledger_category"].with_trait("expense")
    planned = budgets[budgets["category"].isin(categories)]
    both = set(spent["area_code"]) & set(planned["area_code"])
    assert both < set(planned["area_code"])
    above = spent[spent["area_code"].isin(both)]["amount_yen"].sum()
    below = planned[planned["area_code"].isin(both)]["amount_yen"].sum()
    row = one(wb.measures("予算執行率", "ward", years=2023))
    assert row["value"] == pytest.approx(100 * above / below)
    assert (row["name"], row["unit"]) == ("予算執行率", "％")
    assert "数値のない地域" in row["status"]


def test_a_term_in_brackets_counts_its_rows(wb: Workbench) -> None:
    wb.define("体操の延べ参加", "attendances[体操]", unit="人")
    wb.define("千人あたり", "1000 * 体操の延べ参加 / population_65plus", unit="人", decimals=1)
    records = wb.figures.records
    kinds = records["activities"][["area_code", "fiscal_year", "activity_id", "kind"]]
    results = records["activity_months"].merge(
        kinds, on=["area_code", "fiscal_year", "activity_id"]
    )
    exercise = results[results["kind"] == "exercise"]
    found = values(wb.measures("体操の延べ参加", years=2025))
    expected = exercise[exercise["fiscal_year"] == 2025].groupby("area_code")["attendances"].sum()
    told = {place: value for (place, _year), value in found.items() if not pd.isna(value)}
    assert told == {place: expected.get(place.removeprefix("area-"), 0) for place in told}
    assert len(told) == 18
    people = one(wb.measures("population_65plus", "ward", years=2025))["value"]
    rate = one(wb.measures("千人あたり", "ward", years=2025))["value"]
    assert rate == pytest.approx(1000 * expected.sum() / people)
    rows = wb.rows_behind("体操の延べ参加", "舟渡", 2025)
    assert rows["value"].sum() == expected.get("12", 0)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("(meetings + working_groups) / months_in_operation", "その他の会合[部会]"),
        ("meetings[部会]", "その他の会合[部会]"),
        ("sessions[生活支援]", "[種類=生活支援]"),
        ("sessions[おどり]", "体操、サロン"),
        ("meetings * attendance", "数とだけ"),
        ("meetings / ", "(会議 + その他の会合[部会]) / 運営月数"),
        ("__import__('os').getcwd()", "読めません"),
        ("share_far_65plus * 2", "推計"),
        ("attendance / 0", "読めません"),
        ("会義 + 1", "会義"),
    ],
)
def test_a_wrong_formula_teaches(wb: Workbench, formula: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        wb.define("試し", formula)
    assert told in caught.value.sentence("ja")


def test_the_name_of_a_measure_stays_its_own(wb: Workbench) -> None:
    with pytest.raises(UsageError, match="数値の定義にある"):
        wb.define("出席", "attendance")


def test_a_rate_of_ones_own_is_kept_as_a_row_of_the_codebook(wb: Workbench, tmp_path: Path) -> None:
    note = wb.define("予算執行", "spending / budget", unit="%").attrs["aip"]["note"]
    row = note.partition("：")[2]
    folder = tmp_path / "reference"
    shutil.copytree(wb.ward.folder, folder)
    with (folder / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    ward = load_ward(folder)
    kept = Figures(wb.figures.records, ward).value(ward.whole, 2023, "spending_per_budget")
    assert kept == pytest.approx(one(wb.measures("予算執行", "ward", years=2023))["value"])
    note = wb.define("二倍", "2 * meetings").attrs["aip"]["note"]
    assert "wb.define" in note


def test_the_codebook_tells_one_measure(wb: Workbench) -> None:
    row = one(wb.codebook("f4"))
    assert row[["unit", "numerator", "denominator", "official_code"]].tolist() == [
        "％",
        "月1回以上の通いの場の参加者数",
        "65歳以上人口",
        "F4",
    ]
    assert len(wb.codebook()) >= len(wb.ward.codebook.codes)


@pytest.mark.parametrize("measure", ["attendance", "spending", "sessions", "seats"])
def test_the_cells_of_rows_hold_what_they_add(wb: Workbench, built: Home, measure: str) -> None:
    rows = wb.rows_behind(measure, "舟渡", 2025)
    rows = rows[rows["value"].notna()]
    (file,) = rows["file"].unique()
    book = openpyxl.load_workbook(built.raw / file, data_only=True)
    for row in iter_rows(rows):
        cells = [book[row.sheet][cell].value for cell in row.cell.split("+")]
        assert sum(cells) == row.value
        assert {int(re.sub(r"\D", "", cell)) for cell in row.cell.split("+")} == {row.row}
    value = wb.figures.value(wb.ward.place_named("area", "舟渡"), 2025, measure)
    assert f"行の合計は{int(value or 0):,}" in rows.attrs["aip"]["note"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("会場費", "支出[会場費]"),
        ("体操", "活動[体操]"),
        # The priority field is recorded for no gathering but meetings.
        ("その他の会合[認知症施策]", "重点分野が1件も書かれていません"),
    ],
)
def test_a_kind_is_answered_with_how_it_is_counted(wb: Workbench, typed: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        wb.measures(typed)
    assert told in caught.value.sentence("ja")
