"""The strip of places on the page of a block or the ward: a small card each, in order of code.

A card summarises the report of its place in a few words, and links to that report.
"""

from collections.abc import Sequence
from dataclasses import replace

from aip_analysis.charts.meeting_sparkline import meeting_sparkline
from aip_analysis.charts.time_axis import day_name, known_by_month, month_label
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import figure_text, is_at_least, lack_text, marked
from aip_analysis.messages import Language, say
from aip_analysis.messages.figure_text import FigureText
from aip_analysis.messages.numbers import MISSING, number
from aip_analysis.narrative import Facts
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.reference.units import unit_label
from aip_analysis.report.blocks import Card, CardsBlock
from aip_analysis.report.context import OF_WHOLE_YEARS, Context
from aip_analysis.report.section_rows import meetings_by_month
from aip_analysis.tables import Cell, Table

# The figures of a card, each with those shown in brackets after it.
CARD_FIGURES = {
    "meetings": ("rhythm",),
    "attendance": ("attendance_per_meeting",),
    "activities": ("attendances",),
    "ideas": ("ideas_carried_out",),
    "spending": ("execution_rate",),
}
# Figures that are meaningless where all of these are zero: without meetings there is no attendance.
NEEDED = {"attendance": ("meetings",), "spending": ("allowance", "spending")}


def strip(context: Context, places: tuple[Place, ...], by: str) -> CardsBlock:
    """Return the cards of some places, one per place.

    Parameters
    ----------
    places
        The areas of the page's place, or the blocks of a large ward.
    by
        The suffix of text names where a place is a block.
    """
    months = context.months
    held = {
        place.key: known_by_month(meetings_by_month(context, place), "meetings", months)
        for place in places
    }
    most = max((count or 0 for counts in held.values() for count in counts), default=0)
    heads = (
        context.say("head_block" if by else "head_area"),
        *(month_label(month, context.language) for month in months),
    )
    unit = unit_label(context.ward, context.measure("meetings"), context.language)
    rows = tuple(
        (
            Cell(place.name(context.language)),
            *(_count(count, unit, context.language) for count in held[place.key]),
        )
        for place in places
    )
    return CardsBlock(
        name=f"strip{by}",
        heading=say(f"strip.heading{by}", context.language),
        cards=tuple(_card(context, place, held[place.key], most) for place in places),
        table=Table(heads, rows, frozenset(range(1, len(heads)))),
        source=context.source(*CARD_FIGURES),
        small=True,
    )


def _count(count: int | None, unit: str, language: Language) -> Cell:
    if count is None:
        return Cell(MISSING, unit=unit, state=say("states.not_kept_full", language))
    return Cell(str(count), count, unit=unit)


def _card(context: Context, place: Place, held: Sequence[int | None], most: int) -> Card:
    facts = Facts(context.figures, place, context.fiscal_year, context.language)
    name = place.name(context.language)
    if not facts.recorded:
        unrecorded = say("strip.no_records", context.language)
        return Card(name, "", (), page=place.slug, remarks=(unrecorded,))
    picture = ""
    if any(held):
        picture = meeting_sparkline(
            context.months,
            [count or 0 for count in held],
            most,
            title=say("strip.months", context.language, place=name),
            language=context.language,
        )
    return Card(
        name,
        _step(context, facts),
        _card_facts(facts),
        page=place.slug,
        picture=picture,
        remarks=tuple(_remarks(context, facts)),
    )


def _step(context: Context, facts: Facts) -> str:
    """Return the step that an area's council has reached; for a block, how many are set up."""
    if facts.place.level == "area":
        steps = context.ward.vocabularies["council_step"].labels(context.language)
        return steps[facts.step]
    areas = len(context.ward.areas_of(facts.place))
    everywhere = facts.figure("councils_established").value == areas
    return say(
        "strip.set_up_all" if everywhere else "strip.set_up_of",
        context.language,
        count=facts.text("councils_established"),
        areas=number(areas),
    )


