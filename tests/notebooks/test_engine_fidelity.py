"""A notebook is the same whichever engine ran it: papermill's own, or ours without a kernel.

The notebooks are in the folder ``awkward``, as readable source; its ``reading`` describes the
format.
"""

import copy
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from aip_analysis.execution.process_pool import Progress, run_in_process
from tests.notebooks.awkward.comparison import differences
from tests.notebooks.awkward.reading import Awkward, Json, names, parsed, read, together
from tests.notebooks.awkward.runs import Outcome, run

STANDARD: Final = "nbclient"
OURS: Final = "aip"

CHANCE = """
# Everything that is left to chance.
# %%
import os
import random
import secrets
import tempfile
import uuid

import numpy as np

print(random.random())
print(random.Random().random())
print(np.random.rand())
print(np.random.default_rng().random())
print(np.random.RandomState().rand())
print(secrets.token_hex())
print(uuid.uuid4())
print(uuid.uuid1())
print(os.urandom(9))
print(next(tempfile._get_candidate_names()))
"""


# Ours are forked from a process that has loaded papermill and nothing of pytest.
CONTEXT: Final = multiprocessing.get_context("forkserver")


def ran(awkward: Awkward, folder: Path) -> Outcome:
    """Run a notebook with our engine."""
    CONTEXT.set_forkserver_preload(["papermill", "pandas", "plotly.graph_objects"])
    return run_in_process(_run_ours, (awkward, folder), CONTEXT)


def _run_ours(argument: tuple[Awkward, Path], _: Progress) -> Outcome:
    awkward, folder = argument
    return run(awkward, OURS, folder)


@pytest.mark.parametrize(
    "awkward",
    [
        pytest.param(awkward, marks=[pytest.mark.night] if awkward.night else [], id=awkward.name)
        for awkward in together()
    ],
)
def test_both_engines_give_the_same_notebook(awkward: Awkward, tmp_path: Path) -> None:
    standard, ours = run(awkward, STANDARD, tmp_path / "run"), ran(awkward, tmp_path / "run")
    assert _what_was_raised(standard) == awkward.raises
    assert differences(standard, ours) == []


def _what_was_raised(outcome: Outcome) -> str:
    """Return the class of an error, and that of the exception in the cell that it reports."""
    raised = outcome.raised
    return ": ".join([raised[0], raised[4]] if len(raised) > 2 else raised[:1])


def test_chance_is_another_in_each_run(tmp_path: Path) -> None:
    chance = parsed("chance", CHANCE)
    first, second = (_printed(ran(chance, tmp_path / "run")) for _ in range(2))
    assert len(first) == len(second) == 10
    assert [pair for pair in zip(first, second, strict=True) if pair[0] == pair[1]] == []


def _printed(outcome: Outcome) -> list[str]:
    return "".join(outcome.notebook["cells"][0]["outputs"][0]["text"]).splitlines()


def test_a_notebook_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    options = read("options")
    first, second = (ran(options, tmp_path / "run") for _ in range(2))
    assert differences(first, second) == []


# The tests below show that the comparison notices what it should, and nothing else.

SMALL = """
# Every kind of output.
# %%
print("said")
# %%
display("shown")
# %%
1 / 0
"""


def _stream(name: str, text: str) -> Json:
    return {"output_type": "stream", "name": name, "text": text}


def _executed() -> Outcome:
    """Return an outcome as a run would leave it, without running anything."""
    notebook = parsed("small", SMALL).notebook()
    timed = {"start_time": "2026-04-01T09:00:00+00:00", "duration": 0.25, "status": "completed"}
    notebook["metadata"]["papermill"] = {**timed, "exception": None}
    outputs: list[list[Json]] = [
        [_stream("stdout", "one\n"), _stream("stderr", "two\n"), _stream("stdout", "three\n")],
        [
            {
                "output_type": "display_data",
                "data": {"text/plain": ["a\n", "<A at 0x7f1234567890>"], "text/html": "<b>a</b>"},
                "metadata": {"aip": {"caption": "題"}},
            },
            {
                "output_type": "execute_result",
                "data": {"application/json": ["a", "b"]},
                "metadata": {},
                "execution_count": 2,
            },
        ],
        [
            {
                "output_type": "error",
                "ename": "ZeroDivisionError",
                "evalue": "division by zero",
                "traceback": ["/folder/ipykernel_123/456.py in <module>", "line 1"],
            }
        ],
    ]
    for number, (cell, cell_outputs) in enumerate(zip(notebook["cells"], outputs, strict=True), 1):
        cell["outputs"] = cell_outputs
        cell["execution_count"] = number
        cell["metadata"] = {
            "papermill": dict(timed),
        }
    raised = ["PapermillExecutionError", 2, 3, "1 / 0", "ZeroDivisionError", "division by zero", []]
    return Outcome(notebook, raised, {"left.txt": "left"})


