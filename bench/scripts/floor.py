"""Make the reports of reports.tsv with nothing but the sections and the template.

No notebook, no kernel, no isolation: the least that making these pages can take. Two processes
share the work, and both have everything ready before the clock starts. With the word ``files``,
what lies beside a page is made as well: its workbook, its CSV, its photographs.
"""

import json
import shlex
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import nbformat

from aip_analysis.measures.reads import told_reads
from aip_analysis.publish.data_files import data_files
from aip_analysis.publish.edition import open_edition
from aip_analysis.publish.frame import with_version
from aip_analysis.publish.html import PLOTLY, notebook_html
from aip_analysis.publish.photos import photos_of
from aip_analysis.publish.plan import Planning
from aip_analysis.publish.recorded_reads import merged_reads, version_of
from aip_analysis.report import Page
from aip_analysis.report.section import ChartBlock, Section, block_html, chart_about
from aip_analysis.ward import Place

PROCESSES = 2
EDITION = open_edition(Path.cwd(), None, "ja")
PLANNING = Planning(EDITION)
JOBS = {place.key: PLANNING.job(place) for place in EDITION.ward.places.values()}
FILES = "files" in sys.argv[1:]


def outputs(section: Section) -> list[dict[str, object]]:
    """Give what a notebook would show of a section."""
    heading = f'<h2 id="{section.name}">{section.title}</h2>'
    about = {"aip": {"section": {"name": section.name, "title": section.title}}}
    shown = [_output({"text/html": heading}, dict(about))]
    for block in section.blocks:
        if isinstance(block, ChartBlock):
            figure = json.loads(json.dumps(block.figure.to_plotly_json(), default=list))
            shown.append(_output({PLOTLY: figure}, {"aip": {"chart": chart_about(block)}}))
        else:
            shown.append(_output({"text/html": block_html(block)}, {}))
    return shown


def make(name: str, place: Place) -> None:
    """Make a page and write it, and with it what lies beside it where that is wanted."""
    made = Page(EDITION.figures, place, EDITION.fiscal_year, EDITION.language)
    sections = made.sections()
    shown = _with_tables if FILES else outputs
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": shown(section)} for section in sections
    ]
    notebook = nbformat.from_dict({"cells": cells})  # type: ignore[no-untyped-call]
    job = JOBS[place.key]
    reads = merged_reads([*job.reads, *told_reads(made.context.figures.take_reads())])
    words = with_version(job.words, version_of(reads))
    page = notebook_html(notebook, words)
    Path(f"{name}.html").write_text(page, encoding="utf-8")
    if FILES:
        beside = data_files(notebook, job.slug, words, job.data)
        build = EDITION.home / "data" / "processed" / EDITION.build
        for file, content in (beside | photos_of(page, build)).items():
            Path(name).with_name(file).write_bytes(content)


def _with_tables(section: Section) -> list[dict[str, object]]:
    """Give just what a notebook shows of a section: its tables are written beside its charts."""
    return [
        _output(json.loads(json.dumps(data, default=list)), {"aip": about} if about else {})
        for data, about in section.outputs()
    ]


def _output(data: dict[str, object], metadata: dict[str, object]) -> dict[str, object]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _place(line: str) -> tuple[str, Place]:
    name, _, words = line.split("\t")
    given = shlex.split(words)
    codes = dict(zip(given[1::3], given[2::3], strict=True))
    keys = [f"{level}-{codes[level]}" for level in ("area", "block") if level in codes]
    return name, EDITION.ward.places[keys[0] if keys else "ward"]


if __name__ == "__main__":
    listed = [_place(line) for line in Path("reports.tsv").read_text("utf-8").splitlines()]
    make("floor/warm", EDITION.ward.places_of("area")[0])
    with get_context("fork").Pool(PROCESSES) as pool:
        pool.map(time.sleep, [0.1] * PROCESSES)
        started = time.perf_counter()
        pool.starmap(make, listed, chunksize=1)
        print(time.perf_counter() - started, flush=True)
