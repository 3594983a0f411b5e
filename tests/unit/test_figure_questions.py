"""Figures as an analyst asks for them, worked out again from the records and the workbooks."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.reference import Ward
from aip_analysis.workbench import Workbench
from tests.home import Home
from tests.records import make_records
from tests.workbenches import one, own, values, workbench_of

COUNCIL = ["regular", "extraordinary"]
RUNNING = 2026


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return workbench_of(built)


@pytest.mark.parametrize(
    ("months", "numbers"), [((4, 10), range(4, 11)), ((10, 3), [10, 11, 12, 1, 2, 3])]
)
def test_some_months_count_what_happened_in_them(
    wb: Workbench, months: tuple[int, int], numbers: list[int]
) -> None:
    records = wb.figures.records
    found = wb.measures(
        ["meetings", "spending", "attendances", "activities"], years=2025, months=months
    )
    for area in wb.ward.places_of("area"):
        meetings, ledger, activities = (
            own(records[name], area.code, 2025)
            for name in ("meetings", "ledger", "activity_months")
        )
        held = activities[activities["month"].dt.month.isin(numbers)]
        spent = ledger[
            ledger["booked_on"].dt.month.isin(numbers) & (ledger["direction"] == "expense")
        ]
        expected = {
            "meetings": (
                meetings["kind"].isin(COUNCIL) & meetings["held_on"].dt.month.isin(numbers)
            ).sum(),
            "spending": spent["amount_yen"].sum(),
            "attendances": held["attendances"].sum(),
            "activities": held[held[["sessions", "attendances"]].sum(axis=1) > 0][
                "activity_id"
            ].nunique(),
        }
        told = found[found["place_code"] == area.key].set_index("measure")["value"].dropna()
        assert told.to_dict() == {code: expected[code] for code in told.index}
        assert len(told) == 4 or area.ja == "中台"


def test_two_halves_make_a_year(wb: Workbench) -> None:
    halves = [
        values(wb.measures("spending", "block", years=2025, months=months))
        for months in ((4, 9), (10, 3))
    ]
    whole = values(wb.measures("spending", "block", years=2025))
    assert {place: halves[0][place] + halves[1][place] for place in whole} == whole


def test_months_at_work_begin_with_any_month(wb: Workbench) -> None:
    def months(area: str, year: int, first: int, last: int) -> pd.Series:
        return one(wb.measures("months_in_operation", area=area, years=year, months=(first, last)))

    # Set up on 22 November 2024.
    assert months("桜川", 2024, 10, 3)["value"] == 5
    assert months("桜川", 2024, 1, 3)["value"] == 3
    before = months("桜川", 2024, 4, 10)
    assert pd.isna(before["value"])
    assert before["status"].startswith("会議の設置前")
    # Suspended from October 2024 to June 2025.
    assert months("清水", 2024, 4, 9)["value"] == 6
    assert months("清水", 2024, 10, 3)["status"].startswith("会議の休止中")
    assert months("清水", 2025, 6, 9)["value"] == 3
    assert "運営3か月" in months("清水", 2025, 6, 9)["status"]


def test_the_allowance_of_a_year_is_used_up_from_april(ward: Ward) -> None:
    rules = replace(
        ward.rules[2025], allowance_yen_per_month=100_000, allowance_yen_per_year=800_000
    )
    council = {"council_name": "c", "established_on": pd.Timestamp(2020, 4, 1)}
    meeting = {"kind": "regular", "held_on": pd.Timestamp(2026, 3, 1)}
    records = make_records({"councils": [council], "meetings": [meeting]})
    capped = replace(ward, rules={**ward.rules, 2025: rules})
    wb = Workbench(Figures(records, capped))

    def due(*months: int) -> float:
        return float(one(wb.measures("allowance", area="12", months=months))["value"])

    assert [due(4, 9), due(10, 3), due(12, 3), due(4, 3)] == [600_000, 200_000, 0, 800_000]


def test_what_has_no_months_keeps_the_year_and_says_so(wb: Workbench) -> None:
    row = one(wb.measures("ideas", area="舟渡", years=2025, months=(4, 6)))
    assert row["value"] == len(own(wb.figures.records["ideas"], "12", 2025))
    assert row["status"] == "年度の値（月ごとの記録なし）"
    # Allowances are paid for six months at once: for half a year they can be told.
    half, more = (
        one(wb.measures("allowance_paid", area="舟渡", years=2025, months=(4, last)))
        for last in (9, 10)
    )
    assert (half["value"], half["status"]) == (600_000, "4月〜9月の6か月分")
    assert (more["value"], more["status"]) == (1_200_000, "年度の値（月ごとの記録なし）")


def test_a_year_of_which_no_month_has_come_has_no_figures(wb: Workbench) -> None:
    row = one(wb.measures("meetings", "ward", years=RUNNING, months=(1, 3)))
    assert pd.isna(row["value"])
    assert row["status"] == "まだ来ていない月"


@pytest.mark.parametrize(
    ("measure", "by"),
    [
        ("meetings", "曜日"),
        ("meetings", "月"),
        ("attendance", "重点分野"),
        ("spending", "科目"),
        ("spending", ["区分", "科目"]),
        ("sessions", "種類"),
        ("f5", "kind"),
        ("activities", "頻度"),
        ("seats", "所属区分"),
        ("rhythm", "曜日"),
        ("ideas", "状況"),
    ],
)
def test_parts_add_up_to_the_figure(wb: Workbench, measure: str, by: str | list[str]) -> None:
    parts = wb.measures(measure, "block", years=[2024, 2025], by=by)
    summed = parts.groupby(["place_code", "fiscal_year"])["value"].sum()
    assert summed.to_dict() == pytest.approx(
        values(wb.measures(measure, "block", years=[2024, 2025]))
    )


def test_meetings_by_weekday(wb: Workbench) -> None:
    meetings = wb.figures.records["meetings"]
    codes = [area.code for area in wb.ward.areas_of(wb.ward.place_named("block", "志村"))]
    chosen = meetings[
        meetings["area_code"].isin(codes)
        & (meetings["fiscal_year"] == 2025)
        & meetings["kind"].isin(COUNCIL)
    ]
    expected = chosen["held_on"].dt.day_name().value_counts()
    found = wb.measures("meetings", "block", years=2025, by="曜日")
    own_block = found[found["place"] == "志村"]
    english = dict(
        zip(
            "月火水木金土日", ["Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"], strict=True
        )
    )
    told = {
        f"{english[day[0]]}day": value for day, value in own_block[["weekday", "value"]].to_numpy()
    }
    assert told == {day: expected.get(day, 0) for day in told}
    assert len(told) == 7


def test_a_term_that_is_none_is_answered_with_those_of_the_counted_rows(wb: Workbench) -> None:
    with pytest.raises(UsageError) as caught:
        wb.measures("支出[印刷製本費]", years=2025)
    sentence = caught.value.sentence("ja")
    assert "区分：運営費、事業費。科目：会場費" in sentence
    # An income is no spending.
    assert "利息" not in sentence


def test_rows_without_a_term_are_a_part_of_their_own(wb: Workbench) -> None:
    meetings = own(wb.figures.records["meetings"], "12", 2025)
    expected = meetings[meetings["kind"].isin(COUNCIL)]["priority_field"].isna().sum()
    found = wb.measures("meetings", area="舟渡", years=2025, by="field")
    assert found["priority_field"].iloc[-1] == "記載なし"
    assert found["value"].iloc[-1] == expected
    assert (found["value"] == 0).any()


def test_wide_tables_have_the_same_numbers(wb: Workbench) -> None:
    tidy = wb.measures(["attendance", "meetings"], block="赤塚", years=[2025, RUNNING])
    wide = wb.measures(["attendance", "meetings"], block="赤塚", years=[2025, RUNNING], wide=True)
    assert list(wide.columns[-3:]) == ["attendance", "meetings", "status"]
    for code in ("attendance", "meetings"):
        told = dict(
            zip(zip(wide["place_code"], wide["fiscal_year"], strict=True), wide[code], strict=True)
        )
        assert told == values(tidy[tidy["measure"] == code])


def test_shapes_are_joined(wb: Workbench) -> None:
    joined = wb.measures("meetings", years=[2024, 2025], geometry=True)
    assert len(joined) == 2 * 18
    assert joined.geometry.area.min() > 0
    assert values(joined) == values(wb.measures("meetings", years=[2024, 2025]))


def test_month_by_month(wb: Workbench) -> None:
    months = wb.months("meetings", area="清水", years=2025)
    held = own(wb.figures.records["meetings"], "08", 2025)
    held = held[held["kind"].isin(COUNCIL)]["held_on"].dt.month.value_counts()
    assert months["month"].dt.month.tolist() == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    assert months["status"].tolist() == ["会議の休止中"] * 3 + [""] * 9
    assert months["value"].isna().tolist() == [True] * 3 + [False] * 9
    assert months["value"].tolist()[3:] == [
        held.get(month, 0) for month in months["month"].dt.month[3:]
    ]
    assert 0 in months["value"].tolist()[3:]
    to_come = wb.months("meetings", years=RUNNING)
    assert to_come["status"].tolist()[7:] == ["まだ来ていない月"] * 5


def test_months_after_the_end_of_the_records_are_missing_not_zero(ward: Ward) -> None:
    def meeting(area: str, month: int) -> dict[str, object]:
        return {"area_code": area, "kind": "regular", "held_on": pd.Timestamp(2025, month, 5)}

    rows = [meeting("12", month) for month in (4, 5, 6)] + [meeting("13", m) for m in range(4, 13)]
    day = pd.Timestamp(2020, 4, 1)
    councils = [{"area_code": a, "council_name": a, "established_on": day} for a in ("12", "13")]
    wb = Workbench(Figures(make_records({"meetings": rows, "councils": councils}), ward))
    months = wb.months("meetings", area="舟渡")
    assert months["value"].dropna().tolist() == [1, 1, 1]
    assert months["status"].tolist()[3] == "未着（記録が届いていない）、記録は6月まで"
    assert one(wb.measures("meetings", area="舟渡", months=(9, 11)))["status"].endswith(
        "記録は6月まで"
    )
    assert one(wb.measures("meetings", "ward"))["status"].endswith("記録が途中までの地域1")


def test_the_same_months_of_two_years(wb: Workbench) -> None:
    records = wb.figures.records
    found = wb.compare(RUNNING, 2025, ["spending", "meetings"])
    ledger = records["ledger"]
    spent = ledger[(ledger["direction"] == "expense") & ledger["booked_on"].dt.month.between(4, 10)]
    for area in wb.ward.places_of("area"):
        row = one(found[(found["place_code"] == area.key) & (found["measure"] == "spending")])
        sums = [own(spent, area.code, year)["amount_yen"].sum() for year in (2025, RUNNING)]
        if area.ja == "中台":
            assert pd.isna(row["after"])
            continue
        assert [row["before"], row["after"]] == sums
        assert row["change"] == sums[1] - sums[0]
        # The council was suspended for three of these months: no percentage tells that apart.
        is_suspended = area.ja == "清水"
        assert row["status"] == ("令和7年度：運営4か月" if is_suspended else "")
        assert pd.isna(row["percent"]) == is_suspended
    assert "4月〜10月" in found.attrs["aip"]["title"]
    # A council that was suspended for three of these months did not meet in them.
    suspended = one(found[(found["place"] == "清水") & (found["measure"] == "meetings")])
    assert suspended["status"] == "令和7年度：運営4か月"
    # A row that is set aside could be the difference.
    held = one(found[(found["place"] == "熊野") & (found["measure"] == "meetings")])
    assert pd.isna(held["change"])
    assert "入っていない記録があるため増減は出せません" in held["status"]


def test_where_one_year_has_no_records_the_other_keeps_its_figure(wb: Workbench) -> None:
    # The file of 下赤塚 for 2023 is missing.
    row = one(wb.compare(2025, 2023, "meetings", area="下赤塚"))
    own = one(wb.measures("meetings", area="下赤塚", years=2025))
    assert row["after"] == own["value"]
    assert pd.isna(row["before"])
    assert pd.isna(row["change"])
    assert row["status"] == "令和5年度：未着（記録が届いていない）"


def test_a_running_year_is_not_compared_with_a_whole_one(wb: Workbench) -> None:
    row = one(wb.compare(RUNNING, 2025, "spending", area="舟渡", same_months=False))
    assert pd.isna(row["change"])
    assert "年度の途中のため増減は出せません" in row["status"]
    row = one(wb.compare(RUNNING, 2025, "ideas", area="舟渡"))
    assert pd.isna(row["change"])


def test_a_skipped_number_is_told_of_the_months_in_which_it_can_lie(wb: Workbench) -> None:
    # 徳丸: No. 76 on 11 July, No. 78 on 12 September, and nothing between.
    months = wb.months("meetings", area="徳丸", years=2025)
    told = months[months["status"].str.contains("会議番号の抜け1")]
    assert told["month"].dt.month.tolist() == [7, 8, 9]
    assert (months.loc[~months.index.isin(told.index), "status"] == "").all()
    assert (
        "会議番号の抜け"
        not in one(wb.measures("meetings", area="徳丸", years=2025, months=(10, 3)))["status"]
    )


def test_like_is_compared_with_like(wb: Workbench) -> None:
    ledger = wb.figures.records["ledger"]
    expense = ledger[ledger["direction"] == "expense"]
    areas = set(expense[expense["fiscal_year"] == 2024]["area_code"])
    areas &= set(expense[expense["fiscal_year"] == 2023]["area_code"])
    sums = [
        expense[expense["area_code"].isin(areas) & (expense["fiscal_year"] == year)][
            "amount_yen"
        ].sum()
        for year in (2023, 2024)
    ]
    row = one(wb.compare(2024, 2023, "spending", level="ward"))
    assert [row["before"], row["after"]] == sums
    assert f"両年に記録のある{len(areas)}地域" in row["status"]


ASKED: list[tuple[Callable[[Workbench], object], str]] = [
    (lambda wb: wb.measures("meetings", months=(3, 4)), "年度をまたぎます"),
    (lambda wb: wb.measures("meetings", months=(4, 13)), "月として読めません"),
    (lambda wb: wb.measures("meetings", by="血液型"), "曜日"),
    (lambda wb: wb.measures("unspent", by="科目"), "差なので"),
    (lambda wb: wb.measures("far_65plus", by="種別"), "推計"),
    (lambda wb: wb.measures("meetings", by="議題"), "wb.records"),
    (lambda wb: wb.measures(["meetings", "population"], by="月"), "人口"),
    (lambda wb: wb.months("population"), "人口"),
    (lambda wb: wb.compare(2025, 2026), "後の年度、前の年度の順"),
    (lambda wb: wb.rows_behind("meetings", "舟渡", area="舟渡"), "どちらか一方"),
]


@pytest.mark.parametrize(("ask", "told"), ASKED)
def test_what_cannot_be_told_is_refused_in_a_sentence(
    wb: Workbench, ask: Callable[[Workbench], object], told: str
) -> None:
    with pytest.raises(UsageError) as caught:
        ask(wb)
    assert told in caught.value.sentence("ja")
    assert caught.value.sentence("en")
