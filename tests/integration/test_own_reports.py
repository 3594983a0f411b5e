"""A report invented by ``aip new-report``: published, listed, renewed, and failing alone."""

import csv
import io
import json
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest

from tests.home import Home
from tests.own_cells import insert_before_last
from tests.pages import attribute, read_page

NAME, TITLE = "rhythm", "会議のリズム"
PAGE = f"area-12-funado-{NAME}.html"
REPORT = ("--report", NAME)


def notebook_of(home: Home, name: str = NAME) -> Path:
    return home.folder / "notebooks" / "reports" / f"{name}.ipynb"


def insert(home: Home, source: str, name: str = NAME) -> None:
    """Insert a cell before the last one."""
    insert_before_last(notebook_of(home, name), source)


@pytest.fixture(scope="module")
def invented(small: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a small home with an own report, published with all others. Read-only."""
    home = small.copy_to(tmp_path_factory.mktemp("own") / "home")
    home.check_output("new-report", NAME, "--title", TITLE)
    home.check_output("publish")
    return home


@pytest.fixture
def own(invented: Home, tmp_path: Path) -> Home:
    return invented.copy_to(tmp_path / "home")


def test_each_area_has_a_page_with_its_chart_map_and_table(invented: Home) -> None:
    pages = sorted(file.name for file in invented.pages.glob(f"*-{NAME}.html"))
    assert [page[:7] for page in pages] == ["area-01", "area-11", "area-12", "area-13"]
    page = read_page(invented.pages / PAGE)
    assert page.select_one("h1").text == f"舟渡地域 {TITLE}"  # type: ignore[union-attr]
    captions = [str(one.contents[0]) for one in page.select("figure.chart figcaption")]
    assert captions == ["図1　会議の月ごとの回数（回）", "図2　月1回以上の通いの場への参加率（％）"]
    assert all(one.select("noscript svg") for one in page.select("figure.chart"))
    assert [one.text for one in page.select(".table-block caption")][1] == "表2　年度ごとの主な数値"
    sources = [one.text for one in page.select("figure.chart > .source")]
    assert sources[0] == "出典：会議記録（架空のサンプルデータ）"
    assert "もう少しくわしく" in [one.text for one in page.select(".contents a")]


def test_its_numbers_are_those_of_the_records_in_page_workbook_and_csv(invented: Home) -> None:
    meetings = pd.read_parquet(invented.processed / invented.current().strip() / "meetings.parquet")
    ours = meetings[
        (meetings["area_code"] == "12")
        & (meetings["fiscal_year"] == 2025)
        & meetings["kind"].isin(["regular", "extraordinary"])
    ]
    page = read_page(invented.pages / PAGE)
    cells = page.select("#own_figure_1 details td")
    assert sum(int(cell.text) for cell in cells) == len(ours)
    slug = PAGE.removesuffix(".html")
    book = openpyxl.load_workbook(invented.pages / f"{slug}.xlsx")
    assert {"図1", "図2", "表2"} <= set(book.sheetnames)
    text = (invented.pages / f"{slug}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    month = [row for row in rows if "会議の月ごとの回数（回）" in row.values()]
    assert len(month) == 12
    assert "出席" not in text.splitlines()[1]


def test_places_and_index_lead_to_it(invented: Home) -> None:
    index = read_page(invented.pages / "index.html")
    listed = index.select(".own li > a:not(.file)")
    assert [attribute(link, "href") for link in listed][2] == PAGE
    assert [head.text for head in index.select(".own h3")] == [TITLE]
    place = read_page(invented.pages / "area-12-funado.html")
    (link,) = place.select(f'.downloads a[href="{PAGE}"]')
    assert link.text == TITLE
    trail = read_page(invented.pages / PAGE).select(".trail a")
    assert attribute(trail[-1], "href") == "area-12-funado.html"
    assert not read_page(invented.pages / "ward.html").select(f'a[href*="{NAME}"]')


def test_it_is_fresh_until_records_notebook_or_files_change(own: Home) -> None:
    assert own.states()[PAGE] == "最新"
    (own.folder / "data" / "office.csv").write_text("地域,件数\n舟渡,3\n", encoding="utf-8")
    insert(own, "import pandas\npage.table(pandas.read_csv('data/office.csv'), '表', source='課')")
    assert own.states()[PAGE] == "要更新"
    assert own.states()["area-12-funado.html"] == "最新"
    own.check_output("publish")
    assert own.states()[PAGE] == "最新"
    (own.folder / "data" / "office.csv").write_text("地域,件数\n舟渡,44\n", encoding="utf-8")
    assert "ノートブックが読んだファイル" in own.check_output("list")
    assert "新しくつくったもの 4件" in own.check_output("publish")
    assert "44" in [one.text for one in read_page(own.pages / PAGE).select("#table-own_table_3 td")]


def test_one_that_fails_keeps_its_last_page_and_the_others_are_made(own: Home) -> None:
    before = (own.pages / PAGE).read_bytes()
    insert(own, "if area == '12': raise ValueError('だめ')\npage.text('よい')")
    done = own.aip("publish")
    assert done.returncode == 12
    assert f"舟渡地域 {TITLE}　だめ" in done.stderr
    assert (own.pages / PAGE).read_bytes() == before
    assert own.states()[PAGE] == "失敗"
    assert "よい" in read_page(own.pages / PAGE.replace("12-funado", "13-maeno")).text


def test_a_notebook_that_is_no_report_harms_no_other(own: Home) -> None:
    notebook_of(own, "copy").write_bytes(notebook_of(own, "area").read_bytes())
    notebook = json.loads(notebook_of(own).read_text(encoding="utf-8"))
    del notebook["metadata"]["aip"]["report"]["title"]
    notebook_of(own).write_text(json.dumps(notebook), encoding="utf-8")
    done = own.aip("publish")
    assert done.returncode == 12
    assert "copy.ipynb" in done.stderr
    assert f"{NAME}.ipynb に報告書の題名がありません" in done.stderr
    # Its pages wait for it to be mended.
    assert (own.pages / PAGE).is_file()
    asked = own.aip("publish", *REPORT)
    assert (asked.returncode, "題名" in asked.stderr) == (10, True)


def test_a_copy_with_metadata_is_a_variant_of_the_area_report(own: Home) -> None:
    notebook = nbformat.read(notebook_of(own, "area"), 4)  # type: ignore[no-untyped-call]
    wanted = ("parameters", "open_area", "page.money()", "page.summary()")
    cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code"
        and (
            cell.metadata.get("tags") == ["parameters"] or any(one in cell.source for one in wanted)
        )
    ]
    notebook.cells = [*cells[:2], cells[3], cells[2]]
    notebook.metadata["aip"] = {"report": {"levels": ["area"], "title": {"ja": "短い報告書"}}}
    nbformat.write(notebook, notebook_of(own, "short"))  # type: ignore[no-untyped-call]
    own.check_output("publish", "--report", "short", "--only", "舟渡")
    page = read_page(own.pages / "area-12-funado-short.html")
    assert [one.text for one in page.select(".contents a")] == ["お金の使いみち", "この1年"]
    # It reads only what the report notes, so records of other places leave it fresh.
    manifest = json.loads((own.pages / "manifest.json").read_text(encoding="utf-8"))
    reads = manifest["pages"]["area-12-funado-short"]["reads"]
    assert "everything" not in {read["source"] for read in reads}


def test_pages_of_a_report_that_is_given_up_are_removed(own: Home) -> None:
    notebook_of(own).unlink()
    assert "4件を取り除きました" in own.check_output("publish")
    assert not list(own.pages.glob(f"*-{NAME}.*"))
    own.check_output("verify")
    assert own.check_output("publish").startswith("2025年度の報告書：新しくつくったもの 0件")


def test_an_output_that_no_page_shows_is_told_and_kept_in_the_manifest(own: Home) -> None:
    insert(own, "from IPython.display import Javascript\nJavascript('alert(1)')")
    done = own.aip("publish", *REPORT)
    assert done.returncode == 0
    assert "ほか3件：ノートブックのここにあるスクリプト（JavaScript）は" in done.stderr
    manifest = json.loads((own.pages / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["pages"][PAGE.removesuffix(".html")]["notices"]) == 1
    assert read_page(own.pages / PAGE).select(".unshown")


def test_unknown_reports_and_names_that_are_taken_are_answered(own: Home) -> None:
    done = own.aip("publish", "--report", "rythm")
    assert (done.returncode, NAME in done.stderr) == (2, True)
    done = own.aip("new-report", NAME)
    assert (done.returncode, "もうあります" in done.stderr) == (10, True)
