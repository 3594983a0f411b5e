"""The page of a place and year: its sections, in the order in which notebooks show them."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Protocol, TypeVar

import plotly.graph_objects as go

from aip_analysis.charts.maps import View
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place
from aip_analysis.report.blocks import (
    Block,
    ChartBlock,
    Paragraphs,
    SupplementBlock,
    TableBlock,
)
from aip_analysis.report.context import Context
from aip_analysis.report.own_blocks import (
    Frame,
    OneOrMore,
    chart_block,
    own_section,
    table_block,
    text_block,
)
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
    """Return a section method that knows its place and year, and has the texts added to it."""

    @wraps(show)
    def wrapper(page: P) -> Section:
        context = page.context
        section = replace(show(page), about=context.about)
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

    def chart(
        self,
        figure: go.Figure,
        caption: str = "",
        *,
        source: OneOrMore,
        subject: str = "",
        alternative: str | None = None,
        data: Frame | None = None,
    ) -> ChartBlock:
        """Return a plotly figure as a chart of the report, which shows itself.

        It gets the next number, the look of the report's charts, a still picture for print, and a
        table of its data, which the workbook and the CSV contain, too.

        Parameters
        ----------
        figure
            The figure, such as ``wb.map("f4")`` or one of plotly express.
        caption
            What it shows, or what it says; by default the title of the figure.
        source
            Where its data come from: one text or several.
        subject
            What it shows, with the unit, if the caption says what it says.
        alternative
            The text for those who cannot see it; by default made from caption and data.
        data
            The data behind it; by default those of the figure itself.

        Raises
        ------
        UsageError
            When there is no caption or no source, or the figure does not tell its data.
        """
        return chart_block(
            self.context,
            figure,
            caption=caption,
            source=source,
            subject=subject,
            alternative=alternative,
            data=data,
        )

    def table(self, frame: Frame, caption: str, *, source: OneOrMore, note: str = "") -> TableBlock:
        """Return a data frame as a table of the report, which shows itself.

        Parameters
        ----------
        frame
            The data: the first column, or an index with a name, holds the heads of the rows.
            Heads that end with a unit, such as 支出（円）, give it to the numbers below.
        caption, source
            As for ``chart``.
        note
            A sentence below the table.
        """
        return table_block(self.context, frame, caption=caption, source=source, note=note)

    def text(self, *sentences: str) -> Paragraphs:
        """Return sentences, a paragraph each, which show themselves."""
        return text_block(self.context, sentences)

    def section(self, title: str, *blocks: Block) -> Section:
        """Return a section with a heading of its own, which the contents of the page list.

        Parameters
        ----------
        title
            Its heading.
        *blocks
            What is in it: results of ``text``, ``chart`` and ``table``. Without any, whatever
            the next cells show belongs to it.
        """
        return own_section(self.context, title, blocks)

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
