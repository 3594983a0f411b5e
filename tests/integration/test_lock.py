"""One run at a time for a folder: the running process is named, and dead ones keep no lock."""

import getpass
import json
import re
import socket
import subprocess
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.background_runs import insert_cell, running, shorten_notebooks, wait_until
from tests.home import Home

PAGE = "area-12-funado.html"
LOCK, HOLDER = ".publishing.lock", ".publishing.json"
# Delays every area's report until somebody opens the gate.
GATE = """
import time
from pathlib import Path

while not Path("gate").exists():
    time.sleep(0.02)
"""
ONLY = ("--only", "舟渡")


@pytest.fixture
def gated(own_small: Home) -> Home:
    """Return a home whose reports of areas wait for a gate to open."""
    shorten_notebooks(own_small)
    insert_cell(own_small, GATE)
    return own_small


def test_a_second_run_is_told_who_is_at_work(gated: Home, tmp_path: Path) -> None:
    begun = datetime.now().astimezone()
    with running(gated, tmp_path, "publish", *ONLY) as first:
        assert wait_until(partial(is_signed, gated))
        signed = datetime.now().astimezone()
        second = gated.aip("publish", "--only", "前野")
        third = gated.aip("publish", "--only", "前野", AIP_LANG="en")
        assert first.process.poll() is None
        for done in (second, third):
            assert done.returncode == 13
            assert done.stdout == ""
            (line,) = done.stderr.splitlines()
            assert str(gated.pages) in line
            assert getpass.getuser() in line
            assert socket.gethostname() in line
            assert re.search(rf"\b{first.process.pid}\b", line)
            (time,) = re.findall(r"\b\d\d:\d\d\b", line)
            assert time in minutes(begun, signed)
        assert not list(gated.pages.glob("*.html"))

        (gated.folder / "gate").touch()
        code, _, error = first.result()
        assert code == 0, error
    assert not (gated.pages / HOLDER).exists()
    gated.check_output("publish", "--only", "前野")
    assert {file.name for file in gated.pages.glob("area-*.html")} == {
        PAGE,
        "area-13-maeno.html",
    }


def test_another_folder_is_not_locked(gated: Home, tmp_path: Path) -> None:
    with running(gated, tmp_path, "publish", *ONLY) as first:
        assert wait_until(partial(is_signed, gated))
        gated.check_output("publish", "--kind", "ward", "--out", tmp_path / "elsewhere")
        assert first.process.poll() is None


def test_the_lock_of_a_run_that_was_killed_is_taken_over(gated: Home, tmp_path: Path) -> None:
    with running(gated, tmp_path, "publish", *ONLY) as first:
        assert wait_until(partial(is_signed, gated))
        assert first.kill()
        holder = json.loads((gated.pages / HOLDER).read_text(encoding="utf-8"))
        assert holder["process"] == first.process.pid
        # Processes that it has started may still be ending.
        (gated.folder / "gate").touch()
        gated.check_output("publish", *ONLY)
        assert first.remaining_processes() == []
    assert (gated.pages / PAGE).exists()
    assert not (gated.pages / HOLDER).exists()
    gated.check_output("verify")


def test_a_lock_left_lying_about_is_taken_over(gated: Home) -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    holder = {"process": gone.pid, "user": "だれか", "computer": "どこか", "since": "03:00"}
    gated.pages.mkdir(parents=True)
    (gated.pages / LOCK).write_text(str(gone.pid), encoding="utf-8")
    (gated.pages / HOLDER).write_text(json.dumps(holder), encoding="utf-8")
    (gated.folder / "gate").touch()
    gated.check_output("publish", *ONLY)
    assert (gated.pages / PAGE).exists()
    assert not (gated.pages / HOLDER).exists()


def test_who_is_at_work_need_not_be_known(gated: Home, tmp_path: Path) -> None:
    with running(gated, tmp_path, "publish", *ONLY) as first:
        assert wait_until(partial(is_signed, gated))
        for content in (b"", b'{"process": 1}', b"\xff"):
            (gated.pages / HOLDER).write_bytes(content)
            done = gated.aip("publish", *ONLY)
            assert done.returncode == 13
            (line,) = done.stderr.splitlines()
            assert str(gated.pages) in line
        assert first.process.poll() is None


def is_signed(home: Home) -> bool:
    """Return whether a run has recorded itself as the holder of the lock."""
    file = home.pages / HOLDER
    return file.exists() and file.stat().st_size > 0


def minutes(first: datetime, last: datetime) -> set[str]:
    """Return the minutes from one moment to another, as a clock shows them."""
    count = int((last - first).total_seconds() // 60) + 2
    return {f"{first + timedelta(minutes=passed):%H:%M}" for passed in range(count)}
