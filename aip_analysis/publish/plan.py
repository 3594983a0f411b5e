"""Which reports there are to make, and what each is made from."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from aip_analysis.messages import LANGUAGES
from aip_analysis.publish.beside import offered
from aip_analysis.publish.data_words import DataWords, Definition
from aip_analysis.publish.defining import definitions
from aip_analysis.publish.edition import Edition
from aip_analysis.publish.inputs import asks_for_more, common_inputs, notebook_hash, short
from aip_analysis.publish.jobs import Job, Plan
from aip_analysis.publish.words import cover_of, page_words
from aip_analysis.ward import Level, Place, Ward

LEVELS: tuple[Level, ...] = ("ward", "block", "area")


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
            "text": read.edited[: len(digest)],
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
            rows=read.rows,
            words=replace(
                page_words(edition, place, read.version),
                downloads=offered(place.slug, edition.language),
            ),
            data=DataWords(
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
        found = {level: self.edition.notebook(level) for level in LEVELS}
        return {
            level: (file, notebook_hash(file), asks_for_more(file)) for level, file in found.items()
        }


def plan_edition(edition: Edition, only: tuple[str, ...] = (), kind: Level | None = None) -> Plan:
    """Plan all reports of an edition, and choose some.

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
    chosen = chosen_places(edition.ward, only, kind)
    planning = Planning(edition)
    return Plan(
        home=edition.home.resolve(),
        build=edition.build,
        fiscal_year=edition.fiscal_year,
        language=edition.language,
        single_file=edition.single_file,
        fictional=edition.records.fictional,
        jobs=tuple(planning.job(place) for place in chosen_places(edition.ward)),
        chosen=frozenset(place.slug for place in chosen),
        cover=cover_of(edition),
    )


def chosen_places(ward: Ward, only: tuple[str, ...] = (), kind: Level | None = None) -> list[Place]:
    """List places as ``plan_edition`` chooses them: the ward first, then blocks, then areas."""
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
