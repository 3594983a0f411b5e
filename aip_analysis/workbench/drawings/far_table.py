"""How many residents live far from the places of a kind of activity, by place: an estimate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from aip_analysis.measures.distance import far_from, far_shares, to_step
from aip_analysis.messages import say
from aip_analysis.reference import Measure, Place
from aip_analysis.workbench.drawings.plotted import Source
from aip_analysis.workbench.lists.frame_display import described

# The measures whose rule, name and rounding the estimate has.
PEOPLE, SHARE = "far_65plus", "share_far_65plus"
# What else the estimate needs: residents 65+, and whether an area's activities are known.
POPULATION, ACTIVITIES = "population_65plus", "activities"


@dataclass(frozen=True)
class Question:
    """From what, and how far.

    Parameters
    ----------
    kind
        A code of the vocabulary ``activity_kind``; None for the gathering places of the measures.
    metres
        The distance, in a straight line.
    year
        The fiscal year.
    """

    kind: str | None
    metres: float
    year: int


def far_table(source: Source, question: Question, places: Sequence[Place]) -> pd.DataFrame:
    """Return how many residents aged 65 or over live farther from every place than some metres.

    Places of the whole ward count, also for residents of other areas. Places without a recorded
    position cannot be counted: ``without_position`` tells how many there are.

    Returns
    -------
    DataFrame
        place_code, place, population_65plus (people), far_65plus (people, estimated, rounded as in
        the codebook), share_far_65plus (percent), activities (of the kind, in the place),
        without_position, status (why there is no figure, and how many places have no position; or
        empty).
    """
    activities = _activities(source, question)
    pieces = far_from(activities[activities["x"].notna()], source.ward, question.metres)
    shares = far_shares(pieces).set_index("area_code")["spread"]
    people = {
        area.code: (old, old * float(shares[area.code]))
        for area in source.ward.places_of("area")
        if (old := _residents(source, area, question.year)) is not None and area.code in shares
    }
    rows = list(_rows(source, places, people, activities))
    columns = ["place_code", "place", POPULATION, PEOPLE, SHARE]
    frame = pd.DataFrame(rows, columns=[*columns, "activities", "without_position", "status"])
    numbers = dict.fromkeys((POPULATION, PEOPLE, SHARE), "Float64")
    return _described(frame.astype(numbers), source, question)


def _activities(source: Source, question: Question) -> pd.DataFrame:
    """Return the activities of the year that are asked about."""
    table = source.figures.activity_places
    own = table[table["fiscal_year"] == question.year]
    return own[own["kind"] == question.kind] if question.kind else own[own["gathering"]]


def _residents(source: Source, area: Place, year: int) -> float | None:
    """Return the residents 65+ of an area; None where its activities are not known either."""
    codebook = source.ward.codebook
    if not source.figure(codebook[ACTIVITIES], area, year).known:
        return None
    return source.figure(codebook[POPULATION], area, year).value


def _rows(
    source: Source,
    places: Sequence[Place],
    people: dict[str, tuple[float, float]],
    activities: pd.DataFrame,
) -> Iterator[tuple[object, ...]]:
    estimate, share = (source.ward.codebook[code] for code in (PEOPLE, SHARE))
    nowhere = activities["x"].isna().all()
    for place in places:
        codes = [area.code for area in source.ward.areas_of(place)]
        known = [people[code] for code in codes if code in people]
        own = activities[activities["area_code"].isin(codes)]
        old = sum(all_of_area for all_of_area, _far in known)
        far = sum(far_of_area for _all, far_of_area in known)
        name = source.ward.label(place, source.language)
        missing = len(codes) - len(known)
        unplaced = int(own["x"].isna().sum())
        states = []
        if missing:
            key = "no_positions" if nowhere else "no_activities" if not known else "some_areas"
            states.append(say(f"drawings.far_{key}", source.language, number=missing))
        if unplaced and not nowhere:
            states.append(say("drawings.far_unplaced", source.language, number=unplaced))
        yield (
            place.key,
            place.name(source.language) if place.level == "area" else name,
            old if known else None,
            # Rounded up, all the residents of a place would be more than live there.
            min(_rounded(far, estimate), old) if known else None,
            _rounded(share.factor * far / old, share) if old else None,
            len(own),
            unplaced,
            say("states.between", source.language).join(states),
        )


def _rounded(value: float, measure: Measure) -> float:
    return to_step(value, measure.rounded_to) if measure.rounded_to else value


def _described(frame: pd.DataFrame, source: Source, question: Question) -> pd.DataFrame:
    """Return the table with title, heads, units and note, for those who read it."""
    language, codebook = source.language, source.ward.codebook
    kinds = source.ward.vocabularies["activity_kind"].labels(language)
    kind = (
        say("drawings.kind", language, kind=kinds[question.kind])
        if question.kind
        else say("charts.gathering_place", language)
    )
    metres = f"{question.metres:,.0f}"
    title = say("drawings.far", language, kind=kind, metres=metres)
    units = source.ward.vocabularies["unit"].labels(language)
    heads = {
        name: say(f"drawings.far_{name}", language)
        for name in ("place_code", "place", "activities", "without_position", "status")
    }
    codes = (POPULATION, PEOPLE, SHARE)
    heads[POPULATION] = codebook[POPULATION].label(language)
    heads |= {name: say(f"drawings.far_{name}", language) for name in (PEOPLE, SHARE)}
    period = source.period(question.year)
    return described(
        frame,
        title="　".join(filter(None, (title, period, source.mark))),
        heads=heads,
        units={code: units[codebook[code].unit] for code in codes}
        | dict.fromkeys(("activities", "without_position"), units["items"]),
        decimals={code: codebook[code].decimals for code in codes},
        note=say("drawings.far_note", language, step=f"{codebook[PEOPLE].rounded_to:g}"),
    )
