"""The one or two sentences that open each section of a report."""

import pandas as pd

from aip_analysis.measures.people import nearest_survey
from aip_analysis.messages.capitals import within_sentence
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.brackets import compared, lacking
from aip_analysis.narrative.facts import Facts
from aip_analysis.narrative.of_records import of_records

# The kinds of people at meetings, by the name of the text on each.
KINDS = {
    "by_members": "attendance_members",
    "by_supporters": "attendance_supporters",
    "by_others": "attendance_others",
}


def place_sentences(facts: Facts) -> list[str]:
    """Return the sentence on the residents."""
    if not facts.has("population"):
        return [facts.say("no_population")]
    if not facts.knows("households"):
        text = facts.say(
            "residents", population=facts.text("population"), counted_on=_counted_on(facts)
        )
    else:
        text = facts.say(
            "residents_and_households",
            population=facts.text("population"),
            households=facts.text("households"),
            counted_on=_counted_on(facts),
        )
    if facts.knows("share_65plus"):
        text += facts.say(
            "residents_old",
            old=facts.text("population_65plus"),
            share=facts.text("share_65plus"),
        )
    return [text + _residents_left_out(facts)]


def _residents_left_out(facts: Facts) -> str:
    """Return the sentence on areas without a population, or on suppressed numbers, if any."""
    areas = facts.figures.ward.areas_of(facts.place)
    counted = facts.figures.areas_with(facts.place, facts.fiscal_year, "population")
    if len(counted) < len(areas):
        return facts.say("residents_of", areas=len(counted))
    measures = ("population", "households", "population_65plus")
    hidden = any(facts.figure(measure).lacking("suppressed") for measure in measures)
    return facts.say("residents_suppressed") if hidden else ""


def _counted_on(facts: Facts) -> str:
    """Return the day of the figures in brackets: several where those of areas differ."""
    columns = ("area_code", "fiscal_year", "as_of")
    counted = [
        facts.figures.records_of("population", area, facts.fiscal_year, *columns)
        for area in facts.figures.ward.areas_of(facts.place)
    ]
    days = sorted({day.date() for day in nearest_survey(pd.concat(counted))["as_of"]})
    if not days:
        return ""
    first, last = facts.day(days[0]), facts.day(days[-1])
    if first == last:
        return facts.say("counted_on", day=first)
    return facts.say("counted_on_several", first=first, last=last)


@of_records
def council_sentences(facts: Facts) -> list[str]:
    """Return the sentences on the number of seats and coordinators."""
    seats = facts.figure("seats")
    if seats.state == "suppressed":
        return [facts.say("seats_suppressed"), *_coordinators(facts)]
    if not seats.value:
        return [facts.say("no_seats", lacks=lacking(facts, "seats")), *_coordinators(facts)]
    text = facts.say("seats", seats=facts.text("seats"), compared=compared(facts, "seats"))
    return [text, *_coordinators(facts)]


def _coordinators(facts: Facts) -> list[str]:
    """Return the sentence on coordinators; none where the ward keeps no list of them."""
    coordinators = facts.figure("coordinators")
    if not coordinators.known:
        return []
    both = compared(facts, "coordinators")
    if not coordinators.value:
        return [facts.say("no_coordinators", lacks=lacking(facts, "coordinators"))]
    return [facts.say("coordinators", coordinators=facts.text("coordinators"), compared=both)]


@of_records
def meetings_sentences(facts: Facts) -> list[str]:
    """Return the sentences on the rhythm of meetings, and on who attended them."""
    other = _other_meetings(facts)
    if not facts.has("meetings"):
        return [_no_meetings(facts), *other]
    return [*_rhythm(facts), *_attendance(facts), *other]


def _no_meetings(facts: Facts) -> str:
    """Return the sentence where no meeting of a council is on record."""
    if facts.has("meetings_preparation"):
        meetings = facts.text("meetings_preparation")
        lacks = lacking(facts, "meetings_preparation")
        return facts.say("preparation", meetings=meetings, lacks=lacks)
    if facts.figure("meetings").state == "not_kept" and not facts.is_preparing:
        return facts.say("meetings_not_kept")
    return facts.say("no_meetings", lacks=lacking(facts, "meetings"))


def _rhythm(facts: Facts) -> list[str]:
    """Return the sentence on meetings a month; none without months to divide by."""
    if not facts.knows("rhythm"):
        return []
    return [
        facts.say(
            f"rhythm{_summed(facts)}",
            months=facts.text("months_in_operation"),
            rhythm=facts.text("rhythm"),
            lacks=lacking(facts, "rhythm"),
        )
    ]


