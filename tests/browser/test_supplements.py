"""A text and a photograph added by a council: on its page, and on no other."""

import io

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext

from tests.browser.page_recorder import opened
from tests.home import Home

TEXT = (
    "# 体操の会\n**毎週**集まります。<script>alert(1)</script>\n\n![輪になる人たち](輪.png '4月')\n"
)
LOADED = """() => [...document.querySelectorAll(".edited img")]
  .map((image) => [image.naturalWidth, image.naturalHeight, image.alt])"""
AREA, OTHER = "area-12-funado", "area-11-hasune"


def test_a_text_shows_in_its_place_and_renews_its_page_alone(
    cut_off: BrowserContext, own_small: Home
) -> None:
    home = own_small
    folder = home.raw / "2025" / "text" / "舟渡"
    folder.mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (1300, 650), (10, 90, 100)).save(picture, "PNG")
    (folder / "輪.png").write_bytes(picture.getvalue())
    (folder / "話し合い.md").write_text(TEXT, encoding="utf-8")
    chosen = ("--only", AREA, "--only", OTHER)
    home.check_output("build")
    home.check_output("publish", *chosen)
    with opened(cut_off, home.pages / f"{AREA}.html") as watched:
        added = watched.page.locator("section[aria-labelledby='section-meetings'] > .edited")
        assert added.locator("h3").inner_text() == "支え合い会議から"
        assert added.locator("h4").inner_text() == "体操の会"
        assert "毎週集まります。<script>alert(1)</script>" in added.inner_text()
        assert "4月" in added.locator(".caption").inner_text()
        assert watched.page.evaluate(LOADED) == [[1200, 600, "輪になる人たち"]]
        assert watched.complaints == []
    (photo,) = (home.pages / "photos").iterdir()
    assert photo.read_bytes().startswith(b"\xff\xd8\xff")
    assert "edited" not in (home.pages / f"{OTHER}.html").read_text(encoding="utf-8")
    before = (home.pages / f"{OTHER}.html").read_bytes()
    home.check_output("verify")

    (folder / "話し合い.md").write_text("写真はなくなりました。", encoding="utf-8")
    (folder / "輪.png").unlink()
    home.check_output("build")
    states = home.states()
    assert (states[f"{AREA}.html"], states[f"{OTHER}.html"]) == ("要更新", "最新")
    (line,) = [line for line in home.check_output("list").splitlines() if f"{AREA}.html" in line]
    assert "会議などが寄せた文章" in line
    home.check_output("publish", *chosen)
    assert "写真はなくなりました。" in (home.pages / f"{AREA}.html").read_text(encoding="utf-8")
    assert (home.pages / f"{OTHER}.html").read_bytes() == before
    assert list((home.pages / "photos").iterdir()) == []
    home.check_output("verify")


@pytest.mark.night
def test_in_one_file_the_photograph_is_inside(cut_off: BrowserContext, own_small: Home) -> None:
    home = own_small
    folder = home.raw / "2025" / "text" / "舟渡"
    folder.mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (60, 30), (10, 90, 100)).save(picture, "WEBP")
    (folder / "輪.webp").write_bytes(picture.getvalue())
    (folder / "お金.md").write_text("![輪になる人たち](輪.webp)", encoding="utf-8")
    home.check_output("build")
    home.check_output("publish", "--single-file", "--only", AREA)
    alone = home.folder / "alone.html"
    (home.pages / "single-file" / f"{AREA}.html").rename(alone)
    with opened(cut_off, alone) as watched:
        assert watched.page.evaluate(LOADED) == [[60, 30, "輪になる人たち"]]
        assert watched.complaints == []
