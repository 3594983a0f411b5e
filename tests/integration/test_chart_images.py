"""`aip charts`: each chart of a report as SVG and PNG for slides, with Japanese text."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.home import NEWEST_COMPLETE, Home
from tests.pages import attribute, charts

PAGE_WIDTH, COLUMN_WIDTH = 960, 640
DOTS = 2


@pytest.fixture(scope="module")
def files(published: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Return the chart files of one report, by kind."""
    out = tmp_path_factory.mktemp("charts")
    published.check_output("charts", "--only", "舟渡", "--out", out)
    folder = out / str(NEWEST_COMPLETE) / "charts" / "area-12-funado"
    return {kind: sorted(folder.glob(f"*.{kind}")) for kind in ("svg", "png")}


def test_a_picture_of_every_chart_of_the_page(
    published: Home, files: dict[str, list[Path]]
) -> None:
    names = set(charts(published.pages / "area-12-funado.html"))
    assert len(names) >= 10
    for kind, pictures in files.items():
        assert {file.stem for file in pictures} == names, kind


def test_svg_holds_japanese_as_text_in_a_japanese_font(files: dict[str, list[Path]]) -> None:
    for file in files["svg"]:
        picture = BeautifulSoup(file.read_text(encoding="utf-8"), "xml")
        root = picture.select_one("svg")
        assert root is not None
        assert "JP" in attribute(root, "font-family"), file.name
        assert "架空のサンプルデータ" in picture.get_text(), file.name
        assert "http://" not in file.read_text(encoding="utf-8").replace("http://www.w3.org", "")


def test_a_picture_is_of_pixels_throughout(files: dict[str, list[Path]]) -> None:
    # Office programs know neither percentages within pictures nor outlines that are not scaled.
    for file in files["svg"]:
        text = file.read_text(encoding="utf-8")
        assert "vector-effect" not in text, file.name
        assert "paint-order" not in text, file.name
        assert text.count("<svg") == 1, file.name
        assert re.findall(r'(?:x|y|x1|x2|y1|y2|cx|cy)="[^"]*%"', text) == [], file.name


def test_png_is_sharp_and_has_letters(files: dict[str, list[Path]]) -> None:
    for file in files["png"]:
        with Image.open(file) as picture:
            picture.load()
            assert picture.width == PAGE_WIDTH * DOTS, file.name
            title = picture.convert("L").crop((0, 0, picture.width, 60))
            # Without a font, nothing would be written.
            assert sum(title.histogram()[:100]) > 200, file.name
        with Image.open(file.parent / "a4" / file.name) as picture:
            assert picture.width == COLUMN_WIDTH * DOTS, file.name


def test_a_sheet_shows_them_all(files: dict[str, list[Path]]) -> None:
    folder = files["svg"][0].parent
    sheet = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "lxml")
    assert "舟渡地域" in (sheet.select_one("h1") or sheet).text
    shown = {attribute(picture, "src") for picture in sheet.select("img")}
    assert shown == {file.name for file in files["svg"]}
    linked = [attribute(link, "href") for link in sheet.select("p a")]
    assert len(linked) == 4 * len(files["svg"])
    assert [name for name in linked if not (folder / name).is_file()] == []
