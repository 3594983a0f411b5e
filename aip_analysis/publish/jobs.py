"""The reports of an edition, with all that whoever makes them has to know.

Plain values: a run of ``aip publish`` gets them from a process that has the records, and loads
none itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from aip_analysis.messages import Language
from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.frame import PageWords
from aip_analysis.publish.recorded_reads import Reads, read_inputs


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    slug
        What its page is called, without the ending.
    labels
        Its place's name with its level, by language.
    notebook
        The notebook that makes it.
    parameters
        What papermill passes to the notebook.
    inputs
        The hashes of all that it is made from, by what it is: records, comparators, reference,
        notebook, program, parameters, lock. Those of what it reads are the hashes of what its last
        page read, asked again; empty where there is none, or what it read is no longer there.
    reads
        What the words around its sections read of the records; its notebook notes the rest.
    rows
        How many rows of each record table it counts.
    words
        What stands around its sections.
    data
        What its workbook and CSV say besides its tables.
    """

    slug: str
    labels: Mapping[Language, str]
    notebook: Path
    parameters: Mapping[str, str | int]
    inputs: Mapping[str, str]
    reads: Reads
    rows: Mapping[str, int]
    words: PageWords
    data: DataWords

    @property
    def file(self) -> str:
        """The name of the page."""
        return f"{self.slug}.html"

    def made(self, reads: Reads) -> "Job":
        """Return the job with the inputs of a page that has just been made, by what it read."""
        return replace(self, inputs={**self.inputs, **read_inputs(reads, self.data.place)})


@dataclass(frozen=True)
class Plan:
    """All reports of an edition.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The name of the build of records that they tell of.
    fiscal_year, language
        Which edition.
    single_file
        Whether each page holds everything that it needs.
    fictional
        Whether the records are made up.
    jobs
        All its reports: the ward first, then blocks, then areas.
    chosen
        The slugs of those that are asked for.
    cover
        Title, programme and period of the index: the list of years says them too.
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
