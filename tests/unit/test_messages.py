"""The catalogue: both languages are equivalent, and every key that the code uses exists."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from aip_analysis.messages import LANGUAGES, entries, say, user_language
from aip_analysis.messages.numbers import number, signed_number

PACKAGE = Path(__file__).parents[2] / "aip_analysis"
KEY = re.compile(r"[a-z]+\.[a-z0-9_]+")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(entries("ja")) == set(entries("en"))


def test_both_languages_fill_in_the_same_values() -> None:
    # Dates have different parts in each language; everything else is the same.
    dates = {"in_year", "until", "place", "year", "month", "day", "iso", "era", "letter"}
    ja, en = (
        {key: _placeholders(text) - dates for key, text in entries(language).items()}
        for language in LANGUAGES
    )
    assert {key: (names, en[key]) for key, names in ja.items() if names != en[key]} == {}


def test_english_is_english() -> None:
    # Words of the records themselves are Japanese in every language.
    quoted = {"intake", "sample", "page"}
    strange = [
        key
        for key, text in entries("en").items()
        if JAPANESE.search(text) and key.split(".")[0] not in quoted
    ]
    assert strange == []


def test_every_key_named_in_code_exists() -> None:
    keys = set(entries("ja"))
    files = {key.split(".")[0] for key in keys}
    named = {
        node.value
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    asked = {
        text
        for text in named
        if KEY.fullmatch(text)
        and text.split(".")[0] in files
        and not text.endswith((".toml", ".json", ".html", ".css", ".csv"))
    }
    # A key composed at run time is listed by its prefix.
    beginnings = {text for text in asked if text.endswith("_")}
    assert asked - beginnings - keys == set()
    assert all(any(key.startswith(text) for key in keys) for text in beginnings)


@pytest.mark.parametrize(
    ("chosen", "locale", "language"),
    [
        ("en", "ja_JP.UTF-8", "en"),
        ("", "en_US.UTF-8", "en"),
        ("", "C.UTF-8", "ja"),
        ("fr", "", "ja"),
    ],
)
def test_the_users_language(
    monkeypatch: pytest.MonkeyPatch, chosen: str, locale: str, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AIP_LANG", chosen)
    monkeypatch.setenv("LANG", locale)
    assert user_language() == language


def test_say_fills_in() -> None:
    assert say("places.area", "ja", name="見本") == "見本地域"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.0, 0, "1,234,567"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.04, 1, "0.0"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
        (None, 0, "—"),
        (float("nan"), 1, "—"),
    ],
)
def test_numbers(value: float | None, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "+3"), (-1200.0, "△1,200"), (0.0, "±0"), (-0.2, "±0"), (None, "—")]
)
def test_differences(value: float | None, text: str) -> None:
    assert signed_number(value) == text
