"""Content security policy: what pages allow browsers to load and run."""

import base64
import gzip
import hashlib
from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from plotly.offline import get_plotlyjs_version

from aip_analysis.publish.html.csp import PLOTLYJS_VERSION, digest_of, page_policy
from aip_analysis.publish.html.exporter import render_page
from aip_analysis.publish.html.layout import page_resources
from aip_analysis.publish.plan.jobs import PageTexts
from tests.minimal_notebook import NOTEBOOK, WORDS

# The well-known hash of an empty text.
NOTHING = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def page_of(words: PageTexts = WORDS) -> str:
    notebook = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    return render_page(notebook, words, {})


def policy_in(page: str) -> dict[str, list[str]]:
    """Return the policy of a page, asserting that it is the first element of its head."""
    head = BeautifulSoup(page, "html.parser").head
    assert head is not None
    first = next(child for child in head.children if isinstance(child, Tag))
    assert first.get("http-equiv") == "Content-Security-Policy"
    content = first["content"]
    assert isinstance(content, str)
    return directives(content)


@pytest.mark.parametrize("charts", [True, False])
def test_nothing_is_allowed_but_what_lies_beside(*, charts: bool) -> None:
    policy = directives(page_policy(charts=charts))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "file:"]
    assert policy["img-src"] == ["'self'", "file:", "data:"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    # connect-src, frame-src, object-src and all others fall back on default-src.
    assert set(policy) == {
        *("default-src", "script-src", "style-src", "style-src-attr", "img-src"),
        *("base-uri", "form-action"),
    }
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {
        source for name, sources in policy.items() if name != "style-src-attr" for source in sources
    }


def test_a_page_with_charts_lets_in_the_styles_of_plotly_and_no_other() -> None:
    with_charts = directives(page_policy(charts=True))["style-src"]
    without = directives(page_policy(charts=False))["style-src"]
    more = [source for source in with_charts if source not in without]
    assert more[0] == NOTHING
    # The style that plotly.js makes besides the empty one: that of maps with tiles.
    assert len(more) == 2


def test_the_hash_is_that_of_the_text_in_utf8() -> None:
    assert digest_of("") == NOTHING
    hashed = hashlib.sha256("令和７年度".encode()).digest()
    assert digest_of("令和７年度") == f"'sha256-{base64.b64encode(hashed).decode()}'"


def test_every_page_begins_with_it() -> None:
    assert policy_in(page_of()) == directives(page_policy(charts=True))
    assert page_resources(WORDS)["policy"] == page_policy(charts=False)


def test_a_page_in_one_file_runs_its_own_scripts_and_no_other() -> None:
    page = page_of(replace(WORDS, single_file=True))
    policy = policy_in(page)
    soup = BeautifulSoup(page, "html.parser")
    run = [script.text for script in soup.find_all("script") if not script.get("type")]
    packed = soup.find("script", id="plotly-packed")
    assert isinstance(packed, Tag)
    run.append(gzip.decompress(base64.b64decode(packed.text)).decode())
    assert sorted(policy["script-src"]) == sorted(digest_of(text) for text in run)
    styles = [style.text for style in soup.find_all("style")]
    assert set(policy["style-src"]) > {digest_of(text) for text in styles}
    assert policy["img-src"] == ["data:"]


def test_the_styles_of_plotly_that_are_let_in_belong_to_the_plotly_that_is_installed() -> None:
    assert get_plotlyjs_version() == PLOTLYJS_VERSION, (
        f"plotly.js is {get_plotlyjs_version()} now, and publish/html/csp.py "
        f"holds the digests of the styles of {PLOTLYJS_VERSION}: renew them as it says."
    )
