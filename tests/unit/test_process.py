"""A function in a separate process: its result, its end, and the end of all that it started."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from aip_analysis.execution.process_pool import (
    ProcessDiedError,
    ProcessTimeoutError,
    Progress,
    run_in_process,
)
from tests.background_runs import wait_until

# Processes that start from scratch are slow.
pytestmark = pytest.mark.slow
CONTEXT = multiprocessing.get_context("spawn")


def double(number: int, _: Progress) -> int:
    return 2 * number


def refuse(number: int, _: Progress) -> int:
    message = f"not {number}"
    raise ValueError(message)


def leave(code: int, progress: Progress) -> None:
    progress.report("half", None)
    os._exit(code)


def sleep(seconds: float, progress: Progress) -> None:
    progress.report("asleep", 0.5)
    time.sleep(seconds)


def speak(pieces: int, progress: Progress) -> str:
    for piece in range(pieces):
        progress.report(piece, 30)
        time.sleep(0.2)
    return "said"


def fork_and_leave(_: int, progress: Progress) -> None:
    if os.fork() == 0:
        time.sleep(60)
    progress.report("forked", None)
    os._exit(0)


def start(file: Path, _: Progress) -> list[int]:
    """Start two programs, one of which leaves the process group, and return their process IDs."""
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    return [subprocess.Popen(command, start_new_session=own, cwd=file).pid for own in (False, True)]


def hand_over(folder: Path, _: Progress) -> None:
    (folder / "number").write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def ask(folder: Path) -> None:
    run_in_process(hand_over, folder, CONTEXT)


def test_the_result_comes_back() -> None:
    assert run_in_process(double, 21, CONTEXT) == 42


def test_an_error_comes_back() -> None:
    with pytest.raises(ValueError, match="not 3"):
        run_in_process(refuse, 3, CONTEXT)


def test_a_process_that_ends_is_told_with_how_far_it_was() -> None:
    with pytest.raises(ProcessDiedError) as caught:
        run_in_process(leave, 0, CONTEXT)
    assert caught.value.progress == "half"
    assert not isinstance(caught.value, ProcessTimeoutError)


def test_a_process_that_is_silent_for_too_long_is_ended() -> None:
    with pytest.raises(ProcessTimeoutError) as caught:
        run_in_process(sleep, 60, CONTEXT)
    assert caught.value.progress == "asleep"


def test_one_that_says_how_far_it_is_may_take_longer() -> None:
    assert run_in_process(speak, 5, CONTEXT, patience=30) == "said"


def test_nobody_takes_longer_than_the_whole_run() -> None:
    with pytest.raises(ProcessTimeoutError):
        run_in_process(speak, 1000, CONTEXT, until=lambda: 0.0)


def test_a_fork_that_goes_on_does_not_hold_its_end_up() -> None:
    with pytest.raises(ProcessDiedError) as caught:
        run_in_process(fork_and_leave, 0, CONTEXT)
    assert caught.value.progress == "forked"


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    numbers = run_in_process(start, tmp_path, CONTEXT)
    assert wait_until(lambda: not any(map(psutil.pid_exists, numbers)))


def test_it_ends_with_whoever_asked_for_it(tmp_path: Path) -> None:
    asker = CONTEXT.Process(target=ask, args=(tmp_path,))
    asker.start()
    file = tmp_path / "number"
    assert wait_until(lambda: file.is_file() and file.read_text(encoding="utf-8"))
    number = int(file.read_text(encoding="utf-8"))
    assert psutil.pid_exists(number)
    asker.kill()
    asker.join()
    assert wait_until(lambda: not psutil.pid_exists(number))