Change = Callable[[list[Json]], None]


def _set(cell: int, *path: str | int, to: Json) -> Change:
    def change(cells: list[Json]) -> None:
        place = cells[cell]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


def _call(cell: int, method: str, *arguments: Json) -> Change:
    return lambda cells: getattr(cells[cell]["outputs"], method)(*arguments)


TOLD: dict[str, tuple[Change, str]] = {
    "text": (_set(0, "outputs", 0, "text", to="One\n"), "outputs[0].text"),
    "stream": (_set(0, "outputs", 1, "name", to="stdout"), "outputs[0].text"),
    "order": (_call(0, "reverse"), "outputs[0].text"),
    "order of data": (_call(1, "reverse"), "outputs[0].data"),
    "output missing": (_call(1, "pop"), "outputs[1]"),
    "output more": (_call(2, "append", _stream("stdout", "more")), "outputs[1]"),
    "kind": (_set(1, "outputs", 1, "output_type", to="display_data"), "output_type"),
    "another form": (_set(1, "outputs", 0, "data", "text/latex", to="$a$"), "text/latex"),
    "data": (_set(1, "outputs", 0, "data", "text/html", to="<b>b</b>"), "text/html"),
    "lines of JSON": (_set(1, "outputs", 1, "data", "application/json", to=["ab"]), "json"),
    "metadata": (_set(1, "outputs", 0, "metadata", "more", to=1), "metadata.more"),
    "metadata within": (_set(1, "outputs", 0, "metadata", "aip", "caption", to=""), "aip.caption"),
    "number of a result": (_set(1, "outputs", 1, "execution_count", to=3), "execution_count"),
    "number of a cell": (_set(1, "execution_count", to=7), "cell-02.execution_count"),
    "no number": (_set(1, "execution_count", to=None), "cell-02.execution_count"),
    "source": (_set(1, "source", to="display('shown')"), "cell-02.source"),
    "kind of a cell": (_set(1, "cell_type", to="raw"), "cell-02.cell_type"),
    "identity": (_set(1, "id", to="other"), "order of cells[1]"),
    "error": (_set(2, "outputs", 0, "ename", to="ValueError"), "outputs[0].ename"),
    "its text": (_set(2, "outputs", 0, "evalue", to=""), "outputs[0].evalue"),
    "its traceback": (_set(2, "outputs", 0, "traceback", 1, to="line 2"), "traceback[1]"),
    "source of its file": (
        _set(2, "outputs", 0, "traceback", 0, to="/folder/ipykernel_123/457.py in <module>"),
        "traceback[0]",
    ),
    "status": (_set(0, "metadata", "papermill", "status", to="failed"), "papermill.status"),
    "no time": (_set(0, "metadata", "papermill", "start_time", to=None), "start_time"),
    "no duration": (_set(0, "metadata", "papermill", "duration", to=None), "duration"),
    "a tag": (_set(0, "metadata", "tags", to=["own"]), "cell-01.metadata.tags"),
    "cells in another order": (lambda cells: cells.reverse(), "order of cells[0]"),
    "a cell missing": (lambda cells: cells.__delitem__(0), "order of cells[0]"),
}


@pytest.mark.parametrize("change", TOLD)
def test_the_comparison_tells_of_a_change(change: str) -> None:
    one, other = _executed(), _executed()
    alter, place = TOLD[change]
    alter(other.notebook["cells"])
    assert [line for line in differences(one, other) if place in line.partition(": ")[0]] != []
    assert [line for line in differences(other, one) if place in line.partition(": ")[0]] != []


