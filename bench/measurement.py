"""What a measurement is, and what comes of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.workplace import Spent, Workplace


@dataclass(frozen=True)
class Measurement:
    """One thing to measure.

    Parameters
    ----------
    name
        What comparisons and the JSON call it.
    title
        What the table calls it.
    run
        Does the work once and gives the time that it took. The measurements of a run share a
        workplace and follow each other in their order.
    each_report
        Whether the work is done once for each report, so that seconds a report say something.
    """

    name: str
    title: str
    run: Callable[[Workplace], Spent]
    each_report: bool = True


@dataclass(frozen=True)
class Comparison:
    """Two measurements whose ratio is printed: how many times as long the slower one takes."""

    title: str
    slower: str
    faster: str


@dataclass(frozen=True)
class Timing:
    """What came of a measurement.

    Parameters
    ----------
    name, title
        Those of the measurement.
    spent
        The time that it took.
    reports
        How many reports were made; 0 where they are not what the time went into.
    """

    name: str
    title: str
    spent: Spent
    reports: int

    @property
    def seconds_a_report(self) -> float | None:
        """Seconds for one report, or None."""
        return self.spent.seconds / self.reports if self.reports else None


class NotThereError(Exception):
    """What is to be looked at is not on this machine; says so in one line."""


@dataclass(frozen=True)
class Findings:
    """Something to find out that is not how long work takes: a table of its own.

    Parameters
    ----------
    name
        What the JSON calls it.
    title
        What stands above the table.
    find
        Gives the rows by their names, and in each the figures by the names of their columns.
    """

    name: str
    title: str
    find: Callable[[], Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True)
class Found:
    """What came of it: the rows, or in one line why there are none."""

    name: str
    title: str
    rows: Mapping[str, Mapping[str, float]]
    absent: str = ""
