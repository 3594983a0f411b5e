"""Files that are broken, locked, huge or hostile: one line each, nothing run, nothing written."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from aip_analysis.intake import check_files, read_raw
from aip_analysis.intake.reading import Source, read_source
from aip_analysis.intake.reading.packages import MOST_CELLS, MOST_ROWS
from aip_analysis.intake.reading.sources import MOST_UNPACKED
from aip_analysis.intake.results import intake_summary
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, codes, rows, text, workbook

LEDGER: Cells = [["日付", "科目", "支出"], ["R7.4.11", "会場費", 300]]


def changed(file: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> None:
    """Rewrite a workbook's package with other parts."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            new = change(name, content)
            if new is not None:
                package.writestr(name, new)
        for name, content in added.items():
            package.writestr(name.replace("__", "/"), content)


def locked(file: Path) -> None:
    file.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:900])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def bomb(file: Path) -> None:
    """Add a part that unpacks to more than is allowed to a workbook, for half a megabyte."""
    block = bytes(1 << 20)
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/bomb.xml", "w") as part,
    ):
        for _ in range(MOST_UNPACKED // len(block) + 1):
            part.write(block)


def lying_bomb(file: Path) -> None:
    """Add a part that is declared to be small, in both places where a package declares sizes."""
    changed(file, lambda _, content: content, **{"xl__lying.xml": bytes(3_000_000)})
    content = bytearray(file.read_bytes())
    for mark, before, offset in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        start = content.find(b"xl/lying.xml") if before == 30 else content.rfind(b"xl/lying.xml")
        assert content[start - before : start - before + 4] == mark
        place = start - before + offset
        content[place : place + 4] = (100).to_bytes(4, "little")
    file.write_bytes(bytes(content))


def added(file: Path, rows: bytes) -> None:
    """Add rows to the XML of the first sheet."""

    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"</sheetData>", rows + b"</sheetData>")
            if "sheet1" in name
            else content
        )

    changed(file, change)


def far_apart(file: Path) -> None:
    """Add a table in the opposite corner of a sheet."""
    assert MOST_ROWS * 16_384 > MOST_CELLS
    cells = (
        f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1_048_376, 1_048_577)
    )
    added(file, "".join(cells).encode())


def beyond_excel(file: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        row = b'<row r="2000000"><c r="A2000000" t="n"><v>1</v></c></row></sheetData>'
        return content.replace(b"</sheetData>", row) if "sheet1" in name else content

    changed(file, change)


def without_sheets(file: Path) -> None:
    changed(file, lambda name, content: None if "sheet1" in name else content)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        (locked, "file_encrypted"),
        (truncated, "file_broken"),
        (empty, "file_broken"),
        pytest.param(bomb, "file_too_large", marks=pytest.mark.slow),
        (lying_bomb, "file_broken"),
        (far_apart, "file_too_large"),
        (beyond_excel, "too_many_rows"),
        (without_sheets, "file_broken"),
    ],
)
def test_a_bad_workbook_is_one_line_and_the_others_are_read(
    tmp_path: Path, ward: Ward, breaking: Callable[[Path], None], code: str
) -> None:
    breaking(workbook(tmp_path, {"出納帳": LEDGER}))
    workbook(tmp_path, {"出納帳": LEDGER}, "11蓮根_令和7年度.xlsx")
    intake = read_raw(tmp_path, ward)
    assert codes(intake) == [code]
    assert intake.problems[0].file == "2025/12舟渡_令和7年度.xlsx"
    assert [row["area_code"] for row in rows(intake, "ledger")] == ["11"]


STRAYS = {
    "XFD1048576": b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
    "XFD4、AAA60000": b'<row r="4"><c r="XFD4" t="inlineStr"><is><t>x</t></is></c></row>'
    b'<row r="60000"><c r="C60000" s="1"/><c r="AAA60000"><v>3</v></c></row>',
    "ZZ900": b'<row r="900"><c s="0" r="ZZ900"><f>1+1</f><v>2</v></c></row>',
}


