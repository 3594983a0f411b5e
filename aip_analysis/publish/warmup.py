"""Warm-up of a process: what it loads and computes before reports are forked from it."""

import os
from importlib import import_module
from pathlib import Path

import pyarrow as pa

# papermill loads the engine by its entry point, and has to be the first to do so.
from papermill.execute import execute_notebook as _papermill  # noqa: F401

from aip_analysis.execution.cell_outputs import Outputs
from aip_analysis.execution.engine import is_own_kernel
from aip_analysis.files import find_home
from aip_analysis.files.memory import release_memory
from aip_analysis.measures.recorded_figures import digests_of
from aip_analysis.publish.html import index  # noqa: F401 -- so that its imports are loaded, too
from aip_analysis.publish.plan.edition import Edition, open_edition
from aip_analysis.publish.plan.jobs import BUILD
from aip_analysis.publish.plan.plan import Planning
from aip_analysis.publish.render import REPORTS, SINGLE_FILE
from aip_analysis.publish.render_notebook import KERNEL, page_and_attachments, prepared_notebook
from aip_analysis.report.page import Page

# The modules that a shell imports when it is created.
SHELL_MODULES = (
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "sqlite3",
)


# The number of reports from which it saves time to make one more beforehand and discard it.
WORTH_WHILE = 3


def warm_up() -> None:
    """Load the records of the build that the environment names, and make a block's report.

    Much is loaded or computed only when it is first used: templates, schemas, parts of plotly, the
    shapes of the ward. A block's report uses nearly everything that the others use. Its sections
    are called here one by one; no code of a notebook, which may be somebody else's, is run. If only
    one or two reports are requested, they are made sooner without this report.
    """
    for name in SHELL_MODULES:
        import_module(name)
    # Arrow's own memory pool keeps what reading tables took; the system's pool releases it.
    pa.set_memory_pool(pa.system_memory_pool())
    home, build = find_home(), os.environ[BUILD]
    edition = open_edition(home, None, "ja", single_file=bool(os.environ.get(SINGLE_FILE)))
    edition.figures.compute_all()
    if not 0 < int(os.environ.get(REPORTS) or 0) < WORTH_WHILE:
        _render_block(edition, home, build)
        _hash_lists(edition)
    is_own_kernel(KERNEL)
    release_memory()


def _render_block(edition: Edition, home: Path, build: str) -> None:
    block = edition.ward.places_of("block")[0]
    request = Planning(edition).job(block).request(home, build)
    outputs = Outputs()
    page = Page(edition.figures, block, edition.fiscal_year, "ja")
    for section in page.sections():
        for data, about in section.outputs():
            outputs.display(data, {"aip": about}, None)
    page.context.figures.take_reads()
    notebook = prepared_notebook(request)
    notebook.cells[-1].outputs = outputs.current
    page_and_attachments(notebook, request, "")


def _hash_lists(edition: Edition) -> None:
    """Hash the lists of records that an area's page shows, for all areas at once."""
    page = Page(edition.figures, edition.ward.places_of("area")[0], edition.fiscal_year, "ja")
    page.sections()
    digests_of(edition.figures).prepare(page.context.figures.take_reads())
