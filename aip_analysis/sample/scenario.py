"""The scenario of the samples, read from scenario.toml: which area plays which part."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from aip_analysis.reference import Ward


@dataclass(frozen=True)
class Scenario:
    """The content of scenario.toml.

    Parameters
    ----------
    seed, fiscal_years, until
        Defaults: the seed, the fiscal years to generate, and the day on which records end.
    parts
        Councils with a course of their own: place, and dates of their steps.
    others
        Bounds between which the other councils are generated.
    published
        Published facts about the areas with a published date of setting up.
    level
        Share of the allowance that is spent in a year, least and most.
    exceptions
        Years of councils with a different share: place, fiscal_year, level.
    faults
        The deliberately wrong rows: kind, place, fiscal_year.
    gaps
        What is deliberately suppressed, blank or missing: kind, place, fiscal_year.
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
    gaps: tuple[dict[str, Any], ...]

    def cast(self, ward: Ward) -> dict[str, dict[str, Any]]:
        """Return the parts of areas without a published date of setting up, by area code."""
        open_areas = _codes(ward, published=False)
        assigned: dict[str, dict[str, Any]] = {}
        for part in self.parts:
            free = [code for code in rotated(open_areas, part["place"]) if code not in assigned]
            if free:
                assigned[free[0]] = part
        return assigned

    def published_of(self, ward: Ward) -> dict[str, dict[str, Any]]:
        """Return published facts about areas with a date of setting up, by area code."""
        return dict(zip(_codes(ward, published=True), self.published, strict=False))

    def levels(self, ward: Ward) -> dict[tuple[str, int], float]:
        """Return the exceptional shares of spending, by area code and fiscal year."""
        cast = self.cast(ward)
        plain = [code for code in _codes(ward, published=False) if code not in cast]
        plain += _codes(ward, published=True)
        return {
            (rotated(plain, exception["place"])[0], exception["fiscal_year"]): float(
                exception["level"]
            )
            for exception in self.exceptions
            if plain
        }


def rotated(items: list[str], place: int) -> list[str]:
    """Return a list rotated to start at the item at ``place``, modulo the length of the list."""
    if not items:
        return []
    start = place % len(items)
    return items[start:] + items[:start]


@cache
def load_scenario() -> Scenario:
    """Read scenario.toml."""
    text = files(__package__).joinpath("scenario.toml").read_text(encoding="utf-8")
    settings = tomllib.loads(text)
    least, most = settings["spending"]["level"]
    return Scenario(
        seed=settings["seed"],
        fiscal_years=tuple(settings["fiscal_years"]),
        until=settings["until"],
        parts=tuple(settings["part"]),
        others=settings["others"],
        published=tuple(settings["published"]),
        level=(least, most),
        exceptions=tuple(settings["spending"]["exception"]),
        faults=tuple(settings["fault"]),
        gaps=tuple(settings["gap"]),
    )


def _codes(ward: Ward, *, published: bool) -> list[str]:
    """Return the codes of areas with or without a published date of setting up, in order."""
    dates = dict(zip(ward.areas["area_code"], ward.areas["council_established"], strict=True))
    return [code for code, date_text in dates.items() if bool(date_text) == published]