@pytest.mark.parametrize("cells", STRAYS)
def test_stray_cells_are_cut_off_and_told(tmp_path: Path, ward: Ward, cells: str) -> None:
    file = workbook(tmp_path, {"出納帳": LEDGER})
    added(file, STRAYS[cells])
    intake = checked(ward, file)
    assert len(rows(intake, "ledger")) == 1
    assert codes(intake) == ["stray_cells"]
    assert cells in intake.problems[0].sentence("ja")


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b'<row r="%d" s="1" customFormat="1"/>', id="rows with a format"),
        pytest.param(b'<row r="%d"><c r="BZ%d" s="1"/></row>', id="cells with a format"),
    ],
)
def test_formats_without_values_are_no_cells(tmp_path: Path, ward: Ward, tail: bytes) -> None:
    file = workbook(tmp_path, {"出納帳": LEDGER})
    count = tail.count(b"%d")
    added(file, b"".join(tail % ((row,) * count) for row in range(3, MOST_ROWS, 3)))
    intake = checked(ward, file)
    assert len(rows(intake, "ledger")) == 1
    assert codes(intake) == []


def test_a_sheet_that_cannot_be_read_costs_itself_alone(tmp_path: Path, ward: Ward) -> None:
    sheets = {"広い": LEDGER, "壊れ": LEDGER, "長い": LEDGER, "出納帳": LEDGER}
    file = workbook(tmp_path, sheets)
    far_apart(file)
    row = b'<row r="2000000"><c r="A2000000" t="n"><v>1</v></c></row></sheetData>'

    def change(name: str, content: bytes) -> bytes:
        if "sheet2.xml" in name:
            return content[: len(content) // 2]
        return content.replace(b"</sheetData>", row) if "sheet3.xml" in name else content

    changed(file, change)
    intake = checked(ward, file)
    told = [(problem.code, problem.sheet) for problem in intake.refused]
    assert sorted(told) == [
        ("file_too_large", "広い"),
        ("sheet_broken", "壊れ"),
        ("too_many_rows", "長い"),
    ]
    assert len(rows(intake, "ledger")) == 1
    assert intake_summary(intake)["files"][0]["unread"]


def test_a_second_sheet_of_the_same_name_is_told(tmp_path: Path, ward: Ward) -> None:
    other: Cells = [["日付", "科目", "支出"], ["R7.5.11", "会場費", 700]]
    file = workbook(tmp_path, {"出納帳": LEDGER, "出納帖": other})
    changed(file, lambda _, content: content.replace("出納帖".encode(), "出納帳".encode()))
    intake = checked(ward, file)
    assert codes(intake) == ["sheet_broken"]
    assert [row["amount_yen"] for row in rows(intake, "ledger")] == [300]


@pytest.mark.slow
def test_a_workbook_of_thousands_of_sheets_is_read(tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "12舟渡_令和7年度.xlsx"
    with xlsxwriter.Workbook(str(file), {"in_memory": True}) as book:
        for number in range(2_000):
            for place, row in enumerate(LEDGER if number == 1_000 else [["x"]]):
                book.add_worksheet(f"{number}") if place == 0 else None
                book.worksheets()[-1].write_row(place, 0, row)
    intake = checked(ward, file)
    assert len(rows(intake, "ledger")) == 1


def test_a_formula_of_eight_thousand_letters_is_read(tmp_path: Path, ward: Ward) -> None:
    nested = "=" + "(" * 2_600 + "A1" + ")" * 2_600
    lines = [*LEDGER, ["R7.4.12", "会場費", nested], ["R7.4.13", nested, "=" + "A1+" * 2_600 + "1"]]
    intake = checked(ward, workbook(tmp_path, {"出納帳": lines}))
    assert len(rows(intake, "ledger")) == 1
    assert "formula_without_value" in codes(intake)


def test_a_binary_workbook_with_cells_far_apart_is_not_opened(tmp_path: Path) -> None:
    def record(kind: int, content: bytes) -> bytes:
        return bytes([kind, len(content)]) + content

    far = struct.pack("<II", 16_383, 0) + bytes(8)
    part = b"".join(
        [
            record(0, struct.pack("<I", 0) + bytes(12)),
            record(5, struct.pack("<II", 0, 0) + bytes(8)),
            record(0, struct.pack("<I", 1_048_575) + bytes(12)),
            record(5, far),
        ]
    )
    file = tmp_path / "a.xlsb"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/worksheets/sheet1.bin", part)
    (problem,) = read_source(Source(file, "a.xlsb")).problems
    assert problem.code == "file_too_large"


@pytest.mark.slow
def test_a_text_of_two_million_rows_is_one_line(tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "12舟渡_令和7年度.csv"
    file.write_text("日付,科目,支出\n" + "R7.4.11,会場費,300\n" * 2_000_000, encoding="cp932")
    assert codes(checked(ward, file)) == ["too_many_rows"]


def test_binary_noise_is_no_text(tmp_path: Path, ward: Ward) -> None:
    file = tmp_path / "12舟渡.csv"
    file.write_bytes(bytes(range(256)) * 40)
    assert codes(checked(ward, file)) == ["not_text"]


def test_a_file_that_goes_away_while_others_are_read(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = workbook(tmp_path, {"出納帳": LEDGER})
    workbook(tmp_path, {"出納帳": LEDGER}, "11蓮根_令和7年度.xlsx")
    whole = Source.content

    def content(source: Source) -> bytes:
        gone.unlink(missing_ok=True)
        return whole(source)

    monkeypatch.setattr(Source, "content", content)
    intake = read_raw(tmp_path, ward)
    assert codes(intake) == ["file_gone"]
    assert [row["area_code"] for row in rows(intake, "ledger")] == ["11"]


def test_macros_and_links_are_left_alone(tmp_path: Path, ward: Ward) -> None:
    file = workbook(tmp_path, {"出納帳": LEDGER}, "12舟渡_令和7年度.xlsm")
    changed(
        file,
        lambda _, content: content,
        **{"xl__externalLinks__externalLink1.xml": b"<a/>", "xl__vbaProject.bin": b"macro"},
    )
    intake = checked(ward, file)
    assert codes(intake) == ["macro_not_run", "external_link"]
    assert len(rows(intake, "ledger")) == 1


def test_formulas_without_values_are_told_by_cell(tmp_path: Path, ward: Ward) -> None:
    lines = [*LEDGER, ["R7.4.12", "会場費", "=100+200"]]
    intake = checked(ward, workbook(tmp_path, {"出納帳": lines}))
    located = [(problem.code, problem.cell or problem.row) for problem in intake.problems]
    assert sorted(located, key=str) == [("formula_without_value", "C3"), ("no_amount", 3)]


def zipped(tmp_path: Path, members: dict[str, bytes]) -> Path:
    file = tmp_path / "記録.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def test_a_zip_is_read_without_unpacking_it(tmp_path: Path, ward: Ward) -> None:
    table = "日付,科目,支出\nR7.4.11,会場費,300\n".encode("cp932")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", table)
    file = zipped(
        tmp_path,
        {
            "2025/12舟渡.csv": table,
            "../../outside.csv": table,
            "/tmp/absolute.csv": table,  # noqa: S108 -- never written
            "inner.zip": inner.getvalue(),
            "読んでね.txt": b"hello",
        },
    )
    before = sorted(tmp_path.parent.iterdir())
    intake = checked(ward, file)
    assert sorted(codes(intake)) == [
        "other_kind",
        "zip_in_zip",
        "zip_unsafe_name",
        "zip_unsafe_name",
    ]
    (line,) = rows(intake, "ledger")
    assert (line["area_code"], line["source_file"]) == ("12", "記録.zip/2025/12舟渡.csv")
    assert sorted(tmp_path.parent.iterdir()) == before


def test_names_in_a_zip_of_windows_are_read(tmp_path: Path, ward: Ward) -> None:
    file = zipped(tmp_path, {"ABCDEF.csv": "年度,日付,科目,支出\nR7,R7.4.11,会場費,300\n".encode()})
    name = "舟渡A".encode("cp932") + b"A"
    file.write_bytes(file.read_bytes().replace(b"ABCDEF", name))
    intake = checked(ward, file)
    assert [problem.file for problem in intake.problems] == ["記録.zip/舟渡AA.csv"]


def test_formula_like_texts_stay_texts(tmp_path: Path, ward: Ward) -> None:
    texts = ["=1+1", "+81 3", "-割引", "@here", "＝SUM(A1)", "＋1"]
    lines = [
        ["日付", "科目", "摘要", "支出"],
        *(
            ["R7.4.11", "会場費", description, str(100 + place)]
            for place, description in enumerate(texts)
        ),
    ]
    intake = checked(ward, text(tmp_path, lines, "12舟渡_令和7年度.csv", "utf-8"))
    assert [row["description"] for row in rows(intake, "ledger")] == texts


def test_reading_never_raises_on_what_is_no_workbook(tmp_path: Path) -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    content = book.getvalue()
    for size in range(0, len(content), 97):
        file = tmp_path / "a.xlsx"
        file.write_bytes(content[:size])
        (problem,) = read_source(Source(file, "a.xlsx")).problems
        assert problem.code == "file_broken"


def test_a_folder_can_be_checked(tmp_path: Path, ward: Ward) -> None:
    workbook(tmp_path, {"出納帳": LEDGER})
    assert len(rows(check_files([tmp_path], ward), "ledger")) == 1
