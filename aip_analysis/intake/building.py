"""Read files into records: one file for a clerk, or the whole of data/raw."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError, NothingToDoError
from aip_analysis.intake.account import Problem
from aip_analysis.intake.checks.corrections import apply_corrections
from aip_analysis.intake.checks.councils import check_councils
from aip_analysis.intake.checks.future import check_future
from aip_analysis.intake.checks.history import check_histories
from aip_analysis.intake.checks.pool import FILE, Pool
from aip_analysis.intake.checks.twins import check_twins
from aip_analysis.intake.edited import Edited, read_edited
from aip_analysis.intake.edited.photos import ENDINGS as PHOTOS
from aip_analysis.intake.memory import Memory
from aip_analysis.intake.outcome import FileIntake, Intake, in_order
from aip_analysis.intake.reading import Source, sources_below, sources_of
from aip_analysis.intake.reading.sources import edited_below, lies_among_texts
from aip_analysis.intake.workers import read_all
from aip_analysis.records import COUNTS, PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES, Records
from aip_analysis.ward import Ward


def read_raw(
    raw: Path,
    ward: Ward,
    *,
    today: date | None = None,
    memory: Memory | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Intake:
    """Read all files below data/raw.

    Parameters
    ----------
    raw
        The folder, with a folder a fiscal year.
    ward
        The ward that the records belong to.
    today
        The day of the checks; the day that it is, without.
    memory
        Where files that have not changed need not be read again from.
    progress
        Called with the number of files before the first, then after each with how many are left.

    Raises
    ------
    NothingToDoError
        When there is no readable file below the folder.
    """
    sources, problems = sources_below(raw)
    if not sources and not any(problem.severity == "set_aside" for problem in problems):
        raise NothingToDoError("errors.no_raw_files", folder=raw)
    edited = read_edited(edited_below(raw), ward)
    return _intake((sources, problems, edited), ward, today, memory, progress)


def check_files(paths: Sequence[Path], ward: Ward, *, today: date | None = None) -> Intake:
    """Read single files, folders or zips and check their rows; nothing is written.

    Raises
    ------
    InputRefusedError
        When there is no file of that name, or it is of a kind that is not read.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    texts: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise InputRefusedError("errors.no_such_file", file=path)
        whole = path.resolve()
        if path.is_dir() and not lies_among_texts(whole / "-"):
            texts += edited_below(path)
        elif lies_among_texts(whole / "-"):
            # A text is checked with the photographs beside it.
            texts += _among_texts(path)
            continue
        found, told = sources_of(path)
        if not found and path.is_file() and any(each.code == "other_kind" for each in told):
            raise InputRefusedError("errors.not_a_table", file=path.name)
        sources += found
        problems += told
    # A text that is named alone does not tell which photographs others show.
    alone = any(path.is_file() for path in paths)
    edited = read_edited(dict.fromkeys(texts), ward, alone=alone)
    return _intake((sources, problems, edited), ward, today, None, lambda _: None)


def _among_texts(path: Path) -> list[tuple[Path, str]]:
    """Give the texts and photographs of a folder, or a text and the photographs beside it."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return [(file, file.relative_to(path).as_posix()) for file in files]
    beside = sorted(file for file in path.parent.iterdir() if file.is_file())
    return [
        (file, file.name)
        for file in beside
        if file.name == path.name or file.suffix.lower() in PHOTOS
    ]


def _intake(
    found: tuple[Sequence[Source], Iterable[Problem], Edited],
    ward: Ward,
    today: date | None,
    memory: Memory | None,
    progress: Callable[[int], object],
) -> Intake:
    sources, problems, edited = found
    files = read_all(sources, ward, memory, progress)
    files += [FileIntake(problem.file, problems=[problem]) for problem in problems]
    files.sort(key=lambda file: file.file)
    obsolete = apply_corrections(files)
    pool = Pool(ward, today or date.today(), files)  # noqa: DTZ011 -- the office's own day
    _refuse_obsolete(pool, obsolete)
    check_twins(pool)
    check_future(pool)
    check_councils(pool)
    check_histories(pool)
    for file in files:
        file.problems = in_order(file.problems, file.sheets)
    # Texts and photographs have no rows: nothing of the above is asked of them.
    files = sorted([*files, *edited.files], key=lambda file: file.file)
    records = _records(pool, files, edited)
    return Intake(records, files, pool.look_again_on, edited.photos)


def _refuse_obsolete(pool: Pool, obsolete: dict[int, set[tuple[str, int]]]) -> None:
    """Set aside corrections of rows that are not there: what they say may be told already."""
    for place, rows in obsolete.items():
        told: set[tuple[str, int]] = set()
        for table, frame in pool.tables.items():
            mine = frame[frame[FILE] == place]
            keys = [
                (sheet, int(row))
                for sheet, row in zip(mine["source_sheet"], mine["source_row"], strict=True)
            ]
            chosen = mine.index[[key in rows for key in keys]]
            told |= set(keys) & rows
            pool.tell(table, chosen, "correction_obsolete", severity="set_aside")
            pool.set_aside(table, chosen)
        file = pool.files[place]
        file.problems += [
            Problem("correction_obsolete", "note", file.file, sheet, row)
            for sheet, row in sorted(rows - told)
            if not any(row in block.aside for block in file.account(sheet).blocks)
        ]


def _records(pool: Pool, files: Sequence[FileIntake], edited: Edited) -> Records:
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
