"""The summary of a year in a few sentences, for readers who read nothing else."""

from collections.abc import Callable, Mapping

from aip_analysis.messages.capitals import after_words
from aip_analysis.narrative.brackets import BY_MONTHS, ROWS, compared, lacking
from aip_analysis.narrative.facts import Facts
from aip_analysis.narrative.money import money_summary
from aip_analysis.reference import FiscalYear

# The sentences of a summary in their order, each with the figures whose missing rows and whose
# large change readers must know first.
LEADS: Mapping[str, tuple[str, str]] = {
    "meetings": ("meetings", "meetings"),
    "attendance": ("", "attendance_per_meeting"),
    "activities": ("activities", "attendances"),
    "ideas": ("ideas", ""),
    "money": ("spending", ""),
}


def summary(facts: Facts) -> list[str]:
    """Return the summary of a place's year: meetings, attendance, activities, ideas, money.

    At most one sentence each, the first of them what readers must know; before them, of which areas
    nothing was received. For a council in preparation, only what exists.
    """
    if not facts.recorded:
        return [facts.say("no_records")]
    if facts.is_preparing:
        sentences = [_preparation(facts)]
        sentences += [_activities(facts)] if facts.has("activities") else []
        return sentences + ([_ideas(facts)] if facts.has("ideas") else [])
    told = {name: text for name, tell in TELL.items() if (text := tell(facts))}
    lead = _lead(facts)
    if lead == "meetings" or lead not in told:
        return [*_unrecorded(facts), *told.values()]
    first = _say(facts, "lead", sentence=after_words(told.pop(lead), facts.language))
    return [*_unrecorded(facts), first, *told.values()]


def _lead(facts: Facts) -> str:
    """Return which sentence comes first: overspending, rows left out, suspension, large change."""
    if facts.complete and _is_overspent(facts):
        return "money"
    if facts.place.level == "area":
        for name, (measure, _) in LEADS.items():
            if measure and facts.figure(measure).rows_left_out:
                return name
    if facts.step != "suspended":
        for name, (_, measure) in LEADS.items():
            if measure and _is_large(facts, measure):
                return name
    return "meetings"


def _is_overspent(facts: Facts) -> bool:
    """Return whether more was spent than received: in sum, where there are several areas."""
    over, left = facts.figure("overspent"), facts.figure("unspent").value or 0
    return facts.has("grant") and over.whole and (over.value or 0) > left


def _is_large(facts: Facts, measure: str) -> bool:
    """Return whether a figure has really changed by a percentage of the previous year's."""
    change = facts.change(measure)
    now, before = change.now.value, change.before.value
    by_months = facts.figures.ward.codebook[measure].topic in BY_MONTHS and facts.months_before
    if not change.is_claimed or by_months or not before or now is None:
        return False
    least = facts.figures.ward.checks["large_change_percent"]
    return bool(100 * abs(now - before) >= least * before)


def remarks(facts: Facts) -> list[str]:
    """Return the remarks on what figures leave out, why they are not compared, or may change."""
    if not facts.recorded:
        return []
    sentences = [] if facts.complete else [_say(facts, "running")]
    sentences += _without_day(facts)
    if facts.gaps.ended:
        sentences.append(_ended(facts))
    return [*sentences, *_rows_left_out(facts)]


def _unrecorded(facts: Facts) -> list[str]:
    """Return the sentence on areas of which nothing was received."""
    areas = facts.figures.ward.areas_of(facts.place)
    lacking_all = [area for area in areas if not facts.figures.has(area, facts.fiscal_year)]
    if not lacking_all:
        return []
    names = _say(facts, "between").join(area.name(facts.language) for area in lacking_all)
    return [_say(facts, "unrecorded", areas=len(areas), count=len(lacking_all), names=names)]


def _without_day(facts: Facts) -> list[str]:
    """Return the remark on a council that meets, but whose day of setting up is not recorded."""
    set_up = facts.course.established_on if facts.course else None
    meets = facts.place.level == "area" and facts.has("meetings")
    return [_say(facts, "without_day")] if meets and set_up is None else []


