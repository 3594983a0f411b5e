"""Whatever the figures are, no sentence breaks."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aip_analysis.measures import Figures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.narrative import (
    Facts,
    activities_sentences,
    council_sentences,
    distance_sentences,
    ideas_sentences,
    meetings_sentences,
    money_sentences,
    notes,
    place_sentences,
    summary,
)
from aip_analysis.ward import load_ward
from tests.few_records import Rows, few_records

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]
FAULTY = re.compile(r"nan|None|NaN|-0|−|\{|\}|（）|\(\)|はは|がが|をを|、、|。。|  ")
MARCH = {"kind": "regular", "held_on": date(2026, 3, 10)}


def _facts(rows: Rows, language: Language) -> Facts:
    return Facts(Figures(few_records(rows), WARD), FUNADO, 2025, language)


def _council(**days: date) -> dict[str, Any]:
    return {"council_name": "見本会議"} | days


SET_UP = _council(established_on=date(2018, 5, 8))


def _line(direction: str, category: str, yen: int) -> dict[str, Any]:
    return {
        "booked_on": date(2025, 5, 1),
        "direction": direction,
        "purpose": "project",
        "category": category,
        "amount_yen": yen,
    }


def _all(facts: Facts) -> Iterator[str]:
    for say in (
        *(summary, place_sentences, council_sentences, meetings_sentences),
        *(activities_sentences, distance_sentences, ideas_sentences, money_sentences, notes),
    ):
        yield from say(facts)


counts = st.one_of(st.none(), st.integers(min_value=0, max_value=10**9))


@settings(max_examples=25, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    day=st.sampled_from([date(2025, 4, 30), date(2025, 10, 7), date(2026, 3, 10)]),
    council=st.sampled_from(
        [None, SET_UP, _council(), _council(seminar_on=date(2025, 5, 1)),
         SET_UP | {"suspended_on": date(2025, 4, 1)}]
    ),
    present=counts,
    residents=counts,
    yen=st.integers(min_value=-(10**9), max_value=10**9),
)  # fmt: skip
def test_no_figure_breaks_a_sentence(
    language: Language,
    day: date,
    council: dict[str, Any] | None,
    present: int | None,
    residents: int | None,
    yen: int,
) -> None:
    rows: Rows = {
        "councils": [council] if council else [],
        "meetings": [MARCH | {"held_on": day, "members_present": present}],
        "ledger": [_line("expense", "events", yen), _line("income", "grant", abs(yen))],
        "population": [
            {
                "as_of": date(2025, 4, 1),
                "population": residents or 0,
                "population_65plus": residents,
            }
        ],
    }
    for sentence in _all(_facts(rows, language)):
        # △ is for tables; a negative amount in a sentence keeps its sign in front of its digits.
        assert not FAULTY.search(sentence.replace("-0", "") if yen < 0 else sentence), sentence


# In the middle of 舟渡, beyond the ward, and not recorded.
spots = st.sampled_from([(139.6885, 35.7905), (139.71, 35.74), (None, 35.79)])


@settings(max_examples=25, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    day=st.sampled_from([date(2025, 10, 7), date(2026, 3, 10)]),
    residents=counts,
    places=st.lists(spots, max_size=3),
)
def test_no_place_breaks_a_sentence(
    language: Language,
    day: date,
    residents: int | None,
    places: list[tuple[float | None, float]],
) -> None:
    salon = {"name": "見本サロン", "kind": "salon", "frequency": "monthly"}
    people = {"as_of": date(2025, 4, 1), "population": 10**9, "population_65plus": residents}
    rows: Rows = {
        "meetings": [MARCH | {"held_on": day}],
        "activities": [
            salon | {"activity_id": str(number), "lon": lon, "lat": lat}
            for number, (lon, lat) in enumerate(places)
        ],
        "activity_months": [
            {"activity_id": str(number), "month": date(2025, 4, 1), "sessions": 1}
            for number in range(len(places))
        ],
        "population": [people],
    }
    facts = _facts(rows, language)
    said = distance_sentences(facts)
    assert bool(said) == bool(places) or residents in {None, 0}
    for sentence in (*said, *_all(facts)):
        assert not FAULTY.search(sentence), sentence
