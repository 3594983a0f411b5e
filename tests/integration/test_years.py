"""The list of fiscal years, above the folders of all years."""

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from aip_analysis.publish.html.update_years import renew_years
from aip_analysis.publish.plan.manifest import Entry, Manifest, write_manifest

COVERS = {
    "ja": {"title": "見本区 年次報告", "programme": "見本", "period": "4月1日～"},
    "en": {"title": "Model ward", "programme": "Model", "period": "from April"},
}


def publish(out: Path, year: int, way: str = "", *, made: int = 2, failed: int = 0) -> Path:
    """Write the files that an edition of two reports consists of, and return its folder."""
    folder = out / str(year) / way
    language = "en" if way.startswith("en") else "ja"
    cover = COVERS[language] | {"year_ja": f"令和{year - 2018}年度", "year_en": f"FY {year}"}
    pages = {"index": Entry("index.html", "x")}
    for number in range(1, 3):
        file = f"area-0{number}.html"
        reason = "壊れた" if number <= failed else ""
        pages[f"area-0{number}"] = Entry(file, "x" if number <= made else "", reason=reason)
    folder.mkdir(parents=True)
    for entry in pages.values():
        if entry.sha256:
            (folder / entry.file).write_text("<p>", encoding="utf-8")
    about = {"fiscal_year": year, "language": language, "reports": 2, "cover": cover}
    write_manifest(folder, Manifest(about, pages))
    return folder


def listed(out: Path, page: str = "index.html") -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each year with its editions: their links and states."""
    read = BeautifulSoup((out / page).read_text(encoding="utf-8"), "html.parser")
    return [
        (
            year.select_one("h2").get_text(),  # type: ignore[union-attr]
            [
                (str(line.a["href"]), line.select_one(".state").get_text())  # type: ignore[index, union-attr]
                for line in year.select("ul li")
            ],
        )
        for year in read.select(".years > li")
    ]


def test_years_one_by_one_and_taken_away(tmp_path: Path) -> None:
    publish(tmp_path, 2023)
    renew_years(tmp_path)
    assert listed(tmp_path) == [("令和5年度", [("2023/index.html", "報告書 2件")])]
    publish(tmp_path, 2025)
    publish(tmp_path, 2024, made=1)
    renew_years(tmp_path)
    assert listed(tmp_path) == [
        ("令和7年度", [("2025/index.html", "報告書 2件")]),
        ("令和6年度", [("2024/index.html", "報告書 2件のうち1件を作成済み")]),
        ("令和5年度", [("2023/index.html", "報告書 2件")]),
    ]
    shutil.rmtree(tmp_path / "2025")
    renew_years(tmp_path)
    assert [year for year, _ in listed(tmp_path)] == ["令和6年度", "令和5年度"]


def test_editions_of_a_year(tmp_path: Path) -> None:
    for way in ("", "single-file", "en", "en/single-file"):
        publish(tmp_path, 2025, way)
    renew_years(tmp_path)
    ways = ["2025/index.html", "2025/single-file/index.html"]
    ways += ["2025/en/index.html", "2025/en/single-file/index.html"]
    for page in ("index.html", "index-en.html"):
        ((_, editions),) = listed(tmp_path, page)
        assert [way for way, _ in editions] == ways
    # With the last English edition, the English list is removed.
    shutil.rmtree(tmp_path / "2025" / "en")
    renew_years(tmp_path)
    assert not (tmp_path / "index-en.html").exists()
    assert "index-en.html" not in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (2, "報告書 2件、1件は更新できず、前の版のままです"),
        (0, "報告書 2件のうち0件を作成済み、1件は作成できませんでした"),
    ],
)
def test_what_failed_is_told(tmp_path: Path, made: int, said: str) -> None:
    publish(tmp_path, 2025, made=made, failed=1)
    renew_years(tmp_path)
    assert listed(tmp_path) == [("令和7年度", [("2025/index.html", said)])]


def test_what_is_no_year_is_not_listed(tmp_path: Path) -> None:
    publish(tmp_path, 2025)
    (tmp_path / "2024").mkdir()
    (tmp_path / "notes").mkdir()
    shutil.copytree(tmp_path / "2025", tmp_path / "2025-old")
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "manifest.json").write_text("{", encoding="utf-8")
    renew_years(tmp_path)
    assert [year for year, _ in listed(tmp_path)] == ["令和7年度"]


def test_it_is_written_only_where_it_would_differ(tmp_path: Path) -> None:
    publish(tmp_path, 2025)
    renew_years(tmp_path)
    page = tmp_path / "index.html"
    before, number = page.read_bytes(), page.stat().st_ino
    renew_years(tmp_path)
    assert page.stat().st_ino == number
    # If somebody has altered it, it is restored, byte for byte.
    page.write_bytes(before.replace("令和7年度".encode(), "令和8年度".encode(), 1))
    renew_years(tmp_path)
    assert page.read_bytes() == before
    assert not re.search(rb'(?:src|href)="(?:https?:|/)', before)
    assert [file.name for file in tmp_path.glob(".*.aip-part")] == []
