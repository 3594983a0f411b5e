"""Planning of an edition: which reports there are to make, and the inputs of each."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from aip_analysis.files.hashes import short_hash
from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.reads import reads_to_json
from aip_analysis.messages import LANGUAGES
from aip_analysis.publish.plan.attached_files import download_links
from aip_analysis.publish.plan.edition import LEVELS, Edition, select_places
from aip_analysis.publish.plan.jobs import AttachmentMetadata, Definition, Job, Plan
from aip_analysis.publish.plan.manifest import Manifest
from aip_analysis.publish.plan.page_texts import (
    cover_texts,
    covered_periods,
    definitions,
    page_texts,
)
from aip_analysis.publish.plan.staleness import (
    common_inputs,
    current_read_inputs,
    has_extra_imports,
    notebook_hash,
    read_of_everything,
)
from aip_analysis.reference import Level, Place


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
        notebook, digest, reads_more = self._notebooks[place.level]
        parameters: dict[str, str | int] = {
            "fiscal_year": edition.fiscal_year,
            "lang": edition.language,
        }
        if place.level != "ward":
            parameters[place.level] = place.code
        figures = RecordedFigures(edition.figures)
        words = page_texts(edition, place, figures)
        periods = covered_periods(edition, figures)
        reads = reads_to_json(figures.take_reads())
        if reads_more:
            reads.append(read_of_everything(edition.build))
        inputs = {
            **current_read_inputs(
                edition.figures, edition.build, place.key, self.manifest.pages.get(place.slug)
            ),
            "notebook": digest,
            "parameters": short_hash(repr((sorted(parameters.items()), edition.single_file))),
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
            data=AttachmentMetadata(
                place=place.key,
                label=edition.ward.label(place, edition.language),
                fiscal_year=edition.fiscal_year,
                definitions=self._definitions,
                periods=periods,
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
    chosen = select_places(edition.ward, only, kind)
    planning = Planning(edition, manifest or Manifest())
    return Plan(
        home=edition.home.resolve(),
        build=edition.build,
        fiscal_year=edition.fiscal_year,
        language=edition.language,
        single_file=edition.single_file,
        fictional=edition.records.fictional,
        jobs=tuple(planning.job(place) for place in select_places(edition.ward)),
        chosen=frozenset(place.slug for place in chosen),
        cover=cover_texts(edition),
    )


def _rows(edition: Edition, place: Place) -> dict[str, int]:
    """Return how many rows of sheets the page of a place is made from, by table and in all."""
    account = edition.figures.row_account(place, edition.fiscal_year)
    return {line.table: line.used for line in account.lines if line.used} | {
        "all": account.total.used
    }
