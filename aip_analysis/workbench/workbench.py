"""The workbench: records, figures, charts and maps by name, for exploration."""

from pathlib import Path

from aip_analysis.errors import NothingToDoError
from aip_analysis.files import find_home
from aip_analysis.files.builds import current_build_folder
from aip_analysis.measures import Figures
from aip_analysis.measures.stored_figures import load_figures
from aip_analysis.messages import Language, chosen_language, say
from aip_analysis.workbench.drawings.still_renderer import show_stills
from aip_analysis.workbench.figure_questions import FigureQuestions
from aip_analysis.workbench.freshness import bring_up_to_date, reasons_stale, stale_sentence
from aip_analysis.workbench.lists.frame_display import show_frames
from aip_analysis.workbench.overview import Overview, overview_rows, years_text
from aip_analysis.workbench.page_questions import PageQuestions
from aip_analysis.workbench.record_questions import RecordQuestions


class Workbench(FigureQuestions, RecordQuestions, PageQuestions):
    """The built records, with everything that can be asked of them.

    It shows itself: the years on record, when they were built and whether they are up to date, and
    the rows set aside.

    Parameters
    ----------
    figures
        All figures.
    language
        The language of names and labels.
    build
        The name of the build that the figures are of; None for figures that are of no build.
    """

    def __init__(
        self, figures: Figures, language: Language = "ja", build: str | None = None
    ) -> None:
        # data/reference lies in the workbench's folder.
        home = None if build is None else figures.ward.folder.parents[1]
        super().__init__(figures, language, home)
        self._build = build

    def __repr__(self) -> str:
        return self._overview().as_text()

    def _repr_html_(self) -> str:
        return self._overview().as_html()

    def _overview(self) -> Overview:
        records, language = self.figures.records, self.language
        title = say("lab.title", language, ward=self.ward.setting("name", language))
        home = self.home
        if home is None or self._build is None:
            years = [(say("lab.row_years", language), years_text(records, language))]
            return Overview(title, years, "", language)
        reasons = reasons_stale(home, self._build)
        rows = overview_rows(records, home / "data" / "processed", language, fresh=not reasons)
        return Overview(title, rows, stale_sentence(reasons, language), language)


def open_workbench(
    home: Path | None = None, language: Language | None = None, *, build: bool = False
) -> Workbench:
    """Return a workbench with the built records.

    Parameters
    ----------
    home
        The workbench's folder; by default, searched for from the current folder.
    language
        The language of names and labels; by default that of ``aip lab``, or Japanese.
    build
        Whether to run ``aip build`` first if the built records are not up to date.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet, or what was built cannot be read.
    InputRefusedError
        When no workbench's folder is found, or building failed.

    Examples
    --------
    >>> wb = open_workbench()
    >>> wb.fiscal_years
    (2022, 2023, 2024, 2025, 2026)
    """
    home, language = find_home(home), language or chosen_language()
    if build:
        bring_up_to_date(home, language)
    folder = current_build_folder(home / "data" / "processed")
    if folder is None:
        raise NothingToDoError("lab.nothing_built")
    try:
        figures = load_figures(home, folder.name)
    except NothingToDoError as error:
        raise NothingToDoError("lab.unreadable_build") from error
    show_frames(language)
    show_stills()
    return Workbench(figures, language, folder.name)
