"""How long a question of an analyst takes, beside reading the record tables with pandas alone."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.images import open_pictures
from aip_analysis.errors import NothingToDoError
from aip_analysis.files.builds import current_build_folder
from aip_analysis.workbench import Workbench, open_workbench
from bench.measurement import Findings, NotThereError
from bench.workplace import ROOT

ABSENT = "no built records here: make reports builds them"
OPENING = "from aip_analysis.workbench import open_workbench; open_workbench()"
LIBRARIES = "import pandas, geopandas, plotly.graph_objects, shapely, pyarrow"
QUESTIONS: Mapping[str, Callable[[Workbench], object]] = {
    "measures, 18 areas, 5 years": lambda wb: wb.measures(["meetings", "f4"]),
    "measures of some months": lambda wb: wb.measures("spending", months=(4, 10)),
    "measures by weekday": lambda wb: wb.measures("meetings", by="weekday", years=2025),
    "months of a year": lambda wb: wb.months("meetings", level="area", years=2025),
    "compare two years": lambda wb: wb.compare(2026, 2025),
    "define a rate": lambda wb: wb.define("rate", "meetings / months_in_operation"),
    "rows behind a figure": lambda wb: wb.rows_behind("attendance", "12", 2025),
    "records": lambda wb: wb.records("ledger", years=2025),
    "rows set aside": lambda wb: wb.set_aside(),
    "areas": lambda wb: wb.areas(),
    "far from a kind of place": lambda wb: wb.far("exercise", 500, year=2025),
    "map": lambda wb: wb.map("f4", 2025),
    "bars": lambda wb: wb.bar("meetings", 2025),
    "lines": lambda wb: wb.line("meetings", area="12"),
    "points": lambda wb: wb.scatter("meetings", "attendances", 2025),
    "table": lambda wb: wb.table(["meetings", "attendance"], 2025),
    "explorer": lambda wb: wb.explore("meetings", 2025, area="12"),
    "PNG of a map, 1,920 pixels wide": lambda wb: _png(wb.map("f4", 2025), 960),
    "PNG of a map, 1,280 pixels wide": lambda wb: _png(wb.map("f4", 2025), 640),
    "PNG of a foreign chart, by Chromium": lambda _: _png(go.Figure(go.Pie(values=[1, 2])), 960),
    "chart of a report": lambda wb: wb.chart("attendance", area="17", year=2025),
}


def question_times() -> Mapping[str, Mapping[str, float]]:
    """Return the seconds of opening and of each question: asked first, and asked again."""
    build = current_build_folder(ROOT / "data" / "processed")
    if build is None:
        raise NotThereError(ABSENT)
    rows = {
        "a Python process with the libraries": _twice(lambda: _run(LIBRARIES)),
        "a Python process that opens the workbench": _twice(lambda: _run(OPENING)),
        "pandas alone: reading all tables": _twice(
            lambda: [pd.read_parquet(file) for file in sorted(build.glob("*.parquet"))]
        ),
    }
    try:
        wb = open_workbench(ROOT)
    except NothingToDoError as error:
        raise NotThereError(ABSENT) from error
    rows["the first figure"] = _twice(lambda: wb.measures("meetings", level="ward"))
    return rows | {name: _twice(partial(ask, wb)) for name, ask in QUESTIONS.items()}


def _png(figure: go.Figure, width: int) -> bytes:
    with open_pictures() as pictures:
        return pictures.draw(figure, "png", width)


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def _twice(work: Callable[[], object]) -> dict[str, float]:
    return {"first": _seconds(work), "again": _seconds(work)}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


FINDINGS = (Findings("exploring", "Exploring: seconds a question", question_times),)
