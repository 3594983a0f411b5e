"""The catalogue: both languages are equivalent, and every key that the code uses exists."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from aip_analysis.messages import LANGUAGES, Language, entries, say, user_language
from aip_analysis.messages.capitals import within_sentence
from aip_analysis.messages.figure_text import FigureText
from aip_analysis.messages.months import month_name
from aip_analysis.messages.numbers import difference, number, signed_number
from aip_analysis.messages.plurals import PluralFormatter, categories, plural_category

PACKAGE = Path(__file__).parents[2] / "aip_analysis"
KEY = re.compile(r"[a-z]+\.[a-z0-9_]+")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(entries("ja")) == set(entries("en"))


def test_both_languages_fill_in_the_same_values() -> None:
    # Dates have different parts in each language; everything else is the same.
    dates = {"in_year", "until", "place", "year", "day", "iso", "era", "letter"}
    dates |= {"month", "month_name"}
    ja, en = (
        {key: _placeholders(text) - dates for key, text in entries(language).items()}
        for language in LANGUAGES
    )
    assert {key: (names, en[key]) for key, names in ja.items() if names != en[key]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_with_plural_forms_has_one_for_each_category(language: Language) -> None:
    wrong = [
        key
        for key, text in entries(language).items()
        for _, name, forms, _ in Formatter().parse(text)
        if name and forms and "|" in forms and len(forms.split("|")) != len(categories(language))
    ]
    assert wrong == []


# A number directly before a plural, as in "1 areas"; intake's messages have ranges of rows there.
COUNTED = re.compile(
    r"(?<!of )\{(?:count|n|files|areas|blocks|months|total|pieces|places)(?::,|:n)?\} [a-z]+s\b"
)


def test_no_english_text_has_a_plural_that_one_does_not_fit() -> None:
    wrong = [key for key, text in entries("en").items() if COUNTED.search(text)]
    assert wrong == []


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


@pytest.mark.parametrize(
    ("number_text", "category"),
    [("1", "one"), ("0", "other"), ("2", "other"), ("1.0", "other"), ("1,001", "other")],
)
def test_plural_categories_are_those_of_the_cldr(number_text: str, category: str) -> None:
    assert plural_category(number_text, "en") == category
    assert plural_category(number_text, "ja") == "other"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1 row is left"),
        (1204, "1,204 rows are left"),
        ("—", "— rows are left"),
        (FigureText("1 line", "1"), "1 row is left"),
    ],
)
def test_the_form_fits_the_number(value: object, text: str) -> None:
    message = "{rows:# row|# rows} {rows:is|are} left"
    assert PluralFormatter("en").vformat(message, (), {"rows": value}) == text


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Under discussion", "under discussion"),
        ("NPO", "NPO"),
        ("Council of Social Welfare", "Council of Social Welfare"),
    ],
)
def test_labels_within_sentences_have_no_capital_unless_they_are_names(
    label: str, text: str
) -> None:
    assert within_sentence(label, "en") == text


def test_months_have_their_full_names() -> None:
    assert [month_name(10, language) for language in LANGUAGES] == ["10月", "October"]


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
    ("now", "before", "decimals", "text"),
    [
        (4.0, 1.0, 0, "+3"),
        (0, 1200, 0, "△1,200"),
        (7.0, 7.0, 0, "±0"),
        (1.0, 1.2, 0, "±0"),
        (1.04, 1.0, 1, "±0.0"),
        # As binary fractions these differ by 0.9499... and 0.0049...
        (17.2, 16.25, 1, "+1.0"),
        (16.25, 17.2, 1, "△1.0"),
        (1.005, 1.0, 2, "+0.01"),
        # Rounded before, these would be 0.2 and 0.3.
        (5.34, 5.05, 1, "+0.3"),
        (5.25, 5.04, 1, "+0.2"),
    ],
)
def test_differences(now: float, before: float, decimals: int, text: str) -> None:
    assert signed_number(difference(now, before, decimals)) == text
