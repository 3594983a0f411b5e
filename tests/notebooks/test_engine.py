"""Papermill's engine `aip`: what it refuses and limits, and when it falls back to another."""

import logging
import multiprocessing
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from aip_analysis.execution.process_pool import Progress, run_in_process

# A notebook is forked from this process, which turns warnings into errors; a kernel starts without
# such filters.
pytestmark = pytest.mark.filterwarnings("default")


def written(folder: Path, *sources: str, kernel: str = "python3") -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    notebook.metadata.kernelspec = {"name": kernel, "display_name": kernel, "language": "python"}
    file = folder / "in.ipynb"
    nbformat.write(notebook, file)  # type: ignore[no-untyped-call]
    return file


def executed(file: Path, **options: object) -> list[nbformat.NotebookNode]:
    """Return the cells of the notebook as executed by papermill."""
    out = file.with_name("out.ipynb")
    try:
        papermill.execute_notebook(
            str(file), str(out), engine_name="aip", progress_bar=False, **options
        )
    finally:
        notebook = nbformat.read(out, as_version=4)  # type: ignore[no-untyped-call]
        file.with_name("cells").write_text(nbformat.writes(notebook), encoding="utf-8")  # type: ignore[no-untyped-call]
    cells: list[nbformat.NotebookNode] = notebook.cells
    return cells


@pytest.mark.parametrize(
    "source",
    [
        "import ipywidgets\nipywidgets.IntSlider()",
        "import ipywidgets\ndisplay(ipywidgets.IntSlider())",
    ],
)
def test_what_needs_a_page_in_front_of_it_names_the_other_engine(
    tmp_path: Path, source: str
) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        executed(written(tmp_path, source))
    assert caught.value.ename == "NeedsKernelError"
    assert "--engine nbclient" in caught.value.evalue


@pytest.mark.parametrize(
    "source", ['input("who?")', 'import getpass\ngetpass.getpass(prompt="who?")']
)
def test_a_question_is_refused_without_naming_an_engine_that_refuses_it_too(
    tmp_path: Path, source: str
) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        executed(written(tmp_path, source))
    assert caught.value.ename == "NoInputError"
    assert "JupyterLab" in caught.value.evalue
    assert "nbclient" not in caught.value.evalue


@pytest.mark.parametrize(
    "source",
    [
        "import time\nprint('begun')\ntime.sleep(60)",
        "print('begun')\nwhile True: pass",
        "print('begun')\ntry:\n    while True: pass\nexcept Exception: pass",
        "import asyncio\nprint('begun')\nawait asyncio.sleep(60)",
    ],
)
def test_a_cell_that_takes_too_long_is_stopped_and_keeps_what_it_showed(
    tmp_path: Path, source: str
) -> None:
    file = written(tmp_path, "1 + 1", source, "print('never')")
    with pytest.raises(CellTimeoutError):
        executed(file, execution_timeout=1)
    first, second, third = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells  # type: ignore[no-untyped-call]
    assert first.outputs[0].data == {"text/plain": "2"}
    assert [(output.name, output.text) for output in second.outputs] == [("stdout", "begun\n")]
    assert third.outputs == []


def test_a_process_that_ends_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        executed(written(tmp_path, "import os", "os._exit(3)"))


@pytest.mark.parametrize("source", ["exit()", "quit()", "import sys\nsys.exit()"])
def test_a_notebook_that_leaves_runs_no_further(tmp_path: Path, source: str) -> None:
    _, second = executed(written(tmp_path, source, "print('never')"))
    assert second.outputs == []


def test_a_process_that_a_cell_forks_runs_no_other_cell(tmp_path: Path) -> None:
    cells = executed(written(tmp_path, "import os\npid = os.fork()", "print('once')"))
    assert [output.text for output in cells[1].outputs] == ["once\n"]


def test_the_kernel_of_another_program_is_left_to_papermills_own_engine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kernels" / "other"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(
        '{"argv": ["sh", "-c", "exit 1"], "display_name": "other", "language": "python"}',
        encoding="utf-8",
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    with caplog.at_level(logging.WARNING, "papermill"), pytest.raises(RuntimeError, match="Kernel"):
        executed(written(tmp_path, "1", kernel="other"))
    assert "other" in caplog.text


def two_notebooks(folder: Path, _: Progress) -> list[str]:
    """Return the output of a notebook run after one that would disturb it in the same program."""
    disturbing = "import math, os\nmath.pi = 3\nos.chdir('/')\nos.environ['LEFT'] = 'behind'"
    executed(written(folder, disturbing))
    look = "import math, os\nprint(math.pi > 3, os.getcwd() == '/', 'LEFT' in os.environ)"
    (cell,) = executed(written(folder, look))
    return [output.text for output in cell.outputs]


def test_notebooks_of_one_program_do_not_disturb_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    assert run_in_process(two_notebooks, tmp_path, context) == ["True False False\n"]
