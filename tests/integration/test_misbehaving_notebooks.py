"""A notebook that misbehaves for one area harms only the page of that area, whatever it does."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.background_runs import INSERTED, insert_cell, read_files, running, shorten_notebooks
from tests.home import Home
from tests.pages import attribute, read_page

AREA, SLUG, NAME = "12", "area-12-funado", "舟渡"
PAGE = f"{SLUG}.html"
NOTEBOOK = f"failed/{SLUG}.ipynb"
# Of the small home.
OTHERS = 7
MANIFEST = "manifest.json"
CONDITION = f'if area in {{"{AREA}", "{NAME}"}}:\n'
# The area, one that comes before it, and one that comes after it.
FEW = ("--only", NAME, "--only", "板橋", "--only", "前野")
FEW_OTHERS = ("area-01-itabashi.html", "area-13-maeno.html")
CELL_SECONDS = 6


@dataclass(frozen=True)
class Poison:
    """A misbehaving cell for one area.

    Parameters
    ----------
    name
        A short name.
    source
        The source of the cell.
    reason
        The reason given in messages and in the manifest.
    told_by
        The name of the exception in the outputs of the cell.
    """

    name: str
    source: str
    reason: str
    told_by: str


IMPATIENT = ("--timeout", str(CELL_SECONDS))
TOO_LONG = f"1つのセルが{CELL_SECONDS}秒（--timeout）を超えました。"
LITTLE = ("--memory", "500")
FULL = "メモリの上限（500MB、--memory）に達しました。"
DIED = "ノートブックのプロセスが途中で終わりました。"
POISONS = (
    Poison("raises", 'raise RuntimeError("毒の\\n入ったセル")', "毒の 入ったセル", "RuntimeError"),
    Poison("loops", "while True: pass", TOO_LONG, "CellTimeoutError"),
    Poison(
        "loops-and-will-not-stop",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        TOO_LONG,
        "CellTimeoutError",
    ),
    Poison("sleeps", "import time\ntime.sleep(600)", TOO_LONG, "CellTimeoutError"),
    Poison("leaves", "import os\nos._exit(3)", DIED, "DeadKernelError"),
    Poison("kills-itself", "import os\nos.kill(os.getpid(), 9)", DIED, "DeadKernelError"),
    Poison("crashes", "import ctypes\nctypes.string_at(0)", DIED, "DeadKernelError"),
    Poison("exits", "import sys\nsys.exit(0)", "途中で終了（exit）しています", "SystemExit"),
    Poison(
        # Half a GB on top of its memory is too much; bytes that are never written take no memory.
        "fills-memory",
        "pieces = []\nfor _ in range(40): pieces.append(bytearray(50_000_000))",
        FULL,
        "MemoryError",
    ),
    Poison(
        # Then no memory at all is left, not even for a number or a line of a traceback.
        "fills-memory-bit-by-bit",
        "pieces = []\nwhile True: pieces.append([None] * 10)",
        FULL,
        "MemoryError",
    ),
    Poison(
        # Only its outputs exceed the memory. Few and large, as the cell must fail well before its
        # time is over.
        "shows-more-than-memory-holds",
        "from IPython.display import display\n"
        "for _ in range(10): display({'text/html': 'x' * 110_000_000}, raw=True)",
        FULL,
        "MemoryError",
    ),
)
EVERYTHING = """
import builtins, gc, os, random, shutil, sys, warnings
import numpy, pandas, plotly.graph_objects, plotly.io
import aip_analysis.charts.style.theme, aip_analysis.messages, aip_analysis.report.page
os.environ.update(AIP_LANG="en", LANG="C", TZ="Asia/Kathmandu", AIP_BUILD="none")
os.environ.pop("AIP_HOME")
os.umask(0o777)
shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
plotly.io.templates["plotly"].layout.paper_bgcolor = "red"
plotly.io.templates.default = "plotly_dark"
pandas.set_option("display.max_rows", 1)
random.seed(1)
numpy.random.seed(1)
warnings.simplefilter("error")
gc.disable()
sys.path.clear()
sys.setrecursionlimit(200)
builtins.sorted = builtins.len = builtins.print
rooms = ("aip_analysis.messages", "aip_analysis.charts.style.theme", "aip_analysis.report.page")
for name in rooms:
    for known in list(vars(sys.modules[name])):
        if not known.startswith("__"):
            setattr(sys.modules[name], known, None)
