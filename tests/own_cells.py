"""Cells that analysts add to a report notebook, for tests."""

from pathlib import Path

import nbformat

# A numbered chart and table, and outputs of every kind that a page shows or names by itself.
EVERY_OUTPUT = """
import pandas as pd
import plotly.express as px
from IPython.display import HTML, Javascript, Markdown, display

frame = pd.DataFrame({"月": ["4月", "5月", "6月"], "回": [3, 4.5, None]})
display(page.chart(px.bar(frame, x="月", y="回"), "月ごとの回数（回）", source="課の集計"))
display(page.chart(px.histogram(frame, x="回"), "静止画のない図", source="課の集計"))
display(page.table(frame, "月ごとの表", source="課の集計"))
display(px.pie(frame, names="月", values="回", title="番号のない円"))
display(px.line(frame, x="月", y="回"))
display(frame)
display(wb.measures("meetings", area=area))
display(HTML("<h1>見出し</h1><p>文</p>"))
display(Markdown("**太字**\\n\\n|列|列2|\\n|-|-|\\n|1|2|"))
display(Javascript("alert(1)"))
"""


def insert_before_last(notebook: Path, source: str) -> None:
    """Insert a cell before the last one of a notebook."""
    content = nbformat.read(notebook, 4)  # type: ignore[no-untyped-call]
    content.cells.insert(-1, nbformat.v4.new_code_cell(source))  # type: ignore[no-untyped-call]
    nbformat.write(content, notebook)  # type: ignore[no-untyped-call]
