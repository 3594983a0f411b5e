"""Publishing, beside a shell loop of papermill and nbconvert over the same notebooks."""

import shlex
from pathlib import Path

from aip_analysis.publish.plan import Job
from bench.measurement import Comparison, Measurement
from bench.progress import tell
from bench.workplace import BIN, BenchError, Spent, Workplace

# What somebody would type without the workbench. A line of reports.tsv is a report: the name of
# its output, its notebook, and its parameters. -p reads a number as a number, -r takes a text as
# it is, so that the notebook gets exactly what the publisher gives it.
LOOP = """
while IFS="$(printf '\\t')" read -r name notebook parameters; do
    eval "papermill '$notebook' '$name.ipynb' $parameters" </dev/null >&2
    jupyter nbconvert --to html "$name.ipynb" </dev/null >&2
    echo "$name"
done <reports.tsv
"""

CHANGED = "Pages were made again: the code was changed while it was measured."


def build(place: Workplace) -> Spent:
    """Read the sample records."""
    return place.timed(BIN / "aip", "build", "--home", place.home)


def publish_everything(place: Workplace) -> Spent:
    """Publish every report, from nothing."""
    jobs = place.jobs()
    spent = place.timed(BIN / "aip", "publish", "--force", *_chosen(place), "--home", place.home)
    _expect(_pages(place, jobs))
    return spent


def publish_nothing(place: Workplace) -> Spent:
    """Publish when every report is fresh."""
    pages = _pages(place, place.jobs())
    before = [page.stat().st_mtime_ns for page in pages]
    spent = place.timed(BIN / "aip", "publish", *_chosen(place), "--home", place.home)
    if [page.stat().st_mtime_ns for page in pages] != before:
        raise BenchError(CHANGED)
    return spent


def shell_loop(place: Workplace) -> Spent:
    """Make the same reports one after the other with papermill and nbconvert."""
    jobs = place.jobs()
    lines = []
    for job in jobs:
        options = [
            f"{'-p' if isinstance(value, int) else '-r'} {name} {shlex.quote(str(value))}"
            for name, value in job.parameters.items()
        ]
        notebook = job.notebook.relative_to(place.home)
        lines.append("\t".join([f"loop/{job.place.slug}", str(notebook), " ".join(options)]))
    (place.home / "loop").mkdir()
    (place.home / "reports.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    spent = place.timed("sh", "-euc", LOOP, step=lambda name: tell(f"  {name}"))
    _expect([place.home / "loop" / job.file for job in jobs])
    return spent


def _chosen(place: Workplace) -> list[str]:
    """Name the reports to publish; nothing, as a user would type, where all are."""
    if place.take is None:
        return []
    return [word for job in place.jobs() for word in ("--only", job.place.slug)]


def _pages(place: Workplace, jobs: list[Job]) -> list[Path]:
    folder = place.home / "reports" / str(jobs[0].parameters["fiscal_year"])
    return [folder / job.file for job in jobs]


def _expect(pages: list[Path]) -> None:
    """Make sure that the time went into the pages that it is said to have gone into."""
    missing = [page.name for page in pages if not page.is_file()]
    if missing:
        raise BenchError(*missing)


MEASUREMENTS = (
    Measurement("build", "aip build (before the rest)", build, each_report=False),
    Measurement("publish_cold", "aip publish --force (nothing there)", publish_everything),
    Measurement(
        "publish_fresh", "aip publish (nothing changed)", publish_nothing, each_report=False
    ),
    Measurement("shell_loop", "papermill + jupyter nbconvert, loop", shell_loop),
)
COMPARISONS = (Comparison("loop / aip publish --force", "shell_loop", "publish_cold"),)
