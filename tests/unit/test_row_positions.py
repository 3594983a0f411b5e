"""Positions of rows, compared with those that plain loops find."""

from collections import defaultdict

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from aip_analysis.records import NOWHERE, positions, rows_at

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["area-01", "area-02", "ward", "地域", None]),
        st.sampled_from([2022, 2023, 2025, None]),
    ),
    max_size=30,
)


@given(ROWS)
def test_positions_are_those_that_a_loop_finds(rows: list[tuple[str | None, int | None]]) -> None:
    table = pd.DataFrame(rows, columns=["place", "year"]).astype({"place": "str", "year": "Int64"})
    expected: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, (place, year) in enumerate(rows):
        if place is not None and year is not None:
            expected[place, year].append(row)
    by_key = positions(table, ["place", "year"])
    assert {key: list(where) for key, where in by_key.items()} == expected
    assert list(by_key) == sorted(expected)
    assert len(by_key) == len(expected)
    for where in (*by_key.values(), NOWHERE):
        assert rows_at(table, where).index.tolist() == where.tolist()


@pytest.mark.parametrize("dtype", ["Int64", "int64", "object"])
def test_what_is_not_there_is_nowhere(dtype: str) -> None:
    table = pd.DataFrame({"place": ["b", "a", "b"], "year": [2025, 2025, 2024]})
    by_key = positions(table.astype({"year": dtype}), ["place", "year"])
    assert list(by_key["b", 2025]) == [0]
    for key in (("a", 2024), ("c", 2025), ("b", 2026), ("b", 1)):
        assert key not in by_key
        assert by_key.get(key, NOWHERE) is NOWHERE
    empty = positions(table.iloc[:0].astype({"year": dtype}), ["place", "year"])
    assert not empty
    assert empty.get(("b", 2025), np.array([])).size == 0
