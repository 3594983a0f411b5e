"""Read files into records: single files for a clerk, or everything below data/raw."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError, NothingToDoError
from aip_analysis.intake.account import Problem
from aip_analysis.intake.checks.activities import check_activities
from aip_analysis.intake.checks.all_records import (
    FILE,
    AllRecords,
    RecordProblems,
)
from aip_analysis.intake.checks.councils import check_councils
from aip_analysis.intake.checks.duplicates import (
    check_receipts,
    check_repeated_rows,
    check_same_meeting,
    check_sent_twice,
)
from aip_analysis.intake.checks.fenced_checks import Check, combine, run_check
from aip_analysis.intake.checks.future_rows import check_future_rows, next_day
from aip_analysis.intake.checks.outliers import check_outliers
from aip_analysis.intake.checks.plans import check_plans
from aip_analysis.intake.checks.population import check_counted_by_area, check_two_sheets
from aip_analysis.intake.checks.summaries import check_summaries
from aip_analysis.intake.checks.versions import check_versions
from aip_analysis.intake.corrections.correction_rows import Unused, apply_corrections
from aip_analysis.intake.faults import Fault, Fence
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.heading_columns import check_heading_columns
from aip_analysis.intake.one_file import read_file
from aip_analysis.intake.problem_frame import problem_frame
from aip_analysis.intake.reading import Source, sources_below, sources_of
from aip_analysis.intake.reading.sources import UnreadableError, lies_among_texts, supplements_below
from aip_analysis.intake.results import FileIntake, Intake, in_order
from aip_analysis.intake.supplements import Supplements, read_supplements
from aip_analysis.intake.supplements.photos import ENDINGS as PHOTOS
from aip_analysis.records import COUNTS, SOURCE_COLUMNS, TABLES, Records
from aip_analysis.reference import Ward

# Starting a process takes more than a second: this many bytes must be waiting to be read.
WORTH = 20_000_000
# Memory limit per process: a file that needs more is refused, and the others are read.
MEMORY = 8_000_000_000
Job = tuple[int, Source, bytes]
# The checks across files, in this order: each looks at the records that those before it left.
CHECKS: tuple[Check, ...] = (
    *(check_counted_by_area, check_two_sheets),
    *(check_plans, check_sent_twice, check_versions, check_summaries),
    *(check_repeated_rows, check_same_meeting, check_receipts),
)
LATER_CHECKS: tuple[Check, ...] = (
    *(check_future_rows, check_activities, check_councils, check_outliers),
)
_WARD: list[Ward] = []


def read_raw(
    raw: Path,
    ward: Ward,
    *,
    today: date | None = None,
    cache: FileCache | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Intake:
    """Read all files below data/raw.

    Parameters
    ----------
    raw
        The folder, with one subfolder per fiscal year.
    ward
        The ward that the records belong to.
    today
        The date used by the checks; the current date by default.
    cache
        Cache of files read before, so that unchanged files are not read again.
    progress
        Called with the number of files before the first, then after each with the number left.

    Raises
    ------
    NothingToDoError
        If there is no readable file below the folder.
    InputRefusedError
        If headings.csv names columns that do not exist.
    """
    check_heading_columns(ward)
    sources, problems = sources_below(raw)
    if not sources and not any(problem.severity == "set_aside" for problem in problems):
        raise NothingToDoError("files.no_raw_files", folder=raw)
    edited = read_supplements(supplements_below(raw), ward)
    return _intake((sources, problems, edited), ward, today, cache, progress)


def check_files(paths: Sequence[Path], ward: Ward, *, today: date | None = None) -> Intake:
    """Read single files, folders or zips and check their rows, without writing anything.

    Raises
    ------
    InputRefusedError
        If there is no file of that name, or it is of an unsupported kind, or if headings.csv names
        columns that do not exist.
    """
    check_heading_columns(ward)
    sources: list[Source] = []
    problems: list[Problem] = []
    texts: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise InputRefusedError("files.no_such_file", file=path)
        resolved = path.resolve()
        if path.is_dir() and not lies_among_texts(resolved / "-"):
            texts += supplements_below(path)
        elif lies_among_texts(resolved / "-"):
            # A text is checked together with the photographs next to it.
            texts += _edited_files(path)
            continue
        new_sources, new_problems = sources_of(path)
        if (
            not new_sources
            and path.is_file()
            and any(problem.code == "other_kind" for problem in new_problems)
        ):
            raise InputRefusedError("files.not_a_table", file=path.name)
        sources += new_sources
        problems += new_problems
    # A single text does not reveal which photographs other texts show.
    alone = any(path.is_file() for path in paths)
    edited = read_supplements(dict.fromkeys(texts), ward, alone=alone)
    return _intake((sources, problems, edited), ward, today, None, lambda _: None)


def _edited_files(path: Path) -> list[tuple[Path, str]]:
    """Return the texts and photographs of a folder, or a text and the photographs next to it."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return [(file, file.relative_to(path).as_posix()) for file in files]
    neighbours = sorted(file for file in path.parent.iterdir() if file.is_file())
    return [
        (file, file.name)
        for file in neighbours
        if file.name == path.name or file.suffix.lower() in PHOTOS
    ]


