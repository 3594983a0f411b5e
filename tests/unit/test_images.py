"""Pictures of charts: drawn without a browser, and what is said where something is missing."""

from collections.abc import Iterator
from io import BytesIO

import plotly.graph_objects as go
import pytest
from PIL import Image

from aip_analysis.charts import images
from aip_analysis.charts.chart_builder import LazyFigure
from aip_analysis.charts.images import Pictures, open_pictures, png
from aip_analysis.errors import ToolMissingError

BARS = {"type": "bar", "x": [1, 2], "y": [3, 4], "marker": {"color": "#0b5563"}}
AXES = {
    "xaxis": {"visible": False, "range": [0, 3]},
    "yaxis": {"visible": False, "range": [0, 5]},
}


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pictures]:
    """Return a maker of pictures on a machine without a browser."""
    monkeypatch.setattr(images, "find_browser", lambda: "")
    with open_pictures() as made:
        yield made


def test_a_chart_of_the_workbench_needs_no_browser(pictures: Pictures) -> None:
    figure = LazyFigure([BARS], {"height": 200, **AXES})
    assert pictures.draw(figure, "svg").startswith(b"<svg ")
    with Image.open(BytesIO(pictures.draw(figure, "png", 300))) as picture:
        assert picture.size[0] == 600
        colours = {colour for _count, colour in picture.convert("RGB").getcolors(2**24) or ()}
    assert (11, 85, 99) in colours


def test_any_other_chart_does_and_says_so(pictures: Pictures) -> None:
    with pytest.raises(ToolMissingError) as caught:
        pictures.draw(go.Figure(go.Pie(values=[1, 2])), "png")
    assert "Chromium" in caught.value.sentence("ja")


def test_without_a_japanese_font_no_picture_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "japanese_fonts", frozenset)
    images.japanese_family.cache_clear()
    with pytest.raises(ToolMissingError) as caught:
        png("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    assert "fonts-noto-cjk" in caught.value.sentence("ja")
    # Where nobody lists the fonts, the picture names those that each system has.
    monkeypatch.setattr(images, "japanese_fonts", lambda: None)
    assert images.japanese_family() is None
    monkeypatch.setattr(images, "japanese_fonts", lambda: frozenset({"Z Serif", "Other Gothic"}))
    images.japanese_family.cache_clear()
    assert images.japanese_family() == "Other Gothic"
    images.japanese_family.cache_clear()
