"""Findings of maps and comparisons as short clauses for captions: counts, never rankings."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import figure_text, is_at_least, marked
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import say
from aip_analysis.messages.capitals import within_sentence
from aip_analysis.messages.figure_text import FigureText
from aip_analysis.messages.numbers import number
from aip_analysis.reference import FiscalYear, Place
from aip_analysis.reference.units import about, exact_figure
from aip_analysis.report.context import Context

# Smaller differences from the ward, in standard deviations of its areas, are not worth a headline.
LEAST_GAP = 1


def locator(context: Context) -> str:
    """Return the clause on the block that an area belongs to, and on the number of areas."""
    ward, place = context.ward, context.place
    if place.level == "area":
        block = ward.block_of(place)
        name = ward.label(block, context.language)
        return _say(context, "locator", block=name, areas=len(ward.areas_of(block)))
    areas = ward.areas_of(place)
    if place.level == "block":
        names = _say(context, "between").join(area.name(context.language) for area in areas)
        return _say(context, "locator_block", areas=len(areas), names=names)
    return _say(context, "locator_ward", areas=len(areas), blocks=len(ward.places_of("block")))


def beside(context: Context, table: pd.DataFrame) -> str:
    """Return the clause on the rate in which the place differs most from the ward.

    Differences are measured in standard deviations of the ward's areas: in proportion to the rate,
    the smallest rate would nearly always differ most. Empty where no difference is as large as one,
    or where the records of the place have gaps: its rates then cover only a part.
    """
    if context.facts.gaps:
        return ""
    rates = table.set_index(["measure", "role"])["value"].unstack()  # noqa: PD010 -- one value each
    if "this" not in rates or "ward" not in rates:
        return ""
    known = rates.dropna(subset=["this", "ward"])
    gaps = {
        str(code): abs(this - whole) / spread
        for code, this, whole in zip(known.index, known["this"], known["ward"], strict=True)
        if (spread := _spread(context, str(code)))
    }
    code = max(gaps, key=lambda code: gaps[code], default="")
    if not code or gaps[code] < LEAST_GAP:
        return ""
    measure = context.measure(code)
    values = {role: float(known[role].to_dict()[code]) for role in ("this", "ward")}
    return _say(
        context,
        "beside",
        measure=within_sentence(measure.label(context.language), context.language),
        value=context.facts.value_in_sentence(code, values["this"]),
        whole=context.facts.value_in_sentence(code, values["ward"]),
        ward=context.ward.label(context.ward.whole, context.language),
    )


def _spread(context: Context, code: str) -> float | None:
    return context.figures.spread_of_areas(context.ward.whole, context.fiscal_year, code)


def trend(context: Context, years: Sequence[int]) -> str:
    """Return the clause on meetings and attendances of activities over the complete years.

    Years without records of the place, or with gaps in them, are left out.
    """
    figures, place = context.figures, context.place
    complete = [
        year
        for year in years
        if figures.is_complete(year)
        and figures.has(place, year)
        and not figures.gaps_of(place, year)
    ]
    if not complete:
        return ""
    parts = [*_meetings_over(context, complete), *_attendances_over(context, complete)]
    if not parts:
        return ""
    first, last = (_year(context, year) for year in (complete[0], complete[-1]))
    key = "trend_one" if len(complete) == 1 else "trend"
    listed = _say(context, "trend_between").join(parts)
    return _say(context, key, first=first, last=last, parts=listed)


def _meetings_over(context: Context, years: Sequence[int]) -> list[str]:
    """Return the part on the meetings of each year, and on how many areas have them."""
    code, form = _meetings_of(context)
    values = [context.figures.value(context.place, year, code) for year in years]
    known = [value for value in values if value is not None]
    if not known:
        return []
    one = "_one" if len(years) == 1 else ""
    text = _say(context, f"trend_meetings{one}{form}", meetings=_range(context, code, known))
    areas = [len(context.figures.areas_with(context.place, year, code)) for year in years]
    if min(areas) == max(areas):
        return [text]
    return [_say(context, "trend_areas", meetings=text, low=min(areas), high=max(areas))]


def _attendances_over(context: Context, years: Sequence[int]) -> list[str]:
    """Return the part on attendances in the first and the last year, over the same areas."""
    code, first, last = "attendances", years[0], years[-1]
    if first == last:
        figure = context.figures.figure(context.place, first, code)
        only = _figure(context, code, figure)
        return [_say(context, "trend_attendances_one", now=only)] if figure.known else []
    change = context.figures.change(context.place, code, last, first)
    if not change.areas:
        return []
    key = "trend_attendances" if change.is_claimed else "trend_attendances_lacking"
    text = _say(
        context,
        key,
        before=_figure(context, code, change.before),
        now=_figure(context, code, change.now),
    )
    if change.is_of_all:
        return [text]
    return [_say(context, "trend_of_areas", areas=change.areas, attendances=text)]


def _meetings_of(context: Context) -> tuple[str, str]:
    """Return the measure of a place's meetings and the suffix of texts on it.

    A council in preparation has had no meetings but those of preparation.
    """
    if context.place.level == "area" and context.facts.step == "preparing":
        return "meetings_preparation", "_preparing"
    return "meetings", ""


def spread(context: Context, places: Sequence[Place], code: str) -> str:
    """Return the clause on the range of a measure over the places within the page's place."""
    belonging = {*context.ward.areas_of(context.place), *context.ward.places_of("block")}
    members = [place for place in places if place in belonging]
    values = _values(context, members, code, context.fiscal_year)
    if not values:
        return ""
    name = context.measure(code).label(context.language)
    same = min(values) == max(values) and len(values) == len(members)
    key = "spread_same" if same else "spread"
    return _say(context, key + _by(places), measure=name, values=_range(context, code, values))


