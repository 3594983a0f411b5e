"""Files that a notebook read by itself, as reads of its page: each with a hash of its content."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aip_analysis.files.hashes import short_hash
from aip_analysis.publish.plan.recorded_reads import Reads

# The source of such a read; its column is the path of the file within the workbench's folder.
FILES = "files"
# They belong to no place and no year.
_ANYWHERE = "/0"


def reads_of_files(home: Path, names: Iterable[str]) -> Reads:
    """Return reads of files as they are now; of one that is gone, the hash is empty."""
    return [
        {"source": FILES, "columns": [name], "digests": {_ANYWHERE: _hash(home / name)}}
        for name in names
    ]


def files_read(reads: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the files among the reads of a page, as paths within the workbench's folder."""
    return [name for read in reads if read["source"] == FILES for name in read["columns"]]


def files_unchanged(home: Path, reads: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether the files among the reads of a page are as they were when it was made."""
    return all(
        _hash(home / name) == read["digests"][_ANYWHERE]
        for read in reads
        if read["source"] == FILES
        for name in read["columns"]
    )


def _hash(file: Path) -> str:
    return short_hash(file.read_bytes()) if file.is_file() else ""
