"""Long texts are read by the faster reader: cell for cell the same as by the usual one."""

import csv
import io

import pytest

from aip_analysis.intake.reading import Sheet, delimited_text


def read(content: bytes, monkeypatch: pytest.MonkeyPatch, *, quickly: bool) -> Sheet:
    monkeypatch.setattr(delimited_text, "LARGE", 0 if quickly else len(content) + 1)
    return delimited_text.read_text(content, ".csv", "出納帳.csv")


def cells(sheet: Sheet) -> list[list[object]]:
    return [
        [encoded.cell(row) for encoded in sheet.columns[: sheet.width]]
        for row in range(sheet.height)
    ]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 66, 200])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_no_row_is_lost(
    monkeypatch: pytest.MonkeyPatch, count: int, encoding: str, end: str
) -> None:
    stream = io.StringIO(newline="")
    rows = [
        [f"R-{row}", "摘要\n二行目" if row % 7 == 0 else "摘要", "", row] for row in range(count)
    ]
    csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    content = stream.getvalue().encode(encoding)
    quick = read(content, monkeypatch, quickly=True)
    usual = read(content, monkeypatch, quickly=False)
    assert quick.height == usual.height == count
    assert cells(quick) == cells(usual)
    assert [row[0] for row in cells(quick)] == [f"R-{row}" for row in range(count)]
