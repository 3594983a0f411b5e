"""``aip template`` as its users run it, and its workbooks in a real office program."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from aip_analysis.reference import load_ward
from tests.filled_workbook import COUNTED, fill_workbook
from tests.office_files import checked, codes, rows

HOME = Path(__file__).parents[2]
AIP = Path(sys.executable).parent / "aip"


def template(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [str(part) for part in (AIP, "template", "--home", HOME, *arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_every_council_gets_one(tmp_path: Path) -> None:
    done = template("--fiscal-year", "2026", "--out", tmp_path / "out")
    assert done.returncode == 0
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert len(names) == 18
    assert names[11] == "12舟渡_令和8年度_活動記録.xlsx"
    assert "18" in done.stdout


def test_what_somebody_has_begun_is_not_replaced(tmp_path: Path) -> None:
    assert template("--only", "12", "--out", tmp_path, "--fiscal-year", "2026").returncode == 0
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"begun")
    done = template("--out", tmp_path, "--fiscal-year", "2026")
    assert done.returncode == 10
    assert file.name in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"begun"]


def test_a_block_stands_for_its_areas(tmp_path: Path) -> None:
    ward = load_ward(HOME / "data" / "reference")
    block = ward.place_named("block", "4")
    done = template("--only", "block-4", "--out", tmp_path, "--fiscal-year", "2026")
    assert done.returncode == 0
    codes = {area.code for area in ward.areas_of(block)}
    assert {file.name[:2] for file in tmp_path.iterdir()} == codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--only", "どこにもない"], 2),
        (["--fiscal-year", "1999"], 10),
        (["--fiscal-year", "R8"], 2),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = template("--out", tmp_path / "out", *arguments)
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def saved_by_libreoffice(file: Path, folder: Path, ending: str) -> Path:
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending,
         "--outdir", folder / "saved", file],
        check=True, capture_output=True,
    )  # fmt: skip
    (saved,) = (folder / "saved").iterdir()
    return saved


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_filled_in_and_saved_by_libreoffice_it_passes(tmp_path: Path, ending: str) -> None:
    assert template("--only", "12", "--out", tmp_path, "--fiscal-year", "2026").returncode == 0
    (blank,) = tmp_path.iterdir()
    filled = fill_workbook(blank, blank)
    saved = saved_by_libreoffice(filled, tmp_path, ending)
    intake = checked(load_ward(HOME / "data" / "reference"), saved)
    assert set(codes(intake)) == {"month_only"}
    assert intake.rows_set_aside == 0
    assert {table: len(intake.records[table]) for table in COUNTED} == COUNTED
    assert {row["activity_id"] for row in rows(intake, "activity_months")} == {"A-01"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_row_put_in_above_the_total_is_counted(tmp_path: Path) -> None:
    assert template("--only", "12", "--out", tmp_path, "--fiscal-year", "2026").returncode == 0
    (blank,) = tmp_path.iterdir()
    book = openpyxl.load_workbook(fill_workbook(blank, blank))
    sheet = book["出納帳"]
    sheet.insert_rows(115)
    for column, value in enumerate([date(2027, 3, 1), "運営費", "事務費", "切手", None, 840], 1):
        sheet.cell(115, column, value)
    book.save(blank)
    saved = openpyxl.load_workbook(saved_by_libreoffice(blank, tmp_path, "xlsx"), data_only=True)
    total = [cell.value for cell in saved["出納帳"][116]]
    assert total[0] == "合計"
    # The balance refers to its own row: an office program adjusts it, openpyxl does not.
    assert total[4:6] == [303_000, 14_040]
