"""Chance that comes out the same each time: a generator of its own for every topic."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Chance:
    """Where all that is invented comes from.

    Each topic (an area, a year, a table) has its own generator, so that adding a year or an area
    changes nothing in the others.

    Parameters
    ----------
    seed
        Another seed gives another set of records.
    """

    seed: int

    def of(self, *topic: object) -> Random:
        """Give the generator of a topic, always in the same state."""
        name = "/".join(str(part) for part in (self.seed, *topic))
        return Random(name)  # noqa: S311 -- it invents samples and keeps no secret


def about(rng: Random, bounds: list[int]) -> int:
    """Draw a whole number between two bounds, both included."""
    least, most = bounds
    return rng.randint(least, most)
