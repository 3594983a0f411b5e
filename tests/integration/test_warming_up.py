"""What warm parents do beforehand works, and leaves nothing to be loaded for a report."""

import json
import subprocess
import sys

from tests.home import ROOT, Home, plain_environment

MAKERS = """
import json, sys
from aip_analysis.publish.making import load_makers
load_makers()
from aip_analysis.publish import html
print(json.dumps([html._exporter.cache_info().currsize, "pandas" in sys.modules,
                  "rfc3987_syntax" in sys.modules, "aip_analysis.publish.running" in sys.modules]))
"""
KERNELS = """
import importlib, json, sys
from pathlib import Path
from aip_analysis.engine import kernel, shared
for name in (kernel.POSING, *shared.LIBRARIES, *kernel.MODULES):
    importlib.import_module(name)
from aip_analysis.report import opening
home, build = sys.argv[1:]
opening.keep_figures_ready(home, build)
for _ in opening.keep_page_ready(home, build):
    pass
before = set(sys.modules)
figures = opening.figures_of(Path(home), build)
page = opening._page(figures, figures.ward.places_of("area")[-1], 2025, "ja")
for section in page.sections():
    for _ in section.outputs():
        pass
hits = opening._figures.cache_info().hits
print(json.dumps([hits, sorted(set(sys.modules) - before)]), file=sys.__stdout__)
"""


def answer(script: str, *arguments: str) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=plain_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_makers_are_ready_without_what_they_do_not_need() -> None:
    templates, pandas, grammar, running = answer(MAKERS)
    assert templates == 1
    assert running
    assert not pandas
    assert not grammar


def test_a_page_loads_nothing_that_its_kernel_has_not(built: Home) -> None:
    hits, loaded = answer(KERNELS, str(built.folder), built.current().strip())
    assert hits == 2
    assert loaded == []
