"""Read files into records: single files for a clerk, or everything below data/raw."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError, NothingToDoError
from aip_analysis.intake.account import Problem
from aip_analysis.intake.checks.all_records import FILE, AllRecords
from aip_analysis.intake.checks.councils import check_councils
from aip_analysis.intake.checks.duplicates import check_duplicates
from aip_analysis.intake.checks.future_rows import check_future_rows
from aip_analysis.intake.checks.outliers import check_outliers
from aip_analysis.intake.checks.population import check_population
from aip_analysis.intake.corrections.apply_corrections import apply_corrections
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.parallel_reading import read_all
from aip_analysis.intake.reading import Source, sources_below, sources_of
from aip_analysis.intake.reading.sources import lies_among_texts, supplements_below
from aip_analysis.intake.results import FileIntake, Intake, in_order
from aip_analysis.intake.supplements import Supplements, read_supplements
from aip_analysis.intake.supplements.photos import ENDINGS as PHOTOS
from aip_analysis.records import COUNTS, PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES, Records
from aip_analysis.reference import Ward


def read_raw(
    raw: Path,
    ward: Ward,
    *,
    today: date | None = None,
    memory: FileCache | None = None,
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
    memory
        Cache of files read before, so that unchanged files are not read again.
    progress
        Called with the number of files before the first, then after each with the number left.

    Raises
    ------
    NothingToDoError
        If there is no readable file below the folder.
    """
    sources, problems = sources_below(raw)
    if not sources and not any(problem.severity == "set_aside" for problem in problems):
        raise NothingToDoError("errors.no_raw_files", folder=raw)
    edited = read_supplements(supplements_below(raw), ward)
    return _intake((sources, problems, edited), ward, today, memory, progress)


def check_files(paths: Sequence[Path], ward: Ward, *, today: date | None = None) -> Intake:
    """Read single files, folders or zips and check their rows, without writing anything.

    Raises
    ------
    InputRefusedError
        If there is no file of that name, or it is of an unsupported kind.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    texts: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise InputRefusedError("errors.no_such_file", file=path)
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
            raise InputRefusedError("errors.not_a_table", file=path.name)
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
    memory: FileCache | None,
    progress: Callable[[int], object],
) -> Intake:
    sources, problems, edited = inputs
    files = read_all(sources, ward, memory, progress)
    files += [FileIntake(problem.file, problems=[problem]) for problem in problems]
    files.sort(key=lambda file: file.file)
    obsolete = apply_corrections(files)
    pool = AllRecords(ward, today or date.today(), files)  # noqa: DTZ011 -- the office's own day
    _refuse_obsolete(pool, obsolete)
    check_population(pool)
    check_duplicates(pool)
    check_future_rows(pool)
    check_councils(pool)
    check_outliers(pool)
    for file in files:
        file.problems = in_order(file.problems, file.sheets)
    # Texts and photographs have no rows: none of the checks above applies to them.
    files = sorted([*files, *edited.files], key=lambda file: file.file)
    records = _records(pool, files, edited)
    return Intake(records, files, pool.look_again_on, edited.photos)


def _refuse_obsolete(pool: AllRecords, obsolete: dict[int, set[tuple[str, int]]]) -> None:
    """Set aside corrections of rows that no longer exist: their content may be recorded already."""
    for place, rows in obsolete.items():
        matched: set[tuple[str, int]] = set()
        for table, frame in pool.tables.items():
            own = frame[frame[FILE] == place]
            keys = [
                (sheet, int(row))
                for sheet, row in zip(own["source_sheet"], own["source_row"], strict=True)
            ]
            chosen = own.index[[key in rows for key in keys]]
            matched |= set(keys) & rows
            pool.tell(table, chosen, "correction_obsolete", severity="set_aside")
            pool.set_aside(table, chosen)
        file = pool.files[place]
        file.problems += [
            Problem("correction_obsolete", "note", file.file, sheet, row)
            for sheet, row in sorted(rows - matched)
            if not any(row in block.aside for block in file.account(sheet).blocks)
        ]


def _records(pool: AllRecords, files: Sequence[FileIntake], edited: Supplements) -> Records:
    tables = {name: table.frame_of(pool.kept(name)) for name, table in TABLES.items()}
    return Records(tables, _sources(files), _set_aside(files), edited.frame())


def _sources(files: Iterable[FileIntake]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"file": file.file, "sha256": file.sha256, "fictional": file.fictional}
            | {name: sum(getattr(sheet, name) for sheet in file.sheets) for name in COUNTS}
            for file in files
        ],
        columns=SOURCE_COLUMNS,
    )


def _set_aside(files: Iterable[FileIntake]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            [
                *(problem.file, problem.sheet, problem.row, problem.cell),
                *(problem.code, problem.severity),
                *(problem.sentence("ja"), problem.sentence("en")),
            ]
            for file in files
            for problem in file.problems
        ],
        columns=PROBLEM_COLUMNS,
    )
