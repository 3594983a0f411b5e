"""The summary of a year in at most five sentences, for readers who read nothing else."""

from aip_analysis.messages import say
from aip_analysis.narrative.facts import Facts
from aip_analysis.reference import FiscalYear


def summary(facts: Facts) -> list[str]:
    """Return the summary of a place's year: meetings, attendance, activities, ideas, money.

    At most one sentence each. For a council in preparation, only what exists.
    """
    if not facts.recorded:
        return [facts.say("no_records")]
    if facts.place.level == "area" and facts.step in {"preparing", "none"}:
        sentences = [_preparation(facts)]
        sentences += [_activities(facts)] if facts.has("activities") else []
        return sentences + ([_ideas(facts)] if facts.has("ideas") else [])
    meetings = _council(facts) if facts.place.level == "area" else _councils(facts)
    attendance = [_attendance(facts)] if facts.has("meetings") else []
    return [meetings, *attendance, _activities(facts), _ideas(facts), _money(facts)]


def remarks(facts: Facts) -> list[str]:
    """Return the remarks on why figures are not compared, or why they may still change."""
    sentences = []
    if facts.recorded and not facts.complete:
        sentences.append(_say(facts, "running"))
    if facts.gaps.ended:
        sentences.append(_ended(facts))
    if facts.gaps.set_aside:
        sentences.append(
            _say(facts, "aside", rows=f"{facts.gaps.rows:,}", aside=f"{facts.gaps.set_aside:,}")
        )
    return sentences


def _ended(facts: Facts) -> str:
    """Return the remark on records that end early."""
    ended = facts.gaps.ended
    if facts.place.level == "area":
        return _say(facts, "ended", month=facts.month(ended[0][1]))
    names = [area.name(facts.language) for area, _month in ended]
    between = say("summary.between", facts.language)
    return _say(facts, "ended_some", count=len(names), areas=between.join(names))


def _council(facts: Facts) -> str:
    """Return the sentence on an area's council: met, set up, suspended or resumed."""
    if not facts.has("meetings"):
        return _without_meetings(facts)
    meetings = facts.text("meetings")
    course, year = facts.course, FiscalYear(facts.fiscal_year)
    if course and course.suspended_on and facts.step == "suspended":
        day = facts.day(course.suspended_on)
        return _say(facts, "suspended", meetings=meetings, day=day)
    compared = facts.compared("meetings")
    if course and course.established_on and course.established_on in year:
        day = facts.day(course.established_on)
        return _say(facts, "set_up", meetings=meetings, day=day)
    if course and course.resumed_on and course.resumed_on in year:
        day = facts.day(course.resumed_on)
        return _say(facts, "resumed", meetings=meetings, compared=compared, day=day)
    return _say(facts, "met", meetings=meetings, compared=compared)


def _without_meetings(facts: Facts) -> str:
    course = facts.course
    if course and course.suspended_on and facts.step == "suspended":
        return _say(facts, "suspended_unmet", day=facts.day(course.suspended_on))
    return _say(facts, "unmet")


def _councils(facts: Facts) -> str:
    areas = len(facts.figures.ward.areas_of(facts.place))
    everywhere = facts.value("councils_established") == areas
    return _say(
        facts,
        "councils" if facts.has("meetings") else "councils_unmet",
        councils=_say(
            facts,
            "everywhere" if everywhere else "somewhere",
            areas=areas,
            established=facts.text("councils_established"),
        ),
        suspended=_where_any(facts, "councils_suspended"),
        preparing=_where_any(facts, "councils_preparing"),
        meetings=facts.text("meetings"),
        compared=facts.compared("meetings"),
    )


def _where_any(facts: Facts, measure: str) -> str:
    """Return the words on how many councils are preparing or suspended; empty where none is."""
    return _say(facts, measure, count=facts.text(measure)) if facts.has(measure) else ""


