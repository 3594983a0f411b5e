"""Questions for next year's council, derived from the figures; they neither blame nor instruct.

The questions and their thresholds are defined in questions.csv of data/reference.
"""

from collections.abc import Callable, Mapping
from typing import Any

from aip_analysis.measures.comparing.changes import Change
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.brackets import worded
from aip_analysis.narrative.distance import FAR, SHARE, metres
from aip_analysis.narrative.facts import Facts
from aip_analysis.reference import iter_rows

# Minimum and maximum number of questions; "otherwise" rules only fill up to the minimum.
LEAST, MOST = 3, 5
# The maximum number of names in a question; of more, only these, with a mention of others.
FEW = 2
FEW_MONTHS = 4
# Questions worded differently where there is only one thing to choose from.
ALONE = frozenset({"ideas", "goals"})


def questions(facts: Facts) -> list[str]:
    """Return the questions raised by an area's figures, each stating its figure; maybe none."""
    table = facts.figures.ward.questions
    if table is None or not facts.recorded or _state(facts) == "none":
        return []
    rules = [rule for rule in iter_rows(table) if _state(facts) in rule.states.split()]
    chosen = [rule for rule in rules if rule.when != "otherwise" and _is_asked(facts, rule)][:MOST]
    for rule in rules:
        fits = rule.when == "otherwise" and _is_whole(facts, rule.figure)
        if fits and len(chosen) < LEAST and _at_least(facts, rule):
            chosen.append(rule)
    return [_question(facts, rule) for rule in chosen]


def figure_asked_about(facts: Facts, figure: str) -> float | None:
    """Return the figure that a rule names: a measure of the codebook, or one of ``COUNTED``."""
    if figure in COUNTED:
        return COUNTED[figure](facts)
    return facts.figures.value(facts.place, facts.fiscal_year, figure)


def _state(facts: Facts) -> str:
    if facts.step in {"set_up", "continuing"}:
        return "at_work"
    return facts.step


def _is_asked(facts: Facts, rule: Any) -> bool:  # noqa: ANN401 -- rows of itertuples have no type
    if rule.needs and facts.gaps:
        return False
    if rule.needs == "year" and not facts.complete:
        return False
    if rule.when == "changed":
        return _changed(facts, rule)
    return _is_whole(facts, rule.figure) and WHEN[rule.when](facts, rule)


def _is_whole(facts: Facts, figure: str) -> bool:
    """Return whether nothing is left out of a figure that could be why it is as it is."""
    if figure == SHARE:
        return not _unplaced(facts)
    measure = COUNTED_FROM.get(figure, figure)
    return not measure or facts.figure(measure).whole


def _unplaced(facts: Facts) -> bool:
    """Return whether gathering places are missing from the estimate of distances."""
    rows = facts.figures.rows_of("unplaced_gathering", facts.place, facts.fiscal_year, "places")
    return bool(rows["places"].sum()) or not facts.figure("f6").whole


def _at_least(facts: Facts, rule: Any) -> bool:  # noqa: ANN401
    value = figure_asked_about(facts, rule.figure)
    return value is not None and value >= rule.value


def _changed(facts: Facts, rule: Any) -> bool:  # noqa: ANN401
    """Return whether a figure differs from the previous year's by the rule's percentage."""
    change = facts.change(rule.figure)
    now, before = change.now.value, change.before.value
    if not change.is_claimed or not now or not before:
        return False
    return bool(100 * abs(now - before) >= rule.value * before)


def _below_block(facts: Facts, rule: Any) -> bool:  # noqa: ANN401
    """Return whether a rate is below the block's by the rule's percentage of it."""
    now, block = figure_asked_about(facts, rule.figure), _of_block(facts, rule.figure)
    return now is not None and block > 0 and bool(100 * (block - now) >= rule.value * block)


WHEN: dict[str, Callable[[Facts, Any], bool]] = {
    "at_least": _at_least,
    "below_block": _below_block,
}


def _of_block(facts: Facts, figure: str) -> float:
    block = facts.figures.ward.block_of(facts.place)
    return facts.figures.figure(block, facts.fiscal_year, figure).value or 0.0


def _question(facts: Facts, rule: Any) -> str:  # noqa: ANN401
    """Return the question of a rule, with every value that its text may use."""
    value = figure_asked_about(facts, rule.figure) or 0.0
    change = facts.change(rule.figure) if rule.when == "changed" else None
    key = rule.code
    if change:
        key += "_more" if value > (change.before.value or 0) else "_less"
    elif rule.code in ALONE and value == 1:
        key += "_one"
    elif rule.code == "months" and value > FEW_MONTHS:
        key += "_many"
    codebook = facts.figures.ward.codebook.codes
    unit = rule.figure if rule.figure in codebook else WRITTEN_AS.get(rule.figure, "")
    return _say(
        facts,
        key,
        value=_value(facts, unit, value, change) if unit else number(value),
        before=worded(facts, unit, change.before) if change else "",
        recorded="" if change is None or _is_all(change) else _say(facts, "as_recorded"),
        block=facts.value_in_sentence(unit, _of_block(facts, rule.figure)) if unit else "",
        **_more(facts),
    )


