"""Residents published by neighbourhood: labels, bands, shares, names, days, and a real table."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from aip_analysis.intake import check_files
from aip_analysis.intake.population.age_counts import OLD, VERY_OLD, AgeCounts, Count
from aip_analysis.intake.population.area_sums import Counted, divided, sum_areas
from aip_analysis.intake.population.labels import ALL_AGES, END, Ages, Label, Sex, read_label
from aip_analysis.intake.population.neighbourhoods import Neighbourhoods
from aip_analysis.intake.population.survey import find_survey
from aip_analysis.records import row_ranges, rows_in
from aip_analysis.reference import Ward, load_ward
from tests.boundary_town import write_shaped_town

Counts = dict[tuple[Sex, Ages], Count]
REAL = Path(__file__).parents[3] / "shared" / "geodata" / "h27_5years_13119.csv"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("総数０～４歳", Label(ages=(0, 5), total=True)),
        ("男の総数、年齢「不詳」含む", Label(sex="men", total=True, mentions_unknown=True)),
        ("85歳以上の女性", Label(sex="women", ages=(85, END))),
        ("老年人口（65歳以上）", Label(ages=(65, END))),
        ("15歳未満", Label(ages=(0, 15))),
        ("世帯数", Label(households=True)),
        ("男女計", Label(sex="all", total=True)),
        ("65歳以上の割合", None),
        ("人口密度", None),
        ("外国人", None),
        ("一般世帯数", None),
    ],
)
def test_a_label_says_whom_it_counts_or_nothing(text: str, label: Label | None) -> None:
    assert read_label(text) == label


def test_those_of_75_follow_from_the_bands_only_where_a_band_begins_there() -> None:
    counts = AgeCounts({("all", (0, 65)): 10, ("all", (65, 80)): 4, ("all", (80, END)): 2})
    assert (counts.number(ALL_AGES), counts.number(OLD)) == (16, 6)
    assert counts.number(VERY_OLD) is None


def test_an_empty_cell_is_nobody_only_where_the_others_make_up_the_total() -> None:
    bands: Counts = {("all", (0, 65)): 17, ("all", OLD): "empty"}
    assert AgeCounts({("all", ALL_AGES): 17, **bands}).number(OLD) == 0
    assert AgeCounts({("all", ALL_AGES): 20, **bands}).number(OLD) is None


def test_a_total_that_is_not_the_sum_of_men_and_women_is_a_contradiction() -> None:
    parts: Counts = {("men", ALL_AGES): 12, ("women", ALL_AGES): 13}
    assert AgeCounts({("all", ALL_AGES): 25, **parts}).agree()
    assert not AgeCounts({("all", ALL_AGES): 52, **parts}).agree()


def test_parts_of_a_number_add_up_to_it() -> None:
    assert divided(5, [0.5, 0.5]) == [3, 2]
    assert divided(10, [1 / 3, 1 / 3, 1 / 3]) == [4, 3, 3]
    assert divided(0, [0.6, 0.4]) == [0, 0]


def test_a_neighbourhood_of_two_areas_is_divided_by_its_shares(tmp_path: Path) -> None:
    ward = load_ward(write_shaped_town(tmp_path / "reference"))
    known = Neighbourhoods(ward)
    shared = next(key for key, parts in known.shares.items() if len(parts) > 1)
    counts = AgeCounts({("all", ALL_AGES): 11, ("all", OLD): 4})
    sums = sum_areas([Counted("n", (shared,), counts, [3])], known)
    # Six to four of 11 are 6.6 and 4.4; of 4, 2.4 and 1.6.
    assert sorted(area.numbers["population"] for area in sums.values()) == [4, 7]
    assert sorted(area.numbers["population_65plus"] for area in sums.values()) == [2, 2]
    assert all(area.known("population_75plus") is None for area in sums.values())


@pytest.mark.parametrize("text", ["板橋１丁目", "板橋（一丁目）", "板橋 2丁目", "板橋区板橋3丁目"])
def test_names_are_known_in_any_spelling(text: str, ward: Ward) -> None:
    found = Neighbourhoods(ward).find(text)
    assert found is not None
    assert found.name.startswith("板橋")


def test_variant_characters_are_known_and_the_nearest_name_is_told(ward: Ward) -> None:
    known = Neighbourhoods(ward)
    assert known.find("髙島平九丁目") == known.find("高島平９丁目")
    assert known.find("大山東") is None
    assert known.nearest("大山東") == "大山東町"


@pytest.mark.parametrize(
    ("titles", "name", "day"),
    [
        (["人口（令和7年4月1日現在）", "令和7年5月2日作成"], "20250510", date(2025, 4, 1)),
        ([], "町丁目別R070401", date(2025, 4, 1)),
        (["令和七年四月一日"], "", date(2025, 4, 1)),
        (["平成27年国勢調査"], "", date(2015, 10, 1)),
        (["令和7年4月"], "jinko", None),
        (["2025年4月1日", "2025年5月1日"], "", None),
    ],
)
def test_the_day_is_told_once_or_not_at_all(titles: list[str], name: str, day: date | None) -> None:
    assert find_survey(titles, name, [], census=False).day == day


def test_rows_are_written_as_ranges_and_read_again() -> None:
    assert row_ranges([4, 3, 9, 5]) == "3-5, 9"
    assert rows_in("3-5, 9") == [3, 4, 5, 9]


@pytest.mark.parametrize(
    "table",
    [
        "調査年月日,地域名,総人口\n2025-04-01,舟渡,46\n",
        "町丁目,人口,世帯数\n舟渡一丁目,15,9\n舟渡二丁目,20,9\n舟渡三丁目,10,9\n舟渡四丁目,1,1\n",
    ],
)
def test_the_name_of_a_file_is_masked_for_pages(table: str, tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "令和7年度人口20250401_090-1234-5678.csv"
    file.write_text(table, encoding="utf-8")
    residents = check_files([file], ward).records["population"]
    assert list(residents["population"]) == [46]
    assert list(residents["file_name"]) == ["令和7年度人口20250401_〔電話番号〕"]


@pytest.mark.skipif(not REAL.exists(), reason="the published census table is not here")
def test_the_census_of_2015_is_read_as_it_was_published(ward: Ward) -> None:
    intake = check_files([REAL], ward)
    residents = intake.records["population"]
    assert residents["population"].sum() == 561_916
    assert residents["population_65plus"].sum() == 128_058
    assert set(residents["as_of"]) == {pd.Timestamp(2015, 10, 1)}
    assert set(residents["survey"]) == {"census"}
    # 桜川一丁目 is suppressed and added to 桜川二丁目; chome.csv has the residents of each.
    assert [(problem.code, problem.row) for problem in intake.problems] == [
        ("suppressed_added", 142)
    ]
    census = ward.chome.assign(population=ward.chome["population"] * ward.chome["share"])
    expected = census.groupby("area_code")["population"].sum()
    assert residents.set_index("area_code")["population"].to_dict() == expected.to_dict()
