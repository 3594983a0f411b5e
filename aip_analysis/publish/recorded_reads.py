"""What a page read, as its notebook noted it: collected, named in short, and told apart by whose.

Reads are plain values here, as ``aip_analysis.measures.reads`` writes them down: whoever sets pages
and keeps the manifest loads no tables.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aip_analysis.publish.inputs import LENGTH

if TYPE_CHECKING:
    from nbformat import NotebookNode

Reads = Sequence[Mapping[str, Any]]
# A source, its columns, and a place and year: what was read. Behind it the digest of the answer.
_Read = tuple[str, tuple[str, ...], str]
# The source that stands for all records, where a notebook may read whatever there is.
EVERYTHING = "everything"
_EDITED = "edited"
_VERSION_LENGTH = 12


def recorded_reads(notebook: "NotebookNode") -> Reads:
    """Collect what the cells of an executed notebook read.

    Parameters
    ----------
    notebook
        The notebook; cells for the analyst alone count too, as others may show what they found.
    """
    told = [
        output["metadata"].get("aip", {}).get("reads")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "metadata" in output
    ]
    return merged_reads(read for text in told if text for read in json.loads(text))


def merged_reads(reads: Iterable[Mapping[str, Any]]) -> Reads:
    """Return each read once, in a fixed order; one within a read of more columns is left out."""
    found = dict(_each(reads))
    columns: dict[tuple[str, str], list[set[str]]] = {}
    for source, names, at in found:
        columns.setdefault((source, at), []).append(set(names))
    merged: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for (source, names, at), digest in sorted(found.items()):
        if not any(set(names) < others for others in columns[source, at]):
            merged.setdefault((source, names), {})[at] = digest
    return [
        {"source": source, "columns": list(names), "digests": digests}
        for (source, names), digests in merged.items()
    ]


def version_of(reads: Reads) -> str:
    """Return a short name of all that a page reads: pages that read the same have the same."""
    noted = [read for read in reads if read["source"] != EVERYTHING]
    return _hash(_each(noted))[:_VERSION_LENGTH]


def read_inputs(reads: Reads, place: str) -> dict[str, str]:
    """Hash what a page reads, by what it is made from.

    Parameters
    ----------
    reads
        What it reads.
    place
        The key of its place.

    Returns
    -------
    dict
        Hashes by name: ``records`` of its own place, ``comparators`` of others beside it, ``text``
        that was added to it.
    """
    parts: dict[str, list[tuple[_Read, str]]] = {"records": [], "comparators": [], "text": []}
    for (source, columns, at), digest in _each(reads):
        own = at.rpartition("/")[0] in {"", place}
        name = "text" if source == _EDITED else "records" if own else "comparators"
        parts[name].append(((source, columns, at), digest))
    return {name: _hash(part) for name, part in parts.items()}


def _each(reads: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Read, str]]:
    for read in reads:
        columns = tuple(read["columns"])
        for at, digest in read["digests"].items():
            yield (read["source"], columns, at), digest


def _hash(reads: Iterable[tuple[_Read, str]]) -> str:
    return hashlib.sha256(repr(sorted(reads)).encode()).hexdigest()[:LENGTH]
