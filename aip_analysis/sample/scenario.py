"""The parts that areas play in the samples, read from scenario.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from aip_analysis.ward import Ward


@dataclass(frozen=True)
class Scenario:
    """What scenario.toml says.

    Parameters
    ----------
    seed, fiscal_years, until
        What is made unless somebody asks for something else.
    parts
        Councils with a course of their own: place, and dates of their steps.
    others
        Between which bounds the other councils are invented.
    published
        What is published about the areas with a published date of setting up.
    level
        Which share of the allowance is spent in a year, least and most.
    exceptions
        Years of councils with another share: place, fiscal_year, level.
    faults
        The rows that are wrong on purpose: kind, place, fiscal_year.
    """

    seed: int
    fiscal_years: tuple[int, ...]
    until: date
    parts: tuple[dict[str, Any], ...]
    others: dict[str, Any]
    published: tuple[dict[str, Any], ...]
    level: tuple[float, float]
    exceptions: tuple[dict[str, Any], ...]
    faults: tuple[dict[str, Any], ...]

    def cast(self, ward: Ward) -> dict[str, dict[str, Any]]:
        """Give the part that each area without a published date plays, by area code."""
        open_areas = _codes(ward, published=False)
        found: dict[str, dict[str, Any]] = {}
        for part in self.parts:
            free = [code for code in turned(open_areas, part["place"]) if code not in found]
            if free:
                found[free[0]] = part
        return found

    def published_of(self, ward: Ward) -> dict[str, dict[str, Any]]:
        """Give what is published about areas with a date of setting up, by area code."""
        return dict(zip(_codes(ward, published=True), self.published, strict=False))

    def levels(self, ward: Ward) -> dict[tuple[str, int], float]:
        """Give the shares of spending that stand out, by area code and fiscal year."""
        cast = self.cast(ward)
        plain = [code for code in _codes(ward, published=False) if code not in cast]
        plain += _codes(ward, published=True)
        return {
            (turned(plain, each["place"])[0], each["fiscal_year"]): float(each["level"])
            for each in self.exceptions
            if plain
        }


def turned(items: list[str], place: int) -> list[str]:
    """Give a list from the item at a place on, going round where there are fewer."""
    if not items:
        return []
    start = place % len(items)
    return items[start:] + items[:start]


@cache
def load_scenario() -> Scenario:
    """Read scenario.toml."""
    text = files(__package__).joinpath("scenario.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    least, most = said["spending"]["level"]
    return Scenario(
        seed=said["seed"],
        fiscal_years=tuple(said["fiscal_years"]),
        until=said["until"],
        parts=tuple(said["part"]),
        others=said["others"],
        published=tuple(said["published"]),
        level=(least, most),
        exceptions=tuple(said["spending"]["exception"]),
        faults=tuple(said["fault"]),
    )


def _codes(ward: Ward, *, published: bool) -> list[str]:
    """Give the areas with or without a published date of setting up, in order."""
    dates = dict(zip(ward.areas["area_code"], ward.areas["council_established"], strict=True))
    return [code for code, date_text in dates.items() if bool(date_text) == published]
