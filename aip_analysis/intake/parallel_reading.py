"""Read many files, in parallel if worthwhile, skipping files that have not changed."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from aip_analysis.intake.account import Problem
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.one_file import read_file
from aip_analysis.intake.reading import Source
from aip_analysis.intake.reading.sources import UnreadableError
from aip_analysis.intake.results import FileIntake
from aip_analysis.reference import Ward

# Starting a process takes more than a second: this many bytes must be waiting to be read.
WORTH = 20_000_000
# Memory limit per process: a file that needs more is refused, and the others are read.
MEMORY = 8_000_000_000


def read_all(
    sources: Sequence[Source],
    ward: Ward,
    memory: FileCache | None,
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
        key = memory.key(source, content) if memory else ""
        cached = memory.recall(key, source) if memory else None
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
        if memory:
            memory.keep(waiting[place][0], intake)
        progress(len(sources) - len(done))
    return [done[place] for place in range(len(sources))]


Job = tuple[int, Source, bytes]


def _one_by_one(jobs: Iterable[Job], ward: Ward) -> Iterable[tuple[int, FileIntake]]:
    for place, source, content in jobs:
        yield place, _guarded(source, ward, content)


def _guarded(source: Source, ward: Ward, content: bytes) -> FileIntake:
    """Read a file; one that runs out of memory or fails does not stop the others."""
    try:
        return read_file(source, ward, content)
    except MemoryError:
        return _unread(source, "file_too_large")
    except Exception as error:  # noqa: BLE001 -- a fault at one file must not cost the others
        fault = _unread(source, "file_fault")
        fault.problems[0] = replace(fault.problems[0], found=f"{type(error).__name__}: {error}")
        return fault


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


def _pool(ward: Ward, size: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        size, mp_context=context, initializer=_initialise_worker, initargs=(ward,)
    )


_WARD: list[Ward] = []


def _initialise_worker(ward: Ward) -> None:
    _WARD.append(ward)
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _in_worker(source: Source, content: bytes) -> FileIntake:
    return _guarded(source, _WARD[0], content)


def _unread(source: Source, code: str) -> FileIntake:
    return FileIntake(
        source.shown, problems=[Problem(code, "set_aside", source.shown)], source=source
    )
