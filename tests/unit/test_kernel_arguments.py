"""What nbclient tells a kernel is read as its application's own parser reads it."""

import pytest
from ipykernel.kernelapp import IPKernelApp

from aip_analysis.engine.readied import plain_arguments

FILE = "/tmp/kernel-1.json"  # noqa: S108 -- only a name
HISTORY = "--HistoryManager.hist_file=:memory:"


@pytest.mark.parametrize("more", [[], ["--log-level=CRITICAL"], ["--log-level=DEBUG"]])
def test_what_nbclient_tells_is_read_as_the_application_reads_it(more: list[str]) -> None:
    arguments = ["-f", FILE, *more, HISTORY]
    own = IPKernelApp()  # type: ignore[no-untyped-call]
    own.parse_command_line(arguments)
    told = plain_arguments(arguments)
    assert told == own.cli_config
    assert repr(told) == repr(own.cli_config)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-f", FILE],
        ["-f", FILE, "--log-level=CRITICAL"],
        ["-f", FILE, "--log-level=10", HISTORY],
        ["-f", FILE, "--debug", HISTORY],
        ["-f", FILE, "--log-level=ERROR", "--debug", HISTORY],
        ["-f", FILE, "--IPKernelApp.pylab=agg", HISTORY],
        ["-f", FILE, "--HistoryManager.hist_file=/tmp/history"],
        [f"--IPKernelApp.connection_file={FILE}", HISTORY],
        [HISTORY],
        [],
    ],
)
def test_anything_else_is_left_to_the_application(arguments: list[str]) -> None:
    assert plain_arguments(arguments) is None
