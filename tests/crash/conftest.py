"""A town whose pages exist in two versions, both known byte for byte."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.background_runs import insert_cell, read_files, shorten_notebooks
from tests.home import ROOT, Home, once
from tests.town import write_town

# The file of みなと in block 1, and the attendance of its first meeting in the corrected records.
CORRECTED = "2025/01*.xlsx"
PRESENT = 91
FAILED = "failed/area-03-ekimae.ipynb"
HARMLESS = "None"
# えきまえ shows no attendance, so the correction in its block changes nothing of its figures.
UNCHANGED = ["area-03-ekimae.csv"]
POISON = 'if area in {"03", "えきまえ"}:\n    raise RuntimeError("毒")'


@dataclass(frozen=True)
class Town:
    """A town to be republished: its records have changed since its pages were made.

    Parameters
    ----------
    home
        The town, with the new records built.
    old, new
        Folders with the contents of the folder of the year before and after the next run.
    seconds
        Approximate duration of that run.
    """

    home: Home
    old: Path
    new: Path
    seconds: float

    def set_back(self) -> None:
        """Restore the old pages."""
        shutil.rmtree(self.home.pages, ignore_errors=True)
        shutil.copytree(self.old, self.home.pages)

    def copy_to(self, folder: Path) -> "Town":
        """Return a copy of the town in a folder, with the old pages."""
        home = self.home.copy_to(folder, reports=False)
        town = Town(home, self.old, self.new, self.seconds)
        town.set_back()
        return town


@pytest.fixture(scope="session")
def shared_town(shared_folder: Path) -> Town:
    """Return the town. Read-only: it is shared."""
    folder = shared_folder / "crash-town"
    home, old, new, seconds = (folder / name for name in ("home", "old", "new", "seconds"))

    def make() -> None:
        seconds.write_text(str(_made(Home(home), old, new)), encoding="utf-8")

    once(shared_folder, "crash-town", make)
    return Town(Home(home), old, new, float(seconds.read_text(encoding="utf-8")))


@pytest.fixture
def town(shared_town: Town, tmp_path: Path) -> Town:
    """Return a copy of the town for one test, with the old pages."""
    return shared_town.copy_to(tmp_path / "home")


def _made(home: Home, old: Path, new: Path) -> float:
    """Return the seconds to publish the second version, after making the town and both versions."""
    write_town(home.reference)
    shutil.copytree(ROOT / "notebooks", home.folder / "notebooks")
    shorten_notebooks(home)
    home.check_output("sample")
    home.check_output("build")
    insert_cell(home, HARMLESS)
    home.check_output("publish")
    # One page could not be regenerated the last time, and the assets are of an older program.
    insert_cell(home, POISON)
    assert home.aip("publish", "--only", "えきまえ").returncode == 12
    for file in (home.pages / "assets").iterdir():
        file.write_text("/* older */", encoding="utf-8")
    shutil.copytree(home.pages, old)
    insert_cell(home, HARMLESS)
    _correct(home)
    home.check_output("build")
    started = time.monotonic()
    home.check_output("publish")
    seconds = time.monotonic() - started
    shutil.copytree(home.pages, new)
    before, after = read_files(old), read_files(new)
    assert set(before) == {*after, FAILED}
    assert [name for name in after if after[name] == before[name]] == UNCHANGED
    return seconds


def _correct(home: Home) -> None:
    """Change a count that affects the pages of all places: each shows a rate of the town."""
    (file,) = home.raw.glob(CORRECTED)
    book = openpyxl.load_workbook(file)
    first = next(row for row in book["会議記録"].iter_rows() if row[1].value == "定例会")
    first[6].value = PRESENT
    book.save(file)
