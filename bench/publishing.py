"""Benchmarks of publishing, compared with what people do with papermill and nbconvert."""

import shlex
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from aip_analysis.publish.plan.jobs import Job
from bench.measurement import Comparison, Measurement
from bench.progress import tell
from bench.workplace import BIN, BenchError, Spent, Workplace

# What somebody would type without the workbench. Each line of reports.tsv is a report: the name of
# its output, its notebook, and its parameters. -p parses a number as a number, -r passes a text
# unchanged, so that the notebook gets exactly the values that the publisher passes to it.
LOOP = """
while IFS="$(printf '\\t')" read -r name notebook parameters; do
    eval "papermill '$notebook' '$name.ipynb' $parameters" </dev/null >&2
    jupyter nbconvert --to html "$name.ipynb" </dev/null >&2
    echo "$name"
done <reports.tsv
"""

CHANGED = "Pages were made again: the code was changed while it was measured."
# Odd, so that the median is one of the measured times.
TIMES = 3
SCRIPTS = Path(__file__).parent / "scripts"


def build(place: Workplace) -> Spent:
    """Run the build of the sample records."""
    return place.timed(BIN / "aip", "build", "--home", place.home)


def median(run: Callable[[Workplace], Spent]) -> Callable[[Workplace], Spent]:
    """Return a measurement that does the work a few times and takes the median.

    Work of a few seconds is disturbed by whatever else the machine does meanwhile; the work that it
    is compared with takes minutes, over which that evens out.
    """

    @wraps(run)
    def middle(place: Workplace) -> Spent:
        spent = sorted((run(place) for _ in range(TIMES)), key=lambda run_spent: run_spent.seconds)
        tell("  " + ", ".join(f"{run_spent.seconds:.2f} s" for run_spent in spent))
        return spent[TIMES // 2]

    return middle


@median
def publish_everything(place: Workplace) -> Spent:
    """Publish every report from scratch."""
    jobs = place.jobs()
    shutil.rmtree(place.home / "reports", ignore_errors=True)
    spent = place.timed(BIN / "aip", "publish", "--force", *_chosen(place), "--home", place.home)
    _expect(_pages(place, jobs))
    return spent


@median
def publish_nothing(place: Workplace) -> Spent:
    """Publish when every report is fresh."""
    pages = _pages(place, place.jobs())
    before = [page.stat().st_mtime_ns for page in pages]
    spent = place.timed(BIN / "aip", "publish", *_chosen(place), "--home", place.home)
    if [page.stat().st_mtime_ns for page in pages] != before:
        raise BenchError(CHANGED)
    return spent


@median
def publish_one(place: Workplace) -> Spent:
    """Publish one area's report from a cold start."""
    (page,) = _pages(place, [_one(place)])
    page.unlink()
    chosen = ("--only", _one(place).slug)
    spent = place.timed(BIN / "aip", "publish", "--force", *chosen, "--home", place.home)
    _expect([page])
    return spent


@median
def papermill_one(place: Workplace) -> Spent:
    """Run only the notebook of the same report, with the papermill command."""
    job = _one(place)
    out = place.scratch / "one.ipynb"
    words = shlex.split(_parameters(job))
    spent = place.timed(BIN / "papermill", job.notebook, out, *words, "--no-progress-bar")
    _expect([out])
    return spent


def one_process(place: Workplace) -> Spent:
    """Run papermill and nbconvert in one process to make the same reports."""
    jobs = _listed(place, "one-process")
    spent = place.timed(sys.executable, SCRIPTS / "one_process.py", step=_print_step)
    _expect([place.home / "one-process" / job.file for job in jobs])
    return spent


def shell_loop(place: Workplace) -> Spent:
    """Run papermill and nbconvert in a shell loop to make the same reports one after the other."""
    jobs = _listed(place, "loop")
    spent = place.timed("sh", "-euc", LOOP, step=_print_step)
    _expect([place.home / "loop" / job.file for job in jobs])
    return spent


def _listed(place: Workplace, folder: str) -> list[Job]:
    """Write the reports to make to reports.tsv, create their folder, and return the jobs."""
    jobs = place.jobs()
    lines = []
    for job in jobs:
        notebook = job.notebook.relative_to(place.home)
        lines.append("\t".join([f"{folder}/{job.slug}", str(notebook), _parameters(job)]))
    (place.home / folder).mkdir(exist_ok=True)
    (place.home / "reports.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return jobs


def _parameters(job: Job) -> str:
    return " ".join(
        f"{'-p' if isinstance(value, int) else '-r'} {name} {shlex.quote(str(value))}"
        for name, value in job.parameters.items()
    )


def _one(place: Workplace) -> Job:
    return next(job for job in place.jobs() if job.words.kind == "area")


def _print_step(name: str) -> None:
    tell(f"  {name}")


def _chosen(place: Workplace) -> list[str]:
    """Return the options that select the reports: none, as a user would type, for all."""
    if place.take is None:
        return []
    return [word for job in place.jobs() for word in ("--only", job.slug)]


def _pages(place: Workplace, jobs: list[Job]) -> list[Path]:
    folder = place.home / "reports" / str(jobs[0].parameters["fiscal_year"])
    return [folder / job.file for job in jobs]


def _expect(pages: list[Path]) -> None:
    """Raise an error unless the pages that the time is attributed to were made."""
    missing = [page.name for page in pages if not page.is_file()]
    if missing:
        raise BenchError(*missing)


MEASUREMENTS = (
    Measurement("build", "aip build (before the rest)", build, each_report=False),
    Measurement("publish_cold", "aip publish --force (nothing there)", publish_everything),
    Measurement(
        "publish_fresh", "aip publish (nothing changed)", publish_nothing, each_report=False
    ),
    Measurement("publish_one", "aip publish, one report", publish_one, each_report=False),
    Measurement("papermill_one", "papermill, the same report", papermill_one, each_report=False),
    Measurement("one_process", "papermill + HTMLExporter, one process", one_process),
    Measurement("shell_loop", "papermill + jupyter nbconvert, loop", shell_loop),
)
COMPARISONS = (
    Comparison("shell loop / aip publish --force", "shell_loop", "publish_cold"),
    Comparison("one process / aip publish --force", "one_process", "publish_cold"),
    Comparison("aip publish --force / nothing changed", "publish_cold", "publish_fresh"),
    Comparison("papermill one / aip publish one", "papermill_one", "publish_one"),
)
