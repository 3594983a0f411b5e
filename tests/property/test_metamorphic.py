"""Workbooks changed in ways that change no record: the same records, or set aside and said.

A failing case names its seed and the fewest changes that fail: ``Case(17, ("notes",)).changed()``
makes its workbook again, and ``outcome_of`` tells what is missing and what is new.
"""

from collections import Counter

import pytest

from tests.metamorphic.changes import CHANGES
from tests.metamorphic.outcomes import OTHER_AREA, case_of, outcome_of, smallest

CASES, BY_DAY, STEP = 1_000, 10, 10
PARTS = [
    pytest.param(
        range(start, start + STEP),
        id=f"{start}",
        marks=[] if start < BY_DAY else [pytest.mark.night],
    )
    for start in range(0, CASES, STEP)
]


@pytest.mark.slow
@pytest.mark.parametrize("seeds", PARTS)
def test_no_record_changes_without_a_word(seeds: range) -> None:
    failed = []
    for seed in seeds:
        case = case_of(seed)
        if outcome_of(case).kind in {"silent", "fault"}:
            fewest = smallest(case)
            failed.append((fewest, outcome_of(fewest)))
    assert failed == []


def test_every_change_has_cases() -> None:
    changes = Counter(name for seed in range(CASES) for name in case_of(seed).changes)
    assert set(changes) == {*CHANGES, OTHER_AREA}
    assert min(changes.values()) >= 5
