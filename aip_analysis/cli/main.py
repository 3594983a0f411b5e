"""The entry point of the command line."""

import sys
import traceback
from io import TextIOWrapper

import click

from aip_analysis.cli.options import Group
from aip_analysis.cli.usage_errors import usage_sentence
from aip_analysis.errors import AipError, UsageError
from aip_analysis.messages import say, user_language

DEBUG = "--debug"
INTERRUPTED = 130


COMMANDS = {
    "build": "aip_analysis.cli.build",
    "check": "aip_analysis.cli.check",
    "publish": "aip_analysis.cli.publish",
    "list": "aip_analysis.cli.list_reports",
    "verify": "aip_analysis.cli.verify",
    "charts": "aip_analysis.cli.charts",
    "boundary": "aip_analysis.cli.boundary",
    "template": "aip_analysis.cli.template",
    "sample": "aip_analysis.cli.sample",
    "lab": "aip_analysis.cli.lab",
    "doctor": "aip_analysis.cli.doctor",
}


@click.group(
    cls=Group,
    modules=COMMANDS,
    help="aip",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(DEBUG, is_flag=True, help="debug", expose_value=False)
@click.version_option(package_name="aip-analysis", help="version")
def aip() -> None:
    """Group the commands."""


def main() -> None:
    """Run a command and exit with its code; a user's mistake is reported as one sentence."""
    arguments = [argument for argument in sys.argv[1:] if argument != DEBUG]
    debug = DEBUG in sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        # The encoding of a terminal or log may lack letters that names of files and sheets have.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = aip.main(arguments, prog_name="aip", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except AipError as error:
        _fail(str(error), error.exit_code, debug=debug)
    except click.ClickException as error:
        _fail(usage_sentence(error, user_language()), UsageError.exit_code, debug=debug)
    except (click.Abort, KeyboardInterrupt):
        _fail(say("cli.interrupted", user_language()), INTERRUPTED, debug=debug)


def _fail(sentence: str, code: int, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(sentence, err=True)
    sys.exit(code)
