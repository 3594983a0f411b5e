"""Reports on paper: the output of `aip publish --pdf`, read back with another library."""

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from aip_analysis.publish.pdf.postprocess import PdfMetadata
from aip_analysis.publish.pdf.printer import PdfPrinter
from tests.home import Home
from tests.pages import attribute, charts

A4 = (595, 842)
PAGES = ("area-12-funado", "ward")
# A4 minus the margins of 17 mm on either side, in CSS pixels.
TEXT_WIDTH = int((210 - 2 * 17) / 25.4 * 96)
TITLE = "舟渡 \\ \"年報\" 'ja'"


@dataclass(frozen=True)
class Paper:
    """A page, its PDF, and the text of each page of the PDF."""

    page: Path
    pdf: bytes
    texts: list[str]

    @property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.page.read_text(encoding="utf-8"), "html.parser")

    def headings(self) -> list[str]:
        return [plain(heading.get_text()) for heading in self.html.select("h1, h2, h3, h4")]

    def outline(self) -> list[tuple[str, int]]:
        """Return the entries of the outline and their pages, counted from one."""
        document = pypdfium2.PdfDocument(self.pdf)
        entries = []
        for entry in document.get_toc():
            place = entry.get_dest()
            assert place is not None, entry.get_title()
            entries.append((plain(entry.get_title()), (place.get_index() or 0) + 1))
        document.close()
        return entries


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def texts_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return texts


@pytest.fixture(scope="module")
def papers(chromium: str, published: Home) -> dict[str, Paper]:
    assert chromium
    found = {}
    with PdfPrinter() as printer:
        for name in PAGES:
            page = published.pages / f"{name}.html"
            pdf = printer.print_page(page, PdfMetadata(TITLE, "ja", author="ある区役所"))
            found[name] = Paper(page, pdf, texts_of(pdf))
    return found


@pytest.fixture(params=PAGES)
def paper(papers: dict[str, Paper], request: pytest.FixtureRequest) -> Paper:
    return papers[request.param]


def test_it_is_a4_tagged_and_says_what_it_is(paper: Paper) -> None:
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        for page in pdf.pages:
            assert tuple(round(float(side)) for side in page.mediabox[2:]) == A4
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.StructTreeRoot.K.S) == "/Document"
        assert str(pdf.Root.Lang) == "ja-JP"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == TITLE
        assert str(pdf.docinfo.Author) == "ある区役所"
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == TITLE


def test_its_outline_has_the_headings_of_the_page(paper: Paper) -> None:
    titles = [title for title, _ in paper.outline()]
    assert len(titles) > 10
    assert titles == paper.headings()


def test_contents_name_the_page_that_each_section_begins_on(paper: Paper) -> None:
    pages = dict(paper.outline())
    contents = {}
    for line in paper.texts[0].splitlines():
        match = re.fullmatch(r"(.+?)\s*(\d+)", line.strip())
        if match and plain(match[1]) in pages:
            contents[plain(match[1])] = int(match[2])
    titles = [plain(link.get_text()) for link in paper.html.select("nav.contents a")]
    assert list(contents) == titles
    assert contents == {title: pages[title] for title in titles}
    for title, number in contents.items():
        assert title in plain(paper.texts[number - 1])


def test_pages_have_numbers_and_heads_but_for_the_cover(paper: Paper) -> None:
    count = len(paper.texts)
    heading = paper.html.select_one("h1")
    assert heading is not None
    assert f"1/{count}" not in plain(paper.texts[0])
    for number, text in enumerate(paper.texts[1:], 2):
        assert f"{number}/{count}" in plain(text), number
        assert plain(heading.get_text()) in plain(text), number
        assert "架空のサンプルデータ" in text, number


def test_every_letter_is_in_the_file(paper: Paper) -> None:
    """Assert that each font is embedded as a font, or as the drawing of each letter."""
    kinds = []
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        for font in pdf.objects:
            if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
                continue
            kinds.append(str(font.Subtype))
            if font.Subtype == "/Type3":
                assert len(font.CharProcs) > 0
            elif font.Subtype == "/Type0":
                (real,) = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(real.FontDescriptor.keys())
            else:
                assert font.Subtype in {"/CIDFontType0", "/CIDFontType2"}
    assert kinds


