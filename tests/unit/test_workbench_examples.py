"""Every question of the workbench has an example in its docstring, and the example is right."""

import doctest
import inspect
from pathlib import Path

import pandas as pd
import pytest

from aip_analysis.workbench import Workbench, open_workbench
from tests.home import Home

QUESTIONS = sorted(name for name in dir(Workbench) if not name.startswith("_"))


class Shown(doctest.OutputChecker):
    """Accepts whatever an example shows that says nothing of its output, such as a chart."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return not want or super().check_output(want, got, optionflags)


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return open_workbench(built.folder, "ja")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_examples_of_a_question_are_right(
    wb: Workbench, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Examples may write files.
    monkeypatch.chdir(tmp_path)
    question = inspect.getattr_static(Workbench, name)
    names = {"wb": wb, "pd": pd}
    found = doctest.DocTestFinder(recurse=False).find(question, name, globs=names)
    assert [test for test in found if test.examples], f"wb.{name} has no example"
    said: list[str] = []
    runner = doctest.DocTestRunner(
        Shown(), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    for test in found:
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
