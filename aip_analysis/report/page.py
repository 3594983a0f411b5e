"""The page of a place and year: its sections, in the order in which a notebook shows them."""

from collections.abc import Callable

from aip_analysis.charts.maps import View
from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import Language
from aip_analysis.report import (
    activities,
    comparison,
    council,
    gist,
    ideas,
    meetings,
    money,
    questions,
    rolled,
    together,
)
from aip_analysis.report.context import Context
from aip_analysis.report.edited import with_edited
from aip_analysis.report.section import Section
from aip_analysis.ward import Place


class Page:
    """A report page.

    Parameters
    ----------
    figures
        All figures.
    place, fiscal_year
        What the page is about.
    language
        The language that it speaks.
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

    @with_edited
    def summary(self) -> Section:
        """Show the year in a few sentences."""
        return gist.summary_section(self.context)

    @with_edited
    def key_figures(self) -> Section:
        """Show the key figures, last year's beside them."""
        return gist.key_figures_section(self.context)

    @with_edited
    def where(self) -> Section:
        """Show where the place is and who lives there."""
        return gist.where_section(self.context)

    @with_edited
    def council(self) -> Section:
        """Show the council's course, its seats and its coordinators."""
        return council.section(self.context)

    @with_edited
    def meetings(self) -> Section:
        """Show the meetings, who came, and what was talked about."""
        return meetings.section(self.context)

    @with_edited
    def together(self) -> Section:
        """Show what the councils of a block or the ward did together."""
        return together.section(self.context)

    @with_edited
    def activities(self) -> Section:
        """Show the activities and gathering places."""
        return activities.section(self.context)

    @with_edited
    def ideas(self) -> Section:
        """Show what the talks found that can be done."""
        return ideas.section(self.context)

    @with_edited
    def money(self) -> Section:
        """Show the allowance, the spending and the settlement."""
        return money.section(self.context)

    @with_edited
    def areas(self) -> Section:
        """Show the areas of a block or the ward side by side: maps, fields, figures."""
        return rolled.section(self.context)

    @with_edited
    def beside(self) -> Section:
        """Show the place beside its block and the ward."""
        return comparison.beside_section(self.context)

    @with_edited
    def trend(self) -> Section:
        """Show the years."""
        return comparison.trend_section(self.context)

    @with_edited
    def questions(self) -> Section:
        """Ask what the figures of an area raise for the coming year."""
        return questions.section(self.context)

    @with_edited
    def notes(self) -> Section:
        """Show what a reader must know about the data, and the definitions."""
        return gist.notes_section(self.context)

    def shows(self) -> tuple[Callable[[], Section], ...]:
        """Give what shows each section that the page of this level has, in order."""
        several = self.context.place.level != "area"
        own, joint = ([self.areas], [self.together]) if several else ([], [])
        asked = [self.questions] if self.context.place.level == "area" else []
        compared = [self.beside] if self.context.place.level != "ward" else []
        return (
            *(self.summary, self.key_figures, self.where, *own, self.council),
            *(self.meetings, *joint, self.activities, self.ideas, self.money),
            *(*compared, self.trend, *asked, self.notes),
        )

    def sections(self) -> list[Section]:
        """Give all these sections."""
        return [show() for show in self.shows()]
