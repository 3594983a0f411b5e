"""The planning of reports in a process of its own, and its errors."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.files.atomic import MARK
from aip_analysis.publish.plan.staleness import notebook_hash, package_versions
from aip_analysis.publish.run import PublishRequest, index_page, plan_reports
from tests.home import Home


def test_reports_are_planned_in_a_process_that_has_the_records(small: Home) -> None:
    request = PublishRequest(small.folder, small.pages, None, "ja", only=("舟渡",))
    plan = plan_reports(request)
    assert plan.chosen == {"area-12-funado"}
    assert len(plan.jobs) == 8
    states = [(job.slug, "never") for job in plan.jobs]
    assert "舟渡" in index_page(request, states, {})
    with pytest.raises(UsageError, match="舟戸"):
        plan_reports(replace(request, only=("舟戸",)))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_broken_notebook_is_named(tmp_path: Path, content: str) -> None:
    notebook = tmp_path / "area.ipynb"
    notebook.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefusedError, match=re.escape(str(notebook))):
        notebook_hash(notebook)


def test_a_broken_notebook_is_named_by_the_commands(own_small: Home) -> None:
    notebook = own_small.folder / "notebooks" / "reports" / "area.ipynb"
    notebook.write_text("{", encoding="utf-8")
    for command in ("publish", "list"):
        done = own_small.aip(command)
        assert done.returncode == 10, done.stderr
        assert done.stderr.count("\n") == 1
        assert str(notebook) in done.stderr


def test_a_broken_notebook_is_named_where_nothing_else_has_changed(
    own_small_published: Home,
) -> None:
    notebook = own_small_published.folder / "notebooks" / "reports" / "ward.ipynb"
    notebook.write_text("<<<<<<< mine", encoding="utf-8")
    before = own_small_published.results()
    done = own_small_published.aip("publish")
    assert done.returncode == 10
    assert done.stderr.count("\n") == 1
    assert str(notebook) in done.stderr
    assert own_small_published.results() == before


def test_an_extra_is_no_input_of_a_page() -> None:
    assert "distributed" not in package_versions()
    assert {"papermill", "pandas"} <= set(package_versions())


def test_leftovers_are_cleared_only_where_publishing_writes(own_small: Home) -> None:
    def left(*folders: str) -> Path:
        file = own_small.pages.joinpath(*folders, f".x.{MARK}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        return file

    mine = [left(), left("assets"), left("failed"), left("en"), left("single-file", "notebooks")]
    # A process that draws charts meanwhile does not hold the lock.
    other = left("charts", "ward")
    own_small.check_output("publish", "--only", "舟渡")
    assert [file for file in mine if file.exists()] == []
    assert other.exists()


def _without_notes(entry: dict[str, Any]) -> None:
    # Like an entry in the manifest of an older program.
    del entry["reads"]


def _unknown_table(entry: dict[str, Any]) -> None:
    entry["reads"].append(
        {"source": "records.dances", "columns": ["held_on"], "digests": {"area-12/2025": "0"}}
    )


def _unknown_measure(entry: dict[str, Any]) -> None:
    read = next(item for item in entry["reads"] if item["source"] == "measures")
    read["columns"].append("residents_of_mars")


def _no_notes_at_all(entry: dict[str, Any]) -> None:
    entry["reads"] = [{"columns": 3}]


def test_notes_that_cannot_be_asked_again_make_a_page_stale(own_small_published: Home) -> None:
    home = own_small_published
    file = home.pages / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    changes = {
        "area-12-funado": _without_notes,
        "area-01-itabashi": _unknown_table,
        "area-11-hasune": _unknown_measure,
        "ward": _no_notes_at_all,
    }
    for slug, change in changes.items():
        change(manifest["pages"][slug])
    file.write_text(json.dumps(manifest), encoding="utf-8")
    lines = [line.split("\t") for line in home.check_output("list").splitlines()]
    stale = {page.removesuffix(".html"): why for state, page, _, *why in lines if why}
    assert set(stale) == set(changes)
    assert stale["area-12-funado"] == stale["area-01-itabashi"] == stale["ward"] == ["記録"]


def test_a_chart_that_is_shown_by_hand_has_its_notes(own_small: Home) -> None:
    notebook = own_small.folder / "notebooks" / "reports" / "area.ipynb"
    text = notebook.read_text(encoding="utf-8")
    by_hand = text.replace('"page.money()"', '"page.money().charts()[0].figure"')
    assert by_hand != text
    notebook.write_text(by_hand, encoding="utf-8")
    own_small.check_output("publish", "--only", "舟渡")
    manifest = json.loads((own_small.pages / "manifest.json").read_text(encoding="utf-8"))
    reads = manifest["pages"]["area-12-funado"]["reads"]
    (spending,) = [read for read in reads if read["source"] == "figures.spending_by_month"]
    assert spending["columns"] == ["amount_yen", "category", "month", "purpose"]
    assert list(spending["digests"]) == ["area-12/2025"]
