"""Benchmarks of one report in an invented region of many areas, compared with one of few."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from bench.measurement import Comparison, Measurement
from bench.progress import tell
from bench.workplace import BIN, ROOT, Spent, Workplace

FEW, MANY = 18, 900
# A run of LONG reports minus a run of SHORT: the start, and the warm-up, which runs of one or two
# reports skip, are not counted.
LONG, SHORT = 18, 4
# Number of runs, of which the shortest counts: a difference of two is disturbed twice.
TIMES = 5


def _home(place: Workplace, areas: int) -> Path:
    """Return a region's home, which is created on first use."""
    home = place.scratch / f"region-{areas}"
    if not home.is_dir():
        tell(f"  a region of {areas} areas ...")
        # In a separate process: the memory of this one would count as that of its children.
        code = "import sys; from pathlib import Path; from bench.region import make_region; "
        code += "make_region(Path(sys.argv[1]), int(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", code, home, str(areas)], cwd=ROOT, check=True)
    return home


def _published(place: Workplace, home: Path, reports: int) -> Spent:
    areas = (home / "data" / "reference" / "areas.csv").read_text(encoding="utf-8").splitlines()
    codes = [line.split(",")[0] for line in areas[1 : reports + 1]]
    chosen = [word for code in codes for word in ("--only", code)]
    return place.timed(BIN / "aip", "publish", "--force", *chosen, "--home", home)


def _one_more(place: Workplace, areas: int) -> Spent:
    """Return the seconds for one more report, and the memory of the longer run."""
    home = _home(place, areas)
    short, long = (
        min((_published(place, home, reports) for _ in range(TIMES)), key=lambda run: run.seconds)
        for reports in (SHORT, LONG)
    )
    tell(f"  peak with {SHORT} reports {short.peak_mb:.0f} MB, with {LONG} {long.peak_mb:.0f} MB")
    more = LONG - SHORT
    return replace(
        long,
        seconds=(long.seconds - short.seconds) / more,
        cpu_seconds=(long.cpu_seconds - short.cpu_seconds) / more,
    )


def few(place: Workplace) -> Spent:
    """Return the cost of one more report in a region of the ward's size."""
    return _one_more(place, FEW)


def many(place: Workplace) -> Spent:
    """Return the cost of one more report in a large region."""
    return _one_more(place, MANY)


MEASUREMENTS = (
    Measurement("few", f"one more report, {FEW} areas", few, each_report=False),
    Measurement("many", f"one more report, {MANY} areas", many, each_report=False),
)
COMPARISONS = (Comparison(f"one more of {MANY} areas / of {FEW}", "many", "few"),)
