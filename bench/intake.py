"""Benchmarks of the intake, compared with pandas merely reading the same files."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from aip_analysis.reference import Ward, load_ward
from bench.cash_books import YEAR, write_text, write_workbook
from bench.measurement import Comparison, Measurement
from bench.workplace import BIN, BenchError, Spent, Workplace

BOOK_ROWS, TEXT_ROWS = 50_000, 1_000_000
READ_BOOK = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl')"
READ_TEXT = "import sys, pandas; pandas.read_csv(sys.argv[1], encoding='cp932')"

Writing = Callable[[Path, Ward, int], None]


def _home(place: Workplace, name: str, write: Writing, count: int) -> Path:
    """Return a home with one file of records, which is created on first use."""
    home = place.scratch / name
    if not home.is_dir():
        reference = home / "data" / "reference"
        shutil.copytree(place.home / "data" / "reference", reference)
        ending = "xlsx" if write is write_workbook else "csv"
        write(home / "data" / "raw" / str(YEAR) / f"出納帳.{ending}", load_ward(reference), count)
    return home


def _book(place: Workplace) -> Path:
    return _home(place, "book", write_workbook, BOOK_ROWS // place.share)


def _text(place: Workplace) -> Path:
    return _home(place, "text", write_text, TEXT_ROWS // place.share)


def _build(place: Workplace, home: Path, count: int) -> Spent:
    spent = place.timed(BIN / "aip", "build", "--home", home)
    account = json.loads((home / "data" / "processed" / "intake.json").read_text(encoding="utf-8"))
    used = sum(sheet["rows_used"] for file in account["files"] for sheet in file["sheets"])
    if used != count:
        raise BenchError(used, count)
    return spent


def _read(place: Workplace, script: str, home: Path) -> Spent:
    (file,) = (home / "data" / "raw").rglob("出納帳.*")
    return place.timed(sys.executable, "-c", script, file)


def read_workbook(place: Workplace) -> Spent:
    """Run only a read of the workbook, with pandas and openpyxl."""
    return _read(place, READ_BOOK, _book(place))


def build_workbook(place: Workplace) -> Spent:
    """Run the build of the workbook, checks included."""
    return _build(place, _book(place), BOOK_ROWS // place.share)


def read_text(place: Workplace) -> Spent:
    """Run only a read of the CSV, with pandas."""
    return _read(place, READ_TEXT, _text(place))


def build_text(place: Workplace) -> Spent:
    """Run the build of the CSV, checks included."""
    return _build(place, _text(place), TEXT_ROWS // place.share)


def build_nothing(place: Workplace) -> Spent:
    """Run the build of the CSV if nothing has changed since the last one."""
    return _build(place, _text(place), TEXT_ROWS // place.share)


def build_sample_again(place: Workplace) -> Spent:
    """Run the build of the sample records if nothing has changed since the last one."""
    return place.timed(BIN / "aip", "build", "--home", place.home)


MEASUREMENTS = (
    Measurement("book_pandas", "pandas.read_excel, 50,000 rows", read_workbook, each_report=False),
    Measurement("book_build", "aip build, 50,000 rows of xlsx", build_workbook, each_report=False),
    Measurement("text_pandas", "pandas.read_csv, 1,000,000 rows", read_text, each_report=False),
    Measurement("text_build", "aip build, 1,000,000 rows of CSV", build_text, each_report=False),
    Measurement("text_again", "aip build, CSV unchanged", build_nothing, each_report=False),
    Measurement(
        "sample_again", "aip build, sample unchanged", build_sample_again, each_report=False
    ),
)
COMPARISONS = (
    Comparison("pandas.read_excel / aip build", "book_pandas", "book_build"),
    Comparison("aip build / pandas.read_csv", "text_build", "text_pandas"),
)
