"""Executors that make reports: processes of this machine, or an existing Dask cluster."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from aip_analysis.errors import ToolMissingError
from aip_analysis.files.atomic import FULL
from aip_analysis.files.builds import read_build_metadata
from aip_analysis.publish.render import start_fork_server

CONNECT_SECONDS = 20


@contextmanager
def report_executor(
    home: Path, *, single_file: bool, reports: int | None, jobs: int | None, dask: str | None
) -> Iterator[Executor]:
    """Yield what makes the reports: processes of this machine, or a cluster.

    Parameters
    ----------
    home
        The workbench's folder.
    single_file
        Whether pages are made as single files.
    reports
        How many reports are requested, if that is known.
    jobs
        How many reports are made at once on this machine; the number of its processors if None.
    dask
        The address of a cluster's scheduler, or None for this machine.

    Raises
    ------
    ToolMissingError
        When there is no place for the temporary files of a run, or no cluster.
    """
    about = read_build_metadata(home / "data" / "processed")
    if about:
        try:
            start_fork_server(home, about.name, single_file=single_file, reports=reports)
        except OSError as error:
            folder = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 -- only named
            key = "files.disk_full" if error.errno in FULL else "files.not_writable"
            raise ToolMissingError(key, folder=folder) from error
    if dask:
        with cluster_executor(dask) as cluster:
            yield cluster
        return
    executor = ThreadPoolExecutor(jobs or os.cpu_count())
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """Yield a cluster as an executor.

    Its workers need this package, and the workbench's folder under the same path. They return the
    pages; only this process writes them into the reports folder.

    Parameters
    ----------
    address
        The address of the cluster's scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    ToolMissingError
        When ``distributed`` is not installed, or nothing answers at the address.
    """
    if "://" not in address:
        raise ToolMissingError("publish.dask_silent", address=address)
    try:
        from distributed import Client  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise ToolMissingError("publish.no_dask") from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ToolMissingError("publish.dask_silent", address=address) from error
    with client:
        # A report is the same wherever it is repeated: a worker that dies costs only time.
        yield client.get_executor(retries=2, pure=False)  # type: ignore[no-untyped-call]
