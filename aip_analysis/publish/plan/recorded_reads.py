"""The reads of a page, as its notebook recorded them: collected, hashed, split by place.

Reads are plain values here, in the form that ``aip_analysis.measures.reads`` writes: the processes
that render pages and keep the manifest load no tables.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aip_analysis.publish.plan.inputs import LENGTH

if TYPE_CHECKING:
    from nbformat import NotebookNode

Reads = Sequence[Mapping[str, Any]]
# A read: its source, its columns, and a place and year. It is paired with the result's digest.
_Read = tuple[str, tuple[str, ...], str]
# The source that stands for all records, for notebooks that may read anything.
EVERYTHING = "everything"
_EDITED = "edited"
_VERSION_LENGTH = 12


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
    flat = dict(_flattened(reads))
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


def version_of(reads: Reads) -> str:
    """Return a short hash of all that a page reads: pages that read the same have the same."""
    recorded = [read for read in reads if read["source"] != EVERYTHING]
    return _hash(_flattened(recorded))[:_VERSION_LENGTH]


def read_inputs(reads: Reads, place: str) -> dict[str, str]:
    """Return the hashes of what a page reads, by the kind of input.

    Parameters
    ----------
    reads
        The reads of the page.
    place
        The key of its place.

    Returns
    -------
    dict
        Hashes by name: ``records`` of its own place, ``comparators`` of the other places shown with
        it, ``text`` that was added to it.
    """
    parts: dict[str, list[tuple[_Read, str]]] = {"records": [], "comparators": [], "text": []}
    for (source, columns, at), digest in _flattened(reads):
        own = at.rpartition("/")[0] in {"", place}
        name = "text" if source == _EDITED else "records" if own else "comparators"
        parts[name].append(((source, columns, at), digest))
    return {name: _hash(part) for name, part in parts.items()}


def _flattened(reads: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Read, str]]:
    for read in reads:
        columns = tuple(read["columns"])
        for at, digest in read["digests"].items():
            yield (read["source"], columns, at), digest


def _hash(reads: Iterable[tuple[_Read, str]]) -> str:
    return hashlib.sha256(repr(sorted(reads)).encode()).hexdigest()[:LENGTH]