def _intake(
    inputs: tuple[Sequence[Source], Iterable[Problem], Supplements],
    ward: Ward,
    today: date | None,
    cache: FileCache | None,
    progress: Callable[[int], object],
) -> Intake:
    sources, problems, edited = inputs
    files = read_all(sources, ward, cache, progress)
    files += [FileIntake(problem.file, problems=[problem]) for problem in problems]
    files.sort(key=lambda file: file.file)
    faults = [fault for file in files for fault in file.faults]
    unused = apply_corrections(files, faults)
    found = combine(files, ward, today or date.today(), faults)  # noqa: DTZ011 -- the office's own day
    found = run_check(found, partial(_unused_corrections, unused=unused), faults)
    _note_unused(files, unused)
    for check in CHECKS:
        found = run_check(found, check, faults)
    look_again_on = next_day(found)
    for check in LATER_CHECKS:
        found = run_check(found, check, faults)
    for file in files:
        file.problems = in_order(file.problems, file.sheets)
    # Texts and photographs have no rows: none of the checks above applies to them.
    files = sorted([*files, *edited.files], key=lambda file: file.file)
    tables = {name: table.frame_of(found.tables[name]) for name, table in TABLES.items()}
    records = Records(tables, _sources(files), problem_frame(files), edited.frame())
    return Intake(records, files, look_again_on, edited.photos, faults)


def _unused_corrections(records: AllRecords, unused: Unused) -> Iterator[RecordProblems]:
    """Set aside corrections of rows that no longer exist: their content may be recorded already."""
    for place, rows in unused.items():
        for table, frame in records.tables.items():
            own = frame[frame[FILE] == place]
            keys = zip(own["source_sheet"], own["source_row"], strict=True)
            faults = [rows.get((sheet, int(row))) for sheet, row in keys]
            gone = own.index[[fault == "" for fault in faults]]
            yield RecordProblems(table, gone, "correction_obsolete", severity="set_aside")
            found = [fault for fault in faults if fault]
            failed = own.index[[bool(fault) for fault in faults]]
            yield RecordProblems(
                table, failed, "correction_fault", severity="set_aside", found=found
            )


def _note_unused(files: Sequence[FileIntake], unused: Unused) -> None:
    """Note unused corrections that are no records, such as those that only withdraw a row."""
    for place, rows in unused.items():
        file = files[place]
        file.problems += [
            Problem("correction_fault", "set_aside", file.file, sheet, row, found=fault)
            if fault
            else Problem("correction_obsolete", "note", file.file, sheet, row)
            for (sheet, row), fault in sorted(rows.items())
            if not any(row in block.set_aside for block in file.account(sheet).blocks)
        ]


