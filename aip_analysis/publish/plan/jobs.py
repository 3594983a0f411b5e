"""The reports of an edition as jobs, with everything that is needed to make them.

They are plain values: a run of ``aip publish`` gets them from a process that has the records, and
loads no records itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.messages import Language
from aip_analysis.publish.plan.data_texts import DataTexts
from aip_analysis.publish.plan.page_texts import PageTexts
from aip_analysis.publish.plan.recorded_reads import Reads, read_inputs


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    slug
        The file name of its page without the extension.
    labels
        Its place's name with its level, by language.
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
    """

    slug: str
    labels: Mapping[Language, str]
    notebook: Path
    parameters: Mapping[str, str | int]
    inputs: Mapping[str, str]
    reads: Reads
    rows: Mapping[str, int]
    words: PageTexts
    data: DataTexts

    @property
    def file(self) -> str:
        """The name of the page."""
        return f"{self.slug}.html"

    def made(self, reads: Reads) -> "Job":
        """Return the job with the inputs of a page that has just been made, given its reads."""
        return replace(self, inputs={**self.inputs, **read_inputs(reads, self.data.place)})


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
        All its reports: the ward first, then blocks, then areas.
    chosen
        The slugs of the requested reports.
    cover
        Title, programme and period of the index: the list of years shows them too.
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
