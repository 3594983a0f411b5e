"""Files changed at random: nothing raises or hangs, and every row is accounted for."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from aip_analysis.intake import Intake, read_raw
from aip_analysis.intake.corrections.export import write_set_aside
from aip_analysis.reference import Ward
from tests.metamorphic.mutants import mutant

MUTANTS, BY_DAY, STEP = 2_000, 10, 10
TODAY = date(2027, 6, 1)
# Far more than any of them takes, on a busy machine too.
SECONDS = 60
PARTS = [
    pytest.param(
        range(start, start + STEP),
        id=f"{start}",
        marks=[] if start < BY_DAY else [pytest.mark.night],
    )
    for start in range(0, MUTANTS, STEP)
]


class HangError(BaseException):
    """Raised in a file that is not read in time; no fence catches it."""


@contextmanager
def in_time() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("seeds", PARTS)
def test_nothing_raises_or_hangs_and_every_row_is_accounted_for(
    seeds: range, tmp_path: Path, ward: Ward
) -> None:
    for seed in seeds:
        _, name, content = mutant(seed)
        raw = tmp_path / str(seed)
        (raw / name).parent.mkdir(parents=True)
        (raw / name).write_bytes(content)
        with in_time():
            intake = read_raw(raw, ward, today=TODAY)
            write_set_aside(intake, ward, tmp_path / f"back-{seed}")
        assert faults_of(intake) == [], seed
        assert intake.sheets or intake.refused
        # Every row set aside has a reason.
        reasons = [problem for problem in intake.problems if problem.severity == "set_aside"]
        assert reasons or not intake.rows_set_aside


def faults_of(intake: Intake) -> list[object]:
    """Return faults of the program, and sheets whose account does not add up."""
    return [*intake.faults, *(sheet for sheet in intake.sheets if not sheet.balances)]