sys.modules.clear()
os.chdir("/")
os._exit(0)
"""
STRIKE = """
import os
from pathlib import Path
Path("struck").touch()
os.kill(os.getppid(), 9)
os._exit(0)
"""
WAIT = """
import time
from pathlib import Path
while not Path("struck").exists():
    time.sleep(0.02)
time.sleep(2)
"""


def indented(source: str) -> str:
    """Return a cell that runs the source for the one area, and nothing for the others."""
    return CONDITION + "".join(f"    {line}\n" for line in source.strip().splitlines())


HARMLESS = indented("None")


def published_short(home: Home) -> Home:
    """Publish all pages of a home with short notebooks, and return the home."""
    shorten_notebooks(home)
    insert_cell(home, HARMLESS)
    home.check_output("publish")
    return home


@pytest.fixture(scope="module")
def shared_clean(small: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a small home with short notebooks, published. Read-only: it is shared."""
    return published_short(small.copy_to(tmp_path_factory.mktemp("clean") / "home"))


@pytest.fixture
def clean(shared_clean: Home, tmp_path: Path) -> Home:
    """Return such a home of the test's own."""
    return shared_clean.copy_to(tmp_path / "home")


def test_each_poisoned_area_fails_alone_and_heals(own_built: Home, tmp_path: Path) -> None:
    # This home has more areas than there are poisons.
    clean = published_short(own_built)
    before, written = read_files(clean.pages), stamps(clean)
    names = dict(line.split("\t")[1:3] for line in clean.check_output("list").splitlines())
    areas = sorted(page for page in names if page.startswith("area-"))
    poisoned = dict(zip(areas, POISONS, strict=False))
    insert_cell(
        clean, "".join(_for_area(page[5:7], poison.source) for page, poison in poisoned.items())
    )
    with running(clean, tmp_path, "publish", *IMPATIENT, *LITTLE) as run:
        code, _, error = run.result()
        assert run.remaining_processes() == []
    assert code == 12
    *failed, last = error.splitlines()
    others = areas[len(POISONS) :]
    assert f"{len(others)}件は公開しました" in last
    after = read_files(clean.pages)
    manifest_pages = json.loads(after[MANIFEST])["pages"]
    states = listed(clean)
    wrong = []
    for page, poison in poisoned.items():
        slug, notebook = Path(page).stem, after.get(f"failed/{Path(page).stem}.ipynb", b"")
        reason = manifest_pages[slug]["reason"]
        well = (
            f"作れませんでした：{names[page]}　{reason}" in failed,
            poison.reason in reason,
            stamps(clean)[page] == written[page] and after[page] == before[page],
            bool(notebook) and error_in_the_cell(notebook) == poison.told_by,
            states[page] == ["失敗", names[page], reason],
        )
        if not all(well):
            wrong.append((poison.name, well, reason))
    assert wrong == []
    assert marked_as_failed(clean) == set(poisoned)
    assert {f"{slug}.html" for slug, entry in manifest_pages.items() if entry["reason"]} == set(
        poisoned
    )
    assert [page for page in others if stamps(clean)[page] <= written[page]] == []
    assert [page for page in others if after[page] != before[page]] == []

    insert_cell(clean, HARMLESS)
    clean.check_output("publish")
    assert [page for page in poisoned if stamps(clean)[page] <= written[page]] == []
    healed = read_files(clean.pages)
    assert set(healed) == set(before)
    assert [name for name in healed if healed[name] != before[name] and name != MANIFEST] == []


def _for_area(code: str, source: str) -> str:
    """Return a cell that runs the source only for one area."""
    lines = "".join(f"    {line}\n" for line in source.strip().splitlines())
    return f'if area == "{code}":\n{lines}'