def _sources(files: Iterable[FileIntake]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"file": file.file, "sha256": file.sha256, "fictional": file.fictional}
            | {name: sum(getattr(sheet, name) for sheet in file.sheets) for name in COUNTS}
            for file in files
        ],
        columns=SOURCE_COLUMNS,
    )


def read_all(
    sources: Sequence[Source],
    ward: Ward,
    cache: FileCache | None,
    progress: Callable[[int], object],
) -> list[FileIntake]:
    """Return the intakes of files, in the order given."""
    progress(len(sources))
    done: dict[int, FileIntake] = {}
    waiting: dict[int, tuple[str, bytes]] = {}
    size = 0
    for place, source in enumerate(sources):
        try:
            content = source.content()
        except UnreadableError as error:
            done[place] = _unread(source, error.code)
            progress(len(sources) - len(done))
            continue
        key = cache.key(source, content) if cache else ""
        cached = cache.load(key, source) if cache else None
        if cached:
            done[place] = cached
            progress(len(sources) - len(done))
        else:
            waiting[place] = (key, content)
            size += len(content)
    several = len(waiting) > 1 and size > WORTH and (os.cpu_count() or 1) > 1
    jobs = ((place, sources[place], content) for place, (_, content) in waiting.items())
    results = _in_parallel(list(jobs), ward) if several else _one_by_one(jobs, ward)
    for place, intake in results:
        done[place] = intake
        # A file with a fault is read again: its trace is not cached.
        if cache and not intake.faults:
            cache.store(waiting[place][0], intake)
        progress(len(sources) - len(done))
    return [done[place] for place in range(len(sources))]


def _one_by_one(jobs: Iterable[Job], ward: Ward) -> Iterable[tuple[int, FileIntake]]:
    for place, source, content in jobs:
        yield place, _guarded(source, ward, content)


def _guarded(source: Source, ward: Ward, content: bytes) -> FileIntake:
    """Read a file; one that runs out of memory or fails does not stop the others."""
    faults: list[Fault] = []
    fence = Fence(faults, "file", source.shown)
    try:
        with fence:
            return read_file(source, ward, content)
    except MemoryError:
        return _unread(source, "file_too_large")
    intake = _unread(source, "file_fault", fence.what)
    intake.faults += faults
    return intake


def _in_parallel(jobs: list[Job], ward: Ward) -> Iterable[tuple[int, FileIntake]]:
    """Yield intakes from worker processes; a file that kills one is refused, others are read."""
    left = {place: (source, content) for place, source, content in jobs}
    try:
        with _pool(ward, os.cpu_count() or 1) as pool:
            futures = {
                pool.submit(_in_worker, source, content): place
                for place, (source, content) in left.items()
            }
            for future in as_completed(futures):
                intake = future.result()
                del left[futures[future]]
                yield futures[future], intake
    except BrokenProcessPool:
        # A worker died, and it is unknown at which file: read each of the rest by itself.
        for place, (source, content) in left.items():
            yield place, _read_isolated(source, content, ward)


def _read_isolated(source: Source, content: bytes, ward: Ward) -> FileIntake:
    try:
        with _pool(ward, 1) as pool:
            return pool.submit(_in_worker, source, content).result()
    except BrokenProcessPool:
        return _unread(source, "file_too_large")


@contextmanager
def _pool(ward: Ward, size: int) -> Iterator[ProcessPoolExecutor]:
    """Open worker processes; once one has died, all of them are ended.

    The executor itself ends those that it knows of at that moment, and then waits for all: also for
    one that was just beginning.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        size, mp_context=context, initializer=_initialise_worker, initargs=(ward,)
    ) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


def _initialise_worker(ward: Ward) -> None:
    _WARD.append(ward)
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _in_worker(source: Source, content: bytes) -> FileIntake:
    return _guarded(source, _WARD[0], content)


def _unread(source: Source, code: str, found: str = "") -> FileIntake:
    problem = Problem(code, "set_aside", source.shown, found=found)
    return FileIntake(source.shown, problems=[problem], source=source)
