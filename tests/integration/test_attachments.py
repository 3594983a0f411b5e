"""The workbook and the CSV attached to each page: machine-readable, with the same figures."""

import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from bs4 import Tag

from tests.attachments import Sheet, Value, cells, lines, read_workbook
from tests.home import NEWEST_COMPLETE, Home
from tests.integration.oracle import Oracle, areas
from tests.pages import Figure, attribute, figures, read_page

# The ward, a block, an active council, one in preparation, one above its allowance.
CHOSEN = ("ward", "block-3-shimura", "area-12-funado", "area-10-nakadai", "area-03-nakajuku")
CONTENTS, ABOUT, DEFINITIONS = "目次", "説明", "定義"
SIGNS = {"—", "該当なし", "記載なし", "非公表", "設置前", "休止中"}
UNIT_IN_HEAD = re.compile(r"（[^（）]+）$")
LABEL = re.compile(r"^[図表]\d+")
MARK = "\ufeff".encode()


def slugs(home: Home) -> list[str]:
    return sorted(file.stem for file in home.pages.glob("*.html") if file.stem != "index")


def workbook(home: Home, slug: str) -> Path:
    return home.pages / f"{slug}.xlsx"


def tables_of(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    return {name: sheet for name, sheet in sheets.items() if LABEL.match(name)}


def test_each_page_has_a_workbook_and_a_csv_and_leads_to_both(published: Home) -> None:
    for slug in slugs(published):
        page = read_page(published.pages / f"{slug}.html")
        links = [attribute(link, "href") for link in page.select(".downloads a")]
        assert links == [f"{slug}.xlsx", f"{slug}.csv"]
        assert all((published.pages / name).is_file() for name in links)
    index = read_page(published.pages / "index.html")
    offered = {attribute(link, "href") for link in index.select("a.file")}
    assert offered == {f"{slug}.{kind}" for slug in slugs(published) for kind in ("xlsx", "csv")}


@pytest.mark.parametrize("slug", CHOSEN)
def test_programs_can_read_every_sheet(published: Home, slug: str) -> None:
    opened = openpyxl.load_workbook(workbook(published, slug))
    assert [sheet.title for sheet in opened if sheet.merged_cells.ranges] == []
    assert [sheet.title for sheet in opened if sheet.sheet_state != "visible"] == []
    sheets = read_workbook(workbook(published, slug))
    names = list(sheets)
    assert (names[0], names[1], names[-1]) == (CONTENTS, ABOUT, DEFINITIONS)
    assert [*sheets[CONTENTS].column("シート")] == names[1:]
    for name, cell in cells(workbook(published, slug)):
        assert cell.data_type in {"s", "n"}, (name, cell.coordinate, cell.data_type)
        assert cell.hyperlink is None
        if isinstance(cell.value, str):
            # The intake strips texts, so none has leading or trailing blanks.
            assert cell.value == cell.value.strip(), (name, cell.coordinate)
            assert cell.value
    for name, sheet in sheets.items():
        assert all(sheet.heads), name
        assert len(set(sheet.heads)) == len(sheet.heads), name
        assert not [head for head in sheet.heads if "\n" in head or "None" in head]
        # Every row begins with its label; no cell is left empty because it repeats the one above.
        assert sheet.rows, name
        assert None not in sheet.column(sheet.heads[0]), name


@pytest.mark.parametrize("slug", CHOSEN)
def test_numbers_are_numbers_and_have_units(published: Home, slug: str) -> None:
    for name, sheet in tables_of(read_workbook(workbook(published, slug))).items():
        for head in sheet.heads:
            column = sheet.column(head)
            numbers = [value for value in column if isinstance(value, int | float)]
            if not numbers:
                continue
            words = {value for value in column if isinstance(value, str)}
            assert words <= SIGNS, (name, head)
            # 回 is the number of a meeting, and the unit at the same time.
            in_head = UNIT_IN_HEAD.search(head) or head in {"回", "件数"}
            in_row = "単位" in sheet.heads and all(
                sheet.column("単位")[row]
                for row, value in enumerate(column)
                if isinstance(value, int | float)
            )
            assert in_head or in_row or _is_list(published, slug, name), (name, head)


def _is_list(home: Home, slug: str, sheet: str) -> bool:
    """Return whether a sheet lists records, whose heads are those of the offices."""
    codes = {line["図表番号"] for line in lines(home.pages / f"{slug}.csv")}
    return sheet not in codes


@pytest.mark.parametrize("slug", CHOSEN)
def test_the_workbook_says_what_the_page_says(published: Home, slug: str) -> None:
    sheets = read_workbook(workbook(published, slug))
    tables = _page_tables(published.pages / f"{slug}.html")
    compared = 0
    for label, rows in tables.items():
        if label not in sheets:
            # Only the definitions, which have a more detailed sheet of their own.
            assert label == list(tables)[-1]
            continue
        sheet = sheets[label]
        assert len(sheet.rows) == len(rows), label
        for row, (head, values) in zip(sheet.rows, rows, strict=True):
            assert head in {str(value) for value in row}, (label, head)
            numbers = [value for value in row if isinstance(value, int | float)]
            for value in values:
                assert any(math.isclose(value, number, rel_tol=1e-11) for number in numbers), (
                    f"{label} {head}: {value}"
                )
            compared += len(values)
    assert compared > 40
    codes = set(sheets[DEFINITIONS].column("項目コード"))
    used = {figure.measure for figure in figures(published.pages / f"{slug}.html")}
    assert used <= codes


def _page_tables(file: Path) -> dict[str, list[tuple[str, list[float]]]]:
    """Return the tables of a page by number: the head of each row and its figures."""
    tables = {}
    for table in read_page(file).select("main table"):
        frame = table.find_parent("figure")
        caption = frame.find("figcaption") if isinstance(frame, Tag) else table.find("caption")
        assert caption is not None
        label = LABEL.match(caption.get_text())
        assert label is not None
        tables[label[0]] = [_row(row) for row in table.select("tbody tr:not(.part)")]
    return tables


def _row(row: Tag) -> tuple[str, list[float]]:
    head = row.find("th")
    assert isinstance(head, Tag)
    unseen = head.find(class_="unseen")
    text = head.get_text()
    if isinstance(unseen, Tag):
        text = text.removeprefix(unseen.get_text())
    return text, [float(attribute(cell, "data-value")) for cell in row.select("[data-value]")]


@pytest.mark.parametrize(("code", "slug"), [("12", "area-12-funado"), ("03", "area-03-nakajuku")])
def test_figures_are_those_of_the_raw_files(published: Home, code: str, slug: str) -> None:
    data = published.folder / "data"
    names = {number: name for number, name, _ in areas(data)}
    expected = Oracle(data, code, names[code], NEWEST_COMPLETE).figures()
    values = {
        line["項目コード"]: float(line["値"])
        for line in lines(published.pages / f"{slug}.csv")
        if line["場所コード"] == f"area-{code}"
        and line["数値の年度"] == str(NEWEST_COMPLETE)
        and line["値"]
    }
    compared = {measure: value for measure, value in expected.items() if measure in values}
    assert {"meetings", "spending", "attendances", "execution_rate"} <= set(compared)
    for measure, value in compared.items():
        assert value is not None, measure
        assert math.isclose(values[measure], value, rel_tol=1e-11), measure


@pytest.mark.parametrize("slug", CHOSEN)
def test_the_csv_has_one_figure_a_line_and_they_are_those_of_the_page(
    published: Home, slug: str
) -> None:
    file = published.pages / f"{slug}.csv"
    content = file.read_bytes()
    assert content.startswith(MARK)
    assert content.count(b"\r\n") == content.count(b"\n")
    records = lines(file)
    on_page = figures(published.pages / f"{slug}.html")
    traced = 0
    for line in records:
        assert line["年度"] == str(NEWEST_COMPLETE)
        assert line["データの種類"] == "架空のサンプルデータ"
        # Reiwa 7 is 2025.
        assert line["期間"] == f"令和{int(line['数値の年度'] or NEWEST_COMPLETE) - 2018}年度"
        if line["値"]:
            assert math.isfinite(float(line["値"]))
            assert line["値の状態"].startswith(("あり", "一部なし："))
        else:
            assert line["値の状態"] not in {"", "あり"}
        assert line["単位"], line
        if line["場所コード"]:
            place, year = line["場所コード"], int(line["数値の年度"])
            value = on_page[Figure(line["項目コード"], place, year)]
            if value is None:
                assert not line["値"]
            else:
                assert math.isclose(float(line["値"]), value, rel_tol=1e-11)
            traced += 1
    assert traced > 15
    # A workbook's figures and the CSV's are the same ones.
    sheets = tables_of(read_workbook(workbook(published, slug)))
    for label in {line["図表番号"] for line in records if line["図表番号"]}:
        mine = [line["値"] for line in records if line["図表番号"] == label]
        assert _numbers(sheets[label]) == sorted(float(x) for x in mine if x), label


def _numbers(sheet: Sheet) -> list[float]:
    values: list[Value] = [value for row in sheet.rows for value in row]
    return sorted(float(value) for value in values if isinstance(value, int | float))


def test_all_csv_can_be_laid_below_each_other(published: Home) -> None:
    files = [published.pages / f"{slug}.csv" for slug in slugs(published)]
    heads = {file.read_bytes().splitlines()[0] for file in files}
    assert len(heads) == 1
    # A line is identified by all columns except the value.
    keys = [
        tuple(value for name, value in line.items() if name != "値")
        for file in files
        for line in lines(file)
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(published: Home, tmp_path: Path) -> None:
    file, profile = workbook(published, "area-12-funado"), (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", tmp_path, file], check=True, capture_output=True,
    )  # fmt: skip
    again = read_workbook(tmp_path / file.name)
    assert {name: sheet.heads for name, sheet in again.items()} == {
        name: sheet.heads for name, sheet in read_workbook(file).items()
    }
    assert _numbers(again["表1"]) == pytest.approx(_numbers(read_workbook(file)["表1"]))


def test_a_missing_workbook_makes_its_report_stale_and_is_made_again(
    own_small_published: Home,
) -> None:
    home, slug = own_small_published, "area-12-funado"
    before = home.results()
    (home.pages / f"{slug}.xlsx").unlink()
    with (home.pages / f"{slug}.csv").open("ab") as file:
        file.write(b"x")
    listing = home.check_output("list")
    (line,) = [line for line in listing.splitlines() if not line.startswith("最新")]
    assert line.split("\t")[:2] == ["要更新", f"{slug}.html"]
    assert "ブックかCSVがありません" in line
    assert "書き換えられています" in line
    # Leftovers of a killed run: a partial file, and a PDF missing in the manifest.
    part, paper = home.pages / f".{slug}.xlsx.0.aip-part", home.pages / f"{slug}.pdf"
    part.write_bytes(b"x")
    paper.write_bytes(b"%PDF-")
    assert home.aip("verify").returncode == 10
    assert "1件" in home.check_output("publish")
    home.check_output("verify")
    assert not part.exists()
    assert not paper.exists()
    after = home.results()
    manifest = (home.pages / "manifest.json").relative_to(home.folder).as_posix()
    assert {name for name in after if after[name] != before.get(name)} <= {manifest}
    assert set(after) == set(before)


def test_the_manifest_knows_the_page_of_each_file(published: Home) -> None:
    manifest = json.loads((published.pages / "manifest.json").read_text(encoding="utf-8"))
    for slug in slugs(published):
        entry = manifest["pages"][slug]
        assert set(entry["beside"]) == {f"{slug}.xlsx", f"{slug}.csv"}
        for beside in entry["beside"].values():
            assert beside["made_from"] == {"page": entry["sha256"]}


def test_a_page_that_is_sent_alone_holds_both(single_file: Path) -> None:
    page = read_page(single_file / "area-12-funado.html")
    links = {attribute(link, "download"): link for link in page.select(".downloads a")}
    assert set(links) == {"area-12-funado.xlsx", "area-12-funado.csv"}
    for link in links.values():
        assert attribute(link, "href").startswith("data:")
    files = [file for file in single_file.iterdir() if not file.name.startswith(".")]
    assert {file.suffix for file in files} == {".html", ".json"}
