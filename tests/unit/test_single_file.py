"""One file with everything inside."""

import base64
import gzip
import re

import pytest
from plotly.offline import get_plotlyjs

from aip_analysis.publish.outputs import asset_contents
from aip_analysis.publish.single import single_file

PAGE = """<!doctype html>
<html lang="ja">
<head>
<link rel="stylesheet" href="assets/aip.css">
<link rel="stylesheet" href="assets/print.css">
<script defer src="assets/plotly.min.js"></script>
<script defer src="assets/aip.js"></script>
</head>
<body><p>本文</p></body>
</html>
"""


def test_nothing_is_asked_for_any_more() -> None:
    page = single_file(PAGE, "assets")
    assert "assets/" not in page
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", page)
    assert "<p>本文</p>" in page


def test_plotly_is_in_it_byte_for_byte() -> None:
    found = re.search(r'id="plotly-packed">([^<]+)<', single_file(PAGE, "assets"))
    assert found is not None
    assert gzip.decompress(base64.b64decode(found.group(1))).decode() == get_plotlyjs()


def test_it_is_smaller_than_plotly_and_the_page_together() -> None:
    size = len(single_file(PAGE, "assets").encode())
    assert size <= len(get_plotlyjs().encode()) + len(PAGE.encode())


def test_style_and_script_are_those_of_the_other_pages() -> None:
    page = single_file(PAGE, "assets")
    assert asset_contents()["aip.css"].decode() in page
    assert asset_contents()["print.css"].decode() in page
    drawing = asset_contents()["aip.js"].decode().split("document.querySelectorAll", 1)[1]
    assert drawing in page


def test_a_page_that_is_not_as_expected_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match=r"aip\.css"):
        single_file("<html><body></body></html>", "assets")


def test_a_page_without_charts_carries_nothing_that_draws() -> None:
    scripts = re.compile(r"<script[^>]*></script>\n")
    page = single_file(scripts.sub("", PAGE), "assets")
    assert "<script" not in page
    assert asset_contents()["aip.css"].decode() in page
