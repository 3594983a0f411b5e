"""Page breaks in printed tables: not before closing rows, and not in parts that fit on a page."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from aip_analysis.publish.pdf.postprocess import PdfMetadata
from aip_analysis.publish.pdf.printer import PdfPrinter
from aip_analysis.publish.plan.reports_folder import asset_contents
from aip_analysis.tables.table import Cell, Table, table_html

PARTS = ("収入の部", "支出の部", "収支差引")
PAGE = """<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>表</title>
<link rel="stylesheet" href="aip.css"><link rel="stylesheet" href="print.css">
<body class="area"><main><p style="height: {above}mm">前の段落</p>
<div class="table-block">{table}</div></main></body></html>"""


def statement(expenses: int) -> Table:
    """Return a statement of accounts with this number of expense lines under two purposes."""
    half = expenses // 2
    items = [
        *("交付金", "収入合計"),
        *("運営費", *(f"運営{count:02}号" for count in range(half))),
        *("事業費", *(f"事業{count:02}号" for count in range(expenses - half))),
        *("支出合計", "差引残高", "返還する額"),
    ]
    ends = items.index("支出合計"), len(items)
    rows = tuple(
        (Cell(item, under="目的" if item.endswith("号") else ""), Cell("1", 1.0)) for item in items
    )
    return Table(
        ("科目", "決算額"),
        rows,
        frozenset({1}),
        frozenset({1, *range(*ends)}),
        parts=tuple(zip((0, 2, ends[0] + 1), PARTS, strict=True)),
    )


@pytest.fixture(scope="module")
def printer(chromium: str) -> Iterator[PdfPrinter]:
    assert chromium
    with PdfPrinter(tabs=1) as printer:
        yield printer


def pages_of(printer: PdfPrinter, folder: Path, table: Table, above: int) -> list[str]:
    """Print a table below a paragraph so many millimetres high; give the text of each page."""
    for name in ("aip.css", "print.css"):
        (folder / name).write_bytes(asset_contents()[name])
    page = folder / "page.html"
    page.write_text(PAGE.format(above=above, table=table_html(table, "表1")), encoding="utf-8")
    pdf = printer.print_page(page, PdfMetadata("表", "ja"))
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]


@pytest.mark.parametrize("above", [60, 110, 160])
def test_a_statement_that_fits_on_a_page_stays_whole(
    printer: PdfPrinter, tmp_path: Path, above: int
) -> None:
    pages = pages_of(printer, tmp_path, statement(18), above)
    (whole,) = [text for text in pages if "収入の部" in text]
    assert "返還する額" in whole
    assert len(pages) == 2


@pytest.mark.parametrize("expenses", [60, 61, 62, 63])
def test_a_statement_that_is_too_long_keeps_sums_with_their_last_rows(
    printer: PdfPrinter, tmp_path: Path, expenses: int
) -> None:
    pages = pages_of(printer, tmp_path, statement(expenses), 10)
    last = f"事業{expenses - expenses // 2 - 1:02}号"
    on = [text for text in pages if "科目" in text]
    assert len(on) == 2
    (closing,) = [text for text in on if "支出合計" in text]
    assert last in closing
    assert "返還する額" in closing
    for text in pages:
        assert ("事業費" in text) <= ("事業00号" in text)


def test_a_word_that_is_wider_than_the_paper_makes_nothing_smaller(
    printer: PdfPrinter, tmp_path: Path
) -> None:
    """Assert this because Chromium shrinks a page with something too wide: more lines would fit."""
    plain, wide = (
        Table(
            ("名称", "内容"),
            tuple((Cell(f"名称{count}"), Cell(text)) for count in range(60)),
            kind="list",
        )
        for text in ("a a", "a" * 105 + " a")
    )
    narrow = [text.count("名称") for text in pages_of(printer, tmp_path, plain, 10)]
    lines = [text.count("名称") for text in pages_of(printer, tmp_path, wide, 10)]
    assert max(lines) <= max(narrow)
