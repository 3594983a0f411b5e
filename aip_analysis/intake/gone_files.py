"""Files that were there at the last build and are gone: never silently published as nothing.

A file with the same content under another name has moved. Where other files have the records of the
same tables, areas and years, it was replaced, which is noted once. Otherwise it is said at the next
build, and at those after it until each of its areas has records of that year again, unless nothing
at all is left of that year: then the year was taken out as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aip_analysis.intake.account import Problem
from aip_analysis.intake.results import FileIntake, Intake
from aip_analysis.records import Records
from aip_analysis.reference import Ward

# Places named in one sentence.
_MOST_NAMED = 6
# A record table, an area and a fiscal year.
Place = tuple[str, str, int]


@dataclass(frozen=True)
class GoneFile:
    """A file of an earlier build.

    Parameters
    ----------
    file, sha256
        Its path, as displayed, and the SHA-256 hash of its content.
    places
        The record tables, areas and years that it had records of.
    lost
        The areas and years to name: those without such records now.
    """

    file: str
    sha256: str
    places: tuple[Place, ...]
    lost: tuple[tuple[str, int], ...]

    def as_values(self) -> dict[str, Any]:
        """Return the file as plain values, for the account."""
        return {"file": self.file, "sha256": self.sha256, "places": list(self.places)}


def places_by_file(records: Records) -> dict[str, list[Place]]:
    """Return the record tables, areas and years of the records of each file."""
    places: dict[str, list[Place]] = {}
    for name, table in records.tables.items():
        rows = table[["source_file", "area_code", "fiscal_year"]].drop_duplicates()
        for file, area, year in rows.itertuples(index=False):
            places.setdefault(str(file), []).append((name, str(area), int(year)))
    return places


def gone_files(before: Mapping[str, Any], intake: Intake) -> list[GoneFile]:
    """Return the files of earlier builds that are to be told of.

    Parameters
    ----------
    before
        The account of the last build; empty if there was none.
    intake
        What is there now.
    """
    now = _Now.of(intake, {file["file"] for file in before.get("files", [])})
    files = [
        *((file, True) for file in before.get("files", []) if file.get("places")),
        *((file, False) for file in before.get("gone", [])),
    ]
    gone: list[GoneFile] = []
    for file, is_new in files:
        if file["file"] in now.files or file["sha256"] in now.contents:
            continue
        places = tuple((str(name), str(area), int(year)) for name, area, year in file["places"])
        lost = now.lost(places) if is_new else now.without_records(places)
        if is_new or lost:
            gone.append(GoneFile(file["file"], file["sha256"], places, lost))
    return gone


def report_gone(intake: Intake, gone: Iterable[GoneFile], ward: Ward) -> None:
    """Add what has become of files that are gone to an intake."""
    for file in gone:
        named = [f"{ward.places[key].ja}（{year}）" if (key := f"area-{area}") in ward.places
                 else f"{area}（{year}）" for area, year in file.lost]  # fmt: skip
        found = "、".join(named[:_MOST_NAMED]) + ("…" if len(named) > _MOST_NAMED else "")
        problem = (
            Problem("file_no_longer_there", "warn", file.file, found=found)
            if named
            else Problem("file_replaced", "note", file.file)
        )
        intake.files.append(FileIntake(file.file, problems=[problem]))
    intake.files.sort(key=lambda file: file.file)


@dataclass(frozen=True)
class _Now:
    """The files, the contents of new ones, and the places that have records now."""

    files: frozenset[str]
    contents: frozenset[str]
    places: frozenset[Place]

    @classmethod
    def of(cls, intake: Intake, before: set[str]) -> "_Now":
        # Files of several areas may well have the same content, such as empty forms.
        return cls(
            frozenset(file.file for file in intake.files),
            frozenset(file.sha256 for file in intake.files if file.file not in before),
            frozenset(
                place for places in places_by_file(intake.records).values() for place in places
            ),
        )

    def lost(self, places: Sequence[Place]) -> tuple[tuple[str, int], ...]:
        """Return the areas and years of which a record table has no rows any more."""
        return _where(place for place in places if place not in self.places)

    def without_records(self, places: Sequence[Place]) -> tuple[tuple[str, int], ...]:
        """Return the areas without any records of a year that others have records of."""
        recorded = set(_where(self.places))
        years = {year for _, year in recorded}
        return tuple(where for where in _where(places)
                     if where not in recorded and where[1] in years)  # fmt: skip


def _where(places: Iterable[Place]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted({(area, year) for _, area, year in places}))
