"""Use of an existing Dask cluster to make reports."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from aip_analysis.errors import ToolMissingError

CONNECT_SECONDS = 20


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
        raise ToolMissingError("errors.dask_silent", address=address)
    try:
        from distributed import Client  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise ToolMissingError("errors.no_dask") from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ToolMissingError("errors.dask_silent", address=address) from error
    with client:
        # A report is the same wherever it is repeated: a worker that dies costs only time.
        yield client.get_executor(retries=2, pure=False)  # type: ignore[no-untyped-call]
