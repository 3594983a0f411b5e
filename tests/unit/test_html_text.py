"""Texts as HTML: nothing of them is markup, and Japanese in an English page says so."""

import pytest
from bs4 import BeautifulSoup

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.messages.html_text import html_text
from tests.hostile_texts import TEXTS


def marked(text: str) -> list[str]:
    """Give what is marked as Japanese."""
    found = BeautifulSoup(html_text(text, "en"), "html.parser")
    return [span.get_text() for span in found.select("span[lang=ja]")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_shows_as_it_is(language: Language) -> None:
    for text in TEXTS:
        found = BeautifulSoup(html_text(text, language), "html.parser")
        # The parser takes a tab between two elements for a blank.
        assert found.get_text().split() == text.split()
        assert all(tag.attrs == {"lang": "ja"} for tag in found.find_all(name=True))
        assert language == "en" or found.find() is None


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
