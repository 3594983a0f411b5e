"""`aip lab`: a real JupyterLab in a browser, with the explore notebook run from its menu."""

import http
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_recorder import Watched
from tests.home import AIP, Home, plain_environment

TOKEN = "a-token-of-the-tests"  # noqa: S105 -- of a server that runs for one test
NOTEBOOK = "explore/05-活動と通いの場.ipynb"
MAPS = "explore/07-地図.ipynb"
PATIENCE_S = 120
AREAS = 18
# Number of cells of the notebook on maps that end in a map, without the explorer.
MAP_CELLS = 7


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    address: str
    log: Path
    notebooks: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/status?token={TOKEN}", timeout=5) as reply:  # noqa: S310 -- ours
            return bool(json.load(reply)["started"])
    except (OSError, urllib.error.URLError):
        return False


@pytest.fixture(scope="module")
def lab(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    tmp_path = tmp_path_factory.mktemp("lab")
    home = built.copy_to(tmp_path / "home", reports=False)
    port = free_port()
    config = tmp_path / "config"
    config.mkdir()
    # Test machines often run as root, for which Jupyter requires an extra option.
    allowed = json.dumps({"ServerApp": {"allow_root": os.geteuid() == 0}})
    (config / "jupyter_server_config.json").write_text(allowed, encoding="utf-8")
    settings = {
        "JUPYTER_TOKEN": TOKEN,
        "HOME": str(tmp_path),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    log = tmp_path / "lab.log"
    command: list[str | Path] = [
        AIP,
        "lab",
        "--no-browser",
        "--port",
        str(port),
        "--home",
        home.folder,
    ]
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            cwd=home.folder,
            env=plain_environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + PATIENCE_S
            while not answers(address):
                assert server.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < until, log.read_text(encoding="utf-8")
                time.sleep(0.5)
            yield Lab(address, log, home.folder / "notebooks")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


@contextmanager
def in_the_lab(browser: Browser, lab: Lab, notebook: str = NOTEBOOK) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    own = (lab.address, lab.address.replace("http", "ws", 1), "data:", "blob:")
    watched = Watched(context.new_page(), own)
    # A workspace for each notebook: none restores the tabs of another.
    place = f"lab/workspaces/{Path(notebook).name[:2]}/tree/{notebook}"
    with watched.watch():
        watched.page.goto(f"{lab.address}/{place}?token={TOKEN}")
        yield watched
    context.close()


def write_notebook(path: Path, sources: Iterable[str]) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})  # type: ignore[no-untyped-call]
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def run_all_cells(page: Page) -> None:
    expect(page.locator(".jp-NotebookPanel .jp-Cell").first).to_be_visible(timeout=60_000)
    idle = page.get_by_role("button", name=re.compile(r"ipykernel\) \| アイドル"))
    expect(idle).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="実行", exact=True).click()
    page.get_by_role("menuitem", name="すべてのセルを実行", exact=True).click()


def chart_sizes(page: Page) -> list[int]:
    """Return the number of traces of each drawn chart."""
    drawn = """() => [...document.querySelectorAll(".js-plotly-plot")]
      .filter((plot) => plot.querySelector(".main-svg path"))
      .map((plot) => plot.data.length)"""
    sizes: list[int] = page.evaluate(drawn)
    return sizes