def _ended(facts: Facts) -> str:
    """Return the remark on records that end early."""
    ended = facts.gaps.ended
    if facts.place.level == "area":
        return _say(facts, "ended", month=facts.month(ended[0][1]))
    names = [area.name(facts.language) for area, _month in ended]
    between = _say(facts, "between")
    return _say(facts, "ended_some", count=len(names), areas=between.join(names))


def _rows_left_out(facts: Facts) -> list[str]:
    """Return the remarks of a block or the ward on rows set aside and numbers skipped."""
    if facts.place.level == "area":
        return []
    remarked = []
    measures = {measure for measure, _ in LEADS.values() if measure}
    held = sum(facts.figure(measure).lacking("held") for measure in sorted(measures))
    if held:
        remarked.append(_say(facts, "held", count=held))
    skipped = facts.figure("meetings").lacking("skipped")
    if skipped:
        remarked.append(_say(facts, "skipped", count=skipped))
    return remarked


def _council(facts: Facts) -> str:
    """Return the sentence on an area's council: met, set up, suspended or resumed."""
    if not facts.has("meetings"):
        return _without_meetings(facts)
    meetings = facts.text("meetings")
    course, year = facts.course, FiscalYear(facts.fiscal_year)
    lacks = lacking(facts, "meetings")
    if course and course.suspended_on and facts.step == "suspended":
        day = facts.day(course.suspended_on)
        return _say(facts, "suspended", meetings=meetings, day=day, lacks=lacks)
    if course and course.established_on and course.established_on in year:
        day = facts.day(course.established_on)
        return _say(facts, "set_up", meetings=meetings, day=day, lacks=lacks)
    both = compared(facts, "meetings")
    if course and course.resumed_on and course.resumed_on in year:
        day = facts.day(course.resumed_on)
        return _say(facts, "resumed", meetings=meetings, compared=both, day=day)
    return _say(facts, "met", meetings=meetings, compared=both)


def _without_meetings(facts: Facts) -> str:
    """Return the sentence on a council without a meeting, which may not keep records of them."""
    course, lacks = facts.course, lacking(facts, "meetings")
    if course and course.suspended_on and facts.step == "suspended":
        day = facts.day(course.suspended_on)
        return _say(facts, "suspended_unmet", day=day, lacks=lacks)
    if facts.figure("meetings").state == "not_kept":
        return _say(facts, "meetings_not_kept")
    return _say(facts, "unmet", lacks=lacks)


def _councils(facts: Facts) -> str:
    """Return the sentence on the councils of several areas: those of which there are records."""
    areas = facts.figures.ward.areas_of(facts.place)
    measure = "councils_established"
    known = facts.figures.areas_with(facts.place, facts.fiscal_year, measure)
    everywhere = facts.figure(measure).value == len(known)
    where = "everywhere" if everywhere else "somewhere"
    if len(known) < len(areas):
        where = f"recorded_{where}"
    return _say(
        facts,
        "councils" if facts.has("meetings") else "councils_unmet",
        councils=_say(facts, where, areas=len(known), established=facts.text(measure)),
        suspended=_where_any(facts, "councils_suspended"),
        preparing=_where_any(facts, "councils_preparing"),
        meetings=facts.text("meetings"),
        compared=compared(facts, "meetings"),
    )


def _where_any(facts: Facts, measure: str) -> str:
    """Return the words on how many councils are preparing or suspended; empty where none is."""
    return _say(facts, measure, count=facts.text(measure)) if facts.has(measure) else ""


def _preparation(facts: Facts) -> str:
    course = facts.course
    if course is None or course.began_on is None:
        return facts.say("step_unknown")
    if facts.step == "none":
        return facts.say("step_none")
    met = facts.has("meetings_preparation")
    return _say(
        facts,
        "preparing" if met else "preparing_unmet",
        since=facts.month(course.began_on),
        meetings=facts.text("meetings_preparation"),
        compared=compared(facts, "meetings_preparation")
        if met
        else lacking(facts, "meetings_preparation"),
    )