def test_the_comparison_tells_of_what_is_not_in_cells() -> None:
    one = _executed()
    metadata = copy.deepcopy(one.notebook)
    metadata["metadata"]["language_info"] = {"name": "other"}
    more = {"left.txt": "left", "more.txt": ""}
    others = {
        ".notebook.metadata.language_info": Outcome(metadata, one.raised, one.files),
        ".notebook": Outcome(None, one.raised, one.files),
        ".raised[4]": Outcome(one.notebook, [*one.raised[:4], "ValueError", "", []], one.files),
        ".raised[0]": Outcome(one.notebook, [], one.files),
        ".files.left.txt": Outcome(one.notebook, one.raised, {"left.txt": "Left"}),
        ".files.more.txt": Outcome(one.notebook, one.raised, more),
    }
    for place, other in others.items():
        assert [line for line in differences(one, other) if line.startswith(place)] != []


SAME: dict[str, Change] = {
    "a stream in pieces": _set(
        0,
        "outputs",
        to=[
            *(_stream("stdout", "o"), _stream("stdout", "ne\n"), _stream("stderr", "two\n")),
            _stream("stdout", "three\n"),
        ],
    ),
    "a text in lines": _set(1, "outputs", 0, "data", "text/html", to=["<b>a", "</b>"]),
    "an address": _set(1, "outputs", 0, "data", "text/plain", to="a\n<A at 0x7fabcdef0123>"),
    "a process": _set(
        2,
        *("outputs", 0, "traceback", 0),
        to="/folder/ipykernel_9/456.py in <module>",
    ),
    "a moment": _set(0, "metadata", "papermill", "start_time", to="2027-01-01T00:00:00+00:00"),
    "a duration": _set(0, "metadata", "papermill", "duration", to=3.5),
}


@pytest.mark.parametrize("change", SAME)
def test_the_comparison_lets_pass_what_differs_between_any_two_runs(change: str) -> None:
    one, other = _executed(), _executed()
    assert differences(one, other) == []
    SAME[change](other.notebook["cells"])
    assert one.notebook != other.notebook
    assert differences(one, other) == []


def _too_deep(*frames: str) -> Outcome:
    outcome = _executed()
    error = outcome.notebook["cells"][2]["outputs"][0]
    error |= {"ename": "RecursionError", "traceback": list(frames)}
    return Outcome(outcome.notebook, ["PapermillExecutionError", "RecursionError", list(frames)])


def test_how_deep_a_recursion_came_is_let_pass_but_not_where_it_went() -> None:
    one = _too_deep("head", "ping", "pong", "ping", "end")
    assert differences(one, _too_deep("head", "ping", "pong", "ping", "pong", "end")) == []
    assert len(differences(one, _too_deep("head", "ping", "else", "ping", "end"))) == 2


def test_a_source_is_read_as_it_is_written() -> None:
    source = """# A notebook.
#: raises = "SomeError"
#: parameters.number = 3
# %% [markdown]
# # Title
#
# Text.
# %% tags: parameters, own

number = 1
# a comment

# %%
# %% [raw]
# raw
"""
    awkward = parsed("name", source)
    assert awkward.raises == "SomeError"
    assert awkward.parameters == {"number": 3}
    assert [(cell["id"], cell["cell_type"], cell["source"]) for cell in awkward.cells] == [
        ("cell-01", "markdown", "# Title\n\nText."),
        ("cell-02", "code", "number = 1\n# a comment"),
        ("cell-03", "code", ""),
        ("cell-04", "raw", "raw"),
    ]
    assert [cell["metadata"].get("tags") for cell in awkward.cells] == [
        *(None, ["parameters", "own"], None, None)
    ]


def test_each_notebook_says_what_is_awkward_in_it() -> None:
    read_all: list[Awkward] = [read(name) for name in names()]
    assert len(read_all) >= 36
    assert [awkward.name for awkward in read_all if not awkward.cells] == []
