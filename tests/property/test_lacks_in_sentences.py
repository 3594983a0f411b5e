"""What is suppressed, blank, set aside or absent is never told as if it were a figure.

Every input of a small set of records is taken away, one at a time and in pairs. A sentence that
reads differently after that must say that something is missing, and no question may appear that
was not asked before.
"""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.narrative import (
    Facts,
    activities_sentences,
    council_sentences,
    ideas_sentences,
    meetings_sentences,
    money_sentences,
    place_sentences,
    questions,
    remarks,
    summary,
)
from aip_analysis.records import PROBLEM_COLUMNS
from aip_analysis.reference import load_ward
from tests.records import Rows, make_records
from tests.sentences import faults

questions_of = import_module("aip_analysis.narrative.questions")
pytestmark = pytest.mark.slow
FEW = settings(max_examples=settings().max_examples // 8)
WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
MAKERS: tuple[Callable[[Facts], list[str]], ...] = (
    *(summary, remarks, place_sentences, council_sentences, meetings_sentences),
    *(activities_sentences, ideas_sentences, money_sentences),
)
FUNADO = WARD.places["area-12"]
# Words of which a sentence on incomplete records has one.
SAID: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        "伏せ|記録が|記録は|記録に欠け|記録のある分|記録なし|空欄|保留|わかりません|確かではありません"
    ),
    "en": re.compile("withheld|recorded|on record|blank|set aside|not known|[Nn]o records|records"),
}
# Zero of anything: the records have at least one of everything.
ZERO: dict[Language, str] = {
    "ja": r"(?<![\d,.])0(?:\.0+)?(?:人|回|件|円|か所|％|か月)",
    "en": r"(?<![\d,.])0(?:\.0+)?(?:%| (?!m\b)[a-z])",
}
# Follows a sentence on the same meetings.
LISTED = re.compile("出席の内訳|Attendance by kind")
AS_RECORDED: dict[Language, str] = {"ja": "記録のある分で", "en": "as far as recorded"}
# Questions that only fill up, where those that figures raise are few.
FILLING: dict[Language, str] = {
    "ja": "65歳以上は|この年度に行われた活動は|会議の構成員は",
    "en": r"[\d,]+ residents are aged|\d+ activit|The council has",
}


def _year(year: int, more: int) -> Rows:
    """Return the records of a fiscal year, with a little more of everything in a later one."""
    first = {"fiscal_year": year}
    people = {"members_present": 9 + more, "supporters_present": 3 + more, "others_present": 2}
    months = [date(year + (month < 4), month, 3) for month in (4, 5, 7, 9, 11, 1, 3)]
    meetings = [
        first | people | {"kind": "regular", "held_on": day, "priority_field": "4"}
        for day in months
    ]
    line = first | {"booked_on": date(year, 5, 1), "purpose": "project", "category": "events"}
    return {
        "councils": [first | {"council_name": "会議", "established_on": date(2018, 5, 8)}],
        "members": [
            first | {"organisation_type": kind, "members": 7 + more} for kind in ("npo", "shops")
        ],
        "meetings": meetings,
        "activities": [
            first | {"activity_id": "1", "name": "体操", "kind": "exercise", "frequency": "weekly"}
        ],
        "activity_months": [
            first
            | {"activity_id": "1", "month": day.replace(day=1), "sessions": 3, "people": 8}
            | {"attendances": 20 + more}
            for day in _months(year)
        ],
        "ideas": [first | {"theme": "見本", "status": "considering"}] * (1 + more),
        "goals": [first | {"text": "見本", "status": "open"}],
        "ledger": [
            line | {"direction": "income", "category": "grant", "amount_yen": 900_000},
            line | {"direction": "expense", "amount_yen": 300_000 + more},
            line | {"direction": "expense", "amount_yen": 200_000, "purpose": "running"},
        ],
        "population": [
            first
            | {"as_of": date(year, 4, 1), "population": 5000, "population_65plus": 1200}
            | {"households": 2500}
        ],
    }


def _months(year: int) -> list[date]:
    return [date(year + (month < 4), month, 1) for month in (*range(4, 13), 1, 2, 3)]


