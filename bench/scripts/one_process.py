"""Make the reports of reports.tsv in one process, as somebody would who knows both libraries."""

import shlex
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

exporter = HTMLExporter()  # type: ignore[no-untyped-call]
for line in Path("reports.tsv").read_text(encoding="utf-8").splitlines():
    name, notebook, words = line.split("\t")
    given = shlex.split(words)
    parameters = {
        key: int(value) if kind == "-p" else value
        for kind, key, value in zip(given[::3], given[1::3], given[2::3], strict=True)
    }
    executed = papermill.execute_notebook(
        notebook, f"{name}.ipynb", parameters=parameters, progress_bar=False
    )
    page, _ = exporter.from_notebook_node(executed)
    Path(f"{name}.html").write_text(page, encoding="utf-8")
    print(name, flush=True)
