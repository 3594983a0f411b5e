"""Long tables in pages, with a search field, by itables: nothing is asked of another host."""

from collections.abc import Sequence

import itables
import pandas as pd
from IPython.display import HTML, display
from itables.javascript import generate_init_offline_itables_html

from aip_analysis.messages import Language, say

PAGE = 20


def load_pages() -> None:
    """Put the script of the pages into the notebook, once, in the output of this cell.

    It takes 1 MB, which no table repeats.
    """
    # Not init_notebook_mode: its script for dark themes fails where it runs before this one.
    script = generate_init_offline_itables_html(itables.options.dt_bundle)
    display(HTML(script))  # type: ignore[no-untyped-call]


def paged_html(
    cells: pd.DataFrame,
    heads: Sequence[str],
    numeric: Sequence[int],
    title: str,
    language: Language,
) -> str:
    """Return a table as HTML that shows a page of rows at a time.

    Parameters
    ----------
    cells
        Its cells, as texts.
    heads
        The HTML of the heads.
    numeric
        The positions of columns of numbers.
    title
        Its title.
    language
        The language of the controls.
    """
    number, text = (
        {"type": "num-fmt", "className": "dt-right"},
        {"type": "string", "className": "dt-left"},
    )
    columns = [
        {"targets": at, "title": head, **(number if at in numeric else text)}
        for at, head in enumerate(heads)
    ]
    return itables.to_html_datatable(
        cells,
        caption=title,
        connected=False,
        display_logo_when_loading=False,
        maxBytes=0,
        maxColumns=0,
        showIndex=False,
        pageLength=PAGE,
        lengthMenu=[PAGE, 50, 100],
        columnDefs=columns,
        classes="display compact",
        style="width:max-content;margin:0;caption-side:top",
        language={name: say(f"record_lists.pages_{key}", language) for name, key in _WORDS.items()},
    )


# The words of DataTables' controls, and their messages.
_WORDS = {
    "search": "search",
    "info": "info",
    "infoEmpty": "none",
    "infoFiltered": "filtered",
    "lengthMenu": "length",
    "zeroRecords": "none",
}
