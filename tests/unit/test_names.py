"""Names as people type them: found, or answered with the right one; none is taken for another."""

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from aip_analysis.errors import AipError, NothingToDoError, UsageError
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward, load_ward
from aip_analysis.report import Page
from aip_analysis.workbench import Workbench
from aip_analysis.workbench.names.typed_names import Names
from tests.home import Home
from tests.typed_names import NO_NAMES, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable

# Of a hundred variants, so many are found or answered with the right name first.
AT_LEAST = 95


@pytest.fixture(scope="module")
def names(built: Home) -> Names:
    figures = Figures(load_records(built.processed), load_ward(built.reference))
    return Names(figures.ward, figures.records, "ja")


def meant(names: Names, asked: str, typed: str | int) -> object:
    """Return the code, the key or the years of what was typed."""
    if asked in names.ward.vocabularies:
        return names.term(asked, typed)
    ways: dict[str, Callable[[], object]] = {
        "place": lambda: names.place(typed).key,
        "years": lambda: names.years(typed),
        "measure": lambda: names.measure(typed).code,
        "level": lambda: names.level(typed),
        "table": lambda: names.table(typed),
    }
    return ways[asked]() if asked in ways else names.column(asked, typed)


def name_of(ward: Ward, asked: str, right: object) -> str:
    """Return how a message would name what is right."""
    if asked == "place":
        return ward.label(ward.places[str(right)], "ja")
    if asked == "measure":
        return ward.codebook[str(right)].ja
    if asked in ward.vocabularies:
        return ward.vocabularies[asked].labels("ja")[str(right)]
    return str(right)


def test_there_are_a_hundred_variants() -> None:
    assert len(VARIANTS) == 100


def test_what_people_type_is_found_or_answered_with_the_right_name(names: Names) -> None:
    right_ones, failed = 0, []
    for asked, typed, right in VARIANTS:
        try:
            result = meant(names, asked, typed)
        except AipError as error:
            said = error.sentence("ja")
            named = said.split("」", 1)[1]
            if name_of(names.ward, asked, right) in named.split("か「")[0]:
                right_ones += 1
            else:
                failed.append((asked, typed, said))
        else:
            # Nothing is ever taken for something else.
            assert result == right, (asked, typed)
            right_ones += 1
    assert right_ones >= AT_LEAST, failed


@pytest.mark.parametrize(("asked", "typed"), NO_NAMES)
def test_what_is_no_name_has_an_error_and_no_result(
    names: Names, asked: str, typed: str | int
) -> None:
    with pytest.raises((UsageError, NothingToDoError)):
        meant(names, asked, typed)


def test_an_area_is_meant_where_a_block_has_its_name(names: Names) -> None:
    assert names.place("板橋").key == "area-01"
    assert names.place("板橋ブロック").key == "block-1"
    assert names.place_of("block", "板橋").key == "block-1"


def test_a_year_without_records_names_the_years_on_record(names: Names) -> None:
    with pytest.raises(NothingToDoError, match="2022、2023、2024、2025、2026"):
        names.years(2030)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        (slice(2023, "令和7年度"), [2023, 2024, 2025]),
        (slice("R6", None), [2024, 2025, 2026]),
        (range(2022, 2024), [2022, 2023]),
        ([2026, "R6"], [2024, 2026]),
        ("2025-2023", [2023, 2024, 2025]),
        ("2020〜2022年度", [2022]),
        ("令和5年度から令和6年度まで", [2023, 2024]),
        (pd.Series([2025.0, None]).max(), [2025]),
        (pd.Series([2024, 2025]).max(), [2025]),
    ],
)
def test_years_are_also_ranges_and_numbers_of_tables(
    names: Names, typed: str, years: list[int]
) -> None:
    assert names.years(typed) == years


@pytest.mark.parametrize("typed", [slice(None, 2020), slice(2027, None), "2030-2040", "平成30年度"])
def test_a_range_without_a_year_on_record_is_an_error(names: Names, typed: str) -> None:
    with pytest.raises(NothingToDoError):
        names.years(typed)


@pytest.mark.parametrize("typed", [slice("x", 2025), "2023-2025"])
def test_one_year_is_no_range_and_no_other_text(names: Names, typed: str) -> None:
    with pytest.raises(UsageError):
        names.year(typed)


def test_a_part_of_a_name_is_taken_if_it_is_much_of_one_only(names: Names) -> None:
    assert names.measure("執行").code == "execution_rate"
    # Two letters of a long name are too little, and 参加率 is a part of two names.
    with pytest.raises(UsageError, match="割合（推計）」（share_far_65plus）のことでしょうか"):
        names.measure("割合")
    with pytest.raises(UsageError, match=r"「週1回.*（f1）か「月1回.*（f4）などから"):
        names.measure("参加率")


def test_a_place_of_another_level_is_told(names: Names) -> None:
    with pytest.raises(UsageError, match="志村ブロック（仮）のことなら、area= ではなく block="):
        names.place_of("area", "志村ブロック")


def test_a_measure_of_ones_own_is_found_first(names: Names) -> None:
    own = dataclasses.replace(names.measure("会議"), code="own", ja="出席", en="Own", readings=())
    assert dataclasses.replace(names, own=[own]).measure("出席").code == "own"
    assert names.measure("出席").code == "attendance"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("taisou", ["体操"]),
        ("舟渡", ["舟渡地域"]),
        ("R7", ["令和7年度"]),
        ("すいとうちょう", ["出納帳"]),
        ("Blocks", ["ブロック"]),
        # A name goes before names of which it is a part.
        ("予算", ["予算額", "予算", "予算額"]),
    ],
)
def test_each_line_of_what_a_word_may_mean_can_be_run(
    names: Names, word: str, found: list[str]
) -> None:
    wb = Workbench(Figures(names.records, names.ward))
    rows = wb.find(word)
    assert rows["name"].tolist() == found
    for line in rows["use"]:
        call = line if line.startswith("wb.") else f"wb.measures('meetings', {line})"
        result = eval(call, {"wb": wb})  # noqa: S307 -- the line is the program's own
        assert isinstance(result, Page) or len(result)


def test_a_word_that_means_nothing_is_answered_with_what_is_near(names: Names) -> None:
    wb = Workbench(Figures(names.records, names.ward))
    with pytest.raises(UsageError, match="見つかりません。「出納帳」（ledger）か"):
        wb.find("出納張")
    with pytest.raises(UsageError, match=r"wb\.codebook"):
        wb.find("ぼうさい")
