"""Jobs: what a report is made from, how it is requested, and what comes of it.

They are plain values: a run of ``aip publish`` gets the jobs from a process that has the records,
and loads no records itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aip_analysis.errors import AipError
from aip_analysis.execution.limits import Limits
from aip_analysis.messages import Language
from aip_analysis.publish.plan.recorded_reads import Reads

# Environment variable that names the build for notebooks; aip_analysis.report.open_page reads it.
BUILD = "AIP_BUILD"
# A report ends itself at its limits; one that does not is ended so many seconds later.
GRACE_SECONDS = 5
# The notebook as it was before it ran, in case its process cannot return it.
PREPARED = "prepared.ipynb"


@dataclass(frozen=True)
class PageTexts:
    """The texts around the sections of a page.

    Parameters
    ----------
    language
        The language of the page.
    kind
        ``area``, ``block``, ``ward``, ``index`` or ``years``: for the style sheet.
    title, subtitle, programme
        The cover's lines.
    trail
        The breadcrumbs: pairs of a name and a page; the page is empty if there is none to link to.
    note
        A remark on the whole page, shown under its title; mostly empty.
    assets
        The relative path from the page to the assets.
    fictional
        Whether the page must state that it is made from sample data.
    footer
        The last lines: credit, and which records it was made from. The last line of the footer
        and of the cover name the version of these records.
    cover
        Lines under the title: whose report it is, and from which records it was made.
    downloads
        The attached files that contain the page's figures: pairs of a name and a file.
    related
        An office's own reports about the same place: pairs of a title and a page.
    single_file
        Whether the page is sent alone and contains everything it needs; it has no attached files.
    """

    language: Language
    kind: str
    title: str
    subtitle: str
    programme: str
    trail: tuple[tuple[str, str], ...]
    note: str
    assets: str
    fictional: bool
    footer: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...] = ()
    cover: tuple[str, ...] = ()
    single_file: bool = False
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Definition:
    """The definition of a figure.

    Parameters
    ----------
    code, label, unit, text
        Its code, its name, the name of its unit, and how it is counted.
    numerator, denominator
        For a rate, the names of the figures that it is computed from.
    official
        The code of a national indicator, or empty.
    source
        The records that it is counted from.
    """

    code: str
    label: str
    unit: str
    text: str
    numerator: str
    denominator: str
    official: str
    source: str


@dataclass(frozen=True)
class AttachmentMetadata:
    """What a workbook and a CSV contain besides the tables of their page.

    Parameters
    ----------
    place, label
        The code of the place that the page is about, such as ``area-12``, and its name.
    fiscal_year
        Its year.
    definitions
        The definitions of all figures that a report may show.
    periods
        The period that the records of each fiscal year cover, in words.
    """

    place: str
    label: str
    fiscal_year: int
    definitions: tuple[Definition, ...]
    periods: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    slug
        The file name of its page without the extension.
    labels
        Its place's name with its level, and the title of an office's own report, by language.
    notebook
        The notebook that makes it.
    parameters
        What papermill passes to the notebook.
    inputs
        The hashes of its inputs, by what they are: records, comparators, reference, notebook,
        program, parameters, lock. For the data that it reads, these are the current hashes of what
        its last page read; empty if there is no such page, or what it read no longer exists.
    reads
        What the texts around its sections read from the records; its notebook notes the rest.
    rows
        How many rows of each record table it counts.
    words
        The texts around its sections.
    data
        What its workbook and CSV contain besides its tables.
    report
        The name of an office's own report; empty for the report of the place.
    """

    slug: str
    labels: Mapping[Language, str]
    notebook: Path
    parameters: Mapping[str, str | int]
    inputs: Mapping[str, str]
    reads: Reads
    rows: Mapping[str, int]
    words: PageTexts
    data: AttachmentMetadata
    report: str = ""

    @property
    def file(self) -> str:
        """The name of the page."""
        return f"{self.slug}.html"

    def request(
        self,
        home: Path,
        build: str,
        *,
        engine: str = "aip",
        limits: Limits | None = None,
        keep_notebook: bool = False,
    ) -> "RenderRequest":
        """Return the request to make it; parameters as of ``RenderRequest``."""
        return RenderRequest(
            home=home,
            build=build,
            slug=self.slug,
            notebook=self.notebook,
            parameters=dict(self.parameters),
            words=self.words,
            reads=self.reads,
            data=self.data,
            engine=engine,
            limits=limits or Limits(),
            keep_notebook=keep_notebook,
        )


@dataclass(frozen=True)
class Plan:
    """All reports of an edition.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The name of the build of records that they are made from.
    fiscal_year, language
        The fiscal year and the language of the edition.
    single_file
        Whether each page is a single file that contains everything it needs.
    fictional
        Whether the records are fictional.
    jobs
        All its reports: the ward first, then blocks, then areas, then the office's own reports.
    chosen
        The slugs of the requested reports.
    cover
        Title, programme and period of the index: the list of years shows them too.
    refused
        Why notebooks of the office give no report, by their names without the extension.
    """

    home: Path
    build: str
    fiscal_year: int
    language: Language
    single_file: bool
    fictional: bool
    jobs: tuple[Job, ...]
    chosen: frozenset[str]
    cover: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, AipError] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderRequest:
    """Everything that is needed to make a report.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The build of records that the run uses.
    slug
        The report's name.
    notebook, parameters
        The notebook that papermill runs, and its parameters.
    words
        The texts around the notebook's sections, without the version of its records.
    reads
        What these texts read from the records.
    data
        What its workbook and CSV contain besides its tables.
    engine
        Papermill's engine.
    limits
        The limits of the report.
    keep_notebook
        Whether to return the executed notebook.
    """

    home: Path
    build: str
    slug: str
    notebook: Path
    parameters: dict[str, str | int]
    words: PageTexts
    reads: Reads
    data: AttachmentMetadata
    engine: str
    limits: Limits
    keep_notebook: bool = False


@dataclass(frozen=True)
class RenderResult:
    """The result of a request.

    Parameters
    ----------
    page
        The page; empty if it could not be made.
    reason
        Why it could not be made, in one sentence; empty if it was made.
    notebook
        The executed notebook, if it was requested or failed.
    seconds
        How many seconds it took.
    beside
        The files attached to the page, by their paths relative to its folder.
    reads
        What the page read, each with the digest of the result.
    notices
        Outputs of the notebook that the page cannot show, one sentence each.
    """

    page: bytes = b""
    reason: str = ""
    notebook: bytes = b""
    seconds: float = 0
    beside: Mapping[str, bytes] = field(default_factory=dict)
    reads: Reads = ()
    notices: tuple[str, ...] = ()
