"""Sentences say what the figures are, and what is missing, zero or still running, properly."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.measures import Figures
from aip_analysis.narrative import Facts, summary
from aip_analysis.ward import load_ward
from tests.few_records import Rows, few_records

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]


def _facts(rows: Rows) -> Facts:
    return Facts(Figures(few_records(rows), WARD), FUNADO, 2025, "ja")


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
    assert sentences[0] == (
        "舟渡地域の支え合い会議は、年度末現在、継続して活動しています。構成員は20人です。"
    )
    assert sentences[1] == (
        "令和7年度は、会議が2回（前年度は1回）開かれました。"
        "月あたり0.17回、出席は延べ28人（1回あたり14.0人）です。"
    )


def test_the_same_number_as_last_year_is_said_so() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH, BEFORE]}
    assert "会議が1回（前年度と同じ）開かれました" in summary(_facts(rows))[1]


def test_a_first_year_is_not_compared() -> None:
    rows: Rows = {"councils": [SET_UP], "meetings": [MARCH]}
    assert "前年度" not in "".join(summary(_facts(rows)))


def test_a_year_still_running_is_not_compared() -> None:
    october = MARCH | {"held_on": date(2025, 10, 7)}
    sentences = summary(_facts({"councils": [SET_UP], "meetings": [october, BEFORE]}))
    assert sentences[0].startswith("舟渡地域の支え合い会議は、10月末現在、")
    assert sentences[1].startswith("令和7年度は10月までに、会議が1回開かれました。")
    assert "前年度" not in "".join(sentences)


def test_a_council_still_preparing() -> None:
    rows: Rows = {
        "councils": [_council(seminar_on=date(2025, 7, 1))],
        "meetings": [MARCH | {"kind": "preparatory"}],
    }
    assert summary(_facts(rows)) == [
        "舟渡地域では、年度末現在、支え合い会議の設置に向けた準備が進められています。",
        "令和7年度は、セミナーと準備会が合わせて1回開かれました。",
    ]


def test_a_suspended_council() -> None:
    rows: Rows = {
        "councils": [SET_UP | {"suspended_on": date(2025, 10, 1)}],
        "meetings": [MARCH | {"held_on": date(2025, 4, 8)}, MARCH | {"area_code": "11"}],
    }
    assert "年度末現在、休止しています" in summary(_facts(rows))[0]


def test_a_place_withoutfew_records() -> None:
    rows: Rows = {"meetings": [MARCH | {"area_code": "11"}]}
    assert summary(_facts(rows)) == ["舟渡地域には、令和7年度の記録がありません。"]


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (842_310, "使わなかった357,690円は返還します。"),
        (1_200_000, "残額はありません。"),
        (1_236_000, "交付額を36,000円上回り、その分は会議の負担です。"),
        (0, "支出がありませんでした。"),
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
