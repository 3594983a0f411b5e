"""Findings of maps and comparisons as short clauses for captions: counts, never rankings."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from aip_analysis.messages import say
from aip_analysis.messages.capitals import within_sentence
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
    meetings_measure, form = _meetings_of(context)
    values = {
        code: [context.figures.value(context.place, year, code) or 0.0 for year in complete]
        for code in (meetings_measure, "attendances")
    }
    first, last = (
        FiscalYear(year).short_label(context.language) for year in (complete[0], complete[-1])
    )
    attendances = [
        context.facts.format_value("attendances", value) for value in values["attendances"]
    ]
    meetings = _range(context, meetings_measure, values[meetings_measure])
    if len(complete) == 1:
        one = f"trend_one{form}"
        return _say(context, one, year=first, meetings=meetings, first_sum=attendances[0])
    return _say(
        context,
        f"trend{form}",
        first=first,
        last=last,
        meetings=meetings,
        first_sum=attendances[0],
        last_sum=attendances[-1],
    )


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
    key = "spread_same" if min(values) == max(values) else "spread"
    return _say(context, key + _by(places), measure=name, values=_range(context, code, values))


def change(context: Context, places: Sequence[Place], code: str) -> str:
    """Return the clause on how many places' figures are above, below or equal to last year's."""
    year = context.fiscal_year
    signs = Counter(
        (now > before) - (now < before)
        for place in places
        if (now := context.figures.value(place, year, code)) is not None
        and (before := context.figures.value(place, year - 1, code)) is not None
    )
    counts = {"more": signs[1], "fewer": signs[-1], "same": signs[0]}
    label = context.measure(code).label(context.language)
    return _say(context, f"change{_by(places)}", measure=label, **counts)


def years(context: Context, fiscal_years: Sequence[int], code: str) -> str:
    """Return the clause on the figures of the page's place in the first and the last year."""
    first, last = fiscal_years[0], fiscal_years[-1]
    return _say(
        context,
        "years" if context.facts.complete else "years_so_far",
        first=FiscalYear(first).short_label(context.language),
        last=FiscalYear(last).short_label(context.language),
        measure=context.measure(code).label(context.language),
        before=context.facts.format_value(code, context.figures.value(context.place, first, code)),
        now=context.facts.format_value(code, context.figures.value(context.place, last, code)),
    )


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