def test_it_opens_in_japanese_on_the_welcome_notebook_and_asks_nobody(
    browser: Browser, lab: Lab
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    watched = Watched(context.new_page(), (lab.address, "data:", "blob:"))
    with watched.watch():
        page = watched.page
        # The address that the browser is opened with.
        page.goto(f"{lab.address}/?token={TOKEN}")
        run_all_cells(page)
        tab = page.get_by_role("tab", name="00-ようこそ.ipynb")
        expect(tab.first).to_have_attribute("aria-selected", "true")
        menus = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
        assert menus == ["ファイル", "編集", "表示", "実行", "カーネル", "タブ", "設定", "ヘルプ"]
        shown = page.locator(".jp-OutputArea")
        expect(shown.get_by_text("（最新）")).to_be_visible(timeout=PATIENCE_S * 1000)
        expect(shown.get_by_text("架空のサンプルデータ").first).to_be_visible()
        chart = shown.locator(".js-plotly-plot .main-svg path").first
        expect(chart).to_be_attached(timeout=PATIENCE_S * 1000)
        assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
        assert [line for line in watched.complaints if line.startswith("asked for")] == []
    context.close()


def test_nobody_without_the_token_gets_in(lab: Lab) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{lab.address}/api/contents", timeout=30)  # noqa: S310 -- ours
    refused.value.close()
    assert refused.value.code == http.HTTPStatus.FORBIDDEN


@pytest.mark.night
def test_the_explore_notebook_shows_charts_and_maps(browser: Browser, lab: Lab) -> None:
    with in_the_lab(browser, lab) as watched:
        page = watched.page
        run_all_cells(page)
        for order in range(3):
            chart = page.locator(".jp-OutputArea .js-plotly-plot").nth(order)
            expect(chart).to_be_attached(timeout=PATIENCE_S * 1000)
            chart.scroll_into_view_if_needed()
            expect(chart.locator(".main-svg").first).to_be_visible(timeout=30_000)
        assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
        # A map has an outline for every area.
        assert max(chart_sizes(page)) >= AREAS
        outside = [line for line in watched.complaints if line.startswith("asked for")]
        assert outside == []


def test_the_notebook_on_maps_shows_each_and_its_explorer_links_four_views(
    browser: Browser, lab: Lab
) -> None:
    with in_the_lab(browser, lab, MAPS) as watched:
        page = watched.page
        run_all_cells(page)
        for order in range(MAP_CELLS):
            chart = page.locator(".jp-OutputArea .js-plotly-plot").nth(order)
            expect(chart).to_be_attached(timeout=PATIENCE_S * 1000)
            chart.scroll_into_view_if_needed()
            expect(chart.locator(".g-gtitle")).to_contain_text("年度", timeout=30_000)

        explorer = page.locator(".aip-explorer")
        explorer.scroll_into_view_if_needed()
        sentence, table = explorer.locator(".sentence"), explorer.locator("tr.chosen")
        drawn, course = explorer.locator(".map svg").first, explorer.locator(".chart svg").first
        code = explorer.locator("pre")
        expect(sentence).to_contain_text("令和7年度の「会議」は、板橋区全体で")
        explorer.get_by_label("項目").select_option("活動の延べ参加人数")
        expect(sentence).to_contain_text("活動の延べ参加人数")
        expect(drawn).to_contain_text("活動の延べ参加人数（人）")
        # A click on the map chooses a place in all four views; so does a row of the table.
        explorer.locator(".map [data-place=area-12]").click()
        expect(sentence).to_contain_text("舟渡地域で")
        expect(course).to_contain_text("舟渡地域")
        expect(table).to_contain_text("舟渡")
        expect(code).to_contain_text('wb.line("活動の延べ参加人数", area="舟渡")')
        explorer.locator(".table tr", has_text="徳丸").click()
        expect(course).to_contain_text("徳丸地域")
        # On the map, the arrow keys lead to the next place.
        explorer.locator(".map [data-place=area-17]").press("ArrowRight")
        page.keyboard.press("Enter")
        expect(explorer.get_by_label("場所").locator("option:checked")).to_have_text("高島平")
        explorer.get_by_label("比べる年度").select_option("令和5年度")
        expect(drawn).to_contain_text("令和5年度〜令和7年度")
        explorer.get_by_label("図の形").select_option("ます目")
        expect(drawn).to_contain_text("ます目で表した図")
        explorer.get_by_role("button", name="表をCSVで保存").click()
        expect(explorer.locator(".said")).to_contain_text("保存しました")
        assert list(lab.notebooks.glob("results/活動の延べ参加人数-*-高島平-表.csv"))

        # Saved as HTML, the notebook has still pictures of its maps and of the explorer.
        page.keyboard.press("Control+s")
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
        saved = page.request.get(f"{lab.address}/nbconvert/html/{MAPS}?token={TOKEN}").text()
        still = BeautifulSoup(saved, "lxml")
        # One more map is of numbers of one's own.
        assert len(still.select(".jp-RenderedSVG")) == MAP_CELLS + 1
        assert still.select_one("html[lang=ja]")
        assert len(still.select("img[alt=地図], img[alt=図]")) == 2
        assert still.select("[src]:not([src^='data:']), link[href]") == []
        assert "://cdn" not in saved

        assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
        outside = [line for line in watched.complaints if line.startswith("asked for")]
        assert outside == []


FORM = """
from aip_analysis.workbench import open_workbench

open_workbench().form("area.ipynb")
"""


def test_the_form_makes_the_page_of_a_report(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.notebooks / "97-form.ipynb", [FORM])
    with in_the_lab(browser, lab, "97-form.ipynb") as watched:
        page = watched.page
        run_all_cells(page)
        area = page.get_by_label("地域 area")
        expect(area).to_be_visible(timeout=PATIENCE_S * 1000)
        area.select_option("徳丸")
        expect(page.locator(".jp-OutputArea pre")).to_contain_text("--only 徳丸")
        page.get_by_role("button", name="ページをつくる").click()
        made = page.get_by_text("ページができました")
        expect(made.first).to_be_visible(timeout=PATIENCE_S * 1000)
        assert list(lab.notebooks.parent.glob("reports/*/area-17-*.html"))


CHANGES = 1000
# A slider that draws a map at each change, and a cell that draws maps while it is moved.
CONTROLS = (
    """
import threading
import time
import ipywidgets
from aip_analysis.workbench import open_workbench

wb = open_workbench()
whole = wb.map("meetings").to_plotly_json()["data"]
seen, running = [], False

def draw(change):
    beside = running or threading.current_thread() is not threading.main_thread()
    seen.append((beside, wb.map("meetings").to_plotly_json()["data"] == whole))
    if change.new == slider.max:
        beside = any(beside for beside, _ in seen)
        told.value = f"changes drawn, beside the cell: {beside}, whole: {all(it for _, it in seen)}"

slider = ipywidgets.IntSlider(max=1000)
told = ipywidgets.Label("")
slider.observe(draw, "value")
ipywidgets.VBox([slider, told])
""",
    """
running, drawn = True, []
until = time.monotonic() + 20
while time.monotonic() < until:
    drawn.append(wb.map("meetings").to_plotly_json()["data"] == whole)
running = False
print("cell drawn, whole:", all(drawn))
""",
)


def test_controls_moved_while_a_cell_runs_draw_whole_figures_after_it(
    browser: Browser, lab: Lab
) -> None:
    write_notebook(lab.notebooks / "98-slider.ipynb", CONTROLS)
    with in_the_lab(browser, lab, "98-slider.ipynb") as watched:
        page = watched.page
        run_all_cells(page)
        handle = page.locator(".noUi-handle")
        expect(handle).to_be_visible(timeout=PATIENCE_S * 1000)
        handle.focus()
        for _ in range(CHANGES):
            page.keyboard.press("ArrowRight")
        # `aip lab` lets messages of controls wait for the cell that runs: JupyterLab's default is
        # a thread of their own, on which they would draw beside it.
        outputs = page.locator(".jp-OutputArea-output")
        said = page.get_by_text("changes drawn, beside the cell: False, whole: True")
        expect(said).to_be_visible(timeout=PATIENCE_S * 1000)
        expect(outputs.last).to_contain_text("cell drawn, whole: True")
