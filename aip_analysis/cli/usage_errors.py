"""Messages for wrong usage of the command line, from the catalogue."""

import click

from aip_analysis.messages import Language, say


def usage_sentence(error: click.ClickException, language: Language) -> str:
    """Return what is wrong with a call, and where to find help."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "aip"
    return f"{_message(error, language)} {say('cli.see_help', language, path=path)}"


def _message(error: click.ClickException, language: Language) -> str:
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
