"""Who plans the reports, and what happens where that goes wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from aip_analysis.errors import UsageError
from aip_analysis.home.files import MARK
from aip_analysis.publish.inputs import versions
from aip_analysis.publish.planner import Wanted, index_page, plan_reports
from tests.home import Home


def test_reports_are_planned_in_a_process_that_has_the_records(built: Home) -> None:
    wanted = Wanted(built.folder, None, "ja", only=("舟渡",))
    plan = plan_reports(wanted)
    assert plan.chosen == {"area-12-funado"}
    assert len(plan.jobs) == 23
    states = [(job.slug, "never") for job in plan.jobs]
    assert "舟渡" in index_page(wanted, states, {})
    with pytest.raises(UsageError, match="舟戸"):
        plan_reports(replace(wanted, only=("舟戸",)))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_broken_notebook_is_named(own_built: Home, content: str) -> None:
    notebook = own_built.folder / "notebooks" / "reports" / "area.ipynb"
    notebook.write_text(content, encoding="utf-8")
    for command in ("publish", "list"):
        done = own_built.aip(command)
        assert done.returncode == 10, done.stderr
        assert done.stderr.count("\n") == 1
        assert str(notebook) in done.stderr


def test_a_broken_notebook_is_named_where_nothing_else_has_changed(own_published: Home) -> None:
    notebook = own_published.folder / "notebooks" / "reports" / "ward.ipynb"
    notebook.write_text("<<<<<<< mine", encoding="utf-8")
    before = own_published.results()
    done = own_published.aip("publish")
    assert done.returncode == 10
    assert done.stderr.count("\n") == 1
    assert str(notebook) in done.stderr
    assert own_published.results() == before


def test_an_extra_is_no_input_of_a_page() -> None:
    assert "distributed" not in versions()
    assert {"papermill", "pandas"} <= set(versions())


def test_leftovers_are_cleared_only_where_publishing_writes(own_built: Home) -> None:
    def left(*folders: str) -> Path:
        file = own_built.pages.joinpath(*folders, f".x.{MARK}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        return file

    mine = [left(), left("assets"), left("failed"), left("en"), left("single-file", "notebooks")]
    # Whoever draws charts meanwhile holds no lock.
    other = left("charts", "ward")
    own_built.must("publish", "--only", "舟渡")
    assert [file for file in mine if file.exists()] == []
    assert other.exists()
