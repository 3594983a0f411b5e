"""A notebook of the smallest page with a section, a chart and a text, as if it had been run."""

from aip_analysis.publish.html.exporter import PLOTLY
from aip_analysis.publish.plan.jobs import PageTexts
from aip_analysis.tables.table import Cell, Table, table_to_json

WORDS = PageTexts(
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
TABLE = {
    **dict.fromkeys(("name", "label", "title", "source"), "-"),
    "table": table_to_json(Table(("-", "-"), ((Cell("-"), Cell("1", 1)),), frozenset({1}))),
}
ABOUT = dict.fromkeys(("name", "caption", "alternative", "source", "table", "table_label"), "-")
OUTPUTS = [
    ({"text/html": "<h2>-</h2>"}, {"section": {"name": "-", "title": "-"}}),
    ({PLOTLY: {"data": [], "layout": {}}}, {"chart": ABOUT, "tables": [TABLE]}),
    ({"text/html": "<p>-</p>", "text/plain": "-"}, {}),
]
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "-", "language": "python"}},
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
