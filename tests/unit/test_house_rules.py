"""Rules for the code of this repository: no policy in it, no module too large."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[2]
PACKAGE = HOME / "aip_analysis"
REFERENCE = HOME / "data" / "reference"
LONGEST = 400
# From the prompt of an example to the empty line or the end of the docstring behind it.
EXAMPLES = re.compile(r"^ *>>> .*?(?=\n\s*\n|\"\"\")", re.MULTILINE | re.DOTALL)


def _names(file: str, column: str) -> set[str]:
    with (REFERENCE / file).open(encoding="utf-8-sig", newline="") as stream:
        return {row[column] for row in csv.DictReader(stream)}


@cache
def _texts() -> dict[str, str]:
    kinds = {".py", ".toml", ".j2", ".js", ".css", ".md"}
    return {
        str(file.relative_to(HOME)): file.read_text(encoding="utf-8")
        for file in PACKAGE.rglob("*")
        if file.suffix in kinds
    }


def test_no_area_or_block_stands_in_the_package() -> None:
    names = _names("areas.csv", "area") | _names("blocks.csv", "block")
    # Examples in docstrings ask about this ward: the analysts who read them know its areas.
    texts = {file: EXAMPLES.sub("", text) for file, text in _texts().items()}
    mentions = [(file, name) for file, text in texts.items() for name in names if name in text]
    assert mentions == []


def test_no_price_stands_in_the_package() -> None:
    rules = tomllib.loads((REFERENCE / "rules.toml").read_text(encoding="utf-8"))
    prices = {value for year in rules.values() for value in year.values() if isinstance(value, int)}
    written = {text for price in prices for text in (str(price), f"{price:,}", f"{price:_}")}
    mentions = [
        (file, price)
        for file, text in _texts().items()
        for price in written
        if re.search(rf"(?<![\d,_.]){re.escape(price)}(?![\d,_])", text)
    ]
    assert mentions == []


def test_a_module_fits_in_the_head() -> None:
    lengths = {
        file: len(text.splitlines()) for file, text in _texts().items() if file[-3:] == ".py"
    }
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_templates_ask_no_other_host() -> None:
    asking = re.compile(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//")
    assert [file for file, text in _texts().items() if asking.search(text)] == []
