"""The one or two sentences that open each section of a report."""

import pandas as pd

from aip_analysis.measures.people import nearest_survey
from aip_analysis.narrative.facts import Facts


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
    return [text]


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


def council_sentences(facts: Facts) -> list[str]:
    """Return the sentences on the number of seats and coordinators."""
    if not facts.has("seats"):
        return [facts.say("no_seats")]
    sentences = [facts.say("seats", seats=facts.text("seats"), compared=facts.compared("seats"))]
    if facts.has("coordinators"):
        sentences.append(
            facts.say(
                "coordinators",
                coordinators=facts.text("coordinators"),
                compared=facts.compared("coordinators"),
            )
        )
    else:
        sentences.append(facts.say("no_coordinators"))
    return sentences


def meetings_sentences(facts: Facts) -> list[str]:
    """Return the sentences on how often the council met and who attended."""
    if not facts.has("meetings"):
        other = "meetings_preparation" if facts.has("meetings_preparation") else ""
        return [
            facts.say("preparation", meetings=facts.text(other))
            if other
            else facts.say("no_meetings")
        ]
    # Without a date of setting up there are no months to divide by.
    rhythm = facts.say("met", meetings=facts.text("meetings"))
    if facts.knows("rhythm"):
        rhythm = facts.say(
            f"rhythm{_summed(facts)}",
            months=facts.text("months_in_operation"),
            meetings=facts.text("meetings"),
            rhythm=facts.text("rhythm"),
        )
    attendance = facts.say_from("summary", "attendance_unknown")
    if facts.has("attendance"):
        attendance = facts.say(
            "attendance",
            attendance=facts.text("attendance"),
            members=facts.text("attendance_members"),
            supporters=facts.text("attendance_supporters"),
            others=facts.text("attendance_others"),
        )
    sentences = [rhythm, attendance]
    if facts.has("meetings_other"):
        # A meeting held jointly by several areas is in the record of each of them.
        other = facts.text("meetings_other")
        sentences.append(facts.say(f"meetings_other{_summed(facts)}", meetings=other))
    return sentences


def activities_sentences(facts: Facts) -> list[str]:
    """Return the sentences on the activities and on the participants of gathering places."""
    if not facts.has("activities"):
        return [facts.say("no_activities")]
    sentences = [
        facts.say(
            "activities",
            activities=facts.text("activities"),
            compared=facts.compared("activities"),
            sessions=facts.text("sessions"),
            attendances=facts.text("attendances"),
        )
    ]
    if not facts.has("f3"):
        return sentences
    key = "gathering_weekly" if facts.knows("f1") else "gathering_weekly_no_rate"
    weekly = {"places": facts.text("f3"), "people": facts.text("f2"), "rate": facts.text("f1")}
    return [*sentences, facts.say(key, **weekly), *participants_sentences(facts)]


def participants_sentences(facts: Facts) -> list[str]:
    """Return the sentence on who is counted as a participant; none where nobody is."""
    return [facts.say("participants")] if facts.has("f2") or facts.has("f5") else []


def ideas_sentences(facts: Facts) -> list[str]:
    """Return the sentence on the number of ideas."""
    if not facts.has("ideas"):
        return [facts.say("no_ideas")]
    return [facts.say("ideas_known", ideas=facts.text("ideas"), compared=facts.compared("ideas"))]


def money_sentences(facts: Facts) -> list[str]:
    """Return the sentences on what was received and spent, and on what coordinators are due."""
    if not facts.has("allowance") and not facts.has("spending"):
        return [facts.say("no_allowance")]
    when = "" if facts.complete else "_so_far"
    if facts.has_rows("ledger"):
        spent = facts.say(
            f"grant{when}",
            allowance=facts.text("allowance"),
            grant=facts.text("grant"),
            spending=facts.text("spending"),
            running=facts.text("spending_running"),
            project=facts.text("spending_project"),
        )
    else:
        due = facts.say_from("summary", f"due{when}", allowance=facts.text("allowance"))
        spent = facts.say_from("summary", "no_ledger", due=due)
    sentences = [spent]
    if facts.has("compensation"):
        sentences.append(
            facts.say(
                f"compensation{_summed(facts)}",
                compensation=facts.text("compensation"),
                months=facts.text("coordinator_months"),
                paid=facts.text("compensation_paid"),
            )
        )
    return sentences


def _summed(facts: Facts) -> str:
    """Return the suffix of texts on figures that are sums over areas, such as months."""
    return "" if facts.place.level == "area" else "_sum"
