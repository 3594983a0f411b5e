"""Hundreds of awkward files in one build: all that can be read is, with a line for each other."""

import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aip_analysis.intake import FileIntake, Intake, read_raw
from aip_analysis.intake.corrections.export import write_set_aside
from aip_analysis.intake.reading.sources import TEXTS, WORKBOOKS
from aip_analysis.intake.results import account_lines
from aip_analysis.reference import Ward
from tests.metamorphic.mutants import flipped

CORPUS = Path(__file__).parents[1] / "intake_corpus"
TODAY = date(2027, 6, 1)
GARBAGE_FILE = "garbage/2025/{}"
GARBAGE = {
    "leer.xlsx": b"",
    "bild.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "kaputt.zip": b"PK\x03\x04" + bytes(50),
    "ole.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
    "null.csv": bytes(500),
    "haken.csv": '日付,科目,支出\n"R7.4.11,会場費,300\n'.encode(),
    "html.xls": "<html><table><tr><td>日付</td></tr></table></html>".encode(),
}
# Each file is read twice, in minutes.
pytestmark = [pytest.mark.slow, pytest.mark.night]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a subfolder for each case of the corpus, and for each file spoilt."""
    folder = tmp_path_factory.mktemp("awkward") / "raw"
    for case in sorted(CORPUS.glob("*/expected.toml")):
        shutil.copytree(
            case.parent, folder / case.parent.name, ignore=shutil.ignore_patterns("expected.toml")
        )
    for seed, whole in enumerate(sorted(folder.glob("*/2025/*.*"))):
        if whole.suffix not in {*WORKBOOKS, *TEXTS, ".zip"}:
            continue
        chance = random.Random(seed)  # noqa: S311 -- chosen by chance, not secret
        file = folder / f"mutant-{seed}" / "2025" / whole.name
        file.parent.mkdir(parents=True)
        file.write_bytes(flipped(whole.read_bytes(), chance))
    (folder / "garbage" / "2025").mkdir(parents=True)
    for name, content in GARBAGE.items():
        (folder / "garbage" / "2025" / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def together(folder: Path, ward: Ward) -> Intake:
    return read_raw(folder, ward, today=TODAY)


def alone(folder: Path, ward: Ward) -> Iterator[tuple[str, FileIntake]]:
    """Yield each file as it is read in a build of its own case alone."""
    for case in sorted(folder.iterdir()):
        for file in read_raw(case, ward, today=TODAY).files:
            yield f"{case.name}/{file.file}", file


def rows_of(file: FileIntake) -> list[tuple[str, int, int, int]]:
    """Return rows and amounts read, by sheet, as they were counted from the sheet alone.

    Whether they are used may differ: rows that files of other cases have, too, count once.
    """
    return [
        (sheet.sheet, sheet.rows_read, sheet.rows_filled, sheet.amounts_read)
        for sheet in file.sheets
    ]


def test_no_file_makes_the_build_fail(together: Intake) -> None:
    assert len(together.files) > 300
    assert together.faults == []
    assert [sheet for sheet in together.sheets if not sheet.balances] == []


def test_all_that_can_be_read_is_read(folder: Path, together: Intake, ward: Ward) -> None:
    files = {file.file: file for file in together.files}
    read = dict(alone(folder, ward))
    assert files.keys() == read.keys()
    assert {name: rows_of(file) for name, file in files.items()} == {
        name: rows_of(file) for name, file in read.items()
    }


def test_each_file_that_cannot_be_read_is_one_line(together: Intake) -> None:
    unread = [file for file in together.files if not file.sheets and file.refused]
    assert len(unread) > 30
    assert {
        GARBAGE_FILE.format(name) for name in GARBAGE if name.endswith((".xlsx", ".zip", ".xls"))
    } <= {file.file for file in unread}
    lines = [problem.sentence("ja") for file in unread for problem in file.problems]
    assert len(lines) == len({file.file for file in unread})
    assert all("\n" not in line for line in account_lines(together, "ja"))


def test_what_is_set_aside_is_handed_back(folder: Path, together: Intake, ward: Ward) -> None:
    written = write_set_aside(together, ward, folder.parent / "set-aside")
    assert together.faults == []
    # A table of residents is corrected as a whole, where it was published.
    returned = [
        file
        for file in together.files
        if any(block.set_aside and block.by_row for sheet in file.sheets for block in sheet.blocks)
    ]
    assert len(written) == len(set(written)) == len(returned)
