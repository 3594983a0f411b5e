"""Sentences state figures, and what is missing, zero or still running, correctly."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import Language
from aip_analysis.narrative import Facts, distance_sentences, notes, summary
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
        "舟渡地域の支え合い会議は、令和7年度に会議を2回（前年度は1回）開きました。",
        "会議の出席は延べ28人で、1回あたり14.0人（前年度と同じ）でした。",
    ]
    assert len(sentences) == 5


def test_the_same_number_as_last_year_is_said_so() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH, BEFORE]}
    assert "会議を1回（前年度と同じ）開きました" in summary(_facts(rows))[0]


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


def test_a_place_withoutfew_records() -> None:
    rows: Rows = {"meetings": [MARCH | {"area_code": "11"}]}
    assert summary(_facts(rows)) == ["舟渡地域には、令和7年度の記録がありません。"]


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (842_310, "使わなかった357,690円は返還します。"),
        (1_200_000, "残額はありません。"),
        (1_236_000, "交付額を上回った36,000円は会議の負担です。"),
        (0, "支出はなく、使わなかった1,200,000円は返還します。"),
    ],
)
def test_what_is_left_of_the_allowance(spent: int, said: str) -> None:
    ledger = [_line("income", "grant", 1_200_000)]
    if spent:
        ledger.append(_line("expense", "events", spent))
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH], "ledger": ledger}
    assert said in summary(_facts(rows))[-1]


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
        "activities": [row for record_rows in several for row in record_rows["activities"]],
        "activity_months": [
            row for record_rows in several for row in record_rows["activity_months"]
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
    assert _distance("ward", *rows)[1:] == [
        everywhere,
        "活動実績の記録がない16地域の通いの場は、推計に入っていません。",
    ]


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
