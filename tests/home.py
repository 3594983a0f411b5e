"""A home folder of the workbench for tests, with its commands run as a user runs them."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
from filelock import FileLock

ROOT = Path(__file__).parents[1]
COMMANDS = Path(sys.executable).parent
AIP = COMMANDS / "aip"
NEWEST_COMPLETE = 2025
# Of the small home: 板橋, 蓮根, 舟渡 and 前野, and the years of their records.
SMALL_AREAS = ("01", "11", "12", "13")
SMALL_YEARS = (2024, 2025, 2026)
# Category of the one row of the small home that is set aside.
UNKNOWN_CATEGORY = "慶弔費"
# Variables that a tester's own shell may have set, and that would affect the output.
PERSONAL = ("AIP_HOME", "AIP_LANG", "LANG", "LC_ALL", "LC_MESSAGES")


def plain_environment(**settings: str) -> dict[str, str]:
    """Return the environment of this process with ``settings`` instead of a tester's own ones."""
    inherited = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    return inherited | settings


@dataclass(frozen=True)
class Home:
    """A folder with the data and notebooks that the commands work on."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "data" / "raw"

    @property
    def reference(self) -> Path:
        return self.folder / "data" / "reference"

    @property
    def processed(self) -> Path:
        return self.folder / "data" / "processed"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    @property
    def pages(self) -> Path:
        """Return the folder of the newest complete year."""
        return self.reports / str(NEWEST_COMPLETE)

    def run(self, *command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=plain_environment(**settings),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def aip(self, *arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        return self.run(AIP, *arguments, **settings)

    def check_output(self, *arguments: str | Path) -> str:
        """Run a command that must succeed, and return its standard output."""
        done = self.aip(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def intake_page_text(self) -> str:
        """Return the page about the intake of the raw files."""
        return (self.processed / "intake.html").read_text(encoding="utf-8")

    def current(self) -> str:
        """Return the name of the build in use."""
        return (self.processed / "CURRENT").read_text(encoding="utf-8")

    def states(self) -> dict[str, str]:
        """Return the state of each report as printed by ``aip list``, by the name of its page."""
        lines = self.check_output("list").splitlines()
        return {file: state for state, file, *_ in (line.split("\t") for line in lines)}

    def copy_to(self, folder: Path, *, reports: bool = True) -> "Home":
        def left_out(place: str, _: list[str]) -> list[str]:
            return [] if reports or Path(place) != self.folder else ["reports"]

        shutil.copytree(self.folder, folder, ignore=left_out)
        return Home(folder)

    def results(self) -> dict[str, str]:
        """Return the hash of every file that the commands made: built records and reports."""
        files = [
            file
            for folder in (self.processed, self.reports)
            for file in folder.rglob("*")
            if file.is_file() and not file.name.endswith(".lock")
        ]
        return {
            file.relative_to(self.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
        }


def make_home(folder: Path) -> Home:
    """Create a home like a fresh clone: the ward, its sample records, the notebooks."""
    home = Home(folder)
    shutil.copytree(ROOT / "data" / "reference", home.reference)
    shutil.copytree(ROOT / "data" / "raw", home.raw)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    return home


def make_small_home(folder: Path) -> Home:
    """Create a home with four areas in three blocks and the records of three years.

    It is for tests of the commands; tests of the content of the ward's reports need all areas.
    """
    home = make_home(folder)
    for year in home.raw.iterdir():
        if year.name.isdecimal() and int(year.name) not in SMALL_YEARS:
            shutil.rmtree(year)
    for file in home.raw.glob("*/*.xlsx"):
        if file.name[:2] not in SMALL_AREAS:
            file.unlink()
    _keep_areas(home.raw, home.reference)
    (file,) = home.raw.glob("2024/01*.xlsx")
    _book_unknown_category(file)
    return home


def _book_unknown_category(file: Path) -> None:
    """Write a category missing in the vocabularies into the first expense of a cash book."""
    book = openpyxl.load_workbook(file)
    cells = (cell for row in book["出納帳"].iter_rows() for cell in row)
    next(cell for cell in cells if cell.value == "会場費").value = UNKNOWN_CATEGORY
    book.save(file)


def _keep_areas(raw: Path, reference: Path) -> None:
    """Keep only the few areas in the reference tables and in the lists of all areas."""
    areas = _table(reference / "areas.csv")
    few = areas[areas["area_code"].isin(SMALL_AREAS)]
    blocks = _table(reference / "blocks.csv")
    chome = _table(reference / "chome.csv")
    chome = chome[chome["area_code"].isin(SMALL_AREAS)]
    # The share of a removed area in a neighbourhood goes to its remaining areas.
    shares = chome["share"].astype(float)
    chome = chome.assign(share=shares / shares.groupby(chome["key_code"]).transform("sum"))
    tables = {"areas": few, "blocks": blocks[blocks["block_code"].isin(few["block_code"])]}
    for name, table in (tables | {"chome": chome}).items():
        table.to_csv(reference / f"{name}.csv", index=False, encoding="utf-8-sig")
    gone = set(areas["area"]) - set(few["area"])
    for file in raw.glob("*/*.csv"):
        encoding = "cp932" if "支払" in file.name else "utf-8-sig"
        lines = file.read_text(encoding=encoding).splitlines(keepends=True)
        left = [line for line in lines if line.split(",")[1:2] not in [[name] for name in gone]]
        file.write_text("".join(left), encoding=encoding, newline="")


def _table(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Run a function in the first process that needs its result; the others wait for it."""
    done = folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()
