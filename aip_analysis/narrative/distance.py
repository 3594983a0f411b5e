"""Sentences on how many residents live far from a gathering place, worded as an estimate."""

import math

from aip_analysis.messages.numbers import number
from aip_analysis.narrative.facts import Facts

FAR, SHARE = "far_65plus", "share_far_65plus"
WHOLE = 100


def distance_sentences(facts: Facts) -> list[str]:
    """Return the sentences on residents 65+ far from a gathering place, and on what entered."""
    unplaced = _unplaced(facts)
    if not has_distance(facts):
        all_unplaced = unplaced > 0 and unplaced == facts.figure("f6").value
        return [facts.say("far_unknown")] if all_unplaced else _without_records(facts)
    sentences = [_far(facts), _basis(facts)]
    if facts.place.level != "ward" and unplaced:
        count = facts.format_value("f6", unplaced)
        sentences.append(facts.say("far_unplaced", places=facts.text("f6"), count=count))
    return [*sentences, *_without_records(facts)]


def has_distance(facts: Facts) -> bool:
    """Return whether the page states how many residents live far from a gathering place."""
    return facts.knows(FAR) and facts.has("population_65plus")


def metres(facts: Facts) -> str:
    """Return the distance in metres beyond which a gathering place is far, as text."""
    return number(facts.figures.ward.checks["gathering_metres"])


def method_gap(facts: Facts) -> str:
    """Return the sentence on how much the estimate depends on the method; empty if it does not."""
    ward = facts.figures.ward.whole
    rows = facts.figures.rows_of("far_method_gap", ward, facts.fiscal_year, "points")
    # "Up to" must not say less than there is.
    points = math.ceil(rows["points"].max()) if len(rows) else 0
    return facts.say("note_far_gap", points=points) if points else ""


def _far(facts: Facts) -> str:
    far, share = facts.figure(FAR).value, facts.figure(SHARE).value or 0
    key = (
        "far_none"
        if not far
        else "far_all"
        if share >= WHOLE
        else "far"
        if share
        else "far_small_share"
    )
    when = "" if facts.complete else "_so_far"
    everywhere = "_of_all" if facts.place.level == "ward" else ""
    return facts.say(
        key,
        metres=metres(facts),
        nearest=facts.say(f"nearest{everywhere}{when}"),
        people=facts.text(FAR),
        share=facts.text(SHARE),
    )


def _basis(facts: Facts) -> str:
    """Return the sentence on how many places entered; those of other areas count, too."""
    ward, year = facts.figures.ward.whole, facts.fiscal_year
    whole = Facts(facts.figures, ward, year, facts.language)
    unplaced = _unplaced(whole)
    return facts.say(
        "far_basis_some" if unplaced else "far_basis",
        ward=facts.figures.ward.setting("name", facts.language),
        placed=whole.format_value("f6", (whole.figure("f6").value or 0) - unplaced),
        unplaced=whole.format_value("f6", unplaced),
    )


def _unplaced(facts: Facts) -> int:
    """Return the number of a place's gathering places without a recorded position."""
    rows = facts.figures.rows_of("unplaced_gathering", facts.place, facts.fiscal_year, "places")
    return int(rows["places"].sum())


def _without_records(facts: Facts) -> list[str]:
    """Return the sentence on areas without an estimate: no record does not mean no place.

    Of which areas nothing at all was received, the summary says.
    """
    states = [
        facts.figures.figure(area, facts.fiscal_year, "activities").state
        for area in facts.figures.ward.areas_of(facts.place)
    ]
    lacking = states.count("not_kept")
    if not lacking:
        return []
    if facts.place.level == "area":
        return [facts.say("far_without_own")]
    return [facts.say("far_without", areas=lacking)]
