"""Sentences state figures, and what is missing, zero or still running, correctly."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import Language
from aip_analysis.narrative import (
    Facts,
    activities_sentences,
    council_sentences,
    distance_sentences,
    ideas_sentences,
    meetings_sentences,
    money_sentences,
    notes,
    questions,
    remarks,
    summary,
)
from aip_analysis.records import PROBLEM_COLUMNS
from aip_analysis.reference import load_ward
from tests.records import Rows, make_records

pytestmark = pytest.mark.slow

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]


def _facts(rows: Rows) -> Facts:
    return Facts(RecordedFigures(Figures(make_records(rows), WARD)), FUNADO, 2025, "ja")


def _council(**days: date) -> dict[str, Any]:
    return {"council_name": "舟渡支え合い会議"} | days


SET_UP = _council(established_on=date(2018, 5, 8))
MARCH = {"kind": "regular", "held_on": date(2026, 3, 10), "members_present": 14}
BEFORE = MARCH | {"fiscal_year": 2024, "held_on": date(2025, 3, 11)}


def test_the_year_in_sentences() -> None:
    rows: Rows = {
        "councils": [SET_UP],
        "members": [{"organisation_type": "npo", "members": 20}],
        "meetings": [MARCH, MARCH, BEFORE],
    }
    sentences = summary(_facts(rows))
    assert sentences[:2] == [
        "舟渡地域の支え合い会議は、令和7年度に会議を2回開きました（前年度は1回）。",
        "会議の出席は延べ28人で、1回あたり14.0人でした（前年度と同じ）。",
    ]
    # Nobody keeps records of activities or ideas here, and there is no cash book.
    assert sentences[2:] == [
        "運営費の限度額1,200,000円に対する支出は、出納帳の記録がないためわかりません。"
    ]


def test_the_same_number_as_last_year_is_said_so() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH, BEFORE]}
    assert "会議を1回開きました（前年度と同じ）" in summary(_facts(rows))[0]


def test_a_first_year_is_not_compared() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH]}
    assert "前年度" not in "".join(summary(_facts(rows)))


def test_a_year_still_running_is_not_compared() -> None:
    october = MARCH | {"held_on": date(2025, 10, 7)}
    sentences = summary(_facts({"councils": [SET_UP], "meetings": [october, BEFORE]}))
    assert sentences[0] == (
        "舟渡地域の支え合い会議は、令和7年4月から10月までに会議を1回開きました。"
    )
    assert "前年度" not in "".join(sentences)


def test_a_council_still_preparing() -> None:
    rows: Rows = {
        "councils": [_council(seminar_on=date(2025, 7, 1))],
        "meetings": [MARCH | {"kind": "preparatory"}],
    }
    assert summary(_facts(rows)) == [
        (
            "舟渡地域では令和7年7月から支え合い会議の設置に向けた準備が続いており、"
            "令和7年度に準備の会合（セミナーと準備会）を1回開きました。"
        ),
    ]


def test_a_suspended_council() -> None:
    rows: Rows = {
        "councils": [SET_UP | {"suspended_on": date(2025, 10, 1)}],
        "meetings": [MARCH | {"held_on": date(2025, 4, 8)}, MARCH | {"area_code": "11"}],
    }
    assert "会議を1回開き、令和7年10月1日から休止しています" in summary(_facts(rows))[0]


def test_a_place_of_which_nothing_was_received() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH | {"area_code": "11"}]}
    facts = _facts(rows)
    assert summary(facts) == ["この年度の記録は未着です。"]
    assert remarks(facts) == []
    assert questions(facts) == []
    sections = (council_sentences, meetings_sentences, activities_sentences, ideas_sentences)
    assert not [one for tell in (*sections, money_sentences) for one in tell(facts)]
    block = Facts(facts.figures, WARD.block_of(FUNADO), 2025, "ja")
    (remark,) = [one for one in remarks(block) if "未着" in one]
    areas = WARD.areas_of(WARD.block_of(FUNADO))
    lacking = "、".join(area.name("ja") for area in areas if area.code != "11")
    assert remark == (
        f"{len(areas)}地域のうち{len(areas) - 1}地域（{lacking}）の記録が未着で、"
        "数値に入っていません。"
    )


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (842_310, "使わなかった357,690円は返還の対象です。"),
        (1_200_000, "残額はありません。"),
        (1_236_000, "交付額を上回った36,000円は会議の負担です。"),
        (0, "支出の記録がないため、残額はわかりません。"),
    ],
)
def test_what_is_left_of_the_allowance(spent: int, said: str) -> None:
    (sentence,) = _told("運営費", summary(_facts(_spent(spent))))
    assert sentence.endswith(said)


def _spent(*amounts: int, day: date = date(2026, 3, 10), **council: date) -> Rows:
    ledger = [_line("income", "grant", 1_200_000)]
    ledger += [_line("expense", "events", amount) for amount in amounts if amount]
    meetings = [MARCH | {"held_on": day}]
    return {"councils": [SET_UP | council], "meetings": meetings, "ledger": ledger}


def _told(word: str, sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if word in sentence]


def test_overspending_is_told_first() -> None:
    first, second, *_ = summary(_facts(_spent(1_236_000)))
    assert first.startswith("舟渡地域では、運営費の限度額1,200,000円に対して支出は1,236,000円")
    assert second.startswith("舟渡地域の支え合い会議は")


def test_in_a_running_year_the_allowance_to_date_is_no_limit() -> None:
    # Seven months of 100,000 yen are due in October; 1,200,000 were received.
    facts = _facts(_spent(711_948, day=date(2025, 10, 7)))
    (sentence,) = _told("支出", summary(facts))
    assert sentence == (
        "10月までの運営費の支出は711,948円で、これまでの交付額1,200,000円のうち"
        "488,052円が残っています。"
    )
    assert "執行率" not in "".join([*summary(facts), *money_sentences(facts)])


def test_the_months_of_an_allowance_and_of_a_rate_are_told() -> None:
    idle = {"suspended_on": date(2025, 4, 1), "resumed_on": date(2025, 10, 1)}
    (sentence,) = _told("限度額", summary(_facts(_spent(420_000, **idle))))
    assert "限度額1,200,000円（12か月分。うち休止6か月）に対して" in sentence
    assert "執行率35.0％" in sentence
    since = {"established_on": date(2025, 9, 10)}
    (sentence,) = _told("限度額", summary(_facts(_spent(420_000, **since))))
    assert "限度額700,000円（7か月分）に対して" in sentence


# What figures leave out

HELD = {
    "severity": "set_aside",
    "code": "dates",
    "table": "meetings",
    "area_code": "12",
    "fiscal_year": 2025,
    "file": "f.xlsx",
    "sheet": "s",
    "row": 9,
    "rows": 1,
}


def _with_problems(rows: Rows, *problems: dict[str, Any]) -> Facts:
    empty = dict.fromkeys(PROBLEM_COLUMNS) | {"rows": 0, "skipped": 0, "area_code": ""}
    table = pd.DataFrame([empty | problem for problem in problems], columns=PROBLEM_COLUMNS)
    records = replace(make_records(rows), set_aside=table)
    return Facts(RecordedFigures(Figures(records, WARD)), FUNADO, 2025, "ja")


def _meetings(now: int, before: int) -> Rows:
    return {"councils": [SET_UP], "meetings": [MARCH] * now + [BEFORE] * before}


def test_a_row_set_aside_is_told_beside_the_figure_that_it_is_missing_from() -> None:
    facts = _with_problems(_meetings(10, 11), HELD)
    assert summary(facts)[0].endswith(
        "会議を10回開きました（ほかに1回分の記録を保留しており、前年度の11回とは比べていません）。"
    )
    # Nine and one more are not eleven: the change is real, and the row is told none the less.
    facts = _with_problems(_meetings(9, 11), HELD)
    assert "開きました（ほかに1回分の記録を保留しています。前年度は11回）。" in summary(facts)[0]


def test_numbers_of_meetings_that_are_skipped_are_told() -> None:
    skipped = HELD | {"severity": "warn", "rows": 0, "skipped": 1}
    facts = _with_problems(_meetings(10, 9), skipped)
    assert summary(facts)[0].endswith(
        "会議を10回開きました（番号が1つ飛んでおり、書かれていない会議があるかもしれません。"
        "前年度は9回）。"
    )


def test_suppressed_attendance_is_left_out_of_the_mean() -> None:
    hidden = MARCH | {"members_present": None, "marks": "members_present=suppressed"}
    known = MARCH | {"members_present": 18}
    rows: Rows = {"councils": [SET_UP], "meetings": [*[known] * 9, hidden, BEFORE]}
    (sentence,) = _told("出席は", summary(_facts(rows)))
    # The same mean of the nine, after fourteen: what is withheld may be anything.
    assert sentence == (
        "会議の出席は延べ162人以上（1回分の人数は伏せられています）で、人数のわかる9回では"
        "1回あたり18.0人でした（記録に欠けがあるため、前年度の14.0人とは比べていません）。"
    )
    assert summary(_facts({"councils": [SET_UP], "meetings": [hidden]}))[1] == (
        "会議に出席した人数は伏せられています。"
    )


def test_blank_months_of_an_activity_are_told_beside_the_sum() -> None:
    walk = {"name": "体操", "kind": "exercise", "frequency": "weekly", "activity_id": "1"}
    months = [
        {"activity_id": "1", "month": date(2025, month, 1), "sessions": 4, "attendances": 40}
        for month in (4, 5, 6, 7)
    ]
    rows: Rows = {
        "councils": [SET_UP],
        "meetings": [MARCH],
        "activities": [walk],
        "activity_months": months,
    }
    (sentence,) = _told("活動が", summary(_facts(rows)))
    assert sentence.endswith(
        "16回の実施に延べ160人が参加しました（活動の延べ8か月分の記録がありません）。"
    )


def test_a_council_that_meets_without_a_day_of_setting_up_is_not_said_to_prepare() -> None:
    rows: Rows = {"councils": [_council()], "meetings": [MARCH, MARCH]}
    facts = _facts(rows)
    assert summary(facts)[0] == ("舟渡地域の支え合い会議は、令和7年度に会議を2回開きました。")
    assert remarks(facts) == ["設置日の記録がないため、運営月数は数えていません。"]


def test_a_kind_of_record_that_nobody_keeps_is_told_once() -> None:
    facts = _facts({"councils": [SET_UP], "meetings": [MARCH]})
    assert not _told("活動", summary(facts))
    assert activities_sentences(facts) == ["活動の記録はとられていません。"]
    # An area that keeps them has none in a year without any.
    salon = {"activity_id": "1", "name": "サロン", "kind": "salon", "fiscal_year": 2024}
    month = {"activity_id": "1", "month": date(2024, 5, 1), "sessions": 1, "fiscal_year": 2024}
    rows: Rows = {"activities": [salon], "activity_months": [month]}
    facts = _facts({"councils": [SET_UP], "meetings": [MARCH, BEFORE], **rows})
    assert _told("活動", summary(facts)) == ["令和7年度は、活動の実績の記録はありません。"]


def test_ideas_are_told_by_status() -> None:
    ideas = [{"theme": "見本", "status": status} for status in ("trial", "done", "done")]
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH], "ideas": ideas}
    assert ideas_sentences(_facts(rows)) == [
        "「できること」の年度末時点の状況は、「試行」1件、「実施」2件です。"
    ]


def test_several_areas_are_compared_over_those_with_records_of_both_years() -> None:
    # 蓮根 met three times after two; 舟渡 met once, and sent nothing of the year before.
    eleven = {"area_code": "11"}
    councils = [SET_UP, SET_UP | eleven, SET_UP | eleven | {"fiscal_year": 2024}]
    meetings = [MARCH, *[MARCH | eleven] * 3, *[BEFORE | eleven] * 2]
    facts = _facts({"councils": councils, "meetings": meetings})
    block = Facts(facts.figures, WARD.block_of(FUNADO), 2025, "ja")
    assert summary(block)[0].endswith(
        "会議を合わせて4回開きました（両年に記録のある1地域では3回で、前年度は2回）。"
    )


def _line(direction: str, category: str, yen: int) -> dict[str, Any]:
    return {
        "booked_on": date(2025, 5, 1),
        "direction": direction,
        "purpose": "project",
        "category": category,
        "amount_yen": yen,
    }


# A point in the middle of 板橋 (01): its residents all live within 2 km of it, and those of 舟渡
# (12), at the other end of the ward, all live farther away.
ITABASHI = (139.7155, 35.7490)
IN_2_KM = replace(WARD, checks=WARD.checks | {"gathering_metres": 2000})


def _salon(area: str, at: tuple[float, float] | None, month: int = 5) -> Rows:
    lon, lat = at or (None, None)
    activity = {"area_code": area, "activity_id": f"{area} {at}"}
    salon = {"name": "サロン", "kind": "salon", "frequency": "monthly", "lon": lon, "lat": lat}
    month_held = {"month": date(2025, month, 1), "sessions": 1, "attendances": 9, "people": 9}
    return {"activities": [activity | salon], "activity_months": [activity | month_held]}


# No gathering place: who lives far from one is known only where activities are.
WATCHING: Rows = {
    "activities": [{"activity_id": "w", "name": "見守り", "kind": "watching"}],
    "activity_months": [{"activity_id": "w", "month": date(2025, 4, 1), "sessions": 1}],
}


def _distance(
    place: str,
    *several: Rows,
    old: tuple[int, int] = (8766, 1234),
    language: Language = "ja",
    held_on: date = date(2026, 3, 10),
) -> list[str]:
    """Return the sentences on distances, for 板橋 and 舟渡 with the given residents 65+."""
    day = {"as_of": date(2025, 4, 1)}
    people = zip(("01", "12"), old, strict=True)
    rows: Rows = {
        "meetings": [MARCH | {"held_on": held_on}],
        "population": [
            day | {"area_code": code, "population": 50_000, "population_65plus": count}
            for code, count in people
        ],
        "activities": [row for kept in (WATCHING, *several) for row in kept["activities"]],
        "activity_months": [
            row for kept in (WATCHING, *several) for row in kept["activity_months"]
        ],
    }
    figures = RecordedFigures(Figures(make_records(rows), IN_2_KM))
    return distance_sentences(Facts(figures, IN_2_KM.places[place], 2025, language))


def test_far_residents_are_told_in_tens() -> None:
    # The residents of 舟渡, of 10,000 in both.
    ja = _distance("ward", _salon("01", ITABASHI))[0]
    assert ja == (
        "65歳以上の住民のうち、いちばん近い通いの場（月1回以上）まで直線で2,000mを超える所に"
        "住む人は、およそ1,230人（12％）と推計されます。"
    )
    en = _distance("ward", _salon("01", ITABASHI), language="en")[0]
    assert en == (
        "About 1,230 residents aged 65 or over (12%) are estimated to live more than 2,000 m, in a "
        "straight line, from the nearest gathering place (meeting monthly or more)."
    )


@pytest.mark.parametrize(
    ("place", "old", "said"),
    [
        ("area-01", (8766, 1234), "のうち、{}を超える所に住む人は、ほとんどいないと推計されます。"),
        ("area-12", (8766, 1234), "は、ほぼ全員が{}を超える所に住んでいると推計されます。"),
        ("block-3", (8766, 1234), "は、ほぼ全員が{}を超える所に住んでいると推計されます。"),
    ],
)
def test_none_and_all_of_an_area_are_said_so(place: str, old: tuple[int, int], said: str) -> None:
    nearest = "いちばん近い通いの場（月1回以上。ほかの地域のものを含む）まで直線で2,000m"
    sentences = _distance(place, _salon("01", ITABASHI), old=old)
    assert sentences[0] == f"65歳以上の住民{said.format(nearest)}"


@pytest.mark.parametrize(
    ("far", "said"),
    [
        # Of 8,766 residents who live near, and these: 12.35, 0.51, 0.27 and 0.1 per cent.
        (1235, "およそ1,240人（12％）"),
        (45, "およそ50人（1％）"),
        (24, "およそ20人（1％未満）"),
        (9, "およそ10人（1％未満）"),
        (4, "ほとんどいないと推計されます"),
        (0, "ほとんどいないと推計されます"),
    ],
)
def test_few_are_not_told_more_exactly(far: int, said: str) -> None:
    assert said in _distance("ward", _salon("01", ITABASHI), old=(8766, far))[0]


def test_gathering_places_without_a_position_are_counted() -> None:
    rows = [_salon("01", ITABASHI), _salon("12", None), _salon("12", ITABASHI)]
    everywhere = (
        "推計は、位置の記録がある板橋区内の通いの場2か所をもとにしています"
        "（位置の記録がない1か所は入っていません）。"
    )
    assert _distance("area-12", *rows)[1:] == [
        everywhere,
        "舟渡地域の月1回以上の通いの場2か所では、位置の記録がない1か所が推計に入っていません。",
    ]
    assert _distance("area-01", *rows)[1:] == [everywhere]
    # Of the other areas nothing was received, which is said elsewhere.
    assert _distance("ward", *rows)[1:] == [everywhere]


def test_distances_that_are_not_known_are_not_said() -> None:
    unknown = "通いの場の位置が記録されていないため、通いの場までの距離は推計していません。"
    assert _distance("area-12", _salon("12", None)) == [unknown]
    assert _distance("ward", _salon("12", None)) == [unknown]
    # There is no gathering place to speak of.
    assert _distance("area-01", _salon("12", None)) == []
    assert _distance("ward") == []
    # The residents of 蓮根 were not counted.
    assert _distance("area-11", _salon("11", ITABASHI)) == []


def test_a_running_year_says_until_when_places_were_held() -> None:
    october = date(2025, 10, 7)
    area, *_ = _distance("area-12", _salon("01", ITABASHI), held_on=october)
    assert "（10月までに開かれた月1回以上のもの。ほかの地域のものを含む）まで" in area
    ward, *_ = _distance("ward", _salon("01", ITABASHI), held_on=october)
    assert "いちばん近い通いの場（10月までに開かれた月1回以上のもの）まで" in ward


def test_the_notes_tell_how_distances_are_estimated_where_they_are() -> None:
    people = {"as_of": date(2025, 4, 1), "population": 20, "population_65plus": 9}
    rows: Rows = {"meetings": [MARCH], "population": [people]}
    without = notes(_facts(rows))
    added = [note for note in notes(_facts(rows | _salon("12", ITABASHI))) if note not in without]
    estimate = [note for note in added if "500mを超える割合" in note]
    assert len(estimate) == 1
    assert [note for note in added if re.search("地域により最大[1-9][0-9]?ポイント変わり", note)]
    assert not any("通いの場" in note for note in without)
