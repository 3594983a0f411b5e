"""Reads: the queries that pages make of the figures, as values that can be stored and repeated.

A read consists of its source, the columns or measures, the place and the fiscal year, and nothing
else. So it is a plain value that can be stored next to a page, shown to people, and repeated later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Prefixes of row sources: the name of a record table, or of a table of figures by place, follows.
RECORDS, FIGURES = "records.", "figures."
ACTIVITY_PLACES = "activity_places"


@dataclass(frozen=True)
class Read:
    """One query to the figures.

    Parameters
    ----------
    source
        ``measures``, a table (``records.meetings``, ``figures.topics``), or another name
        of ``ANSWERS`` in ``recorded_figures``.
    columns
        The requested measures or columns; empty where the source has only one answer.
    place
        The key of an area, block or the ward; for ``activity_places`` also a box, as
        ``west,south,east,north`` in metres; empty where the answer is the same everywhere.
    fiscal_year
        The fiscal year; 0 where the answer does not depend on one.
    """

    source: str
    columns: tuple[str, ...]
    place: str
    fiscal_year: int


# Reads, each with the digest of its result.
Reads = dict[Read, str]


def is_table(source: str) -> bool:
    """Return whether the result of a source is rows of a table."""
    return source == ACTIVITY_PLACES or source.startswith((RECORDS, FIGURES))


def reads_to_json(reads: Reads) -> list[dict[str, Any]]:
    """Return reads as JSON-serialisable values, grouped by source and columns.

    Returns
    -------
    list of dict
        ``source``, ``columns``, and ``digests``: by place and fiscal year (``area-12/2025``).
    """
    grouped: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for read, digest in reads.items():
        at = f"{read.place}/{read.fiscal_year}"
        grouped.setdefault((read.source, read.columns), {})[at] = digest
    return [
        {"source": source, "columns": list(columns), "digests": digests}
        for (source, columns), digests in grouped.items()
    ]


def reads_from_json(groups: Sequence[Mapping[str, Any]]) -> Reads:
    """Return the reads from the values that ``reads_to_json`` returned.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        When the values have another form.
    """
    reads = {}
    for group in groups:
        columns = tuple(group["columns"])
        for at, digest in group["digests"].items():
            place, _, year = at.rpartition("/")
            reads[Read(group["source"], columns, place, int(year))] = digest
    return reads
