"""The corpus: texts that the samples are composed of, in files next to this module."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@cache
def corpus(name: str) -> dict[str, Any]:
    """Return the content of ``corpus/<name>.toml``."""
    file = files(__package__).joinpath("corpus", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def page(name: str) -> str:
    """Return the text of ``corpus/<name>``."""
    return files(__package__).joinpath("corpus", name).read_text(encoding="utf-8")


def weighted_choice(rng: Random, choices: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw one of several tables by their ``weight``."""
    return rng.choices(choices, weights=[choice["weight"] for choice in choices])[0]
