"""One year's reports in one language."""

from dataclasses import dataclass
from pathlib import Path

from aip_analysis.errors import InputRefusedError
from aip_analysis.measures import Figures
from aip_analysis.messages import Language
from aip_analysis.records import Records
from aip_analysis.report.opening import figures_of
from aip_analysis.store import current_build
from aip_analysis.ward import Level, Ward


@dataclass(frozen=True)
class Edition:
    """One year's reports in one language, and the folders that they are made from.

    Parameters
    ----------
    home
        The workbench's folder.
    figures
        What the reports tell of.
    fiscal_year, language
        Which reports.
    build
        The name of the build that the records are.
    single_file
        Whether each page holds everything that it needs.
    """

    home: Path
    figures: Figures
    fiscal_year: int
    language: Language
    build: str
    single_file: bool = False

    @property
    def ward(self) -> Ward:
        """The ward."""
        return self.figures.ward

    @property
    def records(self) -> Records:
        """The records."""
        return self.figures.records

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
    build = current_build(home / "data" / "processed").name
    figures = figures_of(home, build)
    year = fiscal_year or figures.records.newest_complete()
    figures.records.check_year(year)
    return Edition(home, figures, year, language, build, single_file)
