"""Which notebooks are reports of an office's own, and why others are not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.messages.catalogue import entries
from aip_analysis.publish.new_report import write_new_report
from aip_analysis.publish.plan.own_reports import FOLDER, find_own_reports
from aip_analysis.reference import Ward
from tests.home import ROOT

GOOD = {"levels": ["area"], "title": {"ja": "集いの場", "en": "Places to meet"}}
PARAMETERS = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "area = '12'"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / FOLDER
    reports.mkdir(parents=True)
    return reports


def write(folder: Path, name: str, about: Any, *, cells: Any = (PARAMETERS,)) -> None:  # noqa: ANN401 -- as people may write it
    content = {"cells": list(cells), "metadata": {"aip": {"report": about}}}
    (folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")


def test_metadata_say_which_places_and_what_title(folder: Path, tmp_path: Path, ward: Ward) -> None:
    write(folder, "area", None)
    write(folder, "meeting-places", GOOD)
    write(folder, "few", GOOD | {"places": ["舟渡", "とくまる"], "title": "すこし"})
    write(folder, "several", GOOD | {"levels": ["area", "ward"]})
    write(folder, "whole", GOOD | {"levels": "ward"})
    own = find_own_reports(tmp_path, ward)
    assert own.refused == {}
    few, meeting, several, whole = own.reports
    assert meeting.places == tuple(ward.places_of("area"))
    assert meeting.titles == GOOD["title"]
    assert (few.titles["en"], [place.ja for place in few.places]) == ("すこし", ["舟渡", "徳丸"])
    assert (meeting.parameter, several.parameter, whole.parameter) == ("area", "place", "")
    assert several.places[0] == ward.whole
    funado = ward.place_named("area", "舟渡")
    assert meeting.slug(funado) == "area-12-funado-meeting-places"
    assert own.of(funado) == [few, meeting, several]


@pytest.mark.parametrize(
    ("name", "about", "said"),
    [
        ("集い", GOOD, "名前は"),
        ("Meeting", GOOD, "名前は"),
        ("a" * 41, GOOD, "名前は"),
        ("index", GOOD, "名前は"),
        ("plain", None, "aip new-report"),
        ("plain", [], "aip new-report"),
        ("levels", GOOD | {"levels": ["areas"]}, "「areas」"),
        ("levels", GOOD | {"levels": []}, "levels"),
        ("levels", {"title": GOOD["title"]}, "levels"),
        ("title", {"levels": ["area"]}, "題名"),
        ("title", GOOD | {"title": {"en": "x", "ja": " "}}, "題名"),
        ("places", GOOD | {"places": ["ふなで"]}, "「ふなで」"),
    ],
)
def test_a_notebook_that_is_no_report_yet_is_named_with_what_to_do(
    folder: Path, tmp_path: Path, ward: Ward, name: str, about: object, said: str
) -> None:
    write(folder, "good", GOOD)
    write(folder, name, about)
    own = find_own_reports(tmp_path, ward)
    assert [report.name for report in own.reports] == ["good"]
    ((stem, error),) = own.refused.items()
    assert stem == name
    assert f"{name}.ipynb" in error.sentence("ja")
    assert said in error.sentence("ja")


def test_a_notebook_without_parameters_or_damaged_is_named(
    folder: Path, tmp_path: Path, ward: Ward
) -> None:
    write(folder, "without", GOOD, cells=[{**PARAMETERS, "metadata": {}}])
    (folder / "damaged.ipynb").write_text("{", encoding="utf-8")
    (folder / "odd.ipynb").write_text('{"cells": [1], "metadata": {}}', encoding="utf-8")
    own = find_own_reports(tmp_path, ward)
    assert own.reports == ()
    assert set(own.refused) == {"without", "damaged", "odd"}
    assert "parameters" in own.refused["without"].sentence("ja")


@pytest.mark.parametrize("level", ["area", "block", "ward"])
def test_a_new_report_is_a_report(folder: Path, tmp_path: Path, ward: Ward, level: str) -> None:
    (folder / f"{level}.ipynb").write_bytes((ROOT / FOLDER / f"{level}.ipynb").read_bytes())
    short = write_new_report(tmp_path, "short", level, "題", "", "ja")  # type: ignore[arg-type]
    write_new_report(tmp_path, "long", None, "", level, "en")
    own = find_own_reports(tmp_path, ward)
    assert [report.name for report in own.reports] == ["long", "short"]
    assert {place.level for report in own.reports for place in report.places} == {level}
    cells = json.loads(short.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert any("page.chart(" in source and "px.bar" in source for source in sources)
    assert any("wb.map(" in source for source in sources)
    assert any("page.table(" in source for source in sources)
    assert sources[-1] == "page.notes()"
    assert all(cell.get("outputs", []) == [] for cell in cells)
    markdown = [cell for cell in cells if cell["cell_type"] == "markdown"]
    assert all(cell["metadata"]["tags"] == ["lab"] for cell in markdown)


@pytest.mark.parametrize("level", ["area", "block", "ward"])
def test_report_notebooks_name_charts_and_tables_that_there_are(level: str) -> None:
    cells = json.loads((ROOT / FOLDER / f"{level}.ipynb").read_text(encoding="utf-8"))["cells"]
    lines = ["".join(cell["source"]) for cell in cells if cell["id"].startswith("about-")]
    sections = [cell for cell in cells if "".join(cell["source"]).startswith("page.")]
    assert len(lines) == len(sections)
    named = {name for line in lines for name in re.findall(r"`(\w+)`", line)}
    known = {
        key.partition("_")[2]
        for key in entries("ja")
        if key.startswith(("report.chart_", "report.table_"))
    }
    assert named <= known
    assert {"spending_by_month", "settlement"} <= named
