"""Look a message up by its key and fill it in.

The texts stand in TOML files beside this module, one folder a language and one file a floor or
topic: ``ja/errors.toml`` holds the keys that begin with ``errors.``. Placeholders are those of
``str.format``.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from aip_analysis.messages.isolation import isolated

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def say(key: str, language: Language, /, **values: object) -> str:
    """Give the text of a message in a language.

    Parameters
    ----------
    key
        ``"<file>.<name>"``, for example ``"errors.unknown_area"``.
    language
        ``"ja"`` or ``"en"``.
    **values
        What the placeholders of the text stand for; plain texts among them turn nothing around.

    Raises
    ------
    KeyError
        When the catalogue has no such key: a fault of the program, not of its user.
    """
    told = {
        name: isolated(value) if type(value) is str else value for name, value in values.items()
    }
    stem, _, name = key.partition(".")
    return _topic(language, stem)[name].format(**told)


@cache
def entries(language: Language) -> dict[str, str]:
    """Give the whole catalogue of a language, as ``"<file>.<name>" -> text``."""
    folder = files(__package__).joinpath(language)
    stems = sorted(file.name.removesuffix(".toml") for file in folder.iterdir())
    return {
        f"{stem}.{name}": text for stem in stems for name, text in _topic(language, stem).items()
    }


@cache
def _topic(language: Language, stem: str) -> dict[str, str]:
    """Read a file of the catalogue: most programs ask for a few of them only."""
    file = files(__package__).joinpath(language, f"{stem}.toml")
    if not file.is_file():
        raise KeyError(stem)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def user_language() -> Language:
    """Tell which language the person at this terminal wants to be addressed in.

    ``AIP_LANG`` decides; without it, an English locale means English and anything else Japanese,
    the language of the offices that this is made for.
    """
    chosen = os.environ.get("AIP_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if locale.startswith("en") else "ja"