def _attendance(facts: Facts) -> str:
    """Return the sentence on attendance, over the meetings whose number of people is known."""
    if not facts.has("meetings"):
        return ""
    attendance, each = facts.figure("attendance"), facts.figure("attendance_per_meeting")
    if not attendance.known:
        hidden = attendance.state == "suppressed"
        return _say(facts, "attendance_suppressed" if hidden else "attendance_unknown")
    meetings, counted = facts.figure("meetings").value, facts.figure("meetings_counted").value
    lacks = lacking(facts, "attendance", told=ROWS)
    values = {"attendance": facts.text("attendance"), "lacks": lacks}
    if meetings == 1 or not each.known:
        return _say(facts, "attendance_once" if meetings == 1 else "attendance_sum", **values)
    return _say(
        facts,
        "attendance",
        **values,
        counted=_say(facts, "counted", meetings=facts.format_value("meetings", counted))
        if counted != meetings
        else "",
        each=facts.value_in_sentence("attendance_per_meeting", each.value),
        compared=compared(facts, "attendance_per_meeting", told={*ROWS, "suppressed", "blank"}),
    )


def _activities(facts: Facts) -> str:
    """Return the sentence on activities; empty where nobody keeps records of them."""
    if not facts.has("activities"):
        return _none_of(facts, "activities", "no_activities")
    sessions, attendances = facts.figure("sessions"), facts.figure("attendances")
    counted = attendances.known and (attendances.value or attendances.lacks)
    key = "activities" if counted else "activities_uncounted"
    if not counted and attendances.state == "suppressed":
        key = "activities_suppressed"
    return _say(
        facts,
        key if sessions.known else "activities_only",
        activities=facts.text("activities"),
        gathering=_gathering(facts),
        sessions=facts.text("sessions"),
        attendances=facts.text("attendances"),
        compared=compared(facts, "attendances", beside=("sessions", "activities"))
        if counted and sessions.known
        else lacking(facts, "activities", "sessions"),
    )


def _gathering(facts: Facts) -> str:
    """Return in brackets how many of the activities are gathering places."""
    places, activities = facts.figure("f6").value or 0, facts.figure("activities").value or 0
    if not places:
        return ""
    if places >= activities:
        return _say(facts, "gathering_one" if activities == 1 else "gathering_all")
    return _say(facts, "gathering", places=facts.text("f6"))


def _ideas(facts: Facts) -> str:
    """Return the sentence on ideas; empty where nobody keeps records of them."""
    if not facts.has("ideas"):
        return _none_of(facts, "ideas", "no_ideas")
    ideas = facts.figure("ideas").value or 0
    done = facts.figure("ideas_carried_out").value or 0
    key = "ideas" if done else "ideas_waiting"
    if done >= ideas:
        key = "ideas_one" if ideas == 1 else "ideas_all"
    return _say(
        facts,
        key,
        ideas=facts.text("ideas"),
        compared=compared(facts, "ideas"),
        done=facts.text("ideas_carried_out"),
    )


def _none_of(facts: Facts, measure: str, key: str) -> str:
    """Return the sentence on a count of zero; empty where its records are not kept."""
    if facts.figure(measure).state == "not_kept":
        return ""
    return facts.say(key, lacks=lacking(facts, measure))


# The sentences of a summary, in their order; each is empty where there is nothing to say.
TELL: Mapping[str, Callable[[Facts], str]] = {
    "meetings": lambda facts: _council(facts) if facts.place.level == "area" else _councils(facts),
    "attendance": _attendance,
    "activities": _activities,
    "ideas": _ideas,
    "money": money_summary,
}


def _say(facts: Facts, key: str, **values: object) -> str:
    return facts.say_from("summary", key, **values)
