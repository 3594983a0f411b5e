"""Planning of an edition: which reports there are to make, and the inputs of each."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from aip_analysis.errors import UsageError
from aip_analysis.files.hashes import short_hash
from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.reads import reads_to_json
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.plan.attached_files import download_links
from aip_analysis.publish.plan.edition import Edition, select_places
from aip_analysis.publish.plan.jobs import AttachmentMetadata, Definition, Job, PageTexts, Plan
from aip_analysis.publish.plan.manifest import Manifest
from aip_analysis.publish.plan.own_reports import (
    ANY_PLACE,
    OwnReport,
    OwnReports,
    find_own_reports,
)
from aip_analysis.publish.plan.page_texts import (
    cover_texts,
    covered_periods,
    definitions,
    page_texts,
    report_label,
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
class _Notebook:
    """A report notebook: its hash, and whether it may read more than the report notes."""

    file: Path
    digest: str
    reads_more: bool


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

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs for all reports: those of the places, then the office's own."""
        places = select_places(self.edition.ward)
        own = ((place, report) for report in self.own.reports for place in report.places)
        return (*map(self.job, places), *(self.job(place, report) for place, report in own))

    def job(self, place: Place, report: OwnReport | None = None) -> Job:
        """Return the job for the report of a place, or for an office's own report about it."""
        edition = self.edition
        notebook = self._notebook(report.notebook if report else edition.notebook(place.level))
        parameters = self._parameters(place, report.parameter if report else place.level)
        figures = RecordedFigures(edition.figures)
        related = [] if report else self.own.of(place)
        words = page_texts(edition, place, figures, report, related)
        periods = covered_periods(edition, figures)
        reads = reads_to_json(figures.take_reads())
        if notebook.reads_more:
            reads.append(read_of_everything(edition.build))
        slug = report.slug(place) if report else place.slug
        labels = {language: self._label(place, report, language) for language in LANGUAGES}
        inputs = {
            **self._read_inputs(place, slug),
            "notebook": notebook.digest,
            "parameters": self._parameters_hash(parameters, words),
            **self._common,
        }
        return Job(
            slug=slug,
            labels=labels,
            notebook=notebook.file.resolve(),
            parameters=parameters,
            inputs=inputs,
            reads=reads,
            rows=_rows(edition, place),
            words=replace(words, downloads=download_links(slug, edition.language)),
            data=AttachmentMetadata(
                place=place.key,
                label=labels[edition.language],
                fiscal_year=edition.fiscal_year,
                definitions=self._definitions,
                periods=periods,
            ),
            report=report.name if report else "",
        )

    @cached_property
    def own(self) -> OwnReports:
        """The office's own reports."""
        return find_own_reports(self.edition.home, self.edition.ward)

    def _read_inputs(self, place: Place, slug: str) -> dict[str, str]:
        edition, entry = self.edition, self.manifest.pages.get(slug)
        return current_read_inputs(edition.home, edition.figures, edition.build, place.key, entry)

    def _parameters(self, place: Place, name: str) -> dict[str, str | int]:
        """Return what papermill passes to a notebook; ``name`` is that of the place's parameter."""
        edition = self.edition
        parameters: dict[str, str | int] = {
            "fiscal_year": edition.fiscal_year,
            "lang": edition.language,
        }
        if name == ANY_PLACE:
            parameters[name] = place.key
        elif place.code:
            parameters[name] = place.code
        return parameters

    def _parameters_hash(self, parameters: dict[str, str | int], words: PageTexts) -> str:
        given = (sorted(parameters.items()), self.edition.single_file)
        return short_hash(repr((*given, words.related) if words.related else given))

    def _label(self, place: Place, report: OwnReport | None, language: Language) -> str:
        label = self.edition.ward.label(place, language)
        return report_label(report, label, language) if report else label

    def _notebook(self, file: Path) -> "_Notebook":
        if file not in self._notebooks:
            self._notebooks[file] = _Notebook(file, notebook_hash(file), has_extra_imports(file))
        return self._notebooks[file]

    @cached_property
    def _definitions(self) -> tuple[Definition, ...]:
        return definitions(self.edition.ward, self.edition.language)

    @cached_property
    def _common(self) -> dict[str, str]:
        return common_inputs(self.edition.home)

    @cached_property
    def _notebooks(self) -> dict[Path, _Notebook]:
        return {}


@dataclass(frozen=True)
class Selection:
    """Which reports of an edition are requested.

    Parameters
    ----------
    only
        Only those about these places, each given by any spelling of its name, by its code or by the
        name of its file; about all places if empty.
    kind
        Only those about places of this level.
    reports
        Only these of the office's own reports, by their names; all reports if empty.
    """

    only: tuple[str, ...] = ()
    kind: Level | None = None
    reports: tuple[str, ...] = ()


def plan_edition(
    edition: Edition, selection: Selection | None = None, manifest: Manifest | None = None
) -> Plan:
    """Plan all reports of an edition, and select the requested ones.

    Parameters
    ----------
    edition
        The edition to plan.
    selection
        The requested reports; all by default.
    manifest
        The manifest of the existing pages.

    Raises
    ------
    UsageError
        When a place or a report is not known; the message lists the choices.
    InputRefusedError
        When a requested report cannot be made from its notebook.
    """
    wanted = selection or Selection()
    places = {place.key for place in select_places(edition.ward, wanted.only, wanted.kind)}
    planning = Planning(edition, manifest or Manifest())
    _check_reports(planning.own, wanted.reports)
    jobs = planning.jobs()
    return Plan(
        home=edition.home.resolve(),
        build=edition.build,
        fiscal_year=edition.fiscal_year,
        language=edition.language,
        single_file=edition.single_file,
        fictional=edition.records.fictional,
        jobs=jobs,
        chosen=frozenset(
            job.slug
            for job in jobs
            if job.data.place in places and (not wanted.reports or job.report in wanted.reports)
        ),
        cover=cover_texts(edition),
        refused=planning.own.refused,
    )


def _check_reports(own: OwnReports, names: tuple[str, ...]) -> None:
    known = [report.name for report in own.reports]
    for name in names:
        if name in own.refused:
            raise own.refused[name]
        if name not in known:
            key = "own_reports.unknown" if known else "own_reports.none"
            raise UsageError(key, given=name, choices="、".join(known))


def _rows(edition: Edition, place: Place) -> dict[str, int]:
    """Return how many rows of sheets the page of a place is made from, by table and in all."""
    account = edition.figures.row_account(place, edition.fiscal_year)
    return {line.table: line.used for line in account.lines if line.used} | {
        "all": account.total.used
    }
