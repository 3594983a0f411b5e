"""The account of a run: a short table for people, and plain values for programs."""

from collections.abc import Iterator

from bench.measurement import Comparison, Found, Timing

WIDTH = 40


def ratios(timings: list[Timing], comparisons: list[Comparison]) -> dict[str, float]:
    """Return the ratio of each comparison whose two sides were measured."""
    seconds = {timing.name: timing.spent.seconds for timing in timings}
    return {
        comparison.title: seconds[comparison.slower] / seconds[comparison.faster]
        for comparison in comparisons
        if {comparison.slower, comparison.faster} <= seconds.keys()
    }


def table_lines(
    machine: dict[str, object], timings: list[Timing], compared: dict[str, float], taken: str
) -> Iterator[str]:
    """Yield the lines of the table of a run, measurements in the order in which they ran."""
    packages = machine["packages"]
    versions = packages.items() if isinstance(packages, dict) else ()
    yield (
        f"{machine['cores']} cores, load {machine['load_before']} before the start, "
        f"{machine['system']}, Python {machine['python']}"
    )
    yield ", ".join(f"{name} {number}" for name, number in versions)
    yield f"{taken}; in this order, without warming up; what takes seconds is the middle of three"
    yield ""
    yield f"{'':{WIDTH}}  seconds  a report  processor seconds  peak MB"
    for timing in timings:
        seconds = timing.seconds_a_report
        one = "" if seconds is None else f"{seconds:.2f}"
        spent = timing.spent
        took = f"{spent.seconds:8.2f}  {one:>8}  {spent.cpu_seconds:17.1f}  {spent.peak_mb:7.0f}"
        yield f"{timing.title:{WIDTH}} {took}"
    yield ""
    for title, ratio in compared.items():
        yield f"{title:{WIDTH}} {ratio:8.2f}"


def found_lines(result: Found) -> Iterator[str]:
    """Yield the lines of a table of figures other than times."""
    yield ""
    yield result.title
    if result.absent:
        yield result.absent
        return
    columns = list(next(iter(result.rows.values())))
    yield f"{'':{WIDTH}}  " + "  ".join(columns)
    for name, figures in result.rows.items():
        yield f"{name:{WIDTH}}  " + "  ".join(f"{figures[it]:{len(it)}.3f}" for it in columns)


def as_values(
    machine: dict[str, object],
    timings: list[Timing],
    compared: dict[str, float],
    findings: list[Found],
) -> dict[str, object]:
    """Return a run as plain values for JSON."""
    return {
        "machine": machine,
        "measurements": [
            {
                "name": timing.name,
                "title": timing.title,
                "seconds": round(timing.spent.seconds, 3),
                "cpu_seconds": round(timing.spent.cpu_seconds, 3),
                "peak_mb": round(timing.spent.peak_mb, 1),
                "reports": timing.reports,
            }
            for timing in timings
        ],
        "ratios": {title: round(ratio, 3) for title, ratio in compared.items()},
        "findings": {
            result.name: result.absent
            or {
                row: {column: round(figure, 4) for column, figure in figures.items()}
                for row, figures in result.rows.items()
            }
            for result in findings
        },
    }
