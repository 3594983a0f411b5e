"""Sentences on how many residents live far from a gathering place, worded as an estimate."""

import math

from aip_analysis.messages.numbers import number
from aip_analysis.narrative.facts import Facts

FAR = "far_65plus"
# Estimates are given in tens of people.
TEN = 10


def distance_sentences(facts: Facts) -> list[str]:
    """Return the sentences on residents 65+ far from a gathering place, and on unplaced places."""
    rows = facts.figures.rows_of("unplaced_gathering", facts.place, facts.fiscal_year, "places")
    unplaced = int(rows["places"].sum())
    if not has_distance(facts):
        all_unplaced = unplaced > 0 and unplaced == facts.value("f6")
        return [facts.say("far_unknown")] if all_unplaced else []
    sentences = [_far(facts)]
    if unplaced:
        count = facts.format_value("f6", unplaced)
        sentences.append(facts.say("far_unplaced", places=facts.text("f6"), count=count))
    return sentences


def has_distance(facts: Facts) -> bool:
    """Return whether the page states how many residents live far from a gathering place."""
    known = facts.figures.value(facts.place, facts.fiscal_year, FAR) is not None
    return known and facts.has("population_65plus")


def metres(facts: Facts) -> str:
    """Return the distance in metres beyond which a gathering place is far, as text."""
    return number(facts.figures.ward.checks["gathering_metres"])


def _far(facts: Facts) -> str:
    far, old = facts.value(FAR), facts.value("population_65plus")
    key = "far_none" if far == 0 else "far_few" if far < TEN else "far_all" if far >= old else "far"
    when = "" if facts.complete else "_so_far"
    everywhere = "_of_all" if facts.place.level == "ward" else ""
    return facts.say(
        key,
        metres=metres(facts),
        nearest=facts.say(f"nearest{everywhere}{when}"),
        people=facts.format_value(FAR, max(math.floor(far / TEN + 0.5), 1) * TEN),
        share=facts.text("share_far_65plus"),
    )
