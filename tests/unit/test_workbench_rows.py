"""The rows behind a figure, as an analyst asks for them."""

import pytest

from aip_analysis.errors import UsageError
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import Home


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return Workbench(Figures(load_records(built.processed), load_ward(built.reference)))


def test_rows_say_what_they_add_and_where_they_stand(wb: Workbench) -> None:
    rows = wb.rows_behind("attendance", "仲町", 2025)
    # Eleven meetings; at one of them all three numbers are suppressed.
    assert len(rows) == 11
    assert rows["value"].sum() == 139
    assert rows["lack"].tolist().count("伏せ字") == 1
    assert set(rows["area"]) == {"仲町"}
    assert rows["file"].str.startswith("2025/04仲町").all()
    assert rows["row"].is_unique


def test_rows_set_aside_stand_at_the_end(wb: Workbench) -> None:
    rows = wb.rows_behind("meetings", area="熊野", year=2025)
    assert rows["value"].sum() == 10
    assert rows["lack"].tolist() == [""] * 10 + ["保留"]


def test_a_rate_has_the_rows_of_both_its_parts(wb: Workbench) -> None:
    rows = wb.rows_behind("f4", block="志村", year=2025)
    assert set(rows["part"]) == {"分子", "分母"}
    residents = rows[rows["part"] == "分母"]
    assert len(residents) == len(wb.ward.areas_of(wb.ward.place_named("block", "志村")))


def test_what_is_asked_for_wrongly_is_said(wb: Workbench) -> None:
    with pytest.raises(UsageError):
        wb.rows_behind("no_such_measure")
    with pytest.raises(UsageError):
        wb.rows_behind("meetings", area="舟渡", block="志村")
