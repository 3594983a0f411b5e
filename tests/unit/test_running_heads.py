"""Running heads of printed pages, as custom properties at the root of a page."""

import re

from aip_analysis.publish.html.layout import page_resources
from aip_analysis.publish.html.running_heads import running_heads
from aip_analysis.publish.plan.reports_folder import asset_contents
from tests.minimal_notebook import WORDS

SHEETS = "\n".join(
    content.decode() for name, content in asset_contents().items() if name.endswith(".css")
)
SET = set(re.findall(r"(--[a-z-]+):", SHEETS))
ASKED = set(re.findall(r"var\((--[a-z-]+)", SHEETS))


def names(heads: str) -> set[str]:
    return set(re.findall(r"(--[a-z-]+):\"", heads))


def test_no_running_head_overrides_what_a_style_sheet_sets() -> None:
    heads = names(page_resources(WORDS)["running_heads"])
    assert heads == {"--running-title", "--running-notice"}
    assert len(SET) > len(heads)
    assert not SET & heads


def test_every_property_that_is_asked_for_is_set() -> None:
    assert SET | names(page_resources(WORDS)["running_heads"]) >= ASKED


def test_what_stands_in_a_head_stays_a_text() -> None:
    assert running_heads({"title": '甲";}\\\n乙'}) == r'--running-title:"甲\";}\\ 乙"'
