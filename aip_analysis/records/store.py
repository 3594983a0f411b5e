"""Builds: each a folder of Parquet files named after its content; CURRENT names the one in use.

A reader follows CURRENT, so that it sees all tables of one build or all of another, never a
mixture; the previous build is kept for readers that are still using it.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from aip_analysis.errors import NothingToDoError, ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.files.builds import ABOUT, POINTER, current_build_folder, photo_file, write_about
from aip_analysis.records import TABLES, Records
from aip_analysis.records.records import EDITED_COLUMNS, PROBLEM_COLUMNS

EXTRA = ("sources", "set_aside")
# Columns that repeat a few texts: read as categories, so that each text is held once. For 900 areas
# this saves a tenth of the memory of a run.
REPEATED = ["source_file", "source_sheet", "source_cells"]
EDITED = "edited"
_NAME_LENGTH = 16
_BUILD = re.compile(rf"[0-9a-f]{{{_NAME_LENGTH}}}|\.building-.*")


def save_records(
    records: Records, processed: Path, photos: Mapping[str, bytes] | None = None
) -> Path:
    """Write the records and make them the current build.

    Parameters
    ----------
    records
        The records to write.
    processed
        The folder data/processed.
    photos
        JPEG files shown by texts that were added to reports, by the names that these use.

    Returns
    -------
    Path
        The folder of the build. The same records always result in the same folder.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written; the previous build stays current.
    """
    previous = _pointed(processed)
    try:
        processed.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=processed, prefix=".building-") as building:
            folder = Path(building) / "tables"
            folder.mkdir()
            for name, table in _tables(records).items():
                table.to_parquet(folder / f"{name}.parquet", index=False)
            for name, content in (photos or {}).items():
                photo_file(folder, name).write_bytes(content)
            build = processed / _content_name(folder)
            # Not part of the hashed content, from which it is derived.
            files = sorted(file.name for file in folder.iterdir())
            newest = records.newest_complete() if records.fiscal_years else 0
            write_about(folder, files, newest)
            if not _is_complete(build):
                # A build from which somebody removed tables is replaced.
                shutil.rmtree(build, ignore_errors=True)
                folder.rename(build)
    except OSError as error:
        raise ToolMissingError("files.not_writable", folder=processed) from error
    write_atomically(processed / POINTER, f"{build.name}\n".encode())
    for old in processed.iterdir():
        if old.is_dir() and _BUILD.fullmatch(old.name) and old not in {build, previous}:
            shutil.rmtree(old, ignore_errors=True)
    return build


def load_records(processed: Path, name: str = "") -> Records:
    """Read a build.

    Parameters
    ----------
    processed
        The folder data/processed.
    name
        The name of the build; the current one if it is empty.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet, or that build no longer exists.
    """
    build = processed / name if name else current_build(processed)
    if not _is_complete(build):
        raise NothingToDoError("records.not_built", folder=processed)
    tables = {
        name: pd.read_parquet(build / f"{name}.parquet", read_dictionary=REPEATED)
        for name in TABLES
    }
    sources, set_aside = (pd.read_parquet(build / f"{name}.parquet") for name in EXTRA)
    if not _has_columns(tables, set_aside):
        # Older versions of the program stored other columns: the build has to be repeated.
        raise NothingToDoError("records.not_built", folder=processed)
    edited = build / f"{EDITED}.parquet"
    if not edited.is_file():
        return Records(tables, sources, set_aside)
    texts = pd.read_parquet(edited)
    if list(texts.columns) != EDITED_COLUMNS:
        # The same for the texts that were added.
        raise NothingToDoError("records.not_built", folder=processed)
    return Records(tables, sources, set_aside, texts)


def current_build(processed: Path) -> Path:
    """Return the folder of the current build.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet.
    """
    build = _pointed(processed)
    if build is None:
        raise NothingToDoError("records.not_built", folder=processed)
    return build


def _pointed(processed: Path) -> Path | None:
    build = current_build_folder(processed)
    return build if build is not None and _is_complete(build) else None


def _has_columns(tables: Mapping[str, pd.DataFrame], set_aside: pd.DataFrame) -> bool:
    return list(set_aside.columns) == PROBLEM_COLUMNS and all(
        list(tables[name].columns) == [column.name for column in table.columns]
        for name, table in TABLES.items()
    )


def _is_complete(build: Path) -> bool:
    names = (*(f"{name}.parquet" for name in (*TABLES, *EXTRA)), ABOUT)
    return all((build / name).is_file() for name in names)


def _tables(records: Records) -> dict[str, pd.DataFrame]:
    tables = {**records.tables, "sources": records.sources, "set_aside": records.set_aside}
    # Most workbenches have no added texts; builds of older versions have no table for them.
    return tables if records.edited.empty else tables | {EDITED: records.edited}


def _content_name(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:_NAME_LENGTH]
