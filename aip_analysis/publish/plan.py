"""Which reports there are to make, and what each is made from."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aip_analysis.errors import InputRefusedError
from aip_analysis.messages import Language
from aip_analysis.records import Records
from aip_analysis.store import current_build, fingerprint
from aip_analysis.ward import Level, Place, Ward


@dataclass(frozen=True)
class Edition:
    """One year's reports in one language, and the folders that they are made from.

    Parameters
    ----------
    home
        The workbench's folder.
    ward, records
        What the reports tell of.
    fiscal_year, language
        Which reports.
    """

    home: Path
    ward: Ward
    records: Records
    fiscal_year: int
    language: Language

    @property
    def build(self) -> str:
        """The name of the build of records that the reports tell of."""
        return current_build(self.home / "data" / "processed").name

    def notebook(self, level: Level) -> Path:
        """Give the notebook that makes the reports of a level.

        Raises
        ------
        InputRefusedError
            When it is missing.
        """
        file = self.home / "notebooks" / "reports" / f"{level}.ipynb"
        if not file.is_file():
            raise InputRefusedError("errors.notebook_missing", file=file)
        return file

    @cached_property
    def common_fingerprint(self) -> str:
        """The hash of what all reports are made from: records, reference tables, code."""
        return f"{self.build}-{fingerprint(self.home / 'data' / 'reference')}"


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    place
        What it is about.
    notebook
        The notebook that makes it.
    parameters
        What papermill passes to the notebook.
    fingerprint
        The hash of all that it is made from.
    """

    place: Place
    notebook: Path
    parameters: dict[str, str | int]
    fingerprint: str

    @property
    def file(self) -> str:
        """The name of the page."""
        return f"{self.place.slug}.html"


def plan_jobs(
    edition: Edition, *, only: tuple[str, ...] = (), kind: Level | None = None
) -> list[Job]:
    """List the reports of an edition: the ward first, then blocks, then areas.

    Parameters
    ----------
    edition
        Which reports.
    only
        Only these places, each named by any spelling of its name, its code or its file's name;
        all if empty.
    kind
        Only those of this level.

    Raises
    ------
    UsageError
        When a place is not known; the message names the choices.
    """
    levels: tuple[Level, ...] = (kind,) if kind else ("ward", "block", "area")
    places = [place for level in levels for place in edition.ward.places_of(level)]
    if only:
        chosen = {_named(edition.ward, text, kind) for text in only}
        places = [place for place in places if place in chosen]
    return [_job(edition, place) for place in places]


def _named(ward: Ward, text: str, kind: Level | None) -> Place:
    if text in {"ward", ward.setting("name")}:
        return ward.whole
    # An area and a block may share a name: without --kind, the area is meant.
    if kind == "block" or (kind is None and not ward.find_place("area", text)):
        block = ward.find_place("block", text)
        if block or kind == "block":
            return block or ward.place_named("block", text)
    return ward.place_named("area", text)


def _job(edition: Edition, place: Place) -> Job:
    notebook = edition.notebook(place.level)
    parameters: dict[str, str | int] = {
        "fiscal_year": edition.fiscal_year,
        "lang": edition.language,
    }
    if place.level != "ward":
        parameters[place.level] = place.code
    digest = hashlib.sha256(edition.common_fingerprint.encode())
    digest.update(notebook.read_bytes())
    digest.update(repr(sorted(parameters.items())).encode())
    return Job(place, notebook, parameters, digest.hexdigest())
