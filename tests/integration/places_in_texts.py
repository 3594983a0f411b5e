"""Mapping of the placeholders of each text of the catalogue to measures.

The values that the code fills in are checked against this list; see test_sentence_numbers.py.
"""

import re

# The measure of a placeholder in any text, and exceptions of single texts.
HOLDS = {
    **{code: code for code in ("population", "households", "seats", "coordinators", "meetings")},
    **{code: code for code in ("attendance", "rhythm", "activities", "sessions", "attendances")},
    **{code: code for code in ("ideas", "allowance", "grant", "spending", "unspent", "overspent")},
    "old": "population_65plus",
    "each": "attendance_per_meeting",
    "members": "attendance_members",
    "supporters": "attendance_supporters",
    "others": "attendance_others",
    "done": "ideas_carried_out",
    "established": "councils_established",
    "running": "spending_running",
    "project": "spending_project",
    "compensation": "compensation",
    "paid": "compensation_paid",
}
HOLDS_HERE = {
    ("narrative.preparation", "meetings"): "meetings_preparation",
    ("summary.counted", "meetings"): "meetings_counted",
    ("narrative.by_members", "people"): "attendance_members",
    ("narrative.by_supporters", "people"): "attendance_supporters",
    ("narrative.by_others", "people"): "attendance_others",
    ("narrative.for_running", "amount"): "spending_running",
    ("narrative.for_project", "amount"): "spending_project",
    ("summary.rate", "rate"): "execution_rate",
    ("summary.rate_of", "rate"): "execution_rate",
    ("narrative.compensation_due", "months"): "coordinator_months",
    ("narrative.compensation_due_sum", "months"): "coordinator_months",
    ("summary.preparing", "meetings"): "meetings_preparation",
    ("narrative.meetings_other", "meetings"): "meetings_other",
    ("narrative.meetings_other_sum", "meetings"): "meetings_other",
    ("narrative.rhythm", "months"): "months_in_operation",
    ("narrative.rhythm_sum", "months"): "months_in_operation",
    ("narrative.compensation", "months"): "coordinator_months",
    ("narrative.compensation_sum", "months"): "coordinator_months",
    ("narrative.residents_old", "share"): "share_65plus",
    ("narrative.gathering", "places"): "f6",
    ("narrative.gathering", "people"): "f5",
    ("narrative.gathering", "rate"): "f4",
    ("summary.gathering", "places"): "f6",
    ("narrative.gathering_weekly", "places"): "f3",
    ("narrative.gathering_weekly", "people"): "f2",
    ("narrative.gathering_weekly", "rate"): "f1",
    ("narrative.far_unplaced", "places"): "f6",
    ("narrative.far_unplaced", "count"): "unplaced",
    **{
        (f"{file}.{measure}", "count"): measure
        for file in ("narrative", "summary")
        for measure in ("councils_preparing", "councils_suspended")
    },
}
# The figure that a question is about.
ASKED = {
    "restart": "", "preparing_met": "meetings_preparation", "preparing_place": "share_65plus",
    "preparing_activities": "activities", "months": "months_unmet", "fields": "fields_left",
    "ideas": "ideas_considered", "attendance_more": "attendance_per_meeting",
    "attendance_less": "attendance_per_meeting", "activities_more": "attendances",
    "activities_less": "attendances", "far": "share_far", "overspent": "overspent",
    "gathering": "f4", "unspent": "share_unspent", "goals": "goals_open", "older": "share_65plus",
    "activities_known": "activities", "council_known": "seats",
}  # fmt: skip
# The measure whose figure of last year is in brackets.
COMPARED = {
    **dict.fromkeys(("summary.met", "summary.resumed", "summary.councils"), "meetings"),
    **dict.fromkeys(("summary.ideas", "summary.ideas_all", "summary.ideas_one"), "ideas"),
    "summary.ideas_waiting": "ideas",
    "summary.preparing": "meetings_preparation",
    "summary.attendance": "attendance_per_meeting",
    "summary.activities": "attendances",
    "summary.money": "execution_rate",
    "narrative.activities": "activities",
    "narrative.seats": "seats",
    "narrative.coordinators": "coordinators",
}
# Texts that contain only a day, a month, or a part that another text inserts. What stands in
# brackets is compared with the records where it is inserted.
PARTS = re.compile(r"summary\.month|lacks\.|summary\.people_each|narrative\.kind_")