def _attendance(facts: Facts) -> list[str]:
    """Return the sentence on the kinds of people at meetings; none where none is known."""
    known = [code for code in KINDS.values() if facts.knows(code)]
    parts = [part for name, code in KINDS.items() if (part := _kind(facts, name, code))]
    if not facts.has("attendance") or not known:
        return []
    return [facts.say("attendance", parts=facts.say("between_parts").join(parts))]


def _kind(facts: Facts, name: str, code: str) -> str:
    """Return how many of a kind of people attended; empty where the council keeps no such kind."""
    if facts.knows(code):
        return facts.say(name, people=facts.text(code), lacks=_of_kind(facts, code))
    if facts.figure(code).state == "suppressed":
        return facts.say(f"{name}_suppressed")
    return facts.say(f"{name}_blank") if facts.figure("attendance").lacking("blank") else ""


def _of_kind(facts: Facts, code: str) -> str:
    """Return in brackets for how many meetings the number of a kind of people is not known."""
    figure = facts.figure(code)
    lacks = [
        facts.say(f"kind_{lack}", count=number(count))
        for lack in ("suppressed", "blank")
        if (count := figure.lacking(lack))
    ]
    return facts.say("kind_lacks", lacks=facts.say("between_parts").join(lacks)) if lacks else ""


def _other_meetings(facts: Facts) -> list[str]:
    if not facts.has("meetings_other"):
        return []
    # A meeting held jointly by several areas is in the record of each of them.
    other = facts.text("meetings_other")
    return [facts.say(f"meetings_other{_summed(facts)}", meetings=other)]


@of_records
def activities_sentences(facts: Facts) -> list[str]:
    """Return the sentences on gathering places, and on the number of activities.

    The summary has told how often activities were held, and how many people came.
    """
    activities = facts.figure("activities")
    if activities.state == "not_kept" and not facts.is_preparing:
        return [facts.say("activities_not_kept")]
    if not activities.value:
        return [facts.say("no_activities", lacks=lacking(facts, "activities"))]
    return [
        *_weekly(facts),
        facts.say(
            "activities",
            activities=facts.text("activities"),
            compared=compared(facts, "activities"),
        ),
    ]


def _weekly(facts: Facts) -> list[str]:
    """Return the sentences on gathering places that meet every week."""
    places = facts.figure("f3")
    if not places.value:
        return [facts.say("no_weekly")] if places.whole else []
    if not facts.knows("f2"):
        text = facts.say("weekly_uncounted", places=facts.text("f3"), lacks=lacking(facts, "f3"))
        return [text, *participants_sentences(facts)]
    weekly = {"places": facts.text("f3"), "people": facts.text("f2"), "rate": facts.text("f1")}
    key = "gathering_weekly" if facts.knows("f1") else "gathering_weekly_no_rate"
    text = facts.say(key, **weekly, lacks=lacking(facts, "f2", "f3"))
    return [text, *participants_sentences(facts)]


def participants_sentences(facts: Facts) -> list[str]:
    """Return the sentence on who is counted as a participant; none where nobody is."""
    return [facts.say("participants")] if facts.has("f2") or facts.has("f5") else []


@of_records
def ideas_sentences(facts: Facts) -> list[str]:
    """Return the sentence on the statuses of ideas; the summary has told their number."""
    ideas = facts.figure("ideas")
    if ideas.state == "not_kept" and not facts.is_preparing:
        return [facts.say("ideas_not_kept")]
    if not ideas.value:
        return [facts.say("no_ideas", lacks=lacking(facts, "ideas"))]
    columns = ("status", "ideas")
    table = facts.figures.rows_of("ideas_by_status", facts.place, facts.fiscal_year, *columns)
    labels = facts.figures.ward.vocabularies["idea_status"].labels(facts.language)
    statuses = table["status"].where(table["status"].isin(list(labels)), "")
    counts = table.groupby(statuses)["ideas"].sum().to_dict()
    parts = [
        facts.say(
            "status_of",
            status=within_sentence(label, facts.language),
            ideas=facts.format_value("ideas", float(counts[code])),
        )
        for code, label in {**labels, "": facts.say_from("report", "not_recorded")}.items()
        if counts.get(code)
    ]
    listed = facts.say("between_parts").join(parts)
    if not parts:
        return []
    return [facts.say("statuses", statuses=listed, lacks=lacking(facts, "ideas"))]


def _summed(facts: Facts) -> str:
    """Return the suffix of texts on figures that are sums over areas, such as months."""
    return "" if facts.place.level == "area" else "_sum"
