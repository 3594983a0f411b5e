"""Plans the reports of a run and makes their index, in processes that have the records.

A run of ``aip publish`` loads no records itself: it asks for what it needs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.execution.process import Progress, run_in_process
from aip_analysis.messages import Language
from aip_analysis.publish.jobs import Plan
from aip_analysis.publish.manifest import read_manifest
from aip_analysis.publish.outputs import edition_folder
from aip_analysis.publish.render import process_context

if TYPE_CHECKING:
    from aip_analysis.ward import Level

States = list[tuple[str, str]]
FileNames = dict[str, tuple[str, ...]]


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
    kind: "Level | None" = None
    out: Path | None = None


def plan_reports(wanted: Wanted) -> Plan:
    """Return the plan of the reports.

    Raises
    ------
    UsageError, NothingToDoError, InputRefusedError
        When what was asked for is not known, not there or cannot be read.
    """
    return run_in_process(_planned, wanted, process_context())


def index_page(wanted: Wanted, states: States, files: FileNames) -> str:
    """Return the index page.

    Parameters
    ----------
    wanted
        Which edition.
    states
        Slug and state of each report.
    files
        The names of the files beside the page of a report, by its slug.
    """
    return run_in_process(_indexed, (wanted, states, files), process_context())


# What loads records is slow to load: only the processes that do import it.


def _planned(wanted: Wanted, _: Progress) -> Plan:
    from aip_analysis.publish.edition import open_edition  # noqa: PLC0415
    from aip_analysis.publish.plan import plan_edition  # noqa: PLC0415

    edition = open_edition(
        wanted.home, wanted.fiscal_year, wanted.language, single_file=wanted.single_file
    )
    out = wanted.out or wanted.home / "reports"
    folder = edition_folder(
        out, edition.fiscal_year, wanted.language, single_file=wanted.single_file
    )
    return plan_edition(edition, wanted.only, wanted.kind, read_manifest(folder))


def _indexed(argument: tuple[Wanted, States, FileNames], _: Progress) -> str:
    from aip_analysis.publish.edition import open_edition  # noqa: PLC0415
    from aip_analysis.publish.index import index_html  # noqa: PLC0415

    wanted, states, files = argument
    edition = open_edition(
        wanted.home, wanted.fiscal_year, wanted.language, single_file=wanted.single_file
    )
    return index_html(edition, states, files)
