"""Sentences are well-formed whatever the figures are."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.measures.figure import LACKS, Figure, Lack, State, rate
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.narrative import Facts, distance_sentences
from aip_analysis.records import PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES, Records
from aip_analysis.reference import Place, load_ward
from tests.records import Rows, make_records
from tests.sentences import faults, narrative_functions, told

# A case takes a second; those of other properties take a hundredth.
FEW = settings(max_examples=settings().max_examples // 8)
WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]
MARCH = {"kind": "regular", "held_on": date(2026, 3, 10)}
LAST_MEETING = st.sampled_from([date(2025, 4, 30), date(2025, 10, 7), date(2026, 3, 10)])


def _council(**days: date) -> dict[str, Any]:
    return {"council_name": "見本会議"} | days


SET_UP = _council(established_on=date(2018, 5, 8))
COUNCILS = st.sampled_from(
    [
        None,
        SET_UP,
        _council(),
        _council(seminar_on=date(2025, 5, 1)),
        _council(established_on=date(2025, 9, 12)),
        SET_UP | {"suspended_on": date(2025, 4, 1)},
        SET_UP | {"suspended_on": date(2024, 10, 1), "resumed_on": date(2025, 7, 1)},
    ]
)


def _line(direction: str, category: str, yen: int) -> dict[str, Any]:
    return {
        "booked_on": date(2025, 5, 1),
        "direction": direction,
        "purpose": "project",
        "category": category,
        "amount_yen": yen,
    }


def _broken(facts: Facts) -> list[str]:
    """Return the faults of all sentences about a place, with the sentences."""
    messages = []
    for name, sentence in told(facts):
        messages += [f"{fault}: {name}: {sentence}" for fault in faults(sentence, facts.language)]
    return messages


def test_every_maker_of_sentences_is_found() -> None:
    modules = {name.split(".")[0] for name in narrative_functions()}
    assert {"summary", "sections", "distance", "notes", "joint_meetings"} <= modules


counts = st.one_of(st.none(), st.integers(min_value=0, max_value=10**9))


@FEW
@given(
    language=st.sampled_from(LANGUAGES),
    day=LAST_MEETING,
    council=COUNCILS,
    present=counts,
    residents=counts,
    yen=st.integers(min_value=-(10**9), max_value=10**9),
)
def test_no_record_breaks_a_sentence(
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
    facts = Facts(RecordedFigures(Figures(make_records(rows), WARD)), FUNADO, 2025, language)
    assert _broken(facts) == []


# In the middle of 舟渡, outside of the ward, and not recorded.
spots = st.sampled_from([(139.6885, 35.7905), (139.71, 35.74), (None, 35.79)])


@FEW
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
    facts = Facts(RecordedFigures(Figures(make_records(rows), WARD)), FUNADO, 2025, language)
    sentences = distance_sentences(facts)
    assert bool(sentences) == bool(places) or residents in {None, 0}
    assert _broken(facts) == []


# Values for figures, used in turn: counts, and sums of money that may be negative.
COUNTS = [0, 1, 2, 9, 10, 999, 1000, 1234567, 10**12]
SIGNED = {"spending", "spending_running", "spending_project", "grant", "other_income"}
TURNS = st.integers(min_value=0, max_value=2 * len(COUNTS) - 1)
COUNTED = sorted(measure.code for measure in WARD.codebook if not measure.is_rate)
# Why a count may have no value, and what a value may leave out.
STATES: tuple[State, ...] = ("suppressed", "not_yet", "suspended", "not_kept")


@dataclass(frozen=True)
class Given:
    """The figures of a year: a value for all, others for some, what they lack, and the missing."""

    for_all: int
    for_some: dict[str, int]
    unknown: dict[str, State]
    lacks: dict[str, dict[Lack, int]]

    def figure(self, code: str) -> Figure:
        if code not in WARD.codebook.codes:
            # Questions count some figures of their own, which are not in the codebook.
            return Figure(None, "not_kept")
        measure = WARD.codebook[code]
        if measure.is_rate:
            above, below = self.figure(measure.numerator), self.figure(measure.denominator)
            known = above.value is not None and below.value
            factor = 100 if measure.unit == "percent" else 1
            value = factor * (above.value or 0) / (below.value or 1) if known else None
            return rate(value if value is None or value >= 0 else None, above, below)
        if code in self.unknown:
            return Figure(None, self.unknown[code])
        turn = self.for_some.get(code, self.for_all)
        value = float(COUNTS[turn % len(COUNTS)])
        value = -value if code in SIGNED and turn >= len(COUNTS) else value
        lacks = self.lacks.get(code, {})
        if not lacks:
            return Figure.of(value)
        return Figure(value, "known", tuple(sorted(lacks.items())), low=value)


GIVEN = st.builds(
    Given,
    TURNS,
    st.dictionaries(st.sampled_from(COUNTED), TURNS, max_size=12),
    st.dictionaries(st.sampled_from(COUNTED), st.sampled_from(STATES), max_size=4),
    st.dictionaries(
        st.sampled_from(COUNTED),
        st.dictionaries(st.sampled_from(LACKS), st.sampled_from([1, 2, 12]), min_size=1),
        max_size=8,
    ),
)


def _figures_with(records: Records, years: dict[int, Given]) -> Figures:
    """Return figures with the given values by year, for places that have records."""
    figures = Figures(records, WARD)

    def figure(place: Place, fiscal_year: int, measure: str) -> Figure:
        if not figures.has(place, fiscal_year) or fiscal_year not in years:
            return Figure(None, "unrecorded")
        return years[fiscal_year].figure(measure)

    def value(place: Place, fiscal_year: int, measure: str) -> float | None:
        return figure(place, fiscal_year, measure).value

    object.__setattr__(figures, "figure", figure)
    object.__setattr__(figures, "value", value)
    return figures


@st.composite
def _records(draw: st.DrawFn) -> Records:
    """Return drawn records: council, meetings, the year before, joint meetings, rows set aside."""
    meetings = [MARCH | {"held_on": draw(LAST_MEETING)}]
    if draw(st.booleans()):
        meetings.append(MARCH | {"fiscal_year": 2024, "held_on": date(2025, 3, 11)})
    kinds = ["joint_training", "liaison", "liaison"][: draw(st.integers(0, 3))]
    meetings += [
        {"kind": kind, "held_on": date(2025, 4, 1 + turn), "topic": "見本"}
        for turn, kind in enumerate(kinds)
    ]
    council, aside = draw(COUNCILS), draw(st.sampled_from([0, 1, 2, 1200]))
    source = dict.fromkeys(SOURCE_COLUMNS, 0) | {"file": "f.xlsx", "rows_set_aside": aside}
    problem: dict[str, Any] = dict.fromkeys(PROBLEM_COLUMNS, "見本") | {
        "file": "f.xlsx",
        "row": 5,
        "severity": "set_aside",
    }
    problem |= {"table": draw(st.sampled_from(sorted(TABLES))), "area_code": "12"}
    problem |= {"fiscal_year": 2025, "rows": 1, "skipped": draw(st.integers(0, 1))}
    return replace(
        make_records({"councils": [council] if council else [], "meetings": meetings}),
        sources=pd.DataFrame([source]),
        set_aside=pd.DataFrame([problem] * aside, columns=PROBLEM_COLUMNS),
    )


@FEW
@given(
    records=_records(),
    key=st.sampled_from(["area-12", "area-11", "block-3", "ward"]),
    now=GIVEN,
    then=GIVEN,
)
def test_no_figure_breaks_a_sentence(records: Records, key: str, now: Given, then: Given) -> None:
    figures = _figures_with(records, {2025: now, 2024: then})
    for language in LANGUAGES:
        assert _broken(Facts(RecordedFigures(figures), WARD.places[key], 2025, language)) == []


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("会議がnan回開かれました。", "ja"),
        ("会議がNone回開かれました。", "ja"),
        ("月あたり—回です。", "ja"),
        ("差は-0.0です。", "ja"),
        ("会議（）が開かれました。", "ja"),
        ("会議はは開かれました。", "ja"),
        ("会議をを開きました。", "ja"),
        ("区の会議のの記録です。", "ja"),
        ("会議、、活動です。", "ja"),
        ("会議です。。", "ja"),
        ("会議 が開かれました。", "ja"),
        ("支出は1200円です。", "ja"),
        ("{meetings}開かれました。", "ja"),
        ("There were 1 meetings.", "en"),
        ("There were 1 meeting.", "en"),
        ("Of 9, 1 were by members.", "en"),
        ("Meetings: 3 , seats: 2.", "en"),
        ("Meetings: 3..", "en"),
        ("Spending: inf yen.", "en"),
        ("The amount is 12000 yen.", "en"),
        ("Meetings ().", "en"),
    ],
)
def test_faults_are_seen(sentence: str, language: Language) -> None:
    assert faults(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("令和7年度（2025年度）は、会議が1,200回開かれたものの、記録がありません。", "ja"),
        ("差は-10円、参加者は1,000人、高齢化率は0.0％です。", "ja"),
        ("In FY2025 meetings came to 1, with 1 attendance; in 2015-04 this was 1.0.", "en"),
        ("None of 21 meetings was held on 3 May 2025.", "en"),
    ],
)
def test_sound_sentences_pass(sentence: str, language: Language) -> None:
    assert faults(sentence, language) == []
