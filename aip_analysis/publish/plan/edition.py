"""An edition: one fiscal year's reports in one language, and the places that they are about."""

from dataclasses import dataclass
from pathlib import Path

from aip_analysis.errors import InputRefusedError
from aip_analysis.measures import Figures
from aip_analysis.measures.stored_figures import load_figures
from aip_analysis.messages import Language
from aip_analysis.records import Records
from aip_analysis.records.store import current_build
from aip_analysis.reference import Level, Place, Ward

LEVELS: tuple[Level, ...] = ("ward", "block", "area")


@dataclass(frozen=True)
class Edition:
    """One fiscal year's reports in one language, and what they are made from.

    Parameters
    ----------
    home
        The workbench's folder.
    figures
        The figures that the reports show.
    fiscal_year, language
        The fiscal year and the language of the reports.
    build
        The name of the build that the records come from.
    single_file
        Whether each page is a single file that contains everything it needs.
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
        """Return the path of the notebook for the reports of a level.

        Raises
        ------
        InputRefusedError
            When it is missing.
        """
        file = self.home / "notebooks" / "reports" / f"{level}.ipynb"
        if not file.is_file():
            raise InputRefusedError("publish.notebook_missing", file=file)
        return file


def open_edition(
    home: Path, fiscal_year: int | None, language: Language, *, single_file: bool = False
) -> Edition:
    """Open the edition of a fiscal year, or of the newest complete one if none is given."""
    build = current_build(home / "data" / "processed").name
    figures = load_figures(home, build)
    year = fiscal_year or figures.records.newest_complete()
    figures.records.check_year(year)
    return Edition(home, figures, year, language, build, single_file)


def select_places(ward: Ward, only: tuple[str, ...] = (), kind: Level | None = None) -> list[Place]:
    """Return the places of the requested reports: the ward first, then blocks, then areas.

    Parameters
    ----------
    ward
        The ward.
    only
        Select only these places, each given by any spelling of its name, by its code or by the name
        of its file; all places if empty.
    kind
        Select only places of this level.

    Raises
    ------
    UsageError
        When a place is not known; the message lists the choices.
    """
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
