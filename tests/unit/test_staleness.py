"""Inputs of a page, as hashes."""

import json
from pathlib import Path

import pytest

from aip_analysis.publish.plan.staleness import dependencies_hash, has_extra_imports, notebook_hash
from tests.home import ROOT

REPORTS = sorted((ROOT / "notebooks" / "reports").glob("*.ipynb"))


def notebook(folder: Path, *sources: str, kind: str = "code", **metadata: object) -> Path:
    file = folder / "notebook.ipynb"
    cells = [{"cell_type": kind, "metadata": metadata, "source": source} for source in sources]
    file.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    return file


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_our_own_notebooks_read_what_their_pages_read(file: Path) -> None:
    assert not has_extra_imports(file)


@pytest.mark.parametrize(
    "source",
    [
        "import pandas",
        "from aip_analysis.workbench import open_workbench",
        "from aip_analysis import report, store",
        "%run other.py",
        "open('data.csv')",
        "__import__('os')",
        "x = (",
    ],
)
def test_a_notebook_that_may_read_anything(tmp_path: Path, source: str) -> None:
    assert has_extra_imports(notebook(tmp_path, source))


def test_own_sentences_read_nothing_more(tmp_path: Path) -> None:
    plain = ["from aip_analysis import report", "page = report.open_ward(fiscal_year=2025)"]
    assert not has_extra_imports(notebook(tmp_path, *plain))
    assert not has_extra_imports(notebook(tmp_path, "import pandas", kind="markdown"))


def test_outputs_do_not_count_but_sources_and_tags_do(tmp_path: Path) -> None:
    first = notebook_hash(notebook(tmp_path, "1 + 1"))
    run = json.loads((tmp_path / "notebook.ipynb").read_text(encoding="utf-8"))
    run["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "2"}]
    run["cells"][0]["execution_count"] = 1
    (tmp_path / "notebook.ipynb").write_text(json.dumps(run, indent=3), encoding="utf-8")
    assert notebook_hash(tmp_path / "notebook.ipynb") == first
    assert notebook_hash(notebook(tmp_path, "1 + 2")) != first
    assert notebook_hash(notebook(tmp_path, "1 + 1", tags=["lab"])) != first


def test_another_lock_is_another_input(tmp_path: Path) -> None:
    without = dependencies_hash(tmp_path)
    (tmp_path / "uv.lock").write_text("version = 1\n", encoding="utf-8")
    one = dependencies_hash(tmp_path)
    (tmp_path / "uv.lock").write_text("version = 2\n", encoding="utf-8")
    assert len({without, one, dependencies_hash(tmp_path)}) == 3
