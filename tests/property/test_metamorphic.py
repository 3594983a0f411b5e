"""Workbooks changed in ways that change no record: the same records, or set aside and said.

A failing case names its seed and the fewest changes that fail: ``Case(17, ("notes",)).changed()``
makes its workbook again, and ``outcome_of`` tells what is missing and what is new.
"""

from collections import Counter

import pytest

from tests.metamorphic.changes import CHANGES
from tests.metamorphic.outcomes import OTHER_AREA, case_of, outcome_of, smallest

CASES, BY_DAY, STEP = 1_000, 100, 10
# Seeds whose silent difference is a known defect that is still to be mended; none may be added.
KNOWN = {
    *(1, 53, 58, 70, 79, 81, 93, 128, 135, 141, 145, 159, 162, 165, 195, 198),
    *(199, 211, 212, 221, 224, 227, 228, 230, 232, 245, 256, 272, 276, 279, 280, 293),
    *(299, 311, 323, 324, 332, 339, 350, 354, 367, 372, 378, 385, 386, 389, 397, 408),
    *(414, 423, 477, 481, 490, 494, 496, 497, 498, 517, 546, 558, 576, 600, 615, 635),
    *(649, 664, 677, 687, 695, 696, 704, 721, 725, 734, 736, 748, 767, 776, 785, 794),
    *(808, 814),
}
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
    assert [case for case, _ in failed if case.seed not in KNOWN] == [], failed


def test_every_change_has_cases() -> None:
    changes = Counter(name for seed in range(BY_DAY) for name in case_of(seed).changes)
    assert set(changes) == {*CHANGES, OTHER_AREA}
    assert min(changes.values()) >= 5
