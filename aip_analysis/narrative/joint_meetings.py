"""Sentences on the joint meetings of the councils of a block or the ward."""

from collections import Counter

from aip_analysis.messages import say
from aip_analysis.messages.capitals import within_sentence
from aip_analysis.messages.months import month_name
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.facts import Facts
from aip_analysis.narrative.of_records import of_records
from aip_analysis.reference import FiscalYear


@of_records
def joint_sentences(facts: Facts) -> list[str]:
    """Return the sentences on joint meetings: how many, who took part, what records omit."""
    kinds = facts.figures.ward.vocabularies["meeting_kind"]
    labels = kinds.labels(facts.language)
    joint = {
        code: within_sentence(labels[code], facts.language) for code in kinds.with_trait("joint")
    }
    held = facts.figures.joint_of(facts.place, facts.fiscal_year)
    if not held:
        names = _say(facts, "between_kinds").join(joint.values())
        return [_say(facts, "none", kinds=names), _say(facts, "first_tier")]
    counts = Counter(meeting.kind for meeting in held)
    parts = [
        _say(facts, "kind", kind=label, count=number(counts[code]))
        for code, label in joint.items()
        if counts[code]
    ]
    listed = _say(facts, "between").join(parts)
    names = _say(facts, "and_kinds").join(label for code, label in joint.items() if counts[code])
    among = facts.figures.ward.areas_of(facts.place)
    # An area of which nothing was received may have taken part.
    areas = sum(facts.figures.has(area, facts.fiscal_year) for area in among)
    present = len({area for meeting in held for area in meeting.areas})
    who = "all" if present == areas else "some"
    of = "areas" if areas == len(among) else "recorded"
    key = "one_kind" if len(parts) == 1 else "some"
    return [
        _say(facts, key, count=number(len(held)), kinds=listed, names=names),
        *(
            [_say(facts, f"{who}_{of}", there=number(present), areas=number(areas))]
            if len(among) > 1
            else []
        ),
        _say(facts, "how_counted"),
        _say(facts, "first_tier"),
    ]


def _say(facts: Facts, key: str, **values: object) -> str:
    month = facts.figures.as_of(facts.fiscal_year).month
    in_year = say(
        "narrative.in_year" if facts.complete else "narrative.in_year_so_far",
        facts.language,
        year=FiscalYear(facts.fiscal_year).short_label(facts.language),
        month=month,
        month_name=month_name(month, facts.language),
    )
    return say(f"together.{key}", facts.language, in_year=in_year, **values)
