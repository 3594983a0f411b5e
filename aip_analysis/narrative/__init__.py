"""Narrative sentences generated from measures."""

from aip_analysis.narrative.distance import distance_sentences
from aip_analysis.narrative.facts import Facts
from aip_analysis.narrative.money import money_sentences
from aip_analysis.narrative.notes import notes
from aip_analysis.narrative.questions import questions
from aip_analysis.narrative.sections import (
    activities_sentences,
    council_sentences,
    ideas_sentences,
    meetings_sentences,
    participants_sentences,
    place_sentences,
)
from aip_analysis.narrative.summary import remarks, summary

__all__ = [
    "Facts",
    "activities_sentences",
    "council_sentences",
    "distance_sentences",
    "ideas_sentences",
    "meetings_sentences",
    "money_sentences",
    "notes",
    "participants_sentences",
    "place_sentences",
    "questions",
    "remarks",
    "summary",
]
