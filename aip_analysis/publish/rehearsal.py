"""A small report, made and thrown away, with all that a real one asks for."""

import json
from pathlib import Path

import nbformat
import zmq.asyncio
from papermill.execute import execute_notebook

from aip_analysis.engine.notebooks import is_ours
from aip_analysis.publish.data_files import data_files
from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.frame import PageWords
from aip_analysis.publish.html import PLOTLY, notebook_html
from aip_analysis.publish.running import KERNEL

WORDS = PageWords(
    language="ja",
    kind="area",
    title="-",
    subtitle="-",
    programme="-",
    trail=(("-", "-"),),
    note="-",
    assets="assets",
    fictional=True,
    footer=("-",),
)
DATA = DataWords("-", "-", 2000, ())
TABLE = {
    **dict.fromkeys(("name", "label", "title", "source", "kind"), "-"),
    "heads": ["-", "-"],
    "numeric": [1],
    "parts": [],
    "under": [""],
    "rows": [["-", [1, 0]]],
}
ABOUT = dict.fromkeys(("name", "caption", "alternative", "source", "table", "table_label"), "-")
OUTPUTS = [
    ({"text/html": "<h2>-</h2>"}, {"section": {"name": "-", "title": "-"}}),
    ({PLOTLY: {"data": [], "layout": {}}}, {"chart": ABOUT, "tables": json.dumps([TABLE])}),
    ({"text/html": "<p>-</p>", "text/plain": "-"}, {}),
]
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": KERNEL, "display_name": "-", "language": "python"}},
    "cells": [
        {"id": "a", "cell_type": "markdown", "metadata": {}, "source": "# -"},
        {
            "id": "b",
            "cell_type": "code",
            "metadata": {"tags": ["parameters"]},
            "source": "lang = 'ja'",
            "execution_count": None,
            "outputs": [],
        },
        {
            "id": "c",
            "cell_type": "code",
            "metadata": {},
            "source": "1",
            "execution_count": 1,
            "outputs": [
                {"output_type": "display_data", "data": data, "metadata": {"aip": about}}
                for data, about in OUTPUTS
            ],
        },
    ],
}


def rehearse(folder: Path) -> None:
    """Take a notebook through all the steps of a report but that of running it.

    Parameters
    ----------
    folder
        Where the notebook may lie meanwhile.
    """
    notebook = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    file = folder / "rehearsal.ipynb"
    nbformat.write(notebook, file)  # type: ignore[no-untyped-call]
    execute_notebook(
        str(file),
        None,
        parameters={"lang": "en"},
        kernel_name=KERNEL,
        prepare_only=True,
        progress_bar=False,
    )
    for data, about in OUTPUTS:
        nbformat.v4.new_output("display_data", data=data, metadata=about)  # type: ignore[no-untyped-call]
    notebook_html(notebook, WORDS, data_files(notebook, "rehearsal", WORDS, DATA))
    is_ours(KERNEL)
    # Its threads would not live on in a child: it is opened and closed.
    zmq.asyncio.Context().term()
