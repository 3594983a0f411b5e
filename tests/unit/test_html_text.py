"""Texts as HTML: none of it is markup, and Japanese in an English page is marked as such."""

import pytest
from bs4 import BeautifulSoup

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.messages.html_text import html_text
from tests.hostile_texts import TEXTS


def marked(text: str) -> list[str]:
    """Return the texts that are marked as Japanese."""
    soup = BeautifulSoup(html_text(text, "en"), "html.parser")
    return [span.get_text() for span in soup.select("span[lang=ja]")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_shows_as_it_is(language: Language) -> None:
    for text in TEXTS:
        soup = BeautifulSoup(html_text(text, language), "html.parser")
        # The parser converts a tab between two elements to a blank.
        assert soup.get_text().split() == text.split()
        assert all(tag.attrs == {"lang": "ja"} for tag in soup.find_all(name=True))
        assert language == "en" or soup.find() is None


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Funado: 支え合い会議", ["支え合い会議"]),
        ("支え合い会議 (council) and 社協", ["支え合い会議", "社協"]),
        ("令和7年度 第1回", ["令和7年度 第1回"]),
        ("3 times ― no letter of Japanese", []),
        ("「はい」と答えた。", ["はい」と答えた。"]),
        ("体操&茶話会", ["体操", "茶話会"]),
        ("plain & simple <b>", []),
    ],
)
def test_runs_of_japanese_are_marked_whole(text: str, runs: list[str]) -> None:
    assert marked(text) == runs