def _value(facts: Facts, unit: str, value: float, change: Change | None) -> str:
    """Return the figure asked about as worded in sentences."""
    if change:
        return worded(facts, unit, change.now)
    return facts.value_in_sentence(unit, value)


def _is_all(change: Change) -> bool:
    return change.now.whole and change.before.whole


def _more(facts: Facts) -> Mapping[str, object]:
    course, ended = facts.course, facts.gaps.ended
    fields = _fields_not_talked_about(facts)
    suspended_on = course.suspended_on if course else None
    return {
        "old": facts.text("population_65plus"),
        "share": facts.text("share_65plus"),
        "far": facts.text(FAR),
        "metres": metres(facts),
        "participants": facts.say("participants"),
        "months": _say(facts, "between").join(facts.month(month) for month in _unmet(facts)),
        "fields": _names(facts, fields),
        "all_fields": len(facts.figures.ward.vocabularies["priority_field"].codes),
        "unspent": facts.text("unspent"),
        "day": facts.day(suspended_on) if suspended_on else "",
        "last": facts.month(ended[0][1]) if ended else "",
    }


def _names(facts: Facts, names: list[str]) -> str:
    text = _say(facts, "between_names").join(
        _say(facts, "named", name=name) for name in names[:FEW]
    )
    return text if len(names) <= FEW else _say(facts, "and_others", names=text)


def _unmet(facts: Facts) -> list[Any]:
    """Return the months in which the council was in operation and no meeting is on record.

    None where there is no meeting at all: then records may be what is missing.
    """
    table = facts.figures.rows_of("meetings_by_month", facts.place, facts.fiscal_year, "month")
    held = {month.date() for month in table["month"].dropna()}
    course = facts.course
    if course is None or not held:
        return []
    return [
        month
        for month in facts.figures.months(facts.fiscal_year)
        if month not in held and course.months_in_operation((month,))
    ]


def _fields_not_talked_about(facts: Facts) -> list[str]:
    """Return the priority fields without a meeting; none where no record names a field."""
    labels = facts.figures.ward.vocabularies["priority_field"].labels(facts.language)
    table = facts.figures.rows_of("topics", facts.place, facts.fiscal_year, "priority_field")
    discussed = set(table["priority_field"].dropna())
    return [name for code, name in labels.items() if code not in discussed] if discussed else []


def _with_trait(facts: Facts, table: str, vocabulary: str, trait: str, count: str) -> float:
    codes = facts.figures.ward.vocabularies[vocabulary].with_trait(trait)
    counts = facts.figures.rows_of(table, facts.place, facts.fiscal_year, "status", count)
    return float(counts.loc[counts["status"].isin(codes), count].sum())


def _share_unspent(facts: Facts) -> float:
    due, unspent = facts.figure("allowance").value, facts.figure("unspent").value
    return 100 * (unspent or 0) / due if due else 0.0


COUNTED: dict[str, Callable[[Facts], float]] = {
    "areas_ended": lambda facts: len(facts.gaps.ended),
    "months_without_meeting": lambda facts: len(_unmet(facts)),
    "fields_not_talked_about": lambda facts: len(_fields_not_talked_about(facts)),
    "ideas_waiting": lambda facts: _with_trait(
        facts, "ideas_by_status", "idea_status", "waiting", "ideas"
    ),
    "goals_open": lambda facts: _with_trait(
        facts, "goals_by_status", "goal_status", "under_way", "goals"
    ),
    "share_unspent": _share_unspent,
}
# The measures that they are counted from: rows that these leave out may be why.
COUNTED_FROM = {
    "areas_ended": "",
    "months_without_meeting": "meetings",
    "fields_not_talked_about": "meetings",
    "ideas_waiting": "ideas",
    "goals_open": "goals",
    "share_unspent": "unspent",
}
# The measures whose formatting is used for the figures of ``COUNTED``.
WRITTEN_AS = {
    "months_without_meeting": "months_in_operation",
    "ideas_waiting": "ideas",
    "goals_open": "goals",
    "share_unspent": "execution_rate",
}


def _say(facts: Facts, key: str, **values: object) -> str:
    return facts.say_from("questions", key, **values)
