"""A folder of the workbench to act in, and its commands, run as a user runs them."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[1]
COMMANDS = Path(sys.executable).parent
AIP = COMMANDS / "aip"
NEWEST_COMPLETE = 2025
# What a tester's own shell may have set, and what would change the answers.
PERSONAL = ("AIP_HOME", "AIP_LANG", "LANG", "LC_ALL", "LC_MESSAGES")


def plain_environment(**settings: str) -> dict[str, str]:
    """Give the environment of this process without a tester's own settings, with these."""
    kept = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    return kept | settings


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
        """The folder of the newest complete year."""
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

    def must(self, *arguments: str | Path) -> str:
        """Run a command that has to succeed, and give what it said."""
        done = self.aip(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def page_of_intake(self) -> str:
        """Give the page that tells what came of the raw files."""
        return (self.processed / "intake.html").read_text(encoding="utf-8")

    def current(self) -> str:
        """Give the name of the build in use."""
        return (self.processed / "CURRENT").read_text(encoding="utf-8")

    def states(self) -> dict[str, str]:
        """Give each report's state as ``aip list`` tells it, by the page's name."""
        lines = self.must("list").splitlines()
        return {file: state for state, file, *_ in (line.split("\t") for line in lines)}

    def copied(self, folder: Path, *, reports: bool = True) -> "Home":
        def left_out(place: str, _: list[str]) -> list[str]:
            return [] if reports or Path(place) != self.folder else ["reports"]

        shutil.copytree(self.folder, folder, ignore=left_out)
        return Home(folder)

    def results(self) -> dict[str, str]:
        """Give the hash of every file that the commands made: built records and reports."""
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
    """Make a folder as a fresh clone has it: the ward, its sample records, the notebooks."""
    home = Home(folder)
    shutil.copytree(ROOT / "data" / "reference", home.reference)
    shutil.copytree(ROOT / "data" / "raw", home.raw)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    return home


def once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Do a piece of work in the first process that needs it; the others wait for it."""
    done = folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()
