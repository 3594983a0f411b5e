"""What a notebook's cells read goes out with what they show, for whoever publishes the page."""

import json
from functools import partial

from IPython.core.getipython import get_ipython
from IPython.display import display

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.reads import told_reads


def note_reads(figures: RecordedFigures) -> None:
    """Let every cell of the notebook end with a note of what it read, where it read anything.

    All that it read, whatever it shows of that: a section may be taken apart and shown by hand. The
    note is display data with nothing to display; what was read stands in its metadata, so that any
    engine brings it along and a page of JupyterLab stays as it is.
    """
    shell = get_ipython()
    if shell:
        shell.events.register("post_execute", partial(_tell, figures))


def _tell(figures: RecordedFigures) -> None:
    reads = figures.take_reads()
    if reads:
        # One text, not values within values: outputs go through many hands, and each would copy it.
        told = json.dumps(told_reads(reads), ensure_ascii=False, separators=(",", ":"))
        display(  # type: ignore[no-untyped-call]
            {}, raw=True, metadata={"aip": {"reads": told}}
        )
