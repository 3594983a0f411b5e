"""`aip verify` names every file that has changed since it was made."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.home import Home

PAGE = "area-12-funado.html"
BOOK, CSV = "area-12-funado.xlsx", "ward.csv"
INDEX = "index.html"
STYLE = "assets/aip.css"
# A page that was never published: an old name, a copy.
COPY = "area-12.html"
CHANGED = "つくったときと中身が違います："
MISSING = "ファイルがありません："
FOREIGN = "つくった覚えのないファイルがあります："


def append(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b" ")


def copy(file: Path) -> None:
    file.with_name(COPY).write_bytes(file.read_bytes())


@pytest.fixture(scope="module")
def pages(small_published: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return published pages, which each test restores."""
    return small_published.copy_to(tmp_path_factory.mktemp("verify") / "home")


def test_fresh_pages_are_as_they_were_made(pages: Home) -> None:
    # 8 reports, each with a workbook and a CSV, the index and the assets.
    assets = len(list((pages.pages / "assets").iterdir()))
    assert f"{8 * 3 + 1 + assets}ファイル" in pages.check_output("verify")


@pytest.mark.parametrize(
    ("file", "harm", "sentence"),
    [
        pytest.param(PAGE, append, f"{CHANGED}{PAGE}", id="page-changed"),
        pytest.param(INDEX, append, f"{CHANGED}{INDEX}", id="index-changed"),
        pytest.param(BOOK, append, f"{CHANGED}{BOOK}", id="workbook-changed"),
        pytest.param(CSV, Path.unlink, f"{MISSING}{CSV}", id="csv-removed"),
        pytest.param(STYLE, append, f"{CHANGED}{STYLE}", id="asset-changed"),
        pytest.param(PAGE, Path.unlink, f"{MISSING}{PAGE}", id="page-removed"),
        pytest.param(STYLE, Path.unlink, f"{MISSING}{STYLE}", id="asset-removed"),
        pytest.param(PAGE, copy, f"{FOREIGN}{COPY}", id="page-copied"),
    ],
)
def test_a_file_that_is_not_as_it_was_made_is_named(
    pages: Home, file: str, harm: Callable[[Path], None], sentence: str
) -> None:
    before = (pages.pages / file).read_bytes()
    harm(pages.pages / file)
    done = pages.aip("verify")
    (pages.pages / file).write_bytes(before)
    (pages.pages / COPY).unlink(missing_ok=True)
    assert done.returncode == 10
    first, last = done.stderr.splitlines()
    assert first == sentence
    assert "1件" in last
    assert str(pages.pages) in last
    assert done.stdout == ""
    pages.check_output("verify")


def test_every_difference_is_named(pages: Home) -> None:
    page, style = pages.pages / PAGE, pages.pages / STYLE
    before = page.read_bytes(), style.read_bytes()
    page.unlink()
    append(style)
    done = pages.aip("verify", AIP_LANG="en")
    page.write_bytes(before[0])
    style.write_bytes(before[1])
    assert done.returncode == 10
    *named, last = done.stderr.splitlines()
    assert len(named) == 2
    assert all(any(file in line for line in named) for file in (PAGE, STYLE))
    assert "2" in last


def test_where_nothing_is_published_there_is_nothing_to_verify(
    built: Home, pages: Home, tmp_path: Path
) -> None:
    for done in (
        built.aip("verify", "--out", tmp_path),
        pages.aip("verify", "--fiscal-year", "2019"),
        pages.aip("verify", "--lang", "en"),
    ):
        assert done.returncode == 11
        (line,) = done.stderr.splitlines()
        assert "aip publish" in line


def test_publishing_mends_what_verify_names(pages: Home) -> None:
    for file in (PAGE, STYLE):
        append(pages.pages / file)
    assert pages.aip("verify").returncode == 10
    pages.check_output("publish", "--only", "舟渡")
    pages.check_output("verify")
