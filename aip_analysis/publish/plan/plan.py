"""Planning of an edition: which reports there are to make, and the inputs of each."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.reads import reads_from_json, reads_to_json
from aip_analysis.measures.recorded_figures import digests_of
from aip_analysis.messages import LANGUAGES
from aip_analysis.publish.plan.attached_files import download_links
from aip_analysis.publish.plan.data_texts import DataTexts, Definition
from aip_analysis.publish.plan.definitions import definitions
from aip_analysis.publish.plan.edition_texts import cover_texts, page_texts
from aip_analysis.publish.plan.editions import Edition
from aip_analysis.publish.plan.inputs import common_inputs, has_extra_imports, notebook_hash, short
from aip_analysis.publish.plan.jobs import Job, Plan
from aip_analysis.publish.plan.manifest import Entry, Manifest
from aip_analysis.publish.plan.recorded_reads import EVERYTHING, read_inputs
from aip_analysis.records import TABLES
from aip_analysis.reference import Level, Place, Ward

LEVELS: tuple[Level, ...] = ("ward", "block", "area")


@dataclass(frozen=True)
class Planning:
    """The inputs of the reports of an edition, looked up once for all reports.

    Parameters
    ----------
    edition
        The edition to plan.
    manifest
        The manifest of the existing pages, whose reads are repeated.
    """

    edition: Edition
    manifest: Manifest = field(default_factory=Manifest)

    def job(self, place: Place) -> Job:
        """Return the job for the report of a place."""
        edition = self.edition
        notebook, digest, asks = self._notebooks[place.level]
        parameters: dict[str, str | int] = {
            "fiscal_year": edition.fiscal_year,
            "lang": edition.language,
        }
        if place.level != "ward":
            parameters[place.level] = place.code
        figures = RecordedFigures(edition.figures)
        words = page_texts(edition, place, figures)
        reads = reads_to_json(figures.take_reads())
        if asks:
            reads.append(_everything(edition))
        inputs = {
            **_current_reads(edition, self.manifest.pages.get(place.slug), place),
            "notebook": digest,
            "parameters": short(repr((sorted(parameters.items()), edition.single_file))),
            **self._common,
        }
        return Job(
            slug=place.slug,
            labels={language: edition.ward.label(place, language) for language in LANGUAGES},
            notebook=notebook.resolve(),
            parameters=parameters,
            inputs=inputs,
            reads=reads,
            rows=_rows(edition, place),
            words=replace(words, downloads=download_links(place.slug, edition.language)),
            data=DataTexts(
                place=place.key,
                label=edition.ward.label(place, edition.language),
                fiscal_year=edition.fiscal_year,
                definitions=self._definitions,
            ),
        )

    @cached_property
    def _definitions(self) -> tuple[Definition, ...]:
        return definitions(self.edition.ward, self.edition.language)

    @cached_property
    def _common(self) -> dict[str, str]:
        return common_inputs(self.edition.home)

    @cached_property
    def _notebooks(self) -> dict[Level, tuple[Path, str, bool]]:
        files = {level: self.edition.notebook(level) for level in LEVELS}
        return {
            level: (file, notebook_hash(file), has_extra_imports(file))
            for level, file in files.items()
        }


def plan_edition(
    edition: Edition,
    only: tuple[str, ...] = (),
    kind: Level | None = None,
    manifest: Manifest | None = None,
) -> Plan:
    """Plan all reports of an edition, and select the requested ones.

    Parameters
    ----------
    edition
        The edition to plan.
    only
        Select only these places, each given by any spelling of its name, by its code or by the name
        of its file; all places if empty.
    kind
        Select only places of this level.
    manifest
        The manifest of the existing pages.

    Raises
    ------
    UsageError
        When a place is not known; the message lists the choices.
    """
    chosen = chosen_places(edition.ward, only, kind)
    planning = Planning(edition, manifest or Manifest())
    return Plan(
        home=edition.home.resolve(),
        build=edition.build,
        fiscal_year=edition.fiscal_year,
        language=edition.language,
        single_file=edition.single_file,
        fictional=edition.records.fictional,
        jobs=tuple(planning.job(place) for place in chosen_places(edition.ward)),
        chosen=frozenset(place.slug for place in chosen),
        cover=cover_texts(edition),
    )


def _current_reads(edition: Edition, entry: Entry | None, place: Place) -> dict[str, str]:
    """Return current hashes of what a page read; ``records`` is empty if that is not possible."""
    recorded = entry.reads if entry else ()
    try:
        everything = [read for read in recorded if read["source"] == EVERYTHING]
        reads = reads_from_json([read for read in recorded if read["source"] != EVERYTHING])
        digests = digests_of(edition.figures)
        digests.prepare(reads)
        current = reads_to_json({read: digests.of(read) for read in reads})
    except (KeyError, TypeError, ValueError, AttributeError):
        # Another version of the program made it: the table, measure or place no longer exists.
        current = []
    if not current:
        before = entry.made_from if entry else {}
        return {name: before.get(name, "") for name in read_inputs((), place.key)} | {"records": ""}
    return read_inputs([*current, *([_everything(edition)] if everything else [])], place.key)


def _everything(edition: Edition) -> dict[str, Any]:
    """Return the read that stands for all records: any other build then makes the page stale."""
    return {"source": EVERYTHING, "columns": [], "digests": {"/0": edition.build}}


def _rows(edition: Edition, place: Place) -> dict[str, int]:
    """Return how many rows of each record table the page of a place is made from."""
    positions, year = edition.records.positions, edition.fiscal_year
    codes = [area.code for area in edition.ward.areas_of(place)]
    return {
        table: sum(len(positions[table].get((code, year), ())) for code in codes)
        for table in TABLES
    }


def chosen_places(ward: Ward, only: tuple[str, ...] = (), kind: Level | None = None) -> list[Place]:
    """Return the places that ``plan_edition`` selects: the ward first, then blocks, then areas."""
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
