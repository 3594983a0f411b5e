"""The reference folder of another municipality, an invented town, from records to pages."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.home import ROOT, Home
from tests.pages import Figure, figures, read_page, text_of
from tests.town import write_town

# Published files except plotly: everything that a reader of the town sees.
TEXTS = ("*.html", "*.json", "assets/aip.*")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("town") / "home")
    write_town(home.reference)
    shutil.copytree(ROOT / "notebooks", home.folder / "notebooks")
    home.check_output("sample")
    home.check_output("build")
    home.check_output("publish")
    return home


def names_of_the_ward() -> set[str]:
    """Return names of areas and blocks of the ward, which no page of the town may contain."""
    names = {"板橋", "Itabashi", "itabashi"}
    for table, column in (("areas", "area"), ("areas", "romaji"), ("blocks", "block")):
        file = ROOT / "data" / "reference" / f"{table}.csv"
        with file.open(encoding="utf-8-sig", newline="") as lines:
            names |= {row[column] for row in csv.DictReader(lines)}
    return names


def test_five_areas_two_blocks_and_the_town(town: Home) -> None:
    assert {file.name for file in town.pages.glob("*.html")} == {
        "index.html",
        "ward.html",
        "block-1-umigawa.html",
        "block-2-yamagawa.html",
        "area-01-minato.html",
        "area-02-kawabe.html",
        "area-03-ekimae.html",
        "area-04-sakanoue.html",
        "area-05-morinoshita.html",
    }


def test_pages_bear_the_towns_own_names(town: Home) -> None:
    index = text_of(town.pages / "index.html")
    for name in ("そらの町", "うみがわ", "やまがわ", "みなと", "さかのうえ", "もりのした"):
        assert name in index, name
    heading = read_page(town.pages / "area-01-minato.html").select_one("h1")
    assert heading is not None
    assert "みなと" in heading.get_text()


def test_prices_are_the_towns(town: Home) -> None:
    page = town.pages / "ward.html"
    page_figures = figures(page)
    months = page_figures[Figure("coordinator_months", "ward", 2025)]
    assert months
    assert page_figures[Figure("compensation", "ward", 2025)] == 70_000 * months
    # みなと was set up in 2019: the full allowance of a year.
    area = figures(town.pages / "area-01-minato.html")
    spending = area[Figure("spending", "area-01", 2025)]
    rate = area[Figure("execution_rate", "area-01", 2025)]
    assert spending
    assert rate == pytest.approx(100 * spending / 450_000)


def test_nothing_of_the_ward_is_left(town: Home) -> None:
    files = [file for pattern in TEXTS for file in town.pages.glob(pattern)]
    assert len(files) >= 11
    mentions = {
        f"{file.name}: {name}"
        for file in files
        for name in names_of_the_ward()
        if name in readable(file)
    }
    assert mentions == set()


def readable(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    # In the data of charts, Japanese may be written as \uXXXX.
    return text + re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
