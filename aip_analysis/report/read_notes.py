"""Notes of the reads of a notebook's cells in their output, for the publisher of the page."""

from functools import partial

from IPython.core.getipython import get_ipython
from IPython.display import display

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.reads import reads_to_json


def note_reads(figures: RecordedFigures) -> None:
    """Register a hook that ends every cell of the notebook with a note of its reads, if any.

    The note contains all reads, whichever of them the cell shows: a section may be taken apart and
    shown by hand. It is display data with nothing to display; the reads are in its metadata, so any
    engine passes them on, and JupyterLab shows nothing extra.
    """
    shell = get_ipython()
    if shell:
        shell.events.register("post_execute", partial(_display_reads, figures))


def _display_reads(figures: RecordedFigures) -> None:
    reads = figures.take_reads()
    if reads:
        display(  # type: ignore[no-untyped-call]
            {}, raw=True, metadata={"aip": {"reads": reads_to_json(reads)}}
        )
