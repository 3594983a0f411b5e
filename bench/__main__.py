"""``python -m bench``: run every measurement once and print the tables."""

import argparse
import json
import sys
from pathlib import Path

from bench import exploring, intake, outlines, publishing, regions
from bench.account import as_values, found_lines, ratios, table_lines
from bench.machine import describe_machine
from bench.measurement import (
    Comparison,
    Findings,
    Found,
    Measurement,
    NotThereError,
    Timing,
)
from bench.progress import tell
from bench.workplace import BenchError, workplace

# Modules of measurements are registered here.
MODULES = (publishing, regions, intake)
MEASUREMENTS: list[Measurement] = [item for module in MODULES for item in module.MEASUREMENTS]
COMPARISONS: list[Comparison] = [item for module in MODULES for item in module.COMPARISONS]
# Findings other than timings, printed in tables of their own.
FINDINGS: tuple[Findings, ...] = outlines.FINDINGS + exploring.FINDINGS


def main() -> int:
    """Run the measurements, print the tables, and return the exit code."""
    options = _options()
    machine = describe_machine()
    timings: list[Timing] = []
    with workplace(options.reports) as place:
        for measurement in MEASUREMENTS:
            tell(f"{measurement.title} ...")
            try:
                spent = measurement.run(place)
            except BenchError as error:
                tell("\n".join(error.args))
                return 1
            reports = len(place.jobs()) if measurement.each_report else 0
            timings.append(Timing(measurement.name, measurement.title, spent, reports))
    taken = f"{max(timing.reports for timing in timings)} reports"
    if options.reports:
        taken += f" (at most {options.reports} of each kind, short files: a quick look)"
    compared = ratios(timings, COMPARISONS)
    print("\n".join(table_lines(machine, timings, compared, taken)))
    results = [_result(findings) for findings in FINDINGS]
    for result in results:
        print("\n".join(found_lines(result)))
    if options.json:
        values = as_values(machine, timings, compared, results)
        options.json.write_text(f"{json.dumps(values, indent=1)}\n", encoding="utf-8")
    return 0


def _result(findings: Findings) -> Found:
    tell(f"{findings.title} ...")
    try:
        return Found(findings.name, findings.title, findings.find())
    except NotThereError as error:
        return Found(findings.name, findings.title, {}, str(error))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--reports",
        type=_count,
        metavar="N",
        help="only N reports of each kind, and short files: a quick look",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


if __name__ == "__main__":
    sys.exit(main())
