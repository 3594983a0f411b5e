"""Which reports there are to make, and what each is made from."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aip_analysis.publish.edition import Edition
from aip_analysis.publish.inputs import asks_for_more, common_inputs, notebook_hash, short
from aip_analysis.ward import Level, Place, Ward

LEVELS: tuple[Level, ...] = ("ward", "block", "area")
Inputs = dict[str, str]


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
    inputs
        The hashes of all that it is made from, by what it is: records, comparators, reference,
        notebook, program, parameters, lock.
    rows
        How many rows of each record table it counts.
    """

    place: Place
    notebook: Path
    parameters: dict[str, str | int]
    inputs: Inputs
    rows: dict[str, int]

    @property
    def file(self) -> str:
        """The name of the page."""
        return f"{self.place.slug}.html"


@dataclass(frozen=True)
class Planning:
    """What the reports of an edition are made from, looked up once for all."""

    edition: Edition

    def job(self, place: Place) -> Job:
        """Plan the report of a place."""
        edition = self.edition
        notebook, digest, asks = self._notebooks[place.level]
        parameters: dict[str, str | int] = {
            "fiscal_year": edition.fiscal_year,
            "lang": edition.language,
        }
        if place.level != "ward":
            parameters[place.level] = place.code
        read = edition.reads.of(place)
        inputs = {
            "records": edition.build if asks else read.records[: len(digest)],
            "comparators": read.comparators[: len(digest)],
            "notebook": digest,
            "parameters": short(repr((sorted(parameters.items()), edition.single_file))),
            **self._common,
        }
        return Job(place, notebook, parameters, inputs, read.rows)

    @cached_property
    def _common(self) -> Inputs:
        return common_inputs(self.edition.home)

    @cached_property
    def _notebooks(self) -> dict[Level, tuple[Path, str, bool]]:
        found = {level: self.edition.notebook(level) for level in LEVELS}
        return {
            level: (file, notebook_hash(file), asks_for_more(file)) for level, file in found.items()
        }


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
    planning = Planning(edition)
    return [planning.job(place) for place in chosen_places(edition.ward, only, kind)]


def chosen_places(ward: Ward, only: tuple[str, ...] = (), kind: Level | None = None) -> list[Place]:
    """List places as ``plan_jobs`` does."""
    levels: tuple[Level, ...] = (kind,) if kind else LEVELS
    places = [place for level in levels for place in ward.places_of(level)]
    if only:
        chosen = {_named(ward, text, kind) for text in only}
        places = [place for place in places if place in chosen]
    return places


def _named(ward: Ward, text: str, kind: Level | None) -> Place:
    if text in {"ward", ward.setting("name")}:
        return ward.whole
    # An area and a block may share a name: without --kind, the area is meant.
    if kind == "block" or (kind is None and not ward.find_place("area", text)):
        block = ward.find_place("block", text)
        if block or kind == "block":
            return block or ward.place_named("block", text)
    return ward.place_named("area", text)
