"""Runs of awkward notebooks with an engine of papermill, and their outcomes."""

import importlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest import mock

from tests.notebooks.awkward.reading import Awkward, Json

IN: Final = "in.ipynb"
OUT: Final = "out.ipynb"
# Variables that a tester's own shell, or pytest, may have set, and that would affect notebooks.
# ipykernel does not capture what is written to descriptors if pytest's variable is set.
PERSONAL: Final = (
    *("PYTEST_", "PYTHON", "IPYTHON", "IPYKERNEL", "JUPYTER", "JPY_", "AIP_", "LC_"),
    *("PLOTLY_", "MPL", "TZ", "PAGER", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TMPDIR"),
)
LANGUAGE: Final = "C.UTF-8"


@dataclass(frozen=True)
class Outcome:
    """All results of a run."""

    # The executed notebook, as papermill wrote it; none if the engine itself failed.
    notebook: Json
    # The class of the exception that papermill raised, and its message.
    raised: list[Json] = field(default_factory=list)
    # The texts of the files that the notebook wrote.
    files: dict[str, str] = field(default_factory=dict)


def run(awkward: Awkward, engine: str, folder: Path) -> Outcome:
    """Run a notebook in a fresh folder, in an environment that is the same for all."""
    # Imported only when notebooks are run: papermill takes seconds to load.
    papermill = importlib.import_module("papermill")
    shutil.rmtree(folder, ignore_errors=True)
    _lay_out(awkward, folder)
    raised: list[Json] = []
    arguments = {"progress_bar": False, "request_save_on_cell_execute": False}
    with mock.patch.dict(os.environ, _environment(awkward, folder), clear=True):
        try:
            papermill.execute_notebook(
                str(folder / IN),
                str(folder / OUT),
                parameters=awkward.parameters or None,
                engine_name=engine,
                cwd=str(folder),
                **arguments | awkward.arguments,
            )
        except Exception as error:  # noqa: BLE001 -- the other engine has to raise the same
            raised = _details(error)
    return Outcome(_executed(folder), raised, _files(folder))


def _lay_out(awkward: Awkward, folder: Path) -> None:
    files = {IN: json.dumps(awkward.notebook()), **awkward.files}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _environment(awkward: Awkward, folder: Path) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PERSONAL)}
    own = {
        "IPYTHONDIR": str(folder / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / ".jupyter" / "config"),
        "JUPYTER_DATA_DIR": str(folder / ".jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / ".jupyter" / "runtime"),
        "LANG": LANGUAGE,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    requested = {name: text.format(folder=folder) for name, text in awkward.environment.items()}
    return inherited | own | requested


def _details(error: Exception) -> list[Json]:
    if type(error).__name__ == "PapermillExecutionError":
        # Position of the cell, its number, its source, and name, text and traceback of the error.
        return [type(error).__name__, *error.args]
    return [type(error).__name__, str(error)]


def _executed(folder: Path) -> Json:
    file = folder / OUT
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _files(folder: Path) -> dict[str, str]:
    """Return the files that a notebook left, without the hidden folders of IPython and Jupyter."""
    paths = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {
        name: file.read_text(encoding="utf-8", errors="backslashreplace")
        for file in paths
        if not (name := file.relative_to(folder).as_posix()).startswith((".", IN, OUT))
    }
