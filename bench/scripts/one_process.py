"""Make the reports of reports.tsv in one process, as a user who knows both libraries would."""

import shlex
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

exporter = HTMLExporter()  # type: ignore[no-untyped-call]
for line in Path("reports.tsv").read_text(encoding="utf-8").splitlines():
    name, notebook, words = line.split("\t")
    arguments = shlex.split(words)
    parameters = {
        key: int(value) if kind == "-p" else value
        for kind, key, value in zip(arguments[::3], arguments[1::3], arguments[2::3], strict=True)
    }
    executed = papermill.execute_notebook(
        notebook, f"{name}.ipynb", parameters=parameters, progress_bar=False
    )
    page, _ = exporter.from_notebook_node(executed)
    Path(f"{name}.html").write_text(page, encoding="utf-8")
    print(name, flush=True)
