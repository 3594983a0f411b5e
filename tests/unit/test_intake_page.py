"""The page about the intake of files: safe, complete, and in both languages."""

import base64
import hashlib
import re
from datetime import datetime

import pytest
from bs4 import BeautifulSoup

from aip_analysis.intake.problem_codes import SEVERITIES
from aip_analysis.intake.review_page import intake_page
from aip_analysis.messages import Language
from tests.hostile_account import FORMULA, HTML, MANY, account

MADE_ON = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 -- the office's own clock


def page(language: Language = "ja") -> str:
    return intake_page(account(), "見本区", language, MADE_ON)


@pytest.fixture(scope="module")
def soup() -> BeautifulSoup:
    return BeautifulSoup(page(), "html.parser")


def test_texts_of_files_are_never_markup(soup: BeautifulSoup) -> None:
    assert soup.find("script") is None
    assert soup.find("img") is None
    assert HTML in soup.get_text()


def test_nothing_is_asked_of_another_host(soup: BeautifulSoup) -> None:
    for name in ("src", "href", "action", "data"):
        for tag in soup.select(f"[{name}]"):
            assert str(tag[name]).startswith(("#", "data:,"))
    assert "@import" not in str(soup.style)
    assert "url(" not in str(soup.style)


def test_the_policy_allows_its_own_style_and_nothing_else(soup: BeautifulSoup) -> None:
    (policy,) = (tag["content"] for tag in soup.select("meta[http-equiv]"))
    style = soup.style
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(str(style.string).encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)
    assert soup.select("[style]") == []


def test_text_that_looks_like_a_formula_is_copied_as_text(soup: BeautifulSoup) -> None:
    cells = [cell for cell in soup.find_all("td") if FORMULA in cell.get_text()]
    assert cells
    # A cell that begins with a bracket is not a formula in the spreadsheet that it is pasted into.
    assert all(cell.get_text().startswith("「") for cell in cells)


def test_every_check_is_told(soup: BeautifulSoup) -> None:
    listed = {tag.get_text() for tag in soup.find_all(class_="code")}
    assert listed == set(SEVERITIES)


def test_what_is_not_shown_is_counted(soup: BeautifulSoup) -> None:
    text = soup.get_text()
    # All of them, of every severity, are counted in the table of kinds.
    assert f"{MANY + 1:,}" in text
    assert "20か所までを" in text
    assert f"{MANY + 1 - 20:,}か所" in text


def test_the_sums_are_those_of_the_files(soup: BeautifulSoup) -> None:
    rows = soup.select("table.sums tbody tr")
    numbers = [[cell.get_text() for cell in row.find_all("td")] for row in rows]
    assert numbers == [
        ["30", "18", "6", "6"],
        ["9,000", "6,000", "3,000", ""],
        ["27", "18", "6", "3"],
    ]


def test_links_within_the_page_lead_somewhere(soup: BeautifulSoup) -> None:
    known = {str(tag["id"]) for tag in soup.find_all(id=True)}
    assert {str(tag["href"])[1:] for tag in soup.find_all("a")} <= known


def test_english_is_english() -> None:
    soup = BeautifulSoup(page("en"), "html.parser")
    assert soup.html is not None
    assert soup.html["lang"] == "en"
    for tag in soup.find_all(["code", "th", "li", "a", "summary"]):
        # Names of files, sheets and columns, and contents of cells, are not translated.
        tag.extract()
    # A sentence has consecutive hiragana; quoted words of the records have one in a row at most.
    rest = re.findall(r"[\u3040-\u309f]{2,}", soup.get_text())
    assert rest == []


def test_a_clean_account_says_so() -> None:
    clean = account()
    clean["files"] = clean["files"][2:]
    soup = BeautifulSoup(intake_page(clean, "見本区", "ja", MADE_ON), "html.parser")
    assert soup.select(".group") == []
    assert "良い.csv" in soup.get_text()
