"""Measurements, comparisons and findings, and the results of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.workplace import Spent, Workplace


@dataclass(frozen=True)
class Measurement:
    """One thing to measure.

    Parameters
    ----------
    name
        Its name in comparisons and in the JSON.
    title
        Its title in the table.
    run
        Function that does the work once and returns the time that it took. The measurements of a
        run share a workplace and are run in order.
    each_report
        Whether the work is done once for each report, so that seconds per report are meaningful.
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
    """Result of a measurement.

    Parameters
    ----------
    name, title
        Name and title of the measurement.
    spent
        The time that it took.
    reports
        How many reports were made; 0 if the time was not spent on reports.
    """

    name: str
    title: str
    spent: Spent
    reports: int

    @property
    def seconds_a_report(self) -> float | None:
        """Return the seconds per report, or None."""
        return self.spent.seconds / self.reports if self.reports else None


class NotThereError(Exception):
    """The data to be examined is not on this machine; the message says so in one line."""


@dataclass(frozen=True)
class Findings:
    """Findings other than how long work takes, printed in a table of their own.

    Parameters
    ----------
    name
        Their name in the JSON.
    title
        Title above the table.
    find
        Function that returns the rows by name, and in each the figures by column name.
    """

    name: str
    title: str
    find: Callable[[], Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True)
class Found:
    """Result of findings: the rows, or in one line the reason why there are none."""

    name: str
    title: str
    rows: Mapping[str, Mapping[str, float]]
    absent: str = ""
