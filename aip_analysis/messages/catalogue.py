"""Look-up of messages by key, with their placeholders filled in.

The texts are in TOML files next to this module, one folder per language and one file per room or
topic: ``ja/publish.toml`` holds the keys that begin with ``publish.``, those of errors included.
Placeholders are those of ``str.format``, and may have plural forms: see ``plurals``.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.messages.plurals import BETWEEN_FORMS, PluralFormatter

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the text of a message in a language.

    Parameters
    ----------
    key
        ``"<file>.<name>"``, for example ``"reference.unknown_area"``.
    language
        ``"ja"`` or ``"en"``.
    **values
        Values for the placeholders of the text; plain strings among them are isolated, so that
        they do not change the text direction.

    Raises
    ------
    KeyError
        When the catalogue has no such key: an error of the program, not of its user.
    """
    isolated_values = {
        name: isolate_direction(value) if type(value) is str else value
        for name, value in values.items()
    }
    stem, _, name = key.partition(".")
    text = _topic(language, stem)[name]
    # Most texts have no plural forms, and str.format is much faster.
    if BETWEEN_FORMS not in text:
        return text.format(**isolated_values)
    return PluralFormatter(language).vformat(text, (), isolated_values)


@cache
def entries(language: Language) -> dict[str, str]:
    """Return the whole catalogue of a language, as ``"<file>.<name>" -> text``."""
    folder = files(__package__).joinpath(language)
    stems = sorted(file.name.removesuffix(".toml") for file in folder.iterdir())
    return {
        f"{stem}.{name}": text for stem in stems for name, text in _topic(language, stem).items()
    }


@cache
def _topic(language: Language, stem: str) -> dict[str, str]:
    """Read one file of the catalogue: most programs need only a few of them."""
    file = files(__package__).joinpath(language, f"{stem}.toml")
    if not file.is_file():
        raise KeyError(stem)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def user_language() -> Language:
    """Return the preferred language of the user at this terminal.

    ``AIP_LANG`` takes precedence; without it, an English locale means English and anything else
    Japanese, the language of the offices that use this program.
    """
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return chosen_language("en" if locale.startswith("en") else "ja")


def chosen_language(otherwise: Language = "ja") -> Language:
    """Return the language that ``AIP_LANG`` names, whatever the locale.

    Parameters
    ----------
    otherwise
        The language without it.
    """
    chosen = os.environ.get("AIP_LANG", "")
    return chosen if chosen in LANGUAGES else otherwise