BEFORE, NOW = _year(2024, 0), _year(2025, 1)
COLUMNS = [
    *(("meetings", name) for name in ("members_present", "supporters_present", "others_present")),
    *(("activity_months", name) for name in ("sessions", "attendances", "people")),
    ("members", "members"),
]
OWN = ("meetings", "activity_months", "ideas", "ledger", "members")
Change = tuple[str, str, str]
# A kind of change, a table, and one of its columns.
CHANGES: list[Change] = [
    *((kind, table, column) for kind in ("suppressed", "blank", "all suppressed", "all blank")
      for table, column in COLUMNS if (kind[-5:], table) != ("blank", "members")),
    *((kind, table, "") for kind in ("held", "absent") for table in OWN),
]  # fmt: skip


def _hide(rows: Rows, table: str, column: str, *, whole: bool, mark: str) -> None:
    for row in rows[table] if whole else rows[table][:1]:
        row[column] = None
        if mark:
            row["marks"] = ";".join(filter(None, [row.get("marks", ""), f"{column}={mark}"]))


def _figures(changes: Sequence[Change]) -> RecordedFigures:
    """Return the figures of both years after some changes to the records of the later one."""
    rows, problems = copy.deepcopy(NOW), []
    for kind, table, column in changes:
        if kind == "absent":
            rows[table] = []
        elif kind == "held":
            rows[table] = rows[table][:-1]
            problem = dict.fromkeys(PROBLEM_COLUMNS, "") | {"row": 5, "rows": 1, "skipped": 0}
            problems.append(problem | {"table": table, "area_code": "12", "fiscal_year": 2025})
        else:
            mark = "suppressed" if kind.endswith("suppressed") else ""
            _hide(rows, table, column, whole=kind.startswith("all"), mark=mark)
    both = {name: [*BEFORE[name], *rows[name]] for name in rows}
    set_aside = pd.DataFrame(problems, columns=PROBLEM_COLUMNS)
    return RecordedFigures(Figures(replace(make_records(both), set_aside=set_aside), WARD))


def _told(facts: Facts) -> list[tuple[str, str]]:
    """Return the sentences on the place, and before each what the same function said before it.

    The words that a leading sentence begins with are left out.
    """
    name = re.escape(WARD.label(FUNADO, facts.language))
    leading = re.compile(f"^(?:{name}では、|In {name}, )")
    pairs = []
    for make in MAKERS:
        before = ""
        for sentence in make(facts):
            text = leading.sub("", sentence)
            pairs.append((before, text[:1].upper() + text[1:]))
            before = sentence
    return pairs


def _asked(facts: Facts) -> list[str]:
    """Return all questions, also those that there is no room for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions_of, "MOST", 99)
        return questions(facts)


@cache
def _whole(language: Language) -> Facts:
    return Facts(_figures([]), FUNADO, 2025, language)


def _unsaid(changes: Sequence[Change]) -> list[str]:
    figures = _figures(changes)
    facts = [Facts(figures, FUNADO, 2025, language) for language in LANGUAGES]
    return [one for told in facts for one in _unsaid_in(told, _whole(told.language))]


def _unsaid_in(facts: Facts, whole: Facts) -> list[str]:
    """Return the sentences that changed without a word on what is missing, and other faults."""
    known, said = {sentence for _, sentence in _told(whole)}, SAID[facts.language]
    told = _told(facts)
    unsaid = [
        one
        for before, one in told
        if one not in known
        and not said.search(one)
        and not (LISTED.match(one) and said.search(before))
    ]
    zeros = [one for _, one in told if re.search(ZERO[facts.language], one)]
    excused = re.compile(f"{FILLING[facts.language]}|.*{AS_RECORDED[facts.language]}")
    asked = set(_asked(facts)) - set(_asked(whole))
    new = [one for one in asked if not excused.match(one)]
    broken = [one for _, one in told if faults(one, facts.language)]
    return [*unsaid, *zeros, *new, *broken]


def test_records_of_which_nothing_is_missing_are_told_without_such_words() -> None:
    for language in LANGUAGES:
        missing = re.compile("保留|伏せ|欠け|空欄|set aside|withheld|incomplete|blank")
        assert not [one for _, one in _told(_whole(language)) if missing.search(one)]


@pytest.mark.parametrize("change", CHANGES, ids=" ".join)
def test_a_missing_input_is_told_in_every_sentence_that_it_changes(change: Change) -> None:
    assert _unsaid([change]) == []


@FEW
@given(st.lists(st.sampled_from(CHANGES), min_size=2, max_size=2, unique_by=lambda one: one[1:]))
def test_two_missing_inputs_are_told(changes: list[Change]) -> None:
    assert _unsaid(changes) == []
