"""The cheat sheet: each of its lines runs, and its PDF is one page with the same words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import ROOT, Home

GUIDE = ROOT / "docs" / "guide.ja.md"
# Two that the tests of pictures and of JupyterLab have.
ELSEWHERE = re.compile(r"\.png|\?$")


def lines() -> Iterator[str]:
    """Yield the lines of Python, in order: later ones use what earlier ones defined."""
    for code in re.findall(r"`([^`]+)`", GUIDE.read_text(encoding="utf-8")):
        if code.startswith(("wb.", "mine")) and not ELSEWHERE.search(code):
            yield code


def test_every_line_runs(built: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wb = Workbench(Figures(load_records(built.processed), load_ward(built.reference)))
    monkeypatch.chdir(tmp_path)
    table = pd.DataFrame({"地域": ["舟渡", "徳丸"], "件数": [3, 5]})
    table.to_excel("相談件数.xlsx", index=False)
    names = {"wb": wb}
    for line in lines():
        exec(line, names)  # noqa: S102 -- lines of our own document
    assert len(list(lines())) > 25
    assert Path("主な項目.xlsx").exists()


def test_the_pdf_is_one_page_with_the_words_of_the_document() -> None:
    with pypdfium2.PdfDocument(GUIDE.with_suffix(".pdf")) as document:
        assert len(document) == 1
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
        printed = document[0].get_textpage().get_text_bounded()
    rows = GUIDE.read_text(encoding="utf-8").splitlines()
    written = "".join(row for row in rows if not re.fullmatch(r"[-|]+", row))
    # What is printed stands in another order, and without the marks of Markdown.
    marks = re.compile(r"[`*#|\s]")
    assert sorted(marks.sub("", printed)) == sorted(marks.sub("", written))
