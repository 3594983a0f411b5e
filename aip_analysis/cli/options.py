"""What commands share: help in the user's language, and the options that several of them have."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from aip_analysis.errors import UsageError
from aip_analysis.files import find_home
from aip_analysis.messages import LANGUAGES, entries, say, user_language

P = ParamSpec("P")
R = TypeVar("R")
LEVELS = ("area", "block", "ward")


class _Localised(click.Command):
    """A command whose help texts are keys of the catalogue, looked up when they are shown."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line of the command."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, f"{_word('usage')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_word(f"help_{self.help}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options with their help in the user's language."""
        rows = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                rows.append((record[0], _option_help(parameter)))
        if rows:
            with formatter.section(_word("options")):
                formatter.write_dl(rows)

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit
        return _word(f"help_{self.help}")


class Command(_Localised):
    """A single command."""


class Group(_Localised, click.Group):
    """The command that groups the others; each is imported only when it is called.

    Parameters
    ----------
    modules
        The module of each command, by the command's name; it defines the command as ``entry``.
    """

    command_class = Command

    def __init__(self, *args: Any, modules: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 -- click's own
        super().__init__(*args, **settings)
        self.modules = modules

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self.modules:
            return None
        entry: click.Command = import_module(self.modules[cmd_name]).entry
        return entry

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands in the order in which they are used."""
        _Localised.format_options(self, ctx, formatter)
        rows = [(name, _word(f"help_{name}")) for name in self.list_commands(ctx)]
        with formatter.section(_word("commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were added."""
        del ctx
        return list(self.modules)


def command(name: str) -> Callable[[Callable[P, R]], click.Command]:
    """Return a decorator that makes a function a command with the help ``cli.help_<name>``."""
    return click.command(
        name, cls=Command, help=name, context_settings={"help_option_names": ["-h", "--help"]}
    )


def home_option(function: Callable[P, R]) -> Callable[P, R]:
    """Add the option ``--home``: the workbench's folder, which is searched for without it."""
    return click.option("--home", type=click.Path(path_type=Path), callback=_home, help="home")(
        function
    )


def _home(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path:
    del ctx, parameter
    return find_home(value)


def year_of(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return the fiscal year of an option, or None if it is not set."""
    del ctx, parameter
    if value is not None and not value.isdecimal():
        raise UsageError("report.bad_year", given=value)
    return None if value is None else int(value)


year_option = click.option("--fiscal-year", callback=year_of, help="fiscal_year")
only_option = click.option("--only", multiple=True, help="only")
kind_option = click.option("--kind", type=click.Choice(LEVELS), help="kind")
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="ja", help="lang")
out_option = click.option("--out", type=click.Path(path_type=Path), help="out")
single_option = click.option("--single-file", is_flag=True, help="single_file")


def _option_help(parameter: click.Parameter) -> str:
    named: Any = parameter
    # Newer versions of click list arguments as well; in older ones these have no help text.
    name = "help" if "--help" in parameter.opts else getattr(named, "help", None) or named.name
    return _word(f"option_{name}")


def _word(name: str) -> str:
    key = f"cli.{name}"
    return say(key, user_language()) if key in entries("ja") else name
