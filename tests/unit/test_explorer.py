"""The explorer: what it shows of a choice, what it offers, and the files that it writes."""

import re
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.charts import compared_places
from aip_analysis.errors import UsageError
from aip_analysis.reference import Place
from aip_analysis.workbench import Workbench, open_workbench
from aip_analysis.workbench.widgets.explorer import Explorer, with_keys
from tests.home import Home

AREAS, BLOCKS = 18, 4
AREA = "area-12"


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return open_workbench(built.folder)


@pytest.fixture
def explorer(wb: Workbench) -> Explorer:
    return wb.explore("会議", 2025)


def choose(explorer: Explorer, **more: str) -> dict[str, Any]:
    """Choose as the browser does, and return what it is shown then."""
    explorer.widget.chosen = {**explorer.widget.chosen, **more}
    seen: dict[str, Any] = explorer.widget.seen
    return seen


def options(explorer: Explorer, name: str) -> dict[str, str]:
    """Return the values of a list by their names."""
    (offer,) = (one for one in explorer.widget.offers if one["name"] == name)
    return {text: value for _group, own in offer["groups"] for text, value in own}


def meetings_of(wb: Workbench, place: Place, year: int) -> int:
    """Count meetings in the records themselves."""
    rows = wb.figures.records["meetings"]
    own = rows["area_code"].isin([area.code for area in wb.ward.areas_of(place)])
    counted = rows["kind"].isin(["regular", "extraordinary"])
    return int((own & counted & (rows["fiscal_year"] == year)).sum())


def test_the_four_views_follow_a_place(wb: Workbench, explorer: Explorer) -> None:
    seen = choose(explorer, place=AREA)
    area = wb.ward.places[AREA]
    own, block, ward = (
        meetings_of(wb, place, 2025) for place in (area, wb.ward.block_of(area), wb.ward.whole)
    )
    assert seen["sentence"] == (
        f"令和7年度の「会議」は、舟渡地域で{own}回です。"
        f"志村ブロック（仮）で{block}回、板橋区全体で{ward}回※です。"
    )
    assert len(re.findall(r'data-place="area-\d\d"', seen["map"])) == AREAS
    assert "舟渡地域" in seen["chart"]
    assert seen["code"] == (
        'wb.map("会議", 2025, area="舟渡")\nwb.line("会議", area="舟渡")\nwb.table("会議", 2025)'
    )
    assert dict(seen["places"])[AREA] == f"舟渡は{own}回"


@pytest.mark.parametrize(
    "more", [{}, {"since": "2023"}, {"level": "block"}, {"place": AREA, "view": "tiles"}]
)
def test_a_click_finds_the_place_that_is_drawn_there(
    wb: Workbench, explorer: Explorer, more: dict[str, str]
) -> None:
    choose(explorer, **more)
    shapes = with_keys(explorer.map, wb.ward.places_of(explorer.choice.level))["data"]
    named = [(one["meta"], one["text"]) for one in shapes if "meta" in one]
    assert len(named) == (BLOCKS if explorer.choice.level == "block" else AREAS)
    for key, hover in named:
        assert wb.ward.places[key].ja in hover.partition("<br>")[0]


def test_in_a_large_ward_the_map_has_the_places_near_the_chosen_one(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared_places, "MANY_AREAS", 5)
    assert wb.explore("会議").choice.level == "block"
    explorer = wb.explore("会議", area="舟渡")
    near = [area.key for area in wb.ward.areas_of(wb.ward.block_of(wb.ward.places[AREA]))]
    assert [key for key, _label in explorer.widget.seen["places"]] == near
    drawn = re.findall(r'data-place="([^"]+)"', explorer.widget.seen["map"])
    assert sorted(drawn) == sorted(near)


def test_a_sentence_says_what_is_left_out_and_why_there_is_nothing(wb: Workbench) -> None:
    assert "入っていない記録があります（保留1行）" in wb.explore("会議", 2025, area="熊野").sentence
    nothing = wb.explore("会議", 2025, area="中台").sentence
    assert nothing.startswith("令和7年度の「会議」は、中台地域の数値がありません（会議の設置前）。")
    compared = wb.explore("会議", 2025, since=2023, area="舟渡").sentence
    before = meetings_of(wb, wb.ward.places[AREA], 2023)
    assert f"令和5年度は{before}回でした。" in compared


@pytest.mark.parametrize(
    "more",
    [
        {"place": AREA},
        {"level": "block", "place": "block-2"},
        {"since": "2023", "view": "tiles"},
        {"measure": "f4", "year": "2026"},
    ],
)
def test_the_code_makes_what_is_seen(
    wb: Workbench, explorer: Explorer, more: dict[str, str]
) -> None:
    code = choose(explorer, **more)["code"]
    lines = [eval(line, {"wb": wb}) for line in code.splitlines()]  # noqa: S307 -- ours
    assert lines[0].to_plotly_json() == explorer.map.to_plotly_json()
    assert lines[1].to_plotly_json() == explorer.chart.to_plotly_json()
    assert lines[2].html() == explorer.widget.seen["table"]


def test_every_measure_and_place_can_be_chosen(built: Home) -> None:
    wb = open_workbench(built.folder)
    wb.define("集まり", "会議 + その他の会合[部会]", unit="回")
    explorer = wb.explore("集まり")
    measures = options(explorer, "measure")
    assert set(measures.values()) == {*wb.ward.codebook.codes, wb.own_measures[0].code}
    for code in measures.values():
        assert choose(explorer, measure=code)["map"].startswith("<svg")
    assert len(options(explorer, "place")) == AREAS + 1
    choose(explorer, level="block")
    assert len(options(explorer, "place")) == BLOCKS + 1


def test_what_does_not_go_with_a_choice_is_given_up(explorer: Explorer) -> None:
    assert list(options(explorer, "since")) == ["比べない", "令和6年度", "令和5年度", "令和4年度"]
    choose(explorer, since="2024", place=AREA, view="tiles")
    # 2024 is no longer before the chosen year, and there are no tiles of blocks.
    choose(explorer, year="2023", level="block")
    assert list(options(explorer, "since")) == ["比べない", "令和4年度"]
    assert explorer.widget.chosen == {
        "measure": "meetings",
        "year": "2023",
        "since": "",
        "level": "block",
        "place": "block-3",
        "view": "map",
    }
    # A year that is still running is compared with none.
    choose(explorer, year="2026")
    assert list(options(explorer, "since")) == ["比べない"]


def test_a_still_stands_for_it_where_there_is_no_kernel(wb: Workbench) -> None:
    explorer = wb.explore("会議", 2025, area="舟渡")
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == f"{explorer.sentence}\n{explorer.code}"
    assert bundle["text/html"].count("<img ") == 2
    assert "<script" not in bundle["text/html"]


@pytest.mark.parametrize("file", ["map.svg", "chart.svg", "table.xlsx", "table.csv"])
def test_files_are_written_to_the_results(built: Home, tmp_path: Path, file: str) -> None:
    wb = open_workbench(built.folder)
    wb.home = tmp_path
    explorer = wb.explore("会議", 2025, area="舟渡")
    saved = explorer.save(file)
    assert saved.path.parent == tmp_path / "notebooks" / "results"
    assert saved.path.name.startswith("会議-令和7年度-舟渡-")
    assert saved.path.stat().st_size > 0


def test_a_wrong_name_is_answered_as_by_a_map(wb: Workbench) -> None:
    with pytest.raises(UsageError, match="舟渡"):
        wb.explore("会議", area="舟戸")
    with pytest.raises(UsageError):
        wb.explore("会議", level="block", view="tiles")