def _preparation(facts: Facts) -> str:
    course = facts.course
    if facts.step == "none" or course is None or course.began_on is None:
        return facts.say("step_none")
    met = facts.has("meetings_preparation")
    return _say(
        facts,
        "preparing" if met else "preparing_unmet",
        since=facts.month(course.began_on),
        meetings=facts.text("meetings_preparation"),
        compared=facts.compared("meetings_preparation"),
    )


def _attendance(facts: Facts) -> str:
    if not facts.has("attendance"):
        return _say(facts, "attendance_unknown")
    if facts.value("meetings") == 1:
        return _say(facts, "attendance_once", attendance=facts.text("attendance"))
    measure = "attendance_per_meeting"
    return _say(
        facts,
        "attendance",
        attendance=facts.text("attendance"),
        each=facts.value_in_sentence(measure, facts.value(measure)),
        compared=facts.compared(measure),
    )


def _activities(facts: Facts) -> str:
    if not facts.has("activities"):
        return facts.say("no_activities")
    return _say(
        facts,
        "activities" if facts.has("attendances") else "activities_uncounted",
        activities=facts.text("activities"),
        gathering=_gathering(facts),
        sessions=facts.text("sessions"),
        attendances=facts.text("attendances"),
        compared=facts.compared("attendances"),
    )


def _gathering(facts: Facts) -> str:
    """Return in brackets how many of the activities are gathering places."""
    places, activities = facts.value("f6"), facts.value("activities")
    if not places:
        return ""
    if places >= activities:
        return _say(facts, "gathering_one" if activities == 1 else "gathering_all")
    return _say(facts, "gathering", places=facts.text("f6"))


def _ideas(facts: Facts) -> str:
    if not facts.has("ideas"):
        return facts.say("no_ideas")
    ideas, done = facts.value("ideas"), facts.value("ideas_carried_out")
    key = "ideas" if done else "ideas_waiting"
    if done >= ideas:
        key = "ideas_one" if ideas == 1 else "ideas_all"
    return _say(
        facts,
        key,
        ideas=facts.text("ideas"),
        compared=facts.compared("ideas"),
        done=facts.text("ideas_carried_out"),
    )


def _money(facts: Facts) -> str:
    if not facts.has("allowance"):
        return facts.say("no_allowance")
    due = _say(facts, "due" if facts.complete else "due_so_far", allowance=facts.text("allowance"))
    if not facts.has_rows("ledger"):
        return _say(facts, "no_ledger", due=due)
    if not facts.has("spending"):
        return _say(facts, "no_spending", due=due, left=_left(facts))
    return _say(
        facts,
        "money",
        due=due,
        spending=facts.text("spending"),
        rate=facts.text("execution_rate"),
        compared=_rate_before(facts),
        left=_left(facts),
    )


def _rate_before(facts: Facts) -> str:
    """Return the previous year's rate, for the brackets with this year's."""
    rate = "execution_rate"
    before = facts.figures.value(facts.place, facts.fiscal_year - 1, rate)
    if not facts.comparable or before is None:
        return ""
    if facts.format_value(rate, before) == facts.text(rate):
        return _say(facts, "rate_same")
    return _say(facts, "rate_before", value=facts.format_value(rate, before))


def _left(facts: Facts) -> str:
    """Return the clause on what remains of the amount received, or what was overspent."""
    when = "" if facts.complete else "_so_far"
    if not facts.has("grant"):
        return _say(facts, "no_grant")
    if facts.place.level != "area" and facts.has("overspent"):
        return _say(
            facts,
            f"left_and_over{when}",
            unspent=facts.text("unspent"),
            overspent=facts.text("overspent"),
        )
    if facts.has("overspent"):
        return _say(facts, f"over{when}", overspent=facts.text("overspent"))
    if facts.has("unspent"):
        return _say(facts, f"left{when}", unspent=facts.text("unspent"))
    return _say(facts, "nothing_left")


def _say(facts: Facts, key: str, **values: object) -> str:
    return facts.say_from("summary", key, **values)
