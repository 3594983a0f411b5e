"""Names as people type them: found, or answered with the right one; none is taken for another."""

from typing import TYPE_CHECKING

import pytest

from aip_analysis.errors import AipError, NothingToDoError, UsageError
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward, load_ward
from aip_analysis.workbench.names import Names
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
