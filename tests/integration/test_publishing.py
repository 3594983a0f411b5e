"""The output of `aip publish`: all pages, complete, self-contained, and made only when needed."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import openpyxl
import pytest
from filelock import FileLock

from tests.home import NEWEST_COMPLETE, Home
from tests.pages import Figure, attribute, charts, figures, read_page, text_of

FICTIONAL = "架空のサンプルデータ"
PAGES = 23
# Of the small home: four areas, three blocks, the ward.
SMALL_PAGES = 8
LOADING = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Charts that may be the same on the pages of two areas, each with the reason.
MAY_BE_ALIKE: dict[str, str] = {}


def html_files(home: Home) -> list[Path]:
    return sorted(home.pages.glob("*.html"))


def report_pages(home: Home) -> list[Path]:
    return [file for file in html_files(home) if file.name != "index.html"]


@cache
def ids(file: Path) -> set[str]:
    return {attribute(tag, "id") for tag in read_page(file).select("[id]")}


def test_a_page_for_each_area_each_block_and_the_ward(published: Home) -> None:
    names = [file.name for file in report_pages(published)]
    assert len([name for name in names if re.fullmatch(r"area-\d\d-[a-z-]+\.html", name)]) == 18
    assert len([name for name in names if re.fullmatch(r"block-\d-[a-z-]+\.html", name)]) == 4
    assert "ward.html" in names
    assert len(names) == PAGES
    assert "area-12-funado.html" in names
    assert "block-3-shimura.html" in names
    files = {file.name for file in published.pages.iterdir() if not file.name.startswith(".")}
    beside = {name.replace(".html", ending) for name in names for ending in (".xlsx", ".csv")}
    assert files == {*names, *beside, "index.html", "manifest.json", "assets"}
    assert {"plotly.min.js", "aip.css", "aip.js"} <= {
        file.name for file in (published.pages / "assets").iterdir()
    }


def test_the_manifest_names_every_page(published: Home) -> None:
    manifest = json.loads((published.pages / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["fiscal_year"] == NEWEST_COMPLETE
    assert manifest["fictional"] is True
    assert {entry["file"] for entry in manifest["pages"].values()} == {
        file.name for file in html_files(published)
    }


def test_the_index_leads_to_every_report_once_or_more(published: Home) -> None:
    links = {
        attribute(link, "href") for link in read_page(published.pages / "index.html").select("a")
    }
    assert {file.name for file in report_pages(published)} <= links


def test_every_link_leads_somewhere(published: Home) -> None:
    dead = []
    for file in html_files(published):
        for tag in read_page(file).select("[href], [src]"):
            link = attribute(tag, "href" if "href" in tag.attrs else "src")
            if link.startswith("data:"):
                continue
            path, fragment = urldefrag(link)
            target = file.parent / unquote(path) if path else file
            exists = target.is_file() and (not fragment or fragment in ids(target))
            if not exists:
                dead.append(f"{file.name}: {link}")
    assert dead == []


def test_every_page_says_that_its_records_are_fictional(published: Home) -> None:
    for file in html_files(published):
        assert FICTIONAL in text_of(file), file.name


def test_no_page_asks_another_host_for_anything(published: Home) -> None:
    requests = []
    for file in html_files(published):
        page = read_page(file)
        for name in ("src", "href", "srcset", "poster", "action", "data"):
            requests += [
                f"{file.name}: {attribute(tag, name)}"
                for tag in page.select(f"[{name}]")
                if ELSEWHERE.match(attribute(tag, name))
            ]
    styles = [*html_files(published), *published.pages.glob("assets/*.css")]
    for file in styles:
        for match in LOADING.finditer(file.read_text(encoding="utf-8")):
            target = match.group(1) or match.group(2)
            if ELSEWHERE.match(target):
                requests.append(f"{file.name}: {target}")
    script = (published.pages / "assets" / "aip.js").read_text(encoding="utf-8")
    assert "://" not in script
    assert requests == []


def test_no_page_tells_where_it_was_made(published: Home) -> None:
    places = [str(published.folder), "/tmp/", "/home/", "/usr/", "C:\\"]  # noqa: S108
    for file in [*html_files(published), published.pages / "manifest.json"]:
        text = file.read_text(encoding="utf-8")
        assert [place for place in places if place in text] == [], file.name


def test_no_page_holds_code_or_prompts(published: Home) -> None:
    for file in report_pages(published):
        page = read_page(file)
        assert page.select(".input, .prompt, .jp-InputArea, .highlight") == []
        assert "import report" not in text_of(file)
        assert "Traceback" not in text_of(file)


def test_no_two_areas_show_the_same_chart(published: Home) -> None:
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in published.pages.glob("area-*.html"):
        for name, data in charts(file).items():
            seen[name][json.dumps(data, sort_keys=True)].append(file.name)
    assert len(seen) >= 10
    alike = {
        name: sorted(files)
        for name, by_data in seen.items()
        for files in by_data.values()
        if len(files) > 1 and name not in MAY_BE_ALIKE
    }
    assert alike == {}


def test_publishing_again_makes_nothing(own_small_published: Home) -> None:
    states = own_small_published.states()
    assert set(states.values()) == {"最新"}
    assert len(states) == SMALL_PAGES
    # Rebuilding the same records changes nothing either.
    own_small_published.check_output("build")
    before = own_small_published.results()
    output = own_small_published.check_output("publish")
    assert "0件" in output
    assert f"{SMALL_PAGES}件" in output
    assert own_small_published.results() == before


def test_reports_are_stale_once_a_record_has_changed(own_small_published: Home) -> None:
    (file,) = own_small_published.raw.glob("2025/12*.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book["会議記録"]
    first = next(row for row in sheet.iter_rows() if row[1].value == "定例会")
    first[6].value = 19
    book.save(file)
    own_small_published.check_output("build")
    states = own_small_published.states()
    assert states["area-12-funado.html"] == "要更新"
    assert states["block-3-shimura.html"] == "要更新"
    assert states["ward.html"] == "要更新"
    own_small_published.check_output("publish", "--only", "舟渡")
    assert own_small_published.states()["area-12-funado.html"] == "最新"
    # 14 members present became 19: 205 attendances at 11 meetings instead of 200.
    page_figures = figures(own_small_published.pages / "area-12-funado.html")
    assert page_figures[Figure("attendance_per_meeting", "area-12", 2025)] == pytest.approx(
        205 / 11
    )


def test_a_page_that_somebody_changed_or_removed_is_stale(own_small_published: Home) -> None:
    page = own_small_published.pages / "area-12-funado.html"
    page.write_text(page.read_text(encoding="utf-8") + "<p>", encoding="utf-8")
    (own_small_published.pages / "area-01-itabashi.html").unlink()
    states = own_small_published.states()
    assert states.pop("area-12-funado.html") != "最新"
    assert states.pop("area-01-itabashi.html") != "最新"
    assert set(states.values()) == {"最新"}


def test_only_and_out_and_jobs_and_force(own_small: Home, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    arguments = ("publish", "--only", "舟渡", "--only", "志村", "--out", out, "--jobs", "1")
    own_small.check_output(*arguments)
    pages = out / "2025"
    files = {file.name for file in pages.glob("*.html")}
    assert files == {"area-12-funado.html", "block-3-shimura.html", "index.html"}
    assert not any(own_small.pages.glob("*.html"))
    links = {attribute(link, "href") for link in read_page(pages / "index.html").select("a")}
    assert {"area-12-funado.html", "block-3-shimura.html"} <= links
    assert "ward.html" not in links

    page = pages / "area-12-funado.html"
    written = page.stat().st_mtime_ns
    own_small.check_output(*arguments)
    assert page.stat().st_mtime_ns == written
    content = page.read_bytes()
    own_small.check_output("publish", "--only", "12", "--out", out, "--force")
    assert page.stat().st_mtime_ns > written
    assert page.read_bytes() == content


def test_kind(own_small: Home) -> None:
    own_small.check_output("publish", "--kind", "ward")
    assert {file.name for file in report_pages(own_small)} == {"ward.html"}


def heads(page: Path) -> list[str]:
    """Return the heads of the table of key figures."""
    return [
        head.get_text(strip=True)
        for head in read_page(page).select("#section-key-figures ~ div th[scope=col]")
    ]


def differences(page: Path) -> list[str]:
    """Return the last column of the key figures: the difference from the year before."""
    rows = read_page(page).select("#table-key_figures tbody tr")
    return [row.find_all(["td", "th"])[-1].get_text(strip=True) for row in rows]


def test_a_running_year_speaks_for_its_months_and_not_of_the_year_before(own_small: Home) -> None:
    own_small.check_output("publish", "--fiscal-year", "2026", "--only", "舟渡")
    page = own_small.reports / "2026" / "area-12-funado.html"
    subtitle = read_page(page).select_one(".subtitle")
    assert subtitle is not None
    assert "10月まで" in subtitle.get_text()
    assert "令和8年10月31日" in subtitle.get_text()
    assert "前年度とは比べていません" in text_of(page)
    assert "前年度は" not in text_of(page)
    assert "前年度と同じ" not in text_of(page)
    # No difference: seven months are not compared with twelve, as the heads say.
    beside = "志村ブロック（仮）の1地域あたり"
    assert heads(page) == ["項目", "令和8年度（10月まで）", "令和7年度", beside]
    # The year before is not affected.
    assert not own_small.pages.exists()


def test_a_complete_year_is_set_beside_the_year_before(published: Home) -> None:
    page = published.pages / "area-12-funado.html"
    # The years go back to the first on record, and no later one is mentioned.
    assert {figure.year for figure in figures(page)} == {2022, 2023, 2024, 2025}
    assert "前年度は" in text_of(page)
    beside = "志村ブロック（仮）の1地域あたり"
    assert heads(page) == ["項目", "令和7年度", "令和6年度", "前年度との差", beside]
    assert any(re.search(r"\d", difference) for difference in differences(page))


def test_a_second_run_waits_for_nobody_and_says_so(own_small_published: Home) -> None:
    (lock,) = own_small_published.pages.glob(".*lock")
    before = own_small_published.results()
    with FileLock(lock):
        done = own_small_published.aip("publish", "--only", "舟渡", "--force")
    assert done.returncode == 13
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert own_small_published.results() == before


@pytest.fixture
def poisoned(own_small_published: Home) -> Home:
    """Return a home whose notebook for blocks fails for 志村, and only there."""
    file = own_small_published.folder / "notebooks" / "reports" / "block.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    poison = 'if block == "3":\n    raise RuntimeError("毒の入ったセル")'
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "poison",
        "metadata": {},
        "outputs": [],
        "source": poison,
    }
    notebook["cells"].append(cell)
    file.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return own_small_published


def test_a_report_that_fails_keeps_its_last_good_page(poisoned: Home) -> None:
    before = poisoned.results()
    done = poisoned.aip("publish", "--only", "志村", "--only", "上板橋")
    assert done.returncode == 12
    assert "Traceback" not in done.stderr
    assert "毒の入ったセル" in done.stdout + done.stderr

    bad, good = "block-3-shimura.html", "block-2-kamiitabashi.html"
    assert poisoned.results()[f"reports/2025/{bad}"] == before[f"reports/2025/{bad}"]
    states = poisoned.states()
    assert states[bad] == "失敗"
    assert states[good] == "最新"

    marked = {
        attribute(link, "href"): str(link.find_next_sibling("small"))
        for link in read_page(poisoned.pages / "index.html").select("main a:has(+ small)")
    }
    assert 'class="state fresh"' not in marked[bad]
    assert "更新できません" in marked[bad]
    assert 'class="state fresh"' in marked[good]
    assert 'class="state fresh"' in marked["ward.html"]
    failed = list((poisoned.pages / "failed").glob("*.ipynb"))
    assert len(failed) == 1
    assert "毒の入ったセル" in failed[0].read_text(encoding="utf-8")
