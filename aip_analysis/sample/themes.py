"""Talks: the theme of each meeting of a council, and the step of the cycle that it is at."""

from dataclasses import dataclass
from typing import Any

from aip_analysis.reference import FiscalYear
from aip_analysis.sample.councils import Council
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom

STEPS = ("background", "sharing", "findings", "ideas")
# Number of themes reserved for a year, so that years do not take each other's.
A_YEAR = 4
# The fiscal year from which themes are counted.
COUNTED_FROM = 2010
# How often a step after the first takes two meetings.
TWICE = 0.25


@dataclass(frozen=True)
class Talk:
    """The subject of one meeting.

    Parameters
    ----------
    theme
        A table of themes.toml.
    step
        A code of the vocabulary cycle_step.
    words
        Values of the placeholders, the same in all meetings on the theme.
    again
        Whether the previous meeting was on the same step.
    """

    theme: dict[str, Any]
    step: str
    words: dict[str, str]
    again: bool = False


def plan_of(council: Council, year: FiscalYear, meetings: int, chance: SeededRandom) -> list[Talk]:
    """Return the talks of a year's meetings, by theme; sometimes a step takes two meetings."""
    themes = corpus("themes")["theme"]
    order = _order(council, chance)
    rng = chance.of("themes", council.code, year.year)
    talks: list[Talk] = []
    for turn in range(meetings):
        place = (year.year - COUNTED_FROM) * A_YEAR + turn
        theme, words = themes[order[place % len(order)]], council.words(rng)
        for step in STEPS:
            talks.append(Talk(theme, step, words))
            if step != STEPS[0] and rng.random() < TWICE:
                talks.append(Talk(theme, step, words, again=True))
        if len(talks) >= meetings:
            break
    return talks[:meetings]


def spare_talk(council: Council, year: FiscalYear, chance: SeededRandom) -> Talk:
    """Return a talk on the last of the year's themes, which its meetings do not reach."""
    themes = corpus("themes")["theme"]
    order = _order(council, chance)
    place = (year.year - COUNTED_FROM) * A_YEAR + A_YEAR - 1
    words = council.words(chance.of("spare", council.code, year.year))
    return Talk(themes[order[place % len(order)]], STEPS[-1], words)


def _order(council: Council, chance: SeededRandom) -> list[int]:
    """Return the order in which a council takes up the themes."""
    count = len(corpus("themes")["theme"])
    return chance.of("themes", council.code).sample(range(count), count)
