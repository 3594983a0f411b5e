"""Any table with names of places, as values by place."""

import pandas as pd
import pytest

from aip_analysis.errors import UsageError
from aip_analysis.reference import Ward
from aip_analysis.workbench.lists.place_frame import PlaceValues, by_place
from aip_analysis.workbench.names.typed_names import Names
from tests.records import make_records


@pytest.fixture(scope="module")
def names(ward: Ward) -> Names:
    return Names(ward, make_records({}), "ja")


def known(values: PlaceValues) -> dict[str, float]:
    found = values.values.dropna()  # noqa: PD011 -- not those of a Series
    return {str(key): float(value) for key, value in found.items()}


def test_names_in_any_spelling_are_places_and_the_others_are_missing(names: Names) -> None:
    values = by_place(pd.Series({"舟渡": 1, "とくまる": 2.5, "area-03": 0}), names)
    assert (values.level, values.name) == ("area", None)
    assert known(values) == {"area-03": 0, "area-12": 1, "area-17": 2.5}
    assert len(values.values) == 18
    assert len(values.missing) == 15


def test_a_name_of_areas_and_blocks_is_what_the_other_rows_are(names: Names) -> None:
    blocks = pd.Series(
        [1, 2, 3, 4, 10], index=["板橋", "上板橋", "志村", "赤塚", "合計"], name="件"
    )
    values = by_place(blocks, names)
    assert (values.level, values.name, values.left_out) == ("block", "件", ("合計",))
    assert known(values) == {"block-1": 1, "block-2": 2, "block-3": 3, "block-4": 4}
    areas = by_place(blocks.rename({"上板橋": "熊野", "志村": "仲宿", "赤塚": "舟渡"}), names)
    assert known(areas) == {"area-01": 1, "area-02": 2, "area-03": 3, "area-12": 4}


def test_subtotals_and_the_ward_are_left_out_and_told(names: Names) -> None:
    frame = pd.DataFrame(
        {
            "ブロック": ["板橋", None, None, "志村", None],
            "地区": ["板橋", "熊野地区", "板橋ブロック", "舟渡", "板橋区"],
            "件数": [1, 2, 3, 4, 7],
        }
    )
    values = by_place(frame, names)
    assert known(values) == {"area-01": 1, "area-02": 2, "area-12": 4}
    assert values.left_out == ("板橋ブロック", "板橋区")
    assert known(by_place(pd.Series({"区全体": 7}), names)) == {"ward": 7}
    frame.loc[4, "地区"] = None
    assert by_place(frame, names).left_out == ("板橋ブロック", "（名前のない行）")


def test_codes_are_places_only_where_the_column_says_so(names: Names) -> None:
    codes = pd.DataFrame({"area_code": ["01", "12"], "件数": [1, 2]})
    assert known(by_place(codes, names)) == {"area-01": 1, "area-12": 2}
    assert known(by_place(codes.set_index("area_code"), names)) == {"area-01": 1, "area-12": 2}
    with pytest.raises(UsageError, match="板橋"):
        by_place(codes.rename(columns={"area_code": "番号"}), names)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ({"地域": ["板橋", "熊野", "どこか"], "件数": [1, 2, 3]}, "3行目"),
        ({"地域": ["板橋", "熊野", "いたばし"], "件数": [1, 2, 3]}, "板橋（1・3行目）"),
        ({"地域": ["板橋", "熊野"], "件数": [1, 2], "人数": [3, 4]}, "件数、人数"),
        ({"地域": ["板橋", "熊野"], "件数": ["多", "少"]}, "数の列"),
    ],
)
def test_what_is_not_clear_is_said(names: Names, frame: dict[str, list[object]], told: str) -> None:
    with pytest.raises(UsageError) as error:
        by_place(pd.DataFrame(frame), names)
    assert told in error.value.sentence("ja")


def test_a_value_that_is_no_number_names_its_row(names: Names) -> None:
    frame = pd.DataFrame({"地域": ["板橋", "熊野"], "件数": [1, "x"]})
    with pytest.raises(UsageError) as error:
        by_place(frame, names, "件数")
    assert "2行目「x」" in error.value.sentence("ja")


def test_the_tidy_table_of_a_measure_needs_no_column_named(names: Names) -> None:
    frame = pd.DataFrame(
        {
            "place_code": ["area-12", "area-17"],
            "place": ["舟渡", "徳丸"],
            "block": ["志村", "赤塚"],
            "fiscal_year": [2025, 2025],
            "measure": ["meetings", "meetings"],
            "value": [11, pd.NA],
            "unit": ["回", "回"],
        }
    )
    values = by_place(frame, names)
    assert known(values) == {"area-12": 11}
    assert "area-17" in {place.key for place in values.missing}
