"""`aip charts`: each chart of a report as SVG and PNG for slides, with Japanese text."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.home import NEWEST_COMPLETE, Home
from tests.pages import attribute, charts

PAGE_WIDTH = 960
DOTS = 2


@pytest.fixture(scope="module")
def files(
    chromium: str, published: Home, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Path]]:
    """Return the chart files of one report, by kind."""
    assert chromium
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
        picture = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        texts = [
            text
            for text in picture.select("text")
            if any("ぁ" <= letter <= "龥" for letter in text.get_text())
        ]
        assert texts, file.name
        for text in texts:
            assert "JP" in attribute(text, "style"), f"{file.name}: {text.get_text()}"
        assert "架空のサンプルデータ" in picture.get_text(), file.name
        assert "http://" not in file.read_text(encoding="utf-8").replace("http://www.w3.org", "")


def test_png_is_sharp_and_not_blank(files: dict[str, list[Path]]) -> None:
    for file in files["png"]:
        with Image.open(file) as picture:
            picture.load()
            assert picture.width == PAGE_WIDTH * DOTS, file.name
            assert picture.height > 300, file.name
            colours = picture.convert("RGB").getcolors(maxcolors=2**24)
        assert colours is not None
        most, _ = max(colours)
        assert len(colours) > 20, file.name
        assert most < 0.99 * picture.width * picture.height, file.name
