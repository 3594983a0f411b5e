"""Hard cases from records to pages: each page exists, describes its case, and has no empty part."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests import hard_cases as hard
from tests.home import Home
from tests.pages import attribute, read_page, text_of
from tests.sentences import faults

LARGEST = 420_000
# Texts that no page of a complete or running year may show.
BROKEN = re.compile(r"(?<![A-Za-z])(?:nan|NaN|NaT|None|undefined|null|Infinity)(?![A-Za-z])|<NA>")


@pytest.fixture(scope="session")
def hard_home(tmp_path_factory: pytest.TempPathFactory, built: Home) -> Home:
    home = built.copy_to(tmp_path_factory.mktemp("hard") / "home", reports=False)
    hard.make_hard(home)
    home.check_output("publish")
    home.check_output(
        "publish", "--fiscal-year", str(hard.RUNNING), "--only", "舟渡", "--only", "ward"
    )
    return home


@pytest.fixture(scope="session")
def pages(hard_home: Home) -> list[Path]:
    running = hard_home.reports / str(hard.RUNNING)
    files = [*sorted(hard_home.pages.glob("*.html")), *sorted(running.glob("*.html"))]
    return [page for page in files if page.name != "index.html"]


def page_of(home: Home, area: str, year: int = hard.YEAR) -> Path:
    (page,) = (home.reports / str(year)).glob(f"area-{area}-*.html")
    return page


def summary_of(page: Path) -> str:
    section = read_page(page).select_one("section")
    assert section is not None
    return section.get_text(" ")


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (hard.PREPARING, "設置に向けた準備"),
        (hard.SUSPENDED, "令和7年10月1日から休止しています"),
        (hard.STARTED, "令和7年11月10日に設置され"),
        (hard.ENDED, "8月まで"),
        (hard.NO_SPENDING, "支出の記録がないため、残額はわかりません"),
        (hard.ABOVE_THE_ALLOWANCE, "上回った"),
        (hard.NO_ACTIVITIES, "活動の実績の記録はありません"),
        (hard.NO_RECORDS, "この年度の記録は未着です"),
        (hard.FEWEST, "会議を1回"),
        (hard.LONG_PLACE, hard.PLACE),
    ],
)
def test_the_year_says_what_is_the_case(hard_home: Home, area: str, said: str) -> None:
    assert said in summary_of(page_of(hard_home, area))


def test_what_is_not_known_is_not_compared_or_called_nothing(hard_home: Home) -> None:
    page = page_of(hard_home, hard.FEWEST)
    text, table = text_of(page), read_page(page).select_one("#table-key_figures thead")
    assert "それより後の分が届いていない" in text or "届いていないため" in text
    assert table is not None
    assert "前年度との差" not in table.get_text()
    for phrase in ("出席は延べ0人", "支出は0円", "人から0人へ", "開きが最も大きいのは"):
        assert phrase not in text
    known = text_of(page_of(hard_home, "01"))
    for phrase in ("前年度との差", "出席は延べ", "開きが最も大きいのは"):
        assert phrase in known


def test_a_running_year_is_told_as_one(hard_home: Home) -> None:
    page = text_of(page_of(hard_home, hard.LONG_NAMES, hard.RUNNING))
    assert "年度の途中" in page
    assert "前年度は" not in summary_of(page_of(hard_home, hard.LONG_NAMES, hard.RUNNING))


def test_all_pages_are_there(pages: list[Path]) -> None:
    assert len(pages) == 23 + 2


def test_no_page_shows_what_is_no_value(pages: list[Path]) -> None:
    matches = {page.name: BROKEN.findall(text_of_content(page)) for page in pages}
    assert {name: broken for name, broken in matches.items() if broken} == {}


def text_of_content(page: Path) -> str:
    """Return the words of a page, without the data of its charts."""
    content = read_page(page)
    hidden = {id(script) for script in content.select("script, style")}
    texts = [text for text in content.find_all(string=True) if id(text.parent) not in hidden]
    labels = [attribute(tag, "aria-label") for tag in content.select("[aria-label]")]
    return "\n".join([*map(str, texts), *labels])


def test_every_sentence_is_sound(pages: list[Path]) -> None:
    unsound = [
        f"{fault}: {page.name}: {text}"
        for page in pages
        for tag in read_page(page).select("section > p, figcaption, .remark, .strip dd")
        for text in tag.stripped_strings
        if hard.LONG not in text
        for fault in faults(text, "ja")
        # Tables and cards may have a dash for unknown values.
        if not (fault == "missing" and tag.name == "dd")
    ]
    assert unsound == []


def test_headings_stand_in_order_and_none_is_empty(pages: list[Path]) -> None:
    for page in pages:
        headings = read_page(page).select("h1, h2, h3, h4")
        levels = [int(heading.name[1]) for heading in headings]
        assert levels.count(1) == 1, page.name
        assert levels[0] == 1, page.name
        assert all(heading.get_text().strip() for heading in headings), page.name
        steps = pairwise(levels)
        assert all(below <= above + 1 for above, below in steps), page.name


def test_every_section_has_something_to_say(pages: list[Path]) -> None:
    for page in pages:
        for section in read_page(page).select("main > section"):
            heading = section.select_one("h2")
            assert heading is not None, page.name
            content = section.get_text().replace(heading.get_text(), "", 1)
            assert content.strip(), f"{page.name}: {heading.get_text()}"


def test_no_chart_and_no_table_is_empty(pages: list[Path]) -> None:
    for page in pages:
        for script in read_page(page).select("script.plot-data"):
            traces = json.loads(script.get_text())["data"]
            assert any(filled(trace) for trace in traces), f"{page.name}: {traces}"
        for table in read_page(page).select("table"):
            assert table.select("tbody tr"), f"{page.name}: {table.get_text()[:40]}"
        for plot in read_page(page).select("[role=img]"):
            assert plot.get("aria-label") or plot.select_one("title"), page.name


def filled(trace: dict[str, object]) -> bool:
    """Return whether a trace of a chart draws anything; parts are elsewhere in the page."""
    return any(trace.get(name) for name in ("x", "y", "z", "$part", "$path"))


def test_ids_are_given_once_and_pages_stay_small(pages: list[Path]) -> None:
    for page in pages:
        ids = [attribute(tag, "id") for tag in read_page(page).select("[id]")]
        assert len(ids) == len(set(ids)), page.name
        assert page.stat().st_size <= LARGEST, f"{page.name}: {page.stat().st_size}"


def test_cards_say_what_is_the_case_and_lead_to_the_pages(hard_home: Home) -> None:
    cards = {
        attribute(link, "href"): article.get_text(" ")
        for article in read_page(hard_home.pages / "ward.html").select(".strip article")
        if (link := article.select_one("h4 a")) is not None
    }
    assert all((hard_home.pages / page).is_file() for page in cards)
    assert len(cards) == 18
    texts = {page.split("-")[1]: text for page, text in cards.items() if page.startswith("area")}
    assert "準備" in texts[hard.PREPARING]
    assert "令和7年10月1日から休止しています。" in texts[hard.SUSPENDED]
    assert "令和7年11月10日に設置されました。" in texts[hard.STARTED]
    assert "記録が不完全です。8月より後の記録がありません。" in texts[hard.ENDED]
    assert "この年度の記録は未着です。" in texts[hard.NO_RECORDS]
    assert hard.PLACE in texts[hard.LONG_PLACE]


def test_a_page_that_is_sent_alone_leads_nowhere(hard_home: Home) -> None:
    hard_home.check_output("publish", "--single-file", "--only", "ward")
    page = hard_home.pages / "single-file" / "ward.html"
    names = read_page(page).select(".strip article h4")
    assert len(names) == 18
    assert read_page(page).select(".strip a") == []
    assert read_page(page).select("[data-page]") == []