def test_no_page_is_blank_and_no_letter_runs_off_the_paper(paper: Paper) -> None:
    document = pypdfium2.PdfDocument(paper.pdf)
    for number, page in enumerate(document, 1):
        picture = page.render(scale=0.5, grayscale=True).to_pil()
        width, height = picture.size
        body = picture.crop((0, height // 12, width, height - height // 14))
        dark = sum(body.histogram()[:160])
        assert dark > 150, f"page {number} has hardly anything on it"
        margin = width * 17 // 210 - 3
        for edge in (
            picture.crop((0, 0, margin, height)),
            picture.crop((width - margin, 0, width, height)),
        ):
            assert sum(edge.histogram()[:200]) == 0, f"page {number} is cut at a side"
        page.close()
    document.close()


def test_tables_that_go_on_repeat_their_heads(paper: Paper) -> None:
    table = paper.html.find_all("table")[-1]
    heads = [plain(cell.get_text()) for cell in table.select("thead th")]
    rows = [plain(row.get_text()) for row in table.select("tbody tr")]
    pages = [plain(text) for text in paper.texts]
    on = [index for index, text in enumerate(pages) if any(row in text for row in rows)]
    assert len(on) >= 2
    for index in on:
        assert "".join(heads) in pages[index], f"page {index + 1}"


def test_each_chart_is_there_and_says_in_words_what_it_shows(paper: Paper) -> None:
    labels = [attribute(plot, "aria-label") for plot in paper.html.select(".plot")]
    assert len(labels) == len(charts(paper.page))
    plainly = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        pdf.save(plainly, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    # Texts with other than ASCII letters are stored as UTF-16 in hexadecimal digits.
    alternatives = [
        bytes.fromhex(digits.decode()).decode("utf-16")
        for digits in re.findall(rb"/Alt <(feff[0-9a-f]+)>", plainly.getvalue())
    ]
    assert set(labels) <= set(alternatives)


def test_links_lead_to_pdfs_beside_and_name_no_folder(papers: dict[str, Paper]) -> None:
    beside = set()
    for paper in papers.values():
        with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    if "/A" in link and "/URI" in link.A:
                        beside.add(str(link.A.URI))
    assert "area-12-funado.pdf" in beside
    assert all(re.fullmatch(r"[a-z0-9-]+\.pdf", way) for way in beside), beside


def test_the_same_page_gives_the_same_bytes(
    papers: dict[str, Paper], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Assert this for another run, in another folder and time zone, without the other page."""
    first = papers[PAGES[0]]
    copied = tmp_path / "另" / first.page.name
    copied.parent.mkdir()
    copied.write_bytes(first.page.read_bytes())
    (copied.parent / "assets").symlink_to(first.page.parent / "assets")
    monkeypatch.setenv("TZ", "America/New_York")
    with PdfPrinter(tabs=1) as printer:
        again = printer.print_page(copied, PdfMetadata(TITLE, "ja", author="ある区役所"))
    assert again == first.pdf


def test_printed_by_hand_it_has_the_same_pages(papers: dict[str, Paper], browser: Browser) -> None:
    """Assert this for all but the page numbers in the contents, known only in the second pass."""
    paper = papers[PAGES[0]]
    window = browser.new_page()
    window.goto(paper.page.as_uri(), wait_until="load")
    window.wait_for_function(
        """() => [...document.querySelectorAll("figure.chart")]
             .every((frame) => frame.querySelector(".main-svg"))"""
    )
    by_hand = texts_of(window.pdf(prefer_css_page_size=True, print_background=True))
    still = window.locator(".plot > .still").count()
    window.close()
    assert [plain(text) for text in by_hand[1:]] == [plain(text) for text in paper.texts[1:]]
    assert still == 0


def test_nothing_is_wider_than_the_paper(browser: Browser, papers: dict[str, Paper]) -> None:
    """Assert this because Chromium would print everything smaller if something were wider."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": TEXT_WIDTH, "height": 900}
    )
    window = context.new_page()
    window.emulate_media(media="print")
    for paper in papers.values():
        window.goto(paper.page.as_uri(), wait_until="load")
        assert window.evaluate("document.documentElement.scrollWidth") <= TEXT_WIDTH
    context.close()


def test_doctor_names_the_font_that_the_browser_prints_japanese_with(
    chromium: str, published: Home
) -> None:
    assert chromium
    done = published.aip("doctor")
    (line,) = [line for line in done.stdout.splitlines() if "PDFの日本語フォント" in line]
    mark, _, font = line.split("\t")
    assert mark == "OK"
    assert font in japanese_fonts_of_fontconfig()


def test_doctor_tells_where_the_browser_has_no_japanese_font(
    chromium: str, published: Home, tmp_path: Path
) -> None:
    assert chromium
    latin = Path("/usr/share/fonts/truetype/dejavu")
    if not latin.is_dir():
        pytest.skip("no font here that is surely not Japanese")
    known = tmp_path / "fonts.conf"
    known.write_text(
        f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    done = published.aip("doctor", FONTCONFIG_FILE=str(known))
    assert done.returncode == 14
    (line,) = [line for line in done.stdout.splitlines() if "PDFの日本語フォント" in line]
    assert line.startswith("不足\t")
    assert "DejaVu" in line
    assert "fonts-morisawa-bizud-gothic" in line


def japanese_fonts_of_fontconfig() -> set[str]:
    listed = subprocess.run(
        ["fc-list", ":lang=ja", "family"], capture_output=True, encoding="utf-8", check=True
    )
    return {name for line in listed.stdout.splitlines() for name in line.split(",")}