def test_all_others_are_published(clean: Home) -> None:
    before, written = read_files(clean.pages), stamps(clean)
    insert_cell(clean, indented('raise RuntimeError("毒")'))
    done = clean.aip("publish", "--force")
    assert done.returncode == 12
    failed, last = done.stderr.splitlines()
    assert failed == f"作れませんでした：{NAME}地域　毒"
    assert f"{OTHERS}件は公開しました" in last
    assert {name for name, at in stamps(clean).items() if at > written[name]} == {
        name for name in written if name != PAGE
    }
    assert {name for name, page in pages(clean).items() if page != before[name]} == {"index.html"}
    marks = marks_of_the_index(clean)
    assert {page for page, mark in marks.items() if mark} == {PAGE}
    assert len(marks) == OTHERS + 1
    states = listed(clean)
    assert [name for name, (state, *_) in states.items() if state != "最新"] == [PAGE]
    clean.check_output("verify")

    insert_cell(clean, HARMLESS)
    clean.check_output("publish")
    assert set(clean.states().values()) == {"最新"}
    healed = read_files(clean.pages)
    assert set(healed) == set(before)
    assert [name for name in healed if healed[name] != before[name] and name != MANIFEST] == []


def test_what_a_notebook_changes_around_it_shows_in_no_other_page(clean: Home) -> None:
    before, written = read_files(clean.pages), stamps(clean)
    insert_cell(clean, indented(EVERYTHING))
    # One after the other, so that later reports would be affected by its leftovers.
    done = clean.aip("publish", *FEW, "--force", "--jobs", "1")
    assert done.returncode == 12
    failed, _ = done.stderr.splitlines()
    # The cell ran to its last line.
    assert failed.startswith(f"作れませんでした：{NAME}地域　{DIED}")
    for name in FEW_OTHERS:
        assert stamps(clean)[name] > written[name]
        assert read_files(clean.pages)[name] == before[name]


@pytest.mark.parametrize("own_session", [False, True])
def test_a_process_that_a_notebook_starts_ends_with_it(
    clean: Home, tmp_path: Path, *, own_session: bool
) -> None:
    before = read_files(clean.pages)
    command = f'["sleep", "3600"], start_new_session={own_session}'
    insert_cell(clean, indented(f"import subprocess\nsubprocess.Popen({command})"))
    with running(clean, tmp_path, "publish", *FEW, "--force") as run:
        code, _, error = run.result()
        assert code == 0, error
        assert run.remaining_processes() == []
    assert read_files(clean.pages)[PAGE] == before[PAGE]


def test_a_notebook_that_ends_what_it_was_forked_from_fails_alone(
    clean: Home, tmp_path: Path
) -> None:
    before = read_files(clean.pages)
    insert_cell(clean, indented(STRIKE) + WAIT)
    # 板橋 is in progress when the cell strikes, and 前野 is still to come.
    with running(clean, tmp_path, "publish", *FEW, "--force", "--jobs", "2") as run:
        code, _, error = run.result()
        assert run.remaining_processes() == []
    assert code == 12
    failed, last = error.splitlines()
    assert failed.startswith(f"作れませんでした：{NAME}地域　")
    assert "2件は公開しました" in last
    assert {name: read_files(clean.pages)[name] for name in FEW_OTHERS} == {
        name: before[name] for name in FEW_OTHERS
    }


def test_a_report_may_take_no_longer_than_its_limit(clean: Home) -> None:
    insert_cell(clean, indented("import time\ntime.sleep(600)"))
    done = clean.aip("publish", *FEW, "--report-timeout", "6")
    assert done.returncode == 12
    failed, _ = done.stderr.splitlines()
    assert (
        failed
        == f"作れませんでした：{NAME}地域　1つの報告書が6秒（--report-timeout）を超えました。"
    )
    assert error_in_the_cell(read_files(clean.pages)[NOTEBOOK]) == "CellTimeoutError"


