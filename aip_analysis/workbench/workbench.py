"""The workbench: records, figures, charts and maps by name, for exploration."""

from pathlib import Path

from aip_analysis.files import find_home
from aip_analysis.measures.stored_figures import load_figures
from aip_analysis.messages import Language
from aip_analysis.reference import FiscalYear
from aip_analysis.workbench.figure_questions import FigureQuestions
from aip_analysis.workbench.page_questions import PageQuestions
from aip_analysis.workbench.record_questions import RecordQuestions


class Workbench(FigureQuestions, RecordQuestions, PageQuestions):
    """The built records, with everything that can be asked of them."""

    def __repr__(self) -> str:
        years = "、".join(FiscalYear(year).short_label(self.language) for year in self.fiscal_years)
        return f"{self.ward.setting('name', self.language)}（{years}）"


def open_workbench(home: Path | None = None, language: Language = "ja") -> Workbench:
    """Return a workbench with the built records.

    Parameters
    ----------
    home
        The workbench's folder; by default, searched for from the current folder.
    language
        The language of names and labels.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet.
    """
    home = find_home(home)
    return Workbench(load_figures(home), language, home)
