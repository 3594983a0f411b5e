"""The form over the parameters of a notebook: its fields, its commands, what it runs and says."""

import json
import shlex
from pathlib import Path
from typing import Any

import ipywidgets
import pytest

from aip_analysis.errors import UsageError
from aip_analysis.reference import Ward
from aip_analysis.workbench import open_workbench
from aip_analysis.workbench.widgets.notebook_form import NotebookForm
from aip_analysis.workbench.widgets.notebook_parameters import Choices
from aip_analysis.workbench.widgets.notebook_run import as_typed, papermill_command
from tests.home import COMMANDS, Home

YEARS = (2024, 2025, 2026)
EVERY_KIND = """
count = 3  # how many of them
share = 0.5
rate: float = 1
on = False
note = "a = b"  # any text
months = (4, 10)
today = date.today()
nothing = None
"""


def notebook(folder: Path, *sources: str, tagged: bool = True) -> Path:
    """Write a notebook whose first cell is that of parameters."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell-{turn}",
            "source": source,
            "metadata": {"tags": ["parameters"]} if tagged and not turn else {},
            "outputs": [],
            "execution_count": None,
        }
        for turn, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "python3", "language": "python"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    file = folder / "own.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def form_of(file: Path, ward: Ward) -> NotebookForm:
    return NotebookForm(str(file), file.parent, Choices(ward, YEARS, "ja"))


def widgets(form: NotebookForm) -> dict[str, Any]:
    """Return the field of each parameter, by the last word of its label."""
    fields = [row.children[0] for row in rows_of(form)]
    return {field.description.split(" ")[-1]: field for field in fields}


def rows_of(form: NotebookForm) -> list[Any]:
    """Return the lines of fields, each with its help."""
    rows = [row for row in form.box.children if isinstance(row, ipywidgets.HBox)]
    return [row for row in rows if isinstance(row.children[0], ipywidgets.ValueWidget)][:-1]


def said(form: NotebookForm) -> str:
    """Return everything that the form says as HTML."""
    parts = [
        *form.box.children,
        *(part for row in form.box.children[-2:-1] for part in row.children),
    ]
    return "\n".join(part.value for part in parts if isinstance(part, ipywidgets.HTML))


def test_each_parameter_has_a_field_of_its_kind(tmp_path: Path, ward: Ward) -> None:
    form = form_of(notebook(tmp_path, EVERY_KIND), ward)
    fields = widgets(form)
    kinds = {name: type(field).__name__ for name, field in fields.items()}
    assert kinds == {
        "count": "IntText",
        "share": "FloatText",
        "rate": "FloatText",
        "on": "Checkbox",
        "note": "Text",
        "months": "Text",
        "today": "Text",
        "nothing": "Text",
    }
    assert fields["months"].placeholder == "(4, 10)"
    helps = {row.children[0]: row.children[1].value for row in rows_of(form)}
    assert helps[fields["count"]] == "how many of them"
    # What is no plain value is left to the notebook, unless something is typed.
    known = {"count": 3, "share": 0.5, "rate": 1.0, "on": False, "note": "a = b"}
    assert form.values == known
    form.fill(months="[1, 2]", nothing="None", on=True)
    assert form.values == known | {"on": True, "months": [1, 2], "nothing": None}


def test_known_names_have_choices(tmp_path: Path, ward: Ward) -> None:
    source = 'area = "12"\nblock = "3"\nfiscal_year = "2024"\nlang = "en"'
    form = form_of(notebook(tmp_path, source), ward)
    fields = widgets(form)
    assert [label for label, _value in fields["area"].options] == [
        area.ja for area in ward.places_of("area")
    ]
    # The notebook's own value is chosen, in its own type.
    assert form.values == {"area": "舟渡", "block": "志村", "fiscal_year": "2024", "lang": "en"}
    assert fields["fiscal_year"].options[0] == ("令和8年度", "2026")
    assert [label for label, _value in fields["lang"].options] == ["日本語", "English"]
    with pytest.raises(UsageError, match="area"):
        form.fill(area="舟戸")
    with pytest.raises(UsageError, match="aera"):
        form.fill(aera="舟渡")


def test_the_command_is_what_a_terminal_needs() -> None:
    values: dict[str, object] = {
        "area": "舟渡",
        "code": "12",
        "title": "it's 5 o'clock",
        "fiscal_year": 2025,
        "on": True,
        "months": [4, 10],
    }
    command = papermill_command("in.ipynb", "out put.ipynb", values)
    typed = as_typed(command)
    assert shlex.split(typed) == command
    assert "-p area 舟渡 " in typed
    # Text that looks like a number stays text.
    assert "-r code 12 " in typed
    assert "-p fiscal_year 2025 -p on True" in typed
    assert "'out put.ipynb'" in typed


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (["x = 1"], "parameters というタグ"),
        (["# nothing"], "parameters というタグ"),
        (["x = 1\ny = (2"], "2行目"),
    ],
)
def test_a_notebook_without_parameters_is_told_in_one_sentence(
    tmp_path: Path, ward: Ward, sources: list[str], told: str
) -> None:
    file = notebook(tmp_path, *sources, tagged=sources != ["x = 1"])
    with pytest.raises(UsageError) as caught:
        form_of(file, ward)
    assert told in caught.value.sentence("ja")
    assert "own.ipynb" in caught.value.sentence("ja")


@pytest.mark.parametrize("content", ["", "[]", '{"cells": 3}', '{"cells": [{"metadata": []}]}'])
def test_a_file_that_is_no_notebook_is_told(tmp_path: Path, ward: Ward, content: str) -> None:
    file = tmp_path / "own.ipynb"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"own\.ipynb"):
        form_of(file, ward)


def test_a_notebook_that_is_not_there_is_told_with_those_that_are(small: Home) -> None:
    wb = open_workbench(small.folder)
    with pytest.raises(UsageError, match=r"area\.ipynb、block\.ipynb"):
        wb.form("areas.ipynb")
    assert wb.form("area").notebook == wb.form("reports/area.ipynb").notebook


def test_a_field_that_is_no_value_is_told_beside_it(tmp_path: Path, ward: Ward) -> None:
    form = form_of(notebook(tmp_path, "months = (4, 10)"), ward)
    form.fill(months="April")
    assert "months" in said(form)
    assert "(4, 10)" in said(form)
    with pytest.raises(UsageError, match="April"):
        form.run()


def test_a_report_runs_and_its_page_is_made(own_small: Home) -> None:
    form = open_workbench(own_small.folder).form("area.ipynb")
    form.fill(area="舟渡", fiscal_year=2025)
    assert form.wait().state == "waiting"

    form.run()
    progress = form.wait()
    assert (progress.state, progress.reason) == ("done", "")
    assert progress.cells == progress.of > 10
    assert form.result.relative_to(own_small.folder).as_posix() == (
        "notebooks/results/area-舟渡-2025-ja.ipynb"
    )
    text = form.result.read_text(encoding="utf-8")
    assert "舟渡" in text
    assert 'data-commandlinker-command="docmanager:open"' in said(form)

    # The command that is shown writes the same.
    form.result.unlink()
    program, *rest = shlex.split(form.command)
    done = own_small.run(COMMANDS / program, *rest, "--no-progress-bar")
    assert done.returncode == 0, done.stderr
    assert form.result.is_file()

    form.publish()
    assert form.wait().state == "done"
    assert form.page == own_small.pages / "area-12-funado.html"
    assert "舟渡" in form.page.read_text(encoding="utf-8")
    assert "reports/2025/area-12-funado.html" in said(form)
    assert form.publish_command == "aip publish --kind area --only 舟渡 --fiscal-year 2025"


def test_a_run_that_fails_says_in_which_cell_and_why(own_small: Home) -> None:
    folder = own_small.folder / "notebooks" / "explore"
    notebook(folder, 'area = "舟渡"', "seen = 1", "print(area)\n1 / 0")
    form = open_workbench(own_small.folder).form("own.ipynb")
    assert not form.is_report
    form.run()
    progress = form.wait()
    assert progress.state == "failed"
    assert "（print(area)）" in progress.reason
    assert "ZeroDivisionError: division by zero" in progress.reason
    assert "ZeroDivisionError" in said(form)
    # What the notebook showed until then can be opened.
    assert 'data-commandlinker-command="docmanager:open"' in said(form)


def test_the_sentence_of_the_workbench_stands_alone(own_small: Home) -> None:
    folder = own_small.folder / "notebooks" / "explore"
    notebook(
        folder,
        'area = "舟戸"',
        "from aip_analysis.workbench import open_workbench\nopen_workbench().records('x')",
    )
    form = open_workbench(own_small.folder).form("own.ipynb")
    form.run()
    assert "UsageError" not in form.wait().reason
    assert "「x」" in form.wait().reason


def test_a_run_can_be_stopped(own_small: Home) -> None:
    folder = own_small.folder / "notebooks" / "explore"
    notebook(folder, "seconds = 60", "import time\ntime.sleep(seconds)")
    form = open_workbench(own_small.folder).form("own.ipynb")
    form.run()
    form.stop()
    assert form.wait().state == "stopped"
    assert "止めました" in said(form)


def test_the_form_is_a_still_where_no_kernel_is(small: Home) -> None:
    form = open_workbench(small.folder).form("area.ipynb")
    bundle = form._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert "papermill --engine aip" in bundle["text/plain"]
    assert "aip publish --kind area" in bundle["text/html"]
