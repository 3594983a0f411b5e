"""What stands in brackets after a figure: what it leaves out, and the previous year's figure.

Both are in one pair of brackets. A change is told only where what is left out cannot explain it;
otherwise the brackets say that, and why, the years are not compared.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.counting.counts import COUNTS
from aip_analysis.measures.figure import Figure
from aip_analysis.messages.figure_text import FigureText
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.facts import MONTHS, Facts

# Topics whose figures grow with the months that a council has worked.
BY_MONTHS = frozenset({"meetings", "ideas", "money"})
# Rows set aside, and numbers of meetings that are skipped.
ROWS = frozenset({"held", "skipped"})
# Measures of people who come to gathering places: an activity is blank, not a month of it.
PEOPLE = frozenset({"f1", "f2", "f4", "f5"})
ATTENDANCE = frozenset({"attendance", "attendance_per_meeting"})
# Up to so many things are counted with つ in Japanese.
FEW = 9


class _Words(NamedTuple):
    """The name of a text on something left out, and its number."""

    name: str
    number: int


def lacking(facts: Facts, *measures: str, told: Collection[str] = ()) -> str:
    """Return in brackets what figures leave out, each kind once; empty if nothing.

    Parameters
    ----------
    told
        The kinds (see ``figure.Lack``) that the text has told already.
    """
    clauses = _clauses(facts, measures, told)
    return _say(facts, "brackets", text=_ended(facts, clauses)) if clauses else ""


def compared(
    facts: Facts, measure: str, *, beside: Collection[str] = (), told: Collection[str] = ()
) -> str:
    """Return in brackets what a figure leaves out, and the previous year's; empty if neither.

    Parameters
    ----------
    beside
        Other measures of the same sentence, whose gaps are told in these brackets.
    told
        The kinds (see ``figure.Lack``) that the text has told already.
    """
    text = _lacks_and_before(facts, measure, _clauses(facts, (measure, *beside), told))
    return _say(facts, "brackets", text=text) if text else ""


def beside_rate(facts: Facts, measure: str) -> str:
    """Return the same for brackets that already hold the rate itself."""
    text = _lacks_and_before(facts, measure, _clauses(facts, [measure], ()))
    return _say(facts, "beside_rate", text=text) if text else ""


def _lacks_and_before(facts: Facts, measure: str, clauses: list[_Words]) -> str:
    change = facts.change(measure)
    if change.reason == "lacking":
        return _refused(facts, measure, change, clauses)
    if not change.is_claimed or _was_not_yet(facts, measure, change):
        return _ended(facts, clauses)
    before = _claimed(facts, measure, change)
    if not clauses:
        return before
    return _say(facts, "and_before", lacks=_ended(facts, clauses), before=before)


def _claimed(facts: Facts, measure: str, change: Change) -> str:
    """Return the previous year's figure, over how many months or areas it is."""
    before = worded(facts, measure, change.before)
    months = _months(facts, measure)
    if not change.is_of_all:
        # Where all areas of the figure have it in both years, it is not told again.
        which = "of_these" if change.areas == change.areas_now else "in_common"
        return _say(
            facts,
            f"{'same' if _is_same(facts, measure, change) else 'before'}_{which}",
            areas=change.areas,
            now=worded(facts, measure, change.now),
            value=before,
        )
    if months:
        return _say(facts, "before_part", value=before, months=months)
    if _is_same(facts, measure, change):
        return _say(facts, "same")
    partly = not change.before.whole and not change.before.lacking("suppressed")
    return _say(facts, "before_recorded" if partly else "before", value=before)


def _refused(facts: Facts, measure: str, change: Change, clauses: list[_Words]) -> str:
    """Return that the previous year's figure is not compared, and why."""
    one_area = facts.place.level == "area"
    previous = _say(facts, "previous")
    value = worded(facts, measure, change.before) if one_area else FigureText(previous, previous)
    if clauses:
        lacks = _joined(facts, [_clause(facts, words, "_and") for words in clauses])
        return _say(facts, "not_compared", lacks=lacks, value=value)
    key = "not_compared_now" if not change.now.whole else "not_compared_then"
    return _say(facts, key, value=value)


def worded(facts: Facts, measure: str, figure: Figure) -> FigureText:
    """Return a figure as worded in sentences: 17.1人, where a table has 17.1人／回."""
    definition = facts.figures.ward.codebook[measure]
    if definition.is_rate:
        return facts.value_in_sentence(measure, figure.value)
    return facts.text_of(measure, figure)