def test_what_is_shown_fits_into_memory_but_cannot_be_written(clean: Home) -> None:
    show = "display({'text/plain': 'x' * 60_000_000}, raw=True)"
    insert_cell(clean, indented(f"from IPython.display import display\nfor _ in range(4): {show}"))
    done = clean.aip("publish", "--only", NAME, *LITTLE)
    assert done.returncode == 12
    assert done.stderr.splitlines()[0] == f"作れませんでした：{NAME}地域　{FULL}"
    notebook = valid_notebook(read_files(clean.pages)[NOTEBOOK])
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert [output["ename"] for output in outputs] == ["MemoryError"]


def test_a_run_ends_at_its_limit_and_says_what_was_not_made(clean: Home, tmp_path: Path) -> None:
    before = pages(clean)
    insert_cell(clean, indented("import time\ntime.sleep(600)"))
    # 舟渡 is in progress until then, and 前野 waits for it.
    only = ("--only", NAME, "--only", "前野", "--jobs", "1")
    with running(clean, tmp_path, "publish", *only, "--run-timeout", "4") as run:
        code, _, error = run.result()
        assert run.remaining_processes() == []
    assert code == 12
    reason = "全体の制限時間（--run-timeout）になりました。"
    *failed, last = error.splitlines()
    assert sorted(failed) == [
        f"作れませんでした：前野地域　{reason}",
        f"作れませんでした：{NAME}地域　{reason}",
    ]
    assert "2件の報告書を作れませんでした（0件は公開しました）" in last
    for name, page in before.items():
        assert name == "index.html" or read_files(clean.pages)[name] == page
    assert listed(clean)[PAGE] == ["失敗", f"{NAME}地域", reason]

    insert_cell(clean, HARMLESS)
    clean.check_output("publish", *only)
    assert pages(clean) == before


def test_executed_notebooks_are_kept_where_they_are_wanted(clean: Home) -> None:
    before = pages(clean)
    clean.check_output("publish", *FEW, "--force", "--keep-notebooks")
    notebooks = {
        name: text for name, text in read_files(clean.pages).items() if "notebooks/" in name
    }
    assert set(notebooks) == {f"notebooks/{Path(page).stem}.ipynb" for page in (PAGE, *FEW_OTHERS)}
    for content in notebooks.values():
        notebook = valid_notebook(content)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        assert all(cell["execution_count"] for cell in code)
        assert any(cell["outputs"] for cell in code)
    assert pages(clean) == before
    clean.check_output("verify")


def pages(home: Home) -> dict[str, bytes]:
    return {name: page for name, page in read_files(home.pages).items() if name.endswith(".html")}


def stamps(home: Home) -> dict[str, int]:
    """Return the modification time of each page."""
    return {file.name: file.stat().st_mtime_ns for file in home.pages.glob("*.html")}


def marks_of_the_index(home: Home) -> dict[str, str]:
    """Return the mark of each report on the index, empty for fresh ones."""
    read_page.cache_clear()
    marks = {}
    for link in read_page(home.pages / "index.html").select("main a:has(+ small)"):
        mark = link.parent.select_one(".state") if link.parent else None
        assert mark is not None
        well = "fresh" in mark["class"]
        marks[attribute(link, "href")] = "" if well else mark.get_text(strip=True)
    return marks


def marked_as_failed(home: Home) -> set[str]:
    return {page for page, mark in marks_of_the_index(home).items() if "更新できません" in mark}


def listed(home: Home) -> dict[str, list[str]]:
    """Return the line of `aip list` for each report, by the name of its page."""
    lines = [line.split("\t") for line in home.check_output("list").splitlines()]
    return {page: [state, *more] for state, page, *more in lines}


def valid_notebook(content: bytes) -> dict[str, Any]:
    notebook: Any = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    valid: dict[str, Any] = notebook
    return valid


def error_in_the_cell(content: bytes) -> str:
    """Return the exception name in the poisoned cell, asserting that no other cell has one."""
    holding = [
        (cell, output["ename"])
        for cell in valid_notebook(content)["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if output["output_type"] == "error"
    ]
    ((cell, kind),) = holding
    assert cell["id"] == INSERTED
    assert cell["source"].startswith("if area ")
    return str(kind)
