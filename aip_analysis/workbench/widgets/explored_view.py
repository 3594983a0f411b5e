"""What the explorer shows of a choice: the lines that draw it, and a sentence about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aip_analysis.charts import mapped_places
from aip_analysis.charts.maps import View
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import figure_text, lack_text, state_text
from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Level, Measure, Place
from aip_analysis.workbench.drawings.plotted import Source


@dataclass(frozen=True)
class Choice:
    """What is to be seen.

    Parameters
    ----------
    measure
        The measure.
    year
        The fiscal year.
    level
        The level of the places on the map and in the table.
    place
        The place that is set off: one of this level, or the ward.
    since
        An earlier year to compare with, or None.
    view
        How the map is drawn.
    """

    measure: Measure
    year: int
    level: Level
    place: Place
    since: int | None = None
    view: View = "map"

    @property
    def codes(self) -> dict[str, str]:
        """The choice as the browser has it: codes and keys."""
        return {
            "measure": self.measure.code,
            "year": str(self.year),
            "since": "" if self.since is None else str(self.since),
            "level": self.level,
            "place": self.place.key,
            "view": self.view,
        }


@dataclass(frozen=True)
class Line:
    """A line that asks a question of the workbench: its text and its answer are of one piece."""

    question: str
    positional: tuple[object, ...]
    named: Mapping[str, object] = field(default_factory=dict)

    def answer(self, workbench: object) -> Any:  # noqa: ANN401 -- a chart or a table
        """Return what the workbench answers."""
        return getattr(workbench, self.question)(*self.positional, **self.named)

    def __str__(self) -> str:
        given = [_literal(one) for one in self.positional]
        given += [f"{name}={_literal(one)}" for name, one in self.named.items()]
        return f"wb.{self.question}({', '.join(given)})"


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) and '"' not in value else repr(value)


@dataclass(frozen=True)
class ExploredView:
    """The view of a choice.

    Parameters
    ----------
    source
        Where the figures come from.
    choice
        What is to be seen.
    """

    source: Source
    choice: Choice

    @property
    def map(self) -> Line:
        """The map of all places of the level."""
        choice, more = self.choice, dict(self._place())
        if choice.level != "area":
            more = {"level": choice.level, **more}
        if choice.since is not None:
            more["since"] = choice.since
        if choice.view != "map":
            more["view"] = choice.view
        return Line("map", (self._measure(), choice.year), more)

    @property
    def chart(self) -> Line:
        """The course of the place over the years."""
        level = {"level": "block"} if self.choice.place.level == "block" else {}
        return Line("line", (self._measure(),), {**level, **self._place()})

    @property
    def table(self) -> Line:
        """The table of all places of the level, with the year to compare with."""
        choice = self.choice
        years = choice.year if choice.since is None else [choice.since, choice.year]
        more = {} if choice.level == "area" else {"level": choice.level}
        return Line("table", (self._measure(), years), more)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that the map draws one by one: in a large ward, those near the place."""
        choice, ward = self.choice, self.source.ward
        if choice.level == "block" or choice.place.level == "ward":
            return ward.places_of(choice.level)
        return mapped_places(ward, choice.place)

    @property
    def code(self) -> str:
        """The cell that makes what is seen."""
        return "\n".join(map(str, (self.map, self.chart, self.table)))

    @property
    def sentence(self) -> str:
        """The figure of the place in words, with those of its block and of the ward."""
        return "".join(self._sentences())

    @property
    def name(self) -> list[str]:
        """What tells its files from others: measure, years and place."""
        choice, language = self.choice, self.source.language
        years = [year for year in (choice.since, choice.year) if year is not None]
        place = choice.place.name(language)
        return [self._measure(), *(FiscalYear(year).short_label(language) for year in years), place]

    def label(self, place: Place) -> str:
        """Return the name and the figure of a place, for those who do not see the map."""
        figure = self.source.figure(self.choice.measure, place, self.choice.year)
        name = place.name(self.source.language)
        return self._say("label", place=name, figure=self._text(figure))

    def _measure(self) -> str:
        return self.choice.measure.label(self.source.language)

    def _place(self) -> dict[str, object]:
        """Return the place as an argument; nothing for the ward."""
        place = self.choice.place
        if place.level == "ward":
            return {}
        return {place.level: place.name(self.source.language)}

    def _sentences(self) -> Iterator[str]:
        choice, source = self.choice, self.source
        place = choice.place
        figure = source.figure(choice.measure, place, choice.year)
        about = {
            "place": source.ward.label(place, source.language),
            "measure": self._measure(),
            "period": source.period(choice.year, choice.measure),
        }
        if figure.known:
            yield self._say("said", figure=self._text(figure), **about)
        else:
            reason = state_text(figure.state, source.language)
            yield self._say("said_nothing", reason=reason, **about)
        if figure.lacks:
            yield self._say("lack", lack=lack_text(figure, source.language))
        if without := source.areas_lacking(choice.measure, place, choice.year):
            yield self._say("without", number=without)
        if choice.since is not None:
            before = source.figure(choice.measure, place, choice.since)
            period = source.period(choice.since, choice.measure)
            if before.known:
                yield self._say("before", period=period, figure=self._text(before))
            else:
                reason = state_text(before.state, source.language)
                yield self._say("before_nothing", period=period, reason=reason)
        around = list(self._around(place))
        if around:
            between = say("states.between", source.language)
            yield self._say("around", places=between.join(around))

    def _around(self, place: Place) -> Iterator[str]:
        """Yield the figures of the block and of the ward that a place lies in."""
        choice, ward = self.choice, self.source.ward
        if place.level == "ward":
            return
        blocks = [ward.block_of(place)] if place.level == "area" else []
        for other in (*blocks, ward.whole):
            figure = self.source.figure(choice.measure, other, choice.year)
            name = ward.label(other, self.source.language)
            yield self._say("around_one", place=name, figure=self._text(figure))

    def _text(self, figure: Figure) -> str:
        return figure_text(self.source.ward, self.choice.measure, figure, self.source.language)

    def _say(self, name: str, **values: object) -> str:
        return say(f"explorer.{name}", self.source.language, **values)