def _card_facts(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the figures of a card: pairs of a term and a text."""
    codebook, language = facts.figures.ward.codebook, facts.language
    lines = []
    for measure, bracketed in CARD_FIGURES.items():
        prepares = measure == "meetings" and facts.has("meetings_preparation")
        code = "meetings_preparation" if prepares and not facts.has(measure) else measure
        if measure in NEEDED and not any(facts.has(name) for name in NEEDED[measure]):
            continue
        figure = _figure(facts, code)
        if figure.state == "not_kept":
            continue
        text = _text(facts, code)
        shown = facts.complete or OF_WHOLE_YEARS.isdisjoint(bracketed)
        if shown and code == measure and all(facts.has(name) for name in (code, *bracketed)):
            # What a rate leaves out, the count before it leaves out, too.
            values = {
                name: facts.format_value(name, _figure(facts, name).value)
                if codebook[name].is_rate
                else _text(facts, name)
                for name in bracketed
            }
            text = FigureText(say(f"strip.{code}", language, value=text, **values), "")
        lines.append((codebook[code].label(language), text))
    return tuple(lines)


def _figure(facts: Facts, code: str) -> Figure:
    return facts.figures.figure(facts.place, facts.fiscal_year, code)


def _text(facts: Facts, code: str) -> FigureText:
    """Return a figure as tables show it, with the sign of what it leaves out."""
    measure, figure = facts.figures.ward.codebook[code], _figure(facts, code)
    text = figure_text(facts.figures.ward, measure, figure, facts.language)
    bare = facts.format_value(code, figure.value).bare
    return FigureText(text, text if is_at_least(figure) else marked(bare, figure, facts.language))


def _left_out(context: Context, facts: Facts) -> list[str]:
    """Return the remark on what figures of the card leave out; rows set aside have their own."""
    language, codebook = context.language, context.ward.codebook
    parts = []
    shown = [code for measure, bracketed in CARD_FIGURES.items() for code in (measure, *bracketed)]
    for code in shown:
        figure = _figure(facts, code)
        lacks = tuple((lack, number) for lack, number in figure.lacks if lack != "held")
        if figure.known and lacks and not codebook[code].is_rate:
            label = codebook[code].label(language)
            lack = lack_text(replace(figure, lacks=lacks), language)
            parts.append(say("strip.left_out_of", language, measure=label, lack=lack))
    if not parts:
        return []
    return [say("strip.left_out", language, parts=say("strip.between", language).join(parts))]


def _remarks(context: Context, facts: Facts) -> list[str]:
    """Return what the figures cannot show: setting up, suspension, and missing records."""
    return [
        *_course(context, facts.place),
        *_ended(context, facts.place),
        *_set_aside(context, facts.place),
        *_left_out(context, facts),
    ]


def _course(context: Context, place: Place) -> list[str]:
    course = None
    if place.level == "area":
        course = context.figures.course_of(place, context.fiscal_year)
    if course is None:
        return []
    year, language = FiscalYear(context.fiscal_year), context.language
    last = context.figures.as_of(context.fiscal_year)
    days = {
        "established": course.established_on,
        "suspended": course.suspended_on,
        "resumed": course.resumed_on,
    }
    sentences = []
    for what, day in days.items():
        # A suspension that has not ended is included whenever it began.
        lasts = what == "suspended" and course.is_suspended_on(last)
        if day and day <= last and (day in year or lasts):
            past = "was_" if what == "suspended" and not lasts else ""
            sentences.append(say(f"strip.{past}{what}_on", language, day=day_name(day, language)))
    return sentences


def _ended(context: Context, place: Place) -> list[str]:
    """Return the remark on records that end early, so that figures cover only a part."""
    gaps = context.figures.gaps_of(place, context.fiscal_year)
    if not gaps.ended:
        return []
    if place.level == "area":
        ((_area, month),) = gaps.ended
        return [say("strip.ended", context.language, month=month_label(month, context.language))]
    names = [area.name(context.language) for area, _month in gaps.ended]
    listed = say("strip.between", context.language).join(names)
    return [say("strip.ended_of", context.language, areas=listed)]


def _set_aside(context: Context, place: Place) -> list[str]:
    """Return the remark on the rows set aside in the place's files, which count in no figure."""
    count = context.figures.row_account(place, context.fiscal_year).total.set_aside
    if not count:
        return []
    return [say("strip.set_aside", context.language, rows=number(count))]
