"""The page of a place and year: its sections, in the order in which notebooks show them."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Protocol, TypeVar

from aip_analysis.charts.maps import View
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place
from aip_analysis.report.blocks import SupplementBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.report.sections import (
    activities,
    areas_overview,
    comparison,
    council,
    ideas,
    joint_meetings,
    meetings,
    money,
    questions,
    summary,
)


class _Page(Protocol):
    context: Context


P = TypeVar("P", bound=_Page)
# The titles of sections that stand outside of the report's texts.
TITLES = {"together": "together.heading", "questions": "questions.title"}


def with_supplements(show: Callable[[P], Section]) -> Callable[[P], Section]:
    """Return a section method that appends the texts added to its section, if any."""

    @wraps(show)
    def wrapper(page: P) -> Section:
        section, context = show(page), page.context
        pieces = context.figures.supplements_of(context.place, context.fiscal_year, section.name)
        if not pieces:
            return section
        level, language = context.place.level, context.language
        block = SupplementBlock(
            name=section.name,
            heading=say(f"edited.from_{level}", language),
            about=say(f"edited.about_{level}", language),
            pieces=pieces,
        )
        return replace(section, blocks=(*section.blocks, block))

    return wrapper


def of_records(show: Callable[[P], Section]) -> Callable[[P], Section]:
    """Return a section method that shows nothing where nothing was received of the place.

    What is not drawn is not numbered either.
    """

    @wraps(show)
    def wrapper(page: P) -> Section:
        name, context = show.__name__, page.context
        if context.facts.recorded:
            return show(page)
        title = say(TITLES.get(name, f"report.{name}"), context.language)
        return Section(name.replace("_", "-"), title, (), context.language)

    return wrapper


class Page:
    """A report page.

    Parameters
    ----------
    figures
        All figures.
    place, fiscal_year
        The place and fiscal year of the page.
    language
        The language of the page.
    view
        How its maps are drawn: as shapes or as tiles.
    """

    def __init__(
        self,
        figures: Figures,
        place: Place,
        fiscal_year: int,
        language: Language,
        view: View = "map",
    ) -> None:
        self.context = Context(RecordedFigures(figures), place, fiscal_year, language, view)

    def __repr__(self) -> str:
        return self.context.say("title")

    @with_supplements
    def summary(self) -> Section:
        """Return the section with the year in a few sentences."""
        return summary.summary_section(self.context)

    @with_supplements
    @of_records
    def key_figures(self) -> Section:
        """Return the section with the key figures next to last year's."""
        return summary.key_figures_section(self.context)

    @with_supplements
    def where(self) -> Section:
        """Return the section on where the place is and who lives there."""
        return summary.where_section(self.context)

    @with_supplements
    @of_records
    def council(self) -> Section:
        """Return the section on the council's course, its seats and its coordinators."""
        return council.section(self.context)

    @with_supplements
    @of_records
    def meetings(self) -> Section:
        """Return the section on the meetings, who attended, and what was talked about."""
        return meetings.section(self.context)

    @with_supplements
    @of_records
    def together(self) -> Section:
        """Return the section on joint meetings of the councils of a block or the ward."""
        return joint_meetings.section(self.context)

    @with_supplements
    @of_records
    def activities(self) -> Section:
        """Return the section on activities and gathering places."""
        return activities.section(self.context)

    @with_supplements
    @of_records
    def ideas(self) -> Section:
        """Return the section on the ideas that came out of the talks."""
        return ideas.section(self.context)

    @with_supplements
    @of_records
    def money(self) -> Section:
        """Return the section on the allowance, the spending and the settlement."""
        return money.section(self.context)

    @with_supplements
    @of_records
    def areas(self) -> Section:
        """Return the section with the areas of a block or the ward: maps, fields, figures."""
        return areas_overview.section(self.context)

    @with_supplements
    @of_records
    def beside(self) -> Section:
        """Return the section that compares the place with its block and the ward."""
        return comparison.beside_section(self.context)

    @with_supplements
    @of_records
    def trend(self) -> Section:
        """Return the section with the trend over the years."""
        return comparison.trend_section(self.context)

    @with_supplements
    @of_records
    def questions(self) -> Section:
        """Return the section with questions that an area's figures raise for the coming year."""
        return questions.section(self.context)

    @with_supplements
    def notes(self) -> Section:
        """Return the section with what readers must know about the data, and the definitions."""
        return summary.notes_section(self.context)

    def section_methods(self) -> tuple[Callable[[], Section], ...]:
        """Return the methods for the sections that a page of this level has, in order."""
        several = self.context.place.level != "area"
        areas, together = ([self.areas], [self.together]) if several else ([], [])
        questions = [self.questions] if self.context.place.level == "area" else []
        comparison = [self.beside] if self.context.place.level != "ward" else []
        return (
            *(self.summary, self.key_figures, self.where, *areas, self.council),
            *(self.meetings, *together, self.activities, self.ideas, self.money),
            *(*comparison, self.trend, *questions, self.notes),
        )

    def sections(self) -> list[Section]:
        """Return all sections of the page, in order."""
        return [method() for method in self.section_methods()]