def change(context: Context, places: Sequence[Place], code: str) -> str:
    """Return the clause on how many places' figures are above, below or equal to last year's.

    Places whose change is not claimed are counted on their own.
    """
    year = context.fiscal_year
    changes = [context.figures.change(place, code, year, year - 1) for place in places]
    signs = Counter(
        (now > before) - (now < before)
        for one in changes
        if one.is_claimed
        and (now := one.now.value) is not None
        and (before := one.before.value) is not None
    )
    counts = {"more": signs[1], "fewer": signs[-1], "same": signs[0]}
    label = context.measure(code).label(context.language)
    compared = _say(context, f"change{_by(places)}", measure=label, **counts)
    uncompared = len(changes) - signs.total()
    if not uncompared:
        return compared
    return compared + _say(context, f"uncompared{_by(places)}", places=uncompared)


def years(context: Context, fiscal_years: Sequence[int], code: str) -> str:
    """Return the clause on the figures of the page's place in the first and the last year.

    Whole years are compared, over the areas that have both; a year still running is a part of its
    own.
    """
    figures, place = context.figures, context.place
    known = [year for year in fiscal_years if figures.value(place, year, code) is not None]
    whole = [year for year in known if figures.is_complete(year)]
    change = figures.change(place, code, whole[-1], whole[0]) if len(whole) > 1 else None
    parts = [_of_year(context, code, year) for year in dict.fromkeys((*whole[:1], *whole[-1:]))]
    if change and not change.is_of_all:
        counts = (change.areas_before, change.areas_now)
        parts = [
            _say(context, "year_of_areas", year=part, areas=areas)
            for part, areas in zip(parts, counts, strict=True)
        ]
    parts += [_of_year(context, code, year) for year in known if year not in whole]
    if not parts:
        return ""
    label = context.measure(code).label(context.language)
    listed = _say(context, "years_between").join(parts)
    clause = _say(context, "years", measure=label, parts=listed)
    if change is None or change.is_of_all or not change.is_claimed:
        return clause
    return clause + _say(
        context,
        "years_common",
        first=_year(context, whole[0]),
        last=_year(context, whole[-1]),
        areas=change.areas,
        before=_figure(context, code, change.before),
        now=_figure(context, code, change.now),
    )


def _of_year(context: Context, code: str, year: int) -> str:
    figure = context.figures.figure(context.place, year, code)
    head = year_head(context.figures, year, context.language)
    return _say(context, "year", year=head, figure=_figure(context, code, figure))


def steps(context: Context, step_by_area: Mapping[str, str]) -> str:
    """Return the clause on the number of councils at each step."""
    names = context.ward.vocabularies["council_step"].labels(context.language)
    areas = [area.code for area in context.ward.areas_of(context.place)]
    counts = Counter(step_by_area.get(code, "none") for code in areas)
    parts = [
        _say(context, "step", step=within_sentence(name, context.language), areas=counts[code])
        for code, name in names.items()
        if counts[code]
    ]
    return _say(context, "between").join(parts)


def fields(context: Context, places: Sequence[Place], counts: Sequence[int]) -> str:
    """Return the clause on the range of the number of priority fields over the places."""
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    key = "fields_same" if low == high else "fields"
    return _say(context, key + _by(places), low=low, high=high)


def places(context: Context, placed: pd.DataFrame) -> str:
    """Return the clause on the activities on the map, and the gathering places among them.

    Parameters
    ----------
    placed
        The activities of the page's place that have coordinates, with a column gathering.
    """
    gathering = int(placed["gathering"].sum())
    return _say(context, "places", activities=len(placed), gathering=gathering)


def _figure(context: Context, code: str, figure: Figure) -> FigureText:
    """Return a figure as tables show it; a text may leave out its unit."""
    text = figure_text(context.ward, context.measure(code), figure, context.language)
    bare = number(figure.value, context.measure(code).decimals)
    return FigureText(text, text if is_at_least(figure) else marked(bare, figure, context.language))


def _year(context: Context, year: int) -> str:
    return FiscalYear(year).short_label(context.language)


def _values(context: Context, places: Sequence[Place], code: str, year: int) -> list[float]:
    values = [context.figures.value(place, year, code) for place in places]
    return [value for value in values if value is not None]


def _range(context: Context, code: str, values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    measure = context.measure(code)
    whole = exact_figure(context.ward, measure, high, context.language)
    if number(low, measure.decimals) != number(high, measure.decimals):
        whole = _say(context, "range", low=number(low, measure.decimals), high=whole)
    return about(measure, whole, context.language)


def _by(places: Sequence[Place]) -> str:
    return "_by_block" if places[0].level == "block" else ""


def _say(context: Context, key: str, **values: object) -> str:
    return say(f"findings.{key}", context.language, **values)
