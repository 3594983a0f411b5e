"""Who knows the records: plans the reports and writes the index.

A run of ``aip publish`` does not load the records itself. It asks a child of the warm parent that
has them; where there is none, this process is its own planner.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from aip_analysis.engine.task import Task
from aip_analysis.engine.warm import ask
from aip_analysis.errors import AipError
from aip_analysis.messages import Language
from aip_analysis.publish.inputs import common_inputs, short
from aip_analysis.publish.jobs import Plan
from aip_analysis.publish.manifest import read_manifest
from aip_analysis.publish.outputs import edition_folder

States = list[tuple[str, str]]
Names = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Wanted:
    """What ``aip publish`` was asked for.

    Parameters
    ----------
    home
        The workbench's folder.
    fiscal_year, language, single_file
        Which edition; the newest complete year if none is named.
    only, kind
        Which of its reports.
    out
        The reports folder: what the pages there read is asked again.
    """

    home: Path
    fiscal_year: int | None
    language: Language
    single_file: bool = False
    only: tuple[str, ...] = ()
    kind: Any = None
    out: Path | None = None


class Planner(Protocol):
    """Knows the records of an edition."""

    def plan(self) -> Plan:
        """Plan the reports."""

    def index_input(self, states: States, beside: Names) -> str:
        """Give the hash of all that the index is made from.

        Parameters
        ----------
        states
            Slug and state of each report.
        beside
            The names of the files beside the page of a report, by its slug.
        """

    def index(self, states: States, beside: Names) -> str:
        """Give the index page; parameters as above."""


class PlannerHere:
    """A planner in this process."""

    def __init__(self, wanted: Wanted) -> None:
        # Only whoever plans loads the records.
        from aip_analysis.publish.edition import open_edition  # noqa: PLC0415

        self.wanted = wanted
        self.edition = open_edition(
            wanted.home, wanted.fiscal_year, wanted.language, single_file=wanted.single_file
        )

    def plan(self) -> Plan:
        """Plan the reports."""
        from aip_analysis.publish.plan import plan_edition  # noqa: PLC0415 -- as above

        wanted, year = self.wanted, self.edition.fiscal_year
        out = wanted.out or wanted.home / "reports"
        folder = edition_folder(out, year, wanted.language, single_file=wanted.single_file)
        return plan_edition(self.edition, wanted.only, wanted.kind, read_manifest(folder))

    def index_input(self, states: States, beside: Names) -> str:
        """Give the hash of all that the index is made from."""
        told = (self.edition.build, common_inputs(self.edition.home), states, beside)
        return short(repr(told))

    def index(self, states: States, beside: Names) -> str:
        """Give the index page."""
        from aip_analysis.publish.index import index_html  # noqa: PLC0415 -- as above

        return index_html(self.edition, states, beside)


class PlannerElsewhere:
    """A planner in another process, asked through a link.

    Where that process is no more, because the system had to end it or a fault did, this one plans
    for itself: that takes longer, and a fault shows here.
    """

    def __init__(self, link: Connection, wanted: Wanted) -> None:
        self.link = link
        self.wanted = wanted

    def plan(self) -> Plan:
        """Plan the reports."""
        found: Plan = self._asked("plan")
        return found

    def index_input(self, states: States, beside: Names) -> str:
        """Give the hash of all that the index is made from."""
        return str(self._asked("index_input", states, beside))

    def index(self, states: States, beside: Names) -> str:
        """Give the index page."""
        return str(self._asked("index", states, beside))

    def _asked(self, question: str, *given: object) -> Any:  # noqa: ANN401 -- as the question is
        try:
            self.link.send((question, given))
            error, answer = self.link.recv()
        except (EOFError, OSError):
            return getattr(self._here, question)(*given)
        if error is not None:
            raise error
        return answer

    @cached_property
    def _here(self) -> PlannerHere:
        return PlannerHere(self.wanted)


@contextmanager
def planner_at(address: str, wanted: Wanted) -> Iterator[PlannerElsewhere]:
    """Ask a warm parent for a planner."""
    task = Task(
        target=f"{__name__}:answer",
        arguments=(wanted,),
        environment=dict(os.environ),
        folder=str(Path.cwd()),
        tidy=False,
    )
    child = ask(address, task)
    try:
        yield PlannerElsewhere(child.link, wanted)
    finally:
        child.close()


def answer(link: Connection, wanted: Wanted) -> None:
    """Be a planner for whoever holds the other end of a link, until that is let go of."""
    planner: PlannerHere | None = None
    while True:
        try:
            question, given = link.recv()
        except EOFError:
            return
        try:
            planner = planner or PlannerHere(wanted)
            link.send((None, getattr(planner, question)(*given)))
        except AipError as error:
            link.send((error, None))
