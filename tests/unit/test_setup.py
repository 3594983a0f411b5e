"""The scripts of setup/ on machines that lack something, with stand-ins for the tools."""

import importlib.util
import marshal
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = Path(__file__).resolve().parents[2] / "setup"


class Machine:
    """A copy of the set-up in a separate folder, with stand-ins for the system's commands."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.commands = folder / "commands"
        self.log = folder / "log"
        self.commands.mkdir(parents=True)
        self.log.touch()
        shutil.copytree(SETUP, self.home / "setup")
        for name in ("pyproject.toml", "uv.lock"):
            (self.home / name).write_text(f"# {name}\n", encoding="utf-8")

    def stand_in(self, path: str, body: str) -> None:
        """Write a script where the set-up looks for a command or one of its own scripts."""
        target = self.home / path if "/" in path else self.commands / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f'#!/bin/sh\nlog="{self.log}"\n{body}\n', encoding="utf-8")
        target.chmod(0o755)

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", f"setup/{script}", *arguments],
            cwd=self.home,
            env={"PATH": f"{self.commands}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    def logged(self) -> list[str]:
        """Return the lines that the stand-ins logged since the last call."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        self.log.write_text("", encoding="utf-8")
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


@pytest.fixture
def set_up(machine: Machine) -> Machine:
    """Return a machine whose uv logs its runs, and creates a working environment."""
    machine.stand_in("setup/python.sh", f'echo "{sys.executable}"')
    machine.stand_in("setup/tools.sh", "")
    machine.stand_in(
        ".tools/bin/uv",
        f'echo "$*" >>"$log"; mkdir -p .venv/bin; ln -sf "{sys.executable}" .venv/bin/python',
    )
    assert machine.run("environment.sh", "reports").returncode == 0
    assert len(machine.logged()) == 1
    return machine


def test_a_user_who_may_not_install_gets_the_one_line_to_type(machine: Machine) -> None:
    machine.stand_in("id", "echo 1000")
    machine.stand_in("apt-get", 'echo "$*" >>"$log"')
    done = machine.run("packages.sh", "ありません。", "It is missing.", "fontconfig", "fonts")
    assert done.returncode == 14
    assert done.stdout == ""
    japanese, english = done.stderr.splitlines()
    assert japanese.startswith("ありません。")
    assert english.startswith("It is missing. ")
    for sentence in (japanese, english):
        assert sentence.endswith(": sudo apt-get install fontconfig fonts")
    assert machine.logged() == []


def test_root_fetches_package_lists_only_where_they_do_not_serve(machine: Machine) -> None:
    machine.stand_in("id", "echo 0")
    machine.stand_in(
        "apt-get",
        'case "$*" in *update*) echo update >>"$log"; touch fetched ;; '
        '*) echo install >>"$log"; [ -e fetched ] ;; esac',
    )
    assert machine.run("packages.sh", "", "", "chromium").returncode == 0
    assert machine.logged() == ["install", "update", "install"]
    assert machine.run("packages.sh", "", "", "chromium").returncode == 0
    assert machine.logged() == ["install"]


def test_a_package_that_cannot_be_had_is_a_missing_tool(machine: Machine) -> None:
    machine.stand_in("id", "echo 0")
    machine.stand_in("apt-get", 'echo "E: no network"; exit 100')
    done = machine.run("packages.sh", "ありません。", "It is missing.", "chromium")
    assert done.returncode == 14
    assert "E: no network" in done.stderr


def test_a_python_that_is_too_old_or_leads_nowhere_is_passed_over(machine: Machine) -> None:
    machine.stand_in("python3.11", "echo 'not installed' >&2; exit 127")
    machine.stand_in("python3", "exit 1")
    machine.stand_in("python3.12", f'exec "{sys.executable}" "$@"')
    machine.stand_in("setup/packages.sh", "")
    done = machine.run("python.sh")
    assert done.returncode == 0
    assert Path(done.stdout.strip()).resolve() == Path(sys.executable).resolve()


