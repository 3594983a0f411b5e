"""Reproducible random numbers: a separate generator for every topic."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class SeededRandom:
    """Source of all random numbers of the samples.

    Each topic (an area, a year, a table) has its own generator, so that adding a year or an area
    changes nothing in the others.

    Parameters
    ----------
    seed
        A different seed produces a different set of records.
    """

    seed: int

    def of(self, *topic: object) -> Random:
        """Return a new generator for a topic, always in the same initial state."""
        name = "/".join(str(part) for part in (self.seed, *topic))
        return Random(name)  # noqa: S311 -- for sample records, not for security


def random_between(rng: Random, bounds: list[int]) -> int:
    """Draw a whole number between two bounds, both included."""
    least, most = bounds
    return rng.randint(least, most)
