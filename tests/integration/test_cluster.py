"""`aip publish --dask` on a cluster that loses a worker, and without a responding cluster."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.background_runs import (
    MARK,
    insert_cell,
    processes,
    read_files,
    running,
    shorten_notebooks,
    wait_until,
)
from tests.home import Home, plain_environment

ONLY = [
    word for name in ("ward", "志村", "板橋", "蓮根", "舟渡", "前野") for word in ("--only", name)
]
MANIFEST = "manifest.json"
# Signals that a worker has started an area's report, then waits for the gate to open.
GATE = """
import os
import time
from pathlib import Path

Path(f"begun-{area}").touch()
while not Path("gate").exists():
    time.sleep(0.02)
"""
# The cluster in a separate process, which ends when its input is closed.
CLUSTER = """
import json
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        workers = [worker.pid for worker in cluster.workers.values()]
        print(json.dumps([cluster.scheduler_address, workers]), flush=True)
        sys.stdin.read()
"""
IMPATIENT = """
from aip_analysis.cli.main import main
from aip_analysis.publish import executors

executors.CONNECT_SECONDS = 1
main()
"""


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: the address of its scheduler, and the process IDs of its workers."""

    address: str
    workers: list[int]


@contextmanager
def local_cluster(folder: Path) -> Iterator[Cluster]:
    """Have two workers, each a process that does one thing at a time."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    mark = folder.name
    with (folder / "cluster.err").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, script],
            cwd=folder,
            env=plain_environment(DASK_TEMPORARY_DIRECTORY=str(folder)) | {MARK: mark},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with process:
            assert process.stdout is not None
            address, workers = json.loads(process.stdout.readline())
            yield Cluster(address, workers)
    # The workers end, and with them all processes that they have started.
    assert wait_until(lambda: not processes(mark)), processes(mark)


@pytest.fixture
def gated(own_small: Home) -> Home:
    """Return a home with short notebooks, those of areas with an open gate."""
    shorten_notebooks(own_small)
    insert_cell(own_small, GATE)
    (own_small.folder / "gate").touch()
    return own_small


def test_a_worker_that_dies_costs_no_page(gated: Home, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    gated.check_output("publish", *ONLY, "--out", plain)
    (gated.folder / "gate").unlink()
    for file in gated.folder.glob("begun-*"):
        file.unlink()

    with local_cluster(tmp_path) as cluster:
        with running(gated, tmp_path, "publish", *ONLY, "--dask", cluster.address) as run:
            # Now both workers are in the middle of an area's report.
            assert wait_until(lambda: len(list(gated.folder.glob("begun-*"))) == 2)
            assert run.process.poll() is None
            os.kill(cluster.workers[0], signal.SIGKILL)
            (gated.folder / "gate").touch()
            code, output, error = run.result()
        assert code == 0, error
        assert "6件" in output
        assert error == ""
    expected, pages = read_files(plain / "2025"), read_files(gated.pages)
    assert set(pages) == set(expected)
    assert [name for name in expected if pages[name] != expected[name] and name != MANIFEST] == []
    gated.check_output("verify")


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", pytest.param("nowhere", marks=pytest.mark.night)]
)
def test_an_address_where_no_cluster_answers_is_one_sentence(small: Home, address: str) -> None:
    command = ("publish", "--only", "舟渡", "--force", "--dask", address)
    done = small.run(sys.executable, "-c", IMPATIENT, *command, "--out", "never")
    assert done.returncode == 14
    (line,) = done.stderr.splitlines()
    assert address in line
    assert done.stdout == ""
    assert not (small.folder / "never").exists()