def test_what_is_set_up_is_left_alone(set_up: Machine) -> None:
    for name in ("pyproject.toml", "uv.lock", "setup/environment.sh"):
        os.utime(set_up.home / name)
    again = set_up.run("environment.sh", "reports")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert set_up.logged() == []


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_other_content_is_set_up_anew(set_up: Machine, name: str) -> None:
    (set_up.home / name).write_text("# another\n", encoding="utf-8")
    set_up.run("environment.sh", "reports")
    assert len(set_up.logged()) == 1


def test_tests_need_their_group_and_reports_need_nothing_more_after_it(set_up: Machine) -> None:
    set_up.run("environment.sh", "test")
    (command,) = set_up.logged()
    assert "--group test" in command
    set_up.run("environment.sh", "reports")
    set_up.run("environment.sh", "test")
    assert set_up.logged() == []


def test_an_environment_whose_python_is_gone_is_made_anew(set_up: Machine) -> None:
    python = set_up.home / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(set_up.home / "gone")
    set_up.run("environment.sh", "reports")
    assert len(set_up.logged()) == 1
    assert python.exists()


def test_an_environment_that_moved_is_made_anew(set_up: Machine) -> None:
    (set_up.home / ".venv" / "left-over").touch()
    set_up.home = set_up.home.rename(set_up.home.with_name("moved"))
    set_up.run("environment.sh", "reports")
    assert len(set_up.logged()) == 1
    assert not (set_up.home / ".venv" / "left-over").exists()


def test_own_code_is_compiled_where_it_is_newer_and_only_then(set_up: Machine) -> None:
    module = set_up.home / "aip_analysis" / "module.py"
    module.parent.mkdir()
    (module.parent / "broken.py").write_text("A = \n", encoding="utf-8")
    compiled = Path(importlib.util.cache_from_source(str(module)))
    for year in (2024, 2025):
        module.write_text(f"YEAR = {year}\n", encoding="utf-8")
        done = set_up.run("compiled.sh")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        # The code of the module follows the header of the file.
        code = marshal.loads(compiled.read_bytes()[16:])  # noqa: S302 -- compiled just now
        assert year in code.co_consts
        compiled.write_bytes(b"left alone")
        assert set_up.run("compiled.sh").returncode == 0
        assert compiled.read_bytes() == b"left alone"
        # As if that had been long ago: anything written now is newer.
        os.utime(set_up.home / ".venv" / ".compiled", (0, 0))


def test_who_may_not_write_goes_without_compiled_code(machine: Machine) -> None:
    (machine.home / "aip_analysis").mkdir()
    (machine.home / "aip_analysis" / "module.py").touch()
    # Nobody can write to a dangling link, not even root.
    (machine.home / ".venv").symlink_to(machine.home / "nowhere")
    done = machine.run("compiled.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_failure_is_told_and_tried_again_next_time(set_up: Machine) -> None:
    (set_up.home / "uv.lock").write_text("# another\n", encoding="utf-8")
    set_up.stand_in(".tools/bin/uv", 'echo "no network" >&2; exit 2')
    for _ in range(2):
        failed = set_up.run("environment.sh", "reports")
        assert failed.returncode == 14
        assert failed.stderr.splitlines()[0] == "no network"


@pytest.mark.parametrize(
    "browser", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
)
def test_a_browser_goes_by_several_names(machine: Machine, browser: str) -> None:
    machine.stand_in("setup/packages.sh", 'echo "$*" >>"$log"')
    machine.stand_in(browser, "")
    assert machine.run("browser.sh").returncode == 0
    assert machine.logged() == []


def test_what_drives_the_browser_must_run(machine: Machine) -> None:
    driver = ".venv/lib/python3.11/site-packages/playwright/driver/node"
    machine.stand_in("setup/packages.sh", 'echo "$*" >>"$log"')
    machine.stand_in("chromium", "")
    machine.stand_in(driver, "exit 127")
    machine.run("browser.sh")
    (asked,) = machine.logged()
    assert asked.endswith("libatomic1")
    machine.stand_in(driver, "")
    machine.run("browser.sh")
    assert machine.logged() == []
