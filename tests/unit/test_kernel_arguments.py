"""A kernel's arguments are taken as its application's own parser takes them."""

import pytest
from ipykernel.kernelapp import IPKernelApp

from aip_analysis.engine.kernel import take_arguments

FILE = "/tmp/kernel-1.json"  # noqa: S108 -- only a name


@pytest.mark.parametrize(
    "arguments",
    [
        ["-f", FILE],
        ["-f", FILE, "--log-level=CRITICAL"],
        ["-f", FILE, "--log-level=10"],
        ["-f", FILE, "--IPKernelApp.pylab=agg"],
        ["-f", FILE, "--log-level=ERROR", "--debug"],
        [f"--IPKernelApp.connection_file={FILE}", "--quiet"],
        [],
    ],
)
def test_arguments_are_taken_as_the_application_takes_them(arguments: list[str]) -> None:
    own, ours = IPKernelApp(), IPKernelApp()  # type: ignore[no-untyped-call]
    own.parse_command_line(arguments)
    take_arguments(ours, arguments)
    assert ours.cli_config == own.cli_config
    assert ours.config == own.config
    assert (ours.argv, ours.extra_args) == (own.argv, own.extra_args)
    assert (ours.connection_file, ours.log_level) == (own.connection_file, own.log_level)
