"""One year's reports in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aip_analysis.errors import InputRefusedError
from aip_analysis.measures import Figures
from aip_analysis.messages import Language
from aip_analysis.publish.inputs import common_inputs, short
from aip_analysis.records import Records
from aip_analysis.report.reads import Reads
from aip_analysis.store import current_build, load_records
from aip_analysis.ward import Level, Ward, load_ward


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
    build
        The name of the build that the records are.
    single_file
        Whether each page holds everything that it needs.
    """

    home: Path
    ward: Ward
    records: Records
    fiscal_year: int
    language: Language
    build: str
    single_file: bool = False

    @cached_property
    def figures(self) -> Figures:
        """The figures of all places and years."""
        return Figures(self.records, self.ward)

    @cached_property
    def reads(self) -> Reads:
        """What the pages read."""
        return Reads(self.figures, self.fiscal_year)

    def index_input(self, told: Sequence[tuple[str, str]]) -> str:
        """Hash what the index is made from: its records, the program, how the reports stand."""
        return short(repr((self.build, common_inputs(self.home), told)))

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


def open_edition(
    home: Path, fiscal_year: int | None, language: Language, *, single_file: bool = False
) -> Edition:
    """Open the records of a year, the newest complete one if none is named, in a language."""
    ward = load_ward(home / "data" / "reference")
    processed = home / "data" / "processed"
    build = current_build(processed).name
    records = load_records(processed, build)
    year = fiscal_year or records.newest_complete()
    records.check_year(year)
    return Edition(home, ward, records, year, language, build, single_file)
