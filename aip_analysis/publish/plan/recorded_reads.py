"""The reads of a page, as its notebook recorded them: collected, merged, hashed.

Reads are plain values here, in the form that ``aip_analysis.measures.reads`` writes: the processes
that render pages and keep the manifest load no tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aip_analysis.files.hashes import short_hash

if TYPE_CHECKING:
    from nbformat import NotebookNode

Reads = Sequence[Mapping[str, Any]]
# A read: its source, its columns, and a place and year. It is paired with the result's digest.
Read = tuple[str, tuple[str, ...], str]
# The source that stands for all records, for notebooks that may read anything.
EVERYTHING = "everything"


def recorded_reads(notebook: "NotebookNode") -> Reads:
    """Return what the cells of an executed notebook read.

    Parameters
    ----------
    notebook
        The notebook; cells that are only for the analyst count too, as other cells may show their
        results.
    """
    return merged_reads(
        read
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for read in output.get("metadata", {}).get("aip", {}).get("reads", [])
    )


def merged_reads(reads: Iterable[Mapping[str, Any]]) -> Reads:
    """Return each read once, in a fixed order; one covered by a read of more columns is dropped."""
    flat = dict(flattened(reads))
    columns: dict[tuple[str, str], list[set[str]]] = {}
    for source, names, at in flat:
        columns.setdefault((source, at), []).append(set(names))
    merged: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for (source, names, at), digest in sorted(flat.items()):
        if not any(set(names) < others for others in columns[source, at]):
            merged.setdefault((source, names), {})[at] = digest
    return [
        {"source": source, "columns": list(names), "digests": digests}
        for (source, names), digests in merged.items()
    ]


def flattened(reads: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Read, str]]:
    """Yield each read of a single place and year with the digest of its result."""
    for read in reads:
        columns = tuple(read["columns"])
        for at, digest in read["digests"].items():
            yield (read["source"], columns, at), digest


def reads_hash(reads: Iterable[tuple[Read, str]]) -> str:
    """Return a hash of flattened reads, in whatever order they are."""
    return short_hash(repr(sorted(reads)))
