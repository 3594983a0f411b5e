"""Planning of reports and rendering of their index, in processes that have the records.

A run of ``aip publish`` loads no records itself: it requests what it needs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aip_analysis.execution.process_pool import Progress, run_in_process
from aip_analysis.messages import Language
from aip_analysis.publish.plan.jobs import Plan
from aip_analysis.publish.plan.manifest import read_manifest
from aip_analysis.publish.plan.outputs import edition_folder
from aip_analysis.publish.render import process_context

if TYPE_CHECKING:
    from aip_analysis.reference import Level

States = list[tuple[str, str]]
FileNames = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class PublishRequest:
    """A request to ``aip publish``.

    Parameters
    ----------
    home
        The workbench's folder.
    fiscal_year, language, single_file
        The edition; of the newest complete year if none is given.
    only, kind
        The selection of its reports.
    out
        The reports folder, as the reads of its pages are repeated; ``reports`` by default.
    """

    home: Path
    fiscal_year: int | None
    language: Language
    single_file: bool = False
    only: tuple[str, ...] = ()
    kind: "Level | None" = None
    out: Path | None = None


def plan_reports(wanted: PublishRequest) -> Plan:
    """Return the plan of the reports.

    Raises
    ------
    UsageError, NothingToDoError, InputRefusedError
        When what is requested is not known, does not exist or cannot be read.
    """
    return run_in_process(_plan, wanted, process_context())


def index_page(wanted: PublishRequest, states: States, files: FileNames) -> str:
    """Return the index page as HTML.

    Parameters
    ----------
    wanted
        The request, which names the edition.
    states
        Slug and state of each report.
    files
        The names of the files attached to the page of a report, by its slug.
    """
    return run_in_process(_index, (wanted, states, files), process_context())


# The modules that load records are slow to import: only the processes that use them do so.


def _plan(request: PublishRequest, _: Progress) -> Plan:
    from aip_analysis.publish.plan.editions import open_edition  # noqa: PLC0415
    from aip_analysis.publish.plan.plan import plan_edition  # noqa: PLC0415

    edition = open_edition(
        request.home, request.fiscal_year, request.language, single_file=request.single_file
    )
    out = request.out or request.home / "reports"
    folder = edition_folder(
        out, edition.fiscal_year, request.language, single_file=request.single_file
    )
    return plan_edition(edition, request.only, request.kind, read_manifest(folder))


def _index(argument: tuple[PublishRequest, States, FileNames], _: Progress) -> str:
    from aip_analysis.publish.html.index import index_html  # noqa: PLC0415
    from aip_analysis.publish.plan.editions import open_edition  # noqa: PLC0415

    request, states, files = argument
    edition = open_edition(
        request.home, request.fiscal_year, request.language, single_file=request.single_file
    )
    return index_html(edition, states, files)
