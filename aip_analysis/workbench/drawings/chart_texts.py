"""The texts in a chart of the workbench: its title, place and period, and notes at its foot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from aip_analysis.charts.maps.map_labels import block_name
from aip_analysis.charts.maps.value_classes import classes_of
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.charts.style.number_format import panel_heading
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import lack_text, state_text
from aip_analysis.messages import Language, say
from aip_analysis.reference import Level, Measure, Place
from aip_analysis.workbench.drawings.plotted import Plotted, Source

# No heading is longer: it is wrapped where it stands.
WIDE = 10_000
# Names of places in the line below the title; of more, their number is given.
MOST_NAMED = 4


@dataclass(frozen=True)
class Texts:
    """What an analyst writes into a chart: a title and a note of his own, or nothing."""

    title: str = ""
    note: str = ""


def titled(  # noqa: PLR0913 -- all that a chart says
    figure: go.Figure,
    texts: Texts,
    *,
    title: str,
    where: str,
    period: str = "",
    mark: str = "",
    notes: Sequence[str] = (),
) -> go.Figure:
    """Return a chart that stands alone.

    Parameters
    ----------
    texts
        The analyst's own texts: a title takes the place of ``title``, which then begins the line
        below it, so that the measure and its unit are told; a note goes before ``notes``.
    where, period, mark
        The line below the title; the mark is that of fictional records.
    """
    subtitle = "　".join(filter(None, (title if texts.title else "", where, period, mark)))
    feet = [note for note in (texts.note, *notes) if note]
    return stand_alone(figure, texts.title or title, subtitle, feet)


def fictional_mark(source: Source, plotted: Sequence[Plotted]) -> str:
    """Return what is said of fictional figures: of which, if others are an analyst's own."""
    language = source.language
    names = [own.measure.label(language) for own in plotted if own.fictional]
    if not names or len(names) == len(plotted):
        return source.mark if names else ""
    listed = say("states.between", language).join(names)
    return say("drawings.fictional_of", language, names=listed, mark=source.mark)


def heading(source: Source, plotted: Plotted, figures: Mapping[str, Figure] | None = None) -> str:
    """Return the name of a measure with the unit of the figures that are drawn."""
    drawn = plotted.figures if figures is None else figures
    values = [figure.value for figure in drawn.values()]
    return panel_heading(plotted.measure, values, WIDE, ward=source.ward, language=source.language)


def where_of(source: Source, level: Level, places: Sequence[Place]) -> str:
    """Return which places a chart shows: 見本区の18地域, 見本ブロックの5地域, 見本、手本."""
    ward, language = source.ward, source.language
    if len(places) == 1:
        return ward.label(places[0], language)
    if len(places) <= MOST_NAMED and len(places) < len(ward.places_of(level)):
        names = [place_name(source, place) for place in places]
        return say("states.between", language).join(names)
    blocks = {ward.block_of(place).key for place in places} if level == "area" else set()
    around = ward.places[blocks.pop()] if len(blocks) == 1 else ward.whole
    name = around.name(language) if around.level == "ward" else ward.label(around, language)
    return say(f"drawings.of_{level}s", language, place=name, count=len(places))


def lack_notes(source: Source, named: Iterable[tuple[str, Figure]]) -> tuple[str, ...]:
    """Return what figures with the sign leave out, under their names; nothing if none does."""
    language = source.language
    entries: dict[str, list[str]] = {}
    for name, figure in named:
        lack = lack_text(figure, language)
        if lack:
            entries.setdefault(lack, []).append(name)
    if not entries:
        return ()
    return (say("states.note", language, figures=_listed(source, entries)),)


def at_work_notes(
    source: Source, named: Iterable[tuple[str, Measure, Place, int]]
) -> tuple[str, ...]:
    """Return which figures are of fewer months, as the council was set up or suspended within them.

    Parameters
    ----------
    named
        Names of figures that there are, each with measure, place and fiscal year.
    """
    entries: dict[str, list[str]] = {}
    for name, measure, place, year in named:
        if told := source.at_work(measure, place, year):
            entries.setdefault(told, []).append(name)
    if not entries:
        return ()
    return (say("drawings.at_work", source.language, places=_listed(source, entries)),)


def figures_of(
    plotted: Sequence[Plotted], places: Sequence[Place], year: int, language: Language
) -> Iterator[tuple[str, Measure, Place, int]]:
    """Yield the counted figures that there are, by name: of several measures, with theirs."""
    for own in plotted:
        measure = own.measure.label(language) if len(plotted) > 1 else ""
        for place in places:
            if own.counted and own.figures[place.key].known:
                name = name_of_parts(place.name(language), measure)
                yield name, own.measure, place, year


def name_of_parts(*parts: str) -> str:
    """Return the name of a figure from those of its parts that tell it from others."""
    return " ".join(filter(None, parts))


def _listed(source: Source, entries: Mapping[str, Sequence[str]]) -> str:
    """Return names in groups, each with what they have in common in brackets."""
    language = source.language
    between = say("states.note_names", language)
    return say("states.between", language).join(
        say("states.note_entry", language, names=source.listed(names, between), lack=common)
        for common, names in entries.items()
    )


def state_notes(source: Source, key: str, figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """Return which places are not drawn, and why; nothing if all are.

    Parameters
    ----------
    key
        The text that they are put into.
    figures
        Names of places -> a figure that they lack.
    """
    language = source.language
    by_state: dict[str, list[str]] = {}
    for name, figure in figures.items():
        by_state.setdefault(state_text(figure.state, language), []).append(name)
    if not by_state:
        return ()
    return (say(key, language, places=_listed(source, by_state)),)


def without_notes(
    source: Source, plotted: Sequence[Plotted], places: Sequence[Place], year: int
) -> tuple[str, ...]:
    """Return of how many areas figures of blocks or the ward do without; nothing of own numbers."""
    language = source.language
    lacking = {
        place_name(source, place): number
        for own in plotted
        for place in places
        if own.counted
        and own.figures[place.key].known
        and (number := source.areas_lacking(own.measure, place, year))
    }
    if not lacking:
        return ()
    listed = [
        say("drawings.of_them", language, name=name, number=number)
        for name, number in lacking.items()
    ]
    return (say("drawings.without_areas", language, places=source.listed(listed)),)


def small_number_note(
    source: Source, plotted: Plotted, places: Sequence[Place], year: int
) -> tuple[str, ...]:
    """Return a note if one case more or less would move a rate by a whole class of its values.

    Nothing is said of counts, nor of rates whose denominator is no measure.
    """
    measure, codes = plotted.measure, source.ward.codebook.codes
    if measure.denominator not in codes:
        return ()
    known = [place for place in places if plotted.figures[place.key].known]
    edges = classes_of([plotted.figures[place.key].value or 0.0 for place in known]).edges
    step = edges[1] - edges[0]
    divisor = source.ward.codebook[measure.denominator]
    names = [
        place.name(source.language)
        for place in known
        if (below := source.figure(divisor, place, year).value) and measure.factor / below >= step
    ]
    if not names:
        return ()
    return (say("drawings.small_numbers", source.language, places=source.listed(names)),)


def place_name(source: Source, place: Place) -> str:
    """Return the name of a place in a chart: an area's alone, a block's with the word for it."""
    if place.level == "block":
        return block_name(place, source.language)
    return place.name(source.language)