def _was_not_yet(facts: Facts, measure: str, change: Change) -> bool:
    """Return whether the previous year's zero is of an area that had no council in operation."""
    if facts.place.level != "area" or facts.figures.ward.codebook[measure].topic not in BY_MONTHS:
        return False
    year = facts.fiscal_year
    now, before = (facts.figures.value(facts.place, each, MONTHS) for each in (year, year - 1))
    return change.before.value == 0 and bool(now) and not before


def _is_same(facts: Facts, measure: str, change: Change) -> bool:
    both = change.now.whole and change.before.whole
    texts = {worded(facts, measure, figure) for figure in (change.now, change.before)}
    return both and len(texts) == 1


def _months(facts: Facts, measure: str) -> int:
    """Return the months of the previous year's figure, where it grows with them; 0 otherwise."""
    definition = facts.figures.ward.codebook[measure]
    if measure == "execution_rate":
        return facts.months_before
    grows = definition.topic in BY_MONTHS and not definition.is_rate
    return facts.months_before if grows else 0


def _clauses(facts: Facts, measures: Collection[str], told: Collection[str]) -> list[_Words]:
    """Return what some figures leave out, each kind once.

    Rows left out of blocks and the ward are few beside their sums; a remark tells them.
    """
    skipped = {*told, *(ROWS if facts.place.level != "area" else ())}
    most: dict[str, int] = {}
    for measure in measures:
        for name, count in _lacks(facts, measure, skipped).items():
            most[name] = max(count, most.get(name, 0))
    return [_Words(name, count) for name, count in most.items()]


def _lacks(facts: Facts, measure: str, skipped: Collection[str]) -> Mapping[str, int]:
    """Return how much of each kind a figure leaves out, by the name of the text that tells it."""
    figure = facts.figure(measure)
    if not figure.known:
        return {}
    table = _table(facts, measure)
    lacks = {lack: count for lack, count in figure.lacks if lack not in skipped}
    if measure in ATTENDANCE:
        return _of_attendance(facts, {f"{lack}": count for lack, count in lacks.items()})
    kind = "people" if measure in PEOPLE else table
    return {
        _known_name(f"{table if lack in ROWS else kind}_{lack}"): count
        for lack, count in lacks.items()
    }


def _of_attendance(facts: Facts, lacks: dict[str, int]) -> Mapping[str, int]:
    """Return what attendance leaves out, in meetings as far as their whole number is unknown."""
    meetings = facts.figure("meetings_counted")
    hidden, unknown = meetings.lacking("suppressed"), meetings.lacking("blank")
    named = {
        "attendance_suppressed": hidden if "suppressed" in lacks else 0,
        "attendance_unknown": unknown if "blank" in lacks else 0,
        "attendance_blank": lacks.get("blank", 0) - unknown,
        **{f"meetings_{lack}": lacks.get(lack, 0) for lack in sorted(ROWS)},
    }
    return {name: count for name, count in named.items() if count > 0}


def _table(facts: Facts, measure: str) -> str:
    definition = facts.figures.ward.codebook[measure]
    return COUNTS[definition.numerator if definition.is_rate else measure].table


# The texts on what is left out that name the things of a table; for others there are general ones.
NAMED = frozenset(
    {
        *("meetings_held", "meetings_skipped", "attendance_suppressed", "attendance_unknown"),
        *("attendance_blank", "activity_months_suppressed", "activity_months_blank"),
        *("activity_months_held", "people_blank", "members_suppressed", "members_blank"),
        *("members_held", "ideas_held", "ledger_held", "coordinators_held"),
    }
)


def _known_name(name: str) -> str:
    return name if name in NAMED else f"any_{name.rsplit('_', 1)[1]}"


def _clause(facts: Facts, words: _Words, form: str = "") -> str:
    many = "_many" if words.name == "meetings_skipped" and words.number > FEW else ""
    return _say(facts, f"{words.name}{many}{form}", count=number(words.number))


def _ended(facts: Facts, clauses: list[_Words]) -> str:
    """Return clauses joined, the last one in the form that ends a sentence; empty without any."""
    if not clauses:
        return ""
    *first, last = clauses
    texts = [_clause(facts, words, "_and") for words in first]
    return _joined(facts, [*texts, _clause(facts, last)])


def _joined(facts: Facts, texts: list[str]) -> str:
    return _say(facts, "between").join(texts)


def _say(facts: Facts, key: str, **values: object) -> str:
    return facts.say_from("lacks", key, **values)
