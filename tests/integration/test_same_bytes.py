"""The same records result in the same pages, byte for byte, whenever and wherever they are made."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.home import Home

ENDINGS = {".html", ".xlsx", ".csv"}
CHOSEN = ("--only", "舟渡", "--only", "蓮根", "--only", "板橋", "--kind", "area")


def pages(folder: Path) -> dict[str, bytes]:
    """Return the contents of the pages of a folder, and of the files attached to them."""
    files = sorted(file for file in folder.iterdir() if file.suffix in ENDINGS)
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "OMP_NUM_THREADS": "1"},
        pytest.param(
            {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "AIP_LANG": "en"},
            marks=pytest.mark.night,
        ),
    ],
    ids=["east", "west"],
)
def test_on_another_day_of_the_world(
    small_published: Home, own_small: Home, tmp_path: Path, settings: dict[str, str]
) -> None:
    out = tmp_path / "somewhere else" / "報告"
    done = own_small.aip("publish", "--out", out, "--jobs", "1", *CHOSEN, **settings)
    assert done.returncode == 0, done.stderr
    contents = pages(out / "2025")
    index = contents.pop("index.html")
    expected = pages(small_published.pages)
    assert len(contents) == 9
    assert {name: expected[name] for name in contents} == contents
    # The index lists which reports exist, and here most do not.
    assert index != expected["index.html"]


def test_with_papermills_own_engine(small_published: Home, own_small: Home) -> None:
    own_small.check_output("publish", "--engine", "nbclient", "--only", "舟渡")
    for ending in ENDINGS:
        content = (own_small.pages / f"area-12-funado{ending}").read_bytes()
        assert content == (small_published.pages / f"area-12-funado{ending}").read_bytes()


def test_where_the_system_cannot_fork(
    small_published: Home, own_small: Home, tmp_path: Path
) -> None:
    # os.fork, which Windows lacks, is removed before the program starts.
    (tmp_path / "sitecustomize.py").write_text("import os\ndel os.fork\n", encoding="utf-8")
    done = own_small.aip("publish", "--only", "舟渡", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "分岐" in done.stderr
    assert done.stderr.count("\n") == 1
    for ending in ENDINGS:
        content = (own_small.pages / f"area-12-funado{ending}").read_bytes()
        assert content == (small_published.pages / f"area-12-funado{ending}").read_bytes()


def test_a_topic_corrected_renews_its_page_and_gives_what_a_new_start_gives(
    own_small_published: Home, tmp_path: Path
) -> None:
    before = pages(own_small_published.pages)
    (file,) = own_small_published.raw.glob("2025/12*.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book["会議記録"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
    row = next(row[0].row for row in sheet.iter_rows() if row[1].value == "定例会")
    sheet.cell(row, heads["議題"]).value = "ごみ出しの手伝いについて（訂正）"
    book.save(file)
    own_small_published.check_output("build")
    states = own_small_published.states()
    stale = {name for name, state in states.items() if state == "要更新"}
    assert stale == {"area-12-funado.html"}
    assert "area-12-funado.html\t舟渡地域\t記録" in own_small_published.check_output("list")

    output = own_small_published.check_output("publish")
    assert "1件" in output
    assert "7件" in output
    after = pages(own_small_published.pages)
    changed = {name for name in after if after[name] != before[name]}
    # The index names the records that it was made from.
    assert changed == {"area-12-funado.html", "area-12-funado.xlsx", "index.html"}
    assert "ごみ出しの手伝いについて（訂正）" in after["area-12-funado.html"].decode()

    anew = own_small_published.copy_to(tmp_path / "anew", reports=False)
    anew.check_output("publish")
    assert pages(anew.pages) == after


def test_what_is_stale_says_why(own_small_published: Home) -> None:
    home = own_small_published

    def why() -> set[str]:
        lines = [line.split("\t") for line in home.check_output("list").splitlines()]
        return {line[3] for line in lines if len(line) > 3}

    assert why() == set()
    notebook = home.folder / "notebooks" / "reports" / "ward.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("# 区", "# 区の", 1), encoding="utf-8")
    if notebook.read_text(encoding="utf-8") == text:
        pytest.fail("the notebook was not changed")
    assert why() == {"ノートブック"}
    notebook.write_text(text, encoding="utf-8")
    (home.folder / "uv.lock").write_text("version = 1\n", encoding="utf-8")
    assert why() == {"部品の版"}
    (home.folder / "uv.lock").unlink()
    rules = home.reference / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# 注\n", encoding="utf-8")
    assert why() == {"参照データ"}


def test_the_numbers_of_a_manifest(published: Home) -> None:
    manifest = json.loads((published.pages / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["pages"]["area-12-funado"]
    assert set(entry["made_from"]) == {
        *(
            "records",
            "comparators",
            "reference",
            "notebook",
            "program",
            "parameters",
            "lock",
            "text",
        ),
    }
    assert entry["seconds"] > 0
    assert entry["rows"]["meetings"] > 0
    assert {"python", "pandas", "plotly", "papermill"} <= set(manifest["versions"])
    assert set(manifest["assets"]) == {
        *("assets/aip.css", "assets/print.css", "assets/plotly.min.js"),
        *("assets/aip.js", "assets/finder.js"),
    }


def test_pages_are_lean(published: Home) -> None:
    sizes = {name: len(content) for name, content in pages(published.pages).items()}
    assert {name: size for name, size in sizes.items() if size > 400_000} == {}
    assert not (published.pages / "notebooks").exists()


def test_single_files(own_small: Home) -> None:
    own_small.check_output("publish", "--single-file", "--only", "舟渡", "--keep-notebooks")
    folder = own_small.pages / "single-file"
    page = (folder / "area-12-funado.html").read_text(encoding="utf-8")
    assert "assets/" not in page
    assert (folder / "notebooks" / "area-12-funado.ipynb").is_file()
    shutil.rmtree(own_small.pages / "assets")
    own_small.check_output("verify", "--single-file")
