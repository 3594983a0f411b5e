"""The maps of the workbench: what they show, of which year, and what they reject."""

import re
from typing import Any

import pytest

from aip_analysis.errors import AipError, NothingToDoError, UsageError
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import NEWEST_COMPLETE, Home

RUNNING = 2026


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return Workbench(Figures(load_records(built.processed), load_ward(built.reference)))


def plain(figure: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- a figure of plotly
    return [trace.to_plotly_json() for trace in figure.data]


def hovers(figure: Any) -> list[str]:  # noqa: ANN401 -- a figure of plotly
    """Return the hover text of each place."""
    return [trace["text"] for trace in plain(figure) if trace.get("hoveron") == "fills"]


def words(figure: Any) -> list[str]:  # noqa: ANN401 -- as above
    return [
        text for trace in plain(figure) if trace.get("mode") == "text" for text in trace["text"]
    ]


def notes(figure: Any) -> list[str]:  # noqa: ANN401 -- as above
    return [note.text for note in figure.layout.annotations]


def title(figure: Any) -> list[str]:  # noqa: ANN401 -- as above
    """Return the lines of the title, without tags."""
    return [re.sub("<[^>]+>", "", line) for line in figure.layout.title.text.split("<br>")]


def described(figure: Any) -> str:  # noqa: ANN401 -- as above
    """Return the title with place and period, without the mark of fictional records."""
    first, second = title(figure)
    assert second.endswith("架空のサンプルデータ")
    return f"{first}　{second.removesuffix('　架空のサンプルデータ')}"


def test_a_map_tells_what_it_shows_and_of_when(wb: Workbench) -> None:
    assert described(wb.map("meetings", 2024)) == "会議（回）　板橋区の18地域　令和6年度"
    assert described(wb.map("meetings")) == "会議（回）　板橋区の18地域　令和7年度"
    running = described(wb.map("meetings", RUNNING, level="block"))
    assert running == "会議（回）　板橋区の4ブロック　令和8年度（4月〜10月）"
    changed = described(wb.map("meetings", since=2023))
    assert changed == "会議の増減　板橋区の18地域　令和5年度〜令和7年度"
    assert described(wb.map_places(area="舟渡")) == "活動の場所　舟渡地域　令和7年度"


def test_the_title_stands_above_the_legend(wb: Workbench) -> None:
    figure = wb.map("f4")
    # plotly puts a title of several lines on its first baseline.
    baseline = (1 - figure.layout.title.y) * figure.layout.height
    below = 1.3 * figure.layout.title.font.size * (len(title(figure)) - 1)
    legend_top = (1 - figure.layout.legend.y) * figure.layout.height
    assert baseline >= figure.layout.title.font.size
    assert baseline + below < legend_top


@pytest.mark.parametrize("view", ["map", "tiles"])
def test_a_map_tells_the_figures_of_the_records(wb: Workbench, view: Any) -> None:  # noqa: ANN401
    meetings = wb.figures.records["meetings"]
    own = meetings[
        (meetings["area_code"] == "12")
        & (meetings["fiscal_year"] == 2024)
        & meetings["kind"].isin(["regular", "extraordinary"])
    ]
    (hover,) = [text for text in hovers(wb.map("meetings", 2024, view=view)) if "舟渡" in text]
    assert hover.endswith(f"会議 {len(own)}回")
    assert len(hovers(wb.map("meetings", view=view))) == 18


def test_blocks_are_the_sums_of_their_areas(wb: Workbench) -> None:
    areas = wb.measures("attendances", block="志村", years=NEWEST_COMPLETE)
    total = int(areas["value"].sum())
    (hover,) = [text for text in hovers(wb.map("attendances", level="block")) if "志村" in text]
    assert f"{total:,}人" in hover


def test_a_change_is_the_difference_of_two_years(wb: Workbench) -> None:
    years = wb.measures("attendances", area="熊野").set_index("fiscal_year")["value"]
    change = int(years[2025] - years[2023])
    sign = "+" if change > 0 else "−"
    figure = wb.map("attendances", 2025, since=2023)
    assert f"熊野<br>{sign}{abs(change):,}" in words(figure)


def test_years_up_to_the_newest_complete_one(wb: Workbench) -> None:
    years = notes(wb.map_years("meetings"))
    assert years == ["令和4年度", "令和5年度", "令和6年度", "令和7年度"]
    years = notes(wb.map_years("meetings", 2023))
    assert years == ["令和4年度", "令和5年度"]


def test_fields_are_those_of_the_meetings(wb: Workbench) -> None:
    meetings = wb.figures.records["meetings"]
    own = meetings[(meetings["area_code"] == "12") & (meetings["fiscal_year"] == 2025)]
    count = own["priority_field"].nunique()
    assert f"舟渡<br>{count}" in words(wb.map_fields(2025))
    assert len(hovers(wb.map_fields(2025, view="tiles"))) == 18


def test_steps_have_the_names_of_the_vocabulary(wb: Workbench) -> None:
    step = wb.figures.steps.query("fiscal_year == 2025 and area_code == '10'")["step"].item()
    label = wb.ward.vocabularies["council_step"].labels("ja")[step]
    (hover,) = [text for text in hovers(wb.map_steps(2025)) if "中台" in text]
    assert hover.endswith(label)


def test_places_of_a_block_and_of_the_ward(wb: Workbench) -> None:
    def points(figure: Any) -> set[str]:  # noqa: ANN401 -- as above
        traces = [trace for trace in plain(figure) if "markers" in trace.get("mode", "")]
        return {text for trace in traces for text in trace.get("hovertext", ())}

    block, ward = wb.map_places(block="志村"), wb.map_places(year=2025)
    assert points(block)
    assert points(ward)
    assert described(block) == "活動の場所　志村ブロック（仮）　令和7年度"


@pytest.mark.parametrize(
    ("ask", "kind", "told"),
    [
        (lambda wb: wb.map("meeting"), UsageError, "meetings"),
        (lambda wb: wb.map("meetings", 1999), NothingToDoError, "2022、2023"),
        (lambda wb: wb.map("meetings", level="ward"), UsageError, "area、block"),
        (lambda wb: wb.map("meetings", view="globe"), UsageError, "map、tiles"),
        (lambda wb: wb.map("meetings", level="block", view="tiles"), UsageError, "地域のものだけ"),
        (lambda wb: wb.map("meetings", 2024, since=2024), UsageError, "2024 より前の年度"),
        (lambda wb: wb.map("meetings", 2024, since=1999), NothingToDoError, "2022、2023"),
        (lambda wb: wb.map("meetings", RUNNING, since=2024), UsageError, "2026 年度は12か月分"),
        (lambda wb: wb.map_years("meetings", 1999), NothingToDoError, "2022、2023"),
        (lambda wb: wb.map_steps(1999), NothingToDoError, "2022、2023"),
        (lambda wb: wb.map_fields(view="globe"), UsageError, "map、tiles"),
        (lambda wb: wb.map_places(area="舟"), UsageError, "舟渡"),
        (lambda wb: wb.map_places(area="舟渡", block="志村"), UsageError, "どちらか一方"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(
    wb: Workbench,
    ask: Any,  # noqa: ANN401 -- a call
    kind: type[AipError],
    told: str,
) -> None:
    with pytest.raises(kind) as caught:
        ask(wb)
    sentence = caught.value.sentence("ja")
    assert told in sentence
    assert "\n" not in sentence
