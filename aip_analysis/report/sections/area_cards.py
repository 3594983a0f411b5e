"""The strip of places on the page of a block or the ward: a small card each, in order of code.

A card summarises the report of its place in a few words, and links to that report.
"""

from aip_analysis.charts.meeting_sparkline import meeting_sparkline
from aip_analysis.charts.time_axis import by_month, day_name, month_label
from aip_analysis.messages import say
from aip_analysis.messages.numbers import number
from aip_analysis.narrative import Facts
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.reference.units import unit_label
from aip_analysis.report.blocks import Card, CardsBlock
from aip_analysis.report.context import Context
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
        place.key: by_month(
            context.figures.rows_of(
                "meetings_by_month", place, context.fiscal_year, "month", "meetings"
            ),
            "meetings",
            months,
        )
        for place in places
    }
    most = max((max(counts) for counts in held.values()), default=0)
    heads = (
        context.say("head_block" if by else "head_area"),
        *(month_label(month, context.language) for month in months),
    )
    unit = unit_label(context.ward, context.measure("meetings"), context.language)
    rows = tuple(
        (
            Cell(place.name(context.language)),
            *(Cell(str(count), count, unit=unit) for count in held[place.key]),
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


def _card(context: Context, place: Place, held: list[int], most: int) -> Card:
    facts = Facts(context.figures, place, context.fiscal_year, context.language)
    name = place.name(context.language)
    if not facts.recorded:
        unrecorded = say("strip.no_records", context.language)
        return Card(name, "", (), page=place.slug, remarks=(unrecorded,))
    picture = ""
    if any(held):
        picture = meeting_sparkline(
            context.months,
            held,
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
        text: str = facts.text(code)
        if code == measure and all(facts.has(name) for name in (code, *bracketed)):
            values = {name: facts.text(name) for name in bracketed}
            text = say(f"strip.{code}", language, value=text, **values)
        lines.append((codebook[code].label(language), text))
    return tuple(lines)


def _remarks(context: Context, facts: Facts) -> list[str]:
    """Return what the figures cannot show: setting up, suspension, and missing records."""
    return [
        *_course(context, facts.place),
        *_ended(context, facts.place),
        *_set_aside(context, facts.place),
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
