"""The year in a few sentences: what a reader takes away who reads nothing else."""

from aip_analysis.narrative.facts import Facts


def summary(facts: Facts) -> list[str]:
    """Say the year of a place in up to six sentences."""
    if not facts.recorded:
        return [facts.say("no_records")]
    opening = [_council(facts) if facts.place.level == "area" else _councils(facts)]
    if facts.place.level == "area" and facts.step in {"preparing", "none"}:
        return [*opening, *_preparation(facts)]
    return [*opening, _meetings(facts), _activities(facts), _ideas(facts), _money(facts)]


def _council(facts: Facts) -> str:
    if facts.step in {"preparing", "none"}:
        return facts.say(f"step_{facts.step}")
    people = facts.say("people", seats=facts.text("seats"))
    if facts.has("coordinators"):
        people = facts.say(
            "people_and_coordinators",
            seats=facts.text("seats"),
            coordinators=facts.text("coordinators"),
        )
    return facts.say(f"step_{facts.step}", people=people)


def _councils(facts: Facts) -> str:
    areas = len(facts.figures.ward.areas_of(facts.place))
    everywhere = facts.value("councils_established") == areas
    text = facts.say(
        "councils_everywhere" if everywhere else "councils",
        areas=areas,
        established=facts.text("councils_established"),
        seats=facts.text("seats"),
        coordinators=facts.text("coordinators"),
    )
    for measure in ("councils_preparing", "councils_suspended"):
        if facts.has(measure):
            text += facts.say(measure, count=facts.text(measure))
    return text


def _preparation(facts: Facts) -> list[str]:
    if not facts.has("meetings_preparation"):
        return [facts.say("no_preparation")]
    return [facts.say("preparation", meetings=facts.text("meetings_preparation"))]


def _meetings(facts: Facts) -> str:
    if not facts.has("meetings"):
        return facts.say("no_meetings")
    return facts.say(
        "meetings" if facts.knows("rhythm") else "meetings_no_rhythm",
        meetings=facts.text("meetings"),
        compared=facts.compared("meetings"),
        rhythm=facts.text("rhythm"),
        attendance=facts.text("attendance"),
        each=facts.text("attendance_per_meeting"),
    )


def _activities(facts: Facts) -> str:
    if not facts.has("activities"):
        return facts.say("no_activities")
    text = facts.say(
        "activities",
        activities=facts.text("activities"),
        compared=facts.compared("activities"),
        sessions=facts.text("sessions"),
        attendances=facts.text("attendances"),
    )
    if facts.has("f6") and facts.has("population_65plus"):
        text += facts.say(
            "gathering", places=facts.text("f6"), people=facts.text("f5"), rate=facts.text("f4")
        )
    return text


def _ideas(facts: Facts) -> str:
    if not facts.has("ideas"):
        return facts.say("no_ideas")
    if not facts.has("ideas_carried_out"):
        return facts.say("ideas_none_carried_out", ideas=facts.text("ideas"))
    return facts.say("ideas", ideas=facts.text("ideas"), done=facts.text("ideas_carried_out"))


def _money(facts: Facts) -> str:
    if not facts.has("allowance"):
        return facts.say("no_allowance")
    if not facts.has("spending"):
        key = "no_spending" if facts.complete else "no_spending_so_far"
        return facts.say(key, allowance=facts.text("allowance"), left=_left(facts))
    return facts.say(
        "money" if facts.complete else "money_so_far",
        allowance=facts.text("allowance"),
        spending=facts.text("spending"),
        rate=facts.text("execution_rate"),
        left=_left(facts),
    )


def _left(facts: Facts) -> str:
    when = "" if facts.complete else "_so_far"
    if facts.place.level != "area":
        over = facts.has("overspent")
        both = facts.say(f"left_sum{when}", unspent=facts.text("unspent"))
        return both + (facts.say("over_sum", overspent=facts.text("overspent")) if over else "")
    if facts.has("overspent"):
        return facts.say(f"over{when}", overspent=facts.text("overspent"))
    if facts.has("unspent"):
        return facts.say(f"left{when}", unspent=facts.text("unspent"))
    return facts.say("nothing_left")
