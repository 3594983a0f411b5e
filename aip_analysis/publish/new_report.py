"""A new notebook for a report of an office's own, which runs as it is and is made to be changed."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat

from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.files import write_atomically
from aip_analysis.messages import LANGUAGES, Language, say
from aip_analysis.publish.plan.edition import LEVELS
from aip_analysis.publish.plan.own_reports import FOLDER, check_name
from aip_analysis.reference import Level

LAB, PARAMETERS = "lab", "parameters"
KERNEL = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
# The last section of each report, before which the examples stand.
LAST = "page.notes()"
# Cells of the first two sections, which a short report keeps.
SHORT = 4
OPEN = "from aip_analysis import report"
# How the workbench is asked for the place of the report.
OF_PLACE = {
    "area": ", area=area",
    "block": ', level="block", block=block',
    "ward": ', level="ward"',
}
MONTHS_OF = {"area": ", area=area", "block": ", block=block", "ward": ""}
WORKBENCH = """from aip_analysis.workbench import open_workbench

wb = open_workbench(language=lang)"""
CHART = """import plotly.express as px

months = wb.months("meetings"{of}, years=fiscal_year)
page.chart(
    px.bar(months, x="month", y="value", labels={{"month": "{month}", "value": "{value}"}}),
    caption="{caption}",
    source="{source}",
)"""
MAP = """page.chart(wb.map("f4", fiscal_year), caption="{caption}", source="{source}")"""
TABLE = """page.table(
    wb.measures(["meetings", "attendances", "f4"]{of}, wide=True),
    caption="{caption}",
    source="{source}",
)"""


def write_new_report(
    home: Path, name: str, level: Level | None, title: str, source: str, language: Language
) -> Path:
    """Write the notebook of a new report, and return its path.

    Parameters
    ----------
    home
        The workbench's folder.
    name
        The name of the report.
    level
        The level of the places that it is about; that of ``source``, or else areas, by default.
    title
        Its title; a general one if empty.
    source
        The level whose report it begins with: ``"area"``; empty for a short report.
    language
        The language of what the notebook explains.

    Raises
    ------
    InputRefusedError
        When there is a notebook of this name already, or it cannot be the name of a report.
    UsageError
        When the report that it is to begin with is about places of another level.
    """
    file = home / FOLDER / f"{name}.ipynb"
    check_name(name, file)
    if file.exists():
        raise InputRefusedError("own_reports.exists", file=file)
    if source and level and source != level:
        raise UsageError("own_reports.other_level", level=level, source=source)
    about: Level = next((one for one in LEVELS if one in {level, source}), "area")
    start = home / FOLDER / f"{about}.ipynb"
    if not start.is_file():
        raise InputRefusedError("publish.notebook_missing", file=start)
    notebook = nbformat.read(start, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = _cells(notebook.cells, name, about, language, whole=bool(source))
    title = title.strip() or say("own_reports.new_title", language)
    notebook.metadata = {
        **KERNEL,
        "aip": {
            "report": {
                "levels": [about],
                "title": dict.fromkeys(LANGUAGES, title),
            }
        },
    }
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(execution_count=None, outputs=[])
    write_atomically(file, nbformat.writes(notebook).encode())  # type: ignore[no-untyped-call]
    return file


def _cells(
    cells: Sequence[Any], name: str, level: Level, language: Language, *, whole: bool
) -> list[Any]:
    """Return the cells of a new report: parameters, the first sections, examples, and the notes."""
    own = [deepcopy(cell) for cell in cells]
    first = next(at for at, cell in enumerate(own) if cell.source.startswith(OPEN)) + 1
    last = next((at for at, cell in enumerate(own) if cell.source == LAST), len(own))
    # Each section has a line above it that says what it is.
    sections, notes = own[first : last - 1], own[last:]
    return [
        _explained("intro", language, report=name),
        *(cell for cell in own[:first] if cell.cell_type == "code"),
        _explained("sections", language),
        *(sections if whole else sections[:SHORT]),
        _explained("workbench", language),
        _code(WORKBENCH),
        _explained("section", language),
        _code(f'page.section("{say("own_reports.cell_own_section", language)}")'),
        *_examples(level, language),
        _explained("notes", language),
        *notes,
    ]


def _examples(level: Level, language: Language) -> list[Any]:
    """Return cells with a chart, a map and a table, each with what it is."""

    def texts(kind: str) -> dict[str, str]:
        names = ("caption", "source")
        return {one: say(f"own_reports.example_{kind}_{one}", language) for one in names}

    axes = {one: say(f"own_reports.example_{one}", language) for one in ("month", "value")}
    sources = {
        "chart": CHART.format(of=MONTHS_OF[level], **axes, **texts("chart")),
        "map": MAP.format(**texts("map")),
        "table": TABLE.format(of=OF_PLACE[level], **texts("table")),
    }
    return [
        cell
        for kind, source in sources.items()
        for cell in (_explained(kind, language), _code(source))
    ]


def _explained(name: str, language: Language, **values: str) -> Any:  # noqa: ANN401 -- a cell of nbformat
    text = say(f"own_reports.cell_{name}", language, **values)
    cell = nbformat.v4.new_markdown_cell(text)  # type: ignore[no-untyped-call]
    cell.metadata["tags"] = [LAB]
    return cell


def _code(source: str) -> Any:  # noqa: ANN401 -- a cell of nbformat
    return nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call]
