"""The life cycle of a PDF: made on request, recorded, linked to, removed when its page changes."""

import hashlib
import json
from pathlib import Path

from bs4 import BeautifulSoup

from tests.home import Home

SLUG = "area-13-maeno"
PDF = f"{SLUG}.pdf"


def links(home: Home) -> set[str]:
    html = (home.pages / "index.html").read_text(encoding="utf-8")
    return {
        str(link["href"]) for link in BeautifulSoup(html, "html.parser").select("a[href$='.pdf']")
    }


def known(home: Home) -> dict[str, dict[str, str]]:
    manifest = json.loads((home.pages / "manifest.json").read_text(encoding="utf-8"))
    beside: dict[str, dict[str, str]] = manifest["pages"][SLUG]["beside"]
    return beside


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def change_the_page(home: Home) -> None:
    """Change a text of the page, as an office that edits its text does."""
    text = home.raw / "2025" / "text" / "前野" / "話し合い.md"
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_text("会議から一言そえます。\n", encoding="utf-8")
    home.check_output("build")


def test_a_pdf_is_made_on_request_and_goes_with_its_page(
    chromium: str, own_small_published: Home
) -> None:
    assert chromium
    home, paper = own_small_published, own_small_published.pages / PDF
    asked = ("publish", "--only", "前野")
    assert links(home) == set()

    # Published on request: recorded in the manifest, linked from the index, verified.
    home.check_output(*asked, "--pdf")
    first = digest(paper)
    assert known(home)[PDF]["sha256"] == first
    assert links(home) == {PDF}
    home.check_output("verify")

    # Fresh: another run does not print it again, and a run without --pdf keeps it.
    when = paper.stat().st_mtime_ns
    home.check_output(*asked, "--pdf")
    home.check_output(*asked)
    assert (paper.stat().st_mtime_ns, links(home)) == (when, {PDF})

    # A PDF that somebody has changed is detected.
    paper.write_bytes(paper.read_bytes() + b"%")
    done = home.aip("verify")
    assert done.returncode != 0
    assert PDF in done.stdout + done.stderr

    # Its page changes: without a request the PDF is removed, and nothing links to it any more.
    change_the_page(home)
    home.check_output(*asked)
    assert not paper.exists()
    assert PDF not in known(home)
    assert links(home) == set()
    home.check_output("verify")

    # Requested again, it is that of the new page.
    home.check_output(*asked, "--pdf")
    assert digest(paper) != first
    assert links(home) == {PDF}
