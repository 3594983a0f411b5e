"""The entry point of the command line."""

import sys
import traceback
from io import TextIOWrapper

import click

from aip_analysis.cli.options import Group
from aip_analysis.errors import AipError, UsageError
from aip_analysis.messages import Language, say, user_language

DEBUG = "--debug"
INTERRUPTED = 130


COMMANDS = {
    "build": "aip_analysis.cli.build",
    "check": "aip_analysis.cli.check",
    "publish": "aip_analysis.cli.publish",
    "list": "aip_analysis.cli.list",
    "verify": "aip_analysis.cli.verify",
    "charts": "aip_analysis.cli.charts",
    "boundary": "aip_analysis.cli.boundary",
    "template": "aip_analysis.cli.template",
    "sample": "aip_analysis.cli.sample",
    "lab": "aip_analysis.cli.lab",
    "new-report": "aip_analysis.cli.new_report",
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
        _fail(_usage_sentence(error, user_language()), UsageError.exit_code, debug=debug)
    except (click.Abort, KeyboardInterrupt):
        _fail(say("cli.interrupted", user_language()), INTERRUPTED, debug=debug)


def _fail(sentence: str, code: int, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(sentence, err=True)
    sys.exit(code)


def _usage_sentence(error: click.ClickException, language: Language) -> str:
    """Return what is wrong with a call, and where to find help."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "aip"
    return f"{_usage_problem(error, language)} {say('cli.see_help', language, path=path)}"


def _usage_problem(error: click.ClickException, language: Language) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("cli.no_such_option", language, given=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.name if error.param else ""
        return say("cli.missing_parameter", language, name=name)
    if isinstance(error, click.BadParameter) and error.param:
        kind = error.param.type
        if isinstance(kind, click.Choice):
            choices = "、".join(str(choice) for choice in kind.choices)
            return say("cli.bad_choice", language, name=error.param.opts[0], choices=choices)
        return say("cli.bad_value", language, name=error.param.opts[0])
    if (
        isinstance(error, click.UsageError)
        and error.ctx
        and isinstance(error.ctx.command, click.Group)
    ):
        choices = "、".join(error.ctx.command.list_commands(error.ctx))
        return say("cli.no_such_command", language, choices=choices)
    return say("cli.bad_usage", language)
