"""Plain papermill runs the notebooks, as an analyst might without the command `aip`."""

import ast
import json
import subprocess
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.home import COMMANDS, ROOT, Home

Cell: TypeAlias = dict[str, Any]
REPORTS = sorted((ROOT / "notebooks" / "reports").glob("*.ipynb"))
EXPLORE = sorted((ROOT / "notebooks" / "explore").glob("*.ipynb"))
CHART = "application/vnd.plotly.v1+json"
# If a kernel and its client ever wait for each other again, the run of all tests continues.
LIMIT = ("--execution-timeout", "300")
night = pytest.mark.night


def papermill(
    home: Home, notebook: str, out: Path, *parameters: str
) -> subprocess.CompletedProcess[str]:
    """Run papermill in the workbench's folder; parameters alternate between name and value."""
    pairs = zip(parameters[::2], parameters[1::2], strict=True)
    options = [word for name, value in pairs for word in ("-p", name, value)]
    command = COMMANDS / "papermill"
    return home.run(
        command, f"notebooks/{notebook}.ipynb", out, *options, *LIMIT, "--no-progress-bar"
    )


def code_cells(file: Path) -> list[Cell]:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: Cell) -> str:
    lines: str | list[str] = cell["source"]
    return "".join(lines)


@pytest.mark.parametrize(
    ("notebook", "parameters", "says"),
    [
        ("area", ("area", "12", "fiscal_year", "2024", "lang", "en"), "Funado"),
        pytest.param("block", ("block", "志村", "fiscal_year", "2025"), "志村", marks=night),
        pytest.param("ward", ("fiscal_year", "2026"), "板橋区", marks=night),
        pytest.param("area", ("area", "舟渡", "fiscal_year", "2025"), "舟渡", marks=night),
        pytest.param("ward", ("fiscal_year", "2025", "lang", "en"), "Itabashi", marks=night),
    ],
)
def test_report_notebooks_run(
    built: Home, tmp_path: Path, notebook: str, parameters: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out.ipynb"
    done = papermill(built, f"reports/{notebook}", out, *parameters)
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    assert says in text
    assert text.count(CHART) >= 10


# By day the one on maps is run in JupyterLab.
@pytest.mark.parametrize(
    "file",
    [EXPLORE[0], *(pytest.param(file, marks=night) for file in EXPLORE[1:])],
    ids=lambda file: file.stem,
)
def test_explore_notebooks_run(built: Home, tmp_path: Path, file: Path) -> None:
    out = tmp_path / "out.ipynb"
    done = papermill(built, f"explore/{file.stem}", out)
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    # The one on the quality of the data has tables alone.
    assert CHART in text or "<table" in text


@pytest.mark.parametrize(
    ("notebook", "parameters", "names"),
    [
        ("area", ("area", "舟戸"), ("舟戸", "舟渡", "12")),
        ("area", ("aera", "舟渡"), ("aera", "area", "fiscal_year", "lang")),
        pytest.param("block", ("block", "坂下"), ("坂下", "上板橋", "赤塚"), marks=night),
        pytest.param("ward", ("fiscal_year", "2019"), ("2019", "2022", "2026"), marks=night),
        pytest.param(
            "ward", ("lang", "fr", "fiscal_year", "2025"), ("fr", "ja", "en"), marks=night
        ),
    ],
)
def test_a_wrong_parameter_is_an_error_that_names_the_nearest_or_the_choices(
    built: Home,
    tmp_path: Path,
    notebook: str,
    parameters: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    out = tmp_path / "out.ipynb"
    done = papermill(built, f"reports/{notebook}", out, *parameters)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert [name for name in names if name not in last] == [], last
    errors = [
        output
        for cell in code_cells(out)
        for output in cell["outputs"]
        if output["output_type"] == "error"
    ]
    assert len(errors) == 1
    assert [name for name in names if name not in errors[0]["evalue"]] == []
    traceback = "\n".join(errors[0]["traceback"])
    assert traceback.strip() == errors[0]["evalue"]


@pytest.mark.parametrize("file", [*REPORTS, *EXPLORE], ids=lambda file: file.stem)
def test_stored_notebooks_have_no_outputs(file: Path) -> None:
    for cell in code_cells(file):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_there_is_a_notebook_for_each_level() -> None:
    assert [file.stem for file in REPORTS] == ["area", "block", "ward"]
    assert EXPLORE


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_report_notebooks_have_one_cell_of_parameters(file: Path) -> None:
    tagged = [cell for cell in code_cells(file) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    named = [
        target.id
        for node in ast.parse(source(tagged[0])).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    places = {"area": ["area"], "block": ["block"], "ward": []}
    assert named == [*places[file.stem], "fiscal_year", "lang"]


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_report_notebooks_hold_no_logic(file: Path) -> None:
    for cell in code_cells(file):
        for node in ast.parse(source(cell)).body:
            assert is_plain(node), ast.unparse(node)


def is_plain(node: ast.stmt) -> bool:
    """Return whether a statement imports, assigns a plain value, opens the page or calls it."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "aip_analysis" and [name.name for name in node.names] == ["report"]
    if isinstance(node, ast.Assign):
        return isinstance(node.value, ast.Constant) or is_call_on(node.value, "report")
    return isinstance(node, ast.Expr) and is_call_on(node.value, "page")


def is_call_on(node: ast.expr, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == name
        and all(
            isinstance(argument, ast.Constant | ast.Name)
            for argument in (*node.args, *(keyword.value for keyword in node.keywords))
        )
    )
