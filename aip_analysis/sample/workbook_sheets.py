"""The ten sheets of a council's workbook for a fiscal year."""

from aip_analysis.sample.activities import activities_sheet
from aip_analysis.sample.activity_results import results_sheet
from aip_analysis.sample.coordinators import coordinators_sheet
from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.deliberate_errors import slip_of_the_year, unknown_category, unknown_kind
from aip_analysis.sample.goals import goals_sheet
from aip_analysis.sample.ideas import ideas_sheet
from aip_analysis.sample.ledger import budget_sheet, ledger_sheet
from aip_analysis.sample.meetings import HeldMeeting, meetings_of
from aip_analysis.sample.office_notation import Clock, Meeting, People, Value
from aip_analysis.sample.profile import profile_sheet
from aip_analysis.sample.seat_rows import seats_sheet
from aip_analysis.sample.sheet import Row, Sheet, headings

MEETING = (
    "number", "kind", "held_on", "starts_at", "ends_at", "venue", "members_present",
    "supporters_present", "others_present", "topic", "priority_field", "cycle_step", "decisions",
)  # fmt: skip


def sheets_of(book: Book, level: float, fault: str) -> list[Sheet]:
    """Return the sheets of a workbook, in their order.

    Parameters
    ----------
    book
        The council and year.
    level
        Share of the allowance that is spent.
    fault
        Kind of the deliberately wrong row, or empty.
    """
    whole_year = meetings_of(book.council, book.year, book.chance)
    held = [meeting for meeting in whole_year if book.known(meeting.held_on)]
    meetings, activities = meetings_sheet(book, held), activities_sheet(book)
    if fault == "meeting_outside_year":
        slip_of_the_year(meetings)
    if fault == "unknown_kind":
        unknown_kind(activities, book)
    extra = [unknown_category(book)] if fault == "unknown_category" else []
    return [
        profile_sheet(book),
        meetings,
        activities,
        results_sheet(book),
        ledger_sheet(book, whole_year, level, extra),
        seats_sheet(book),
        coordinators_sheet(book),
        ideas_sheet(book, held),
        budget_sheet(book),
        goals_sheet(book),
    ]


def meetings_sheet(book: Book, held: list[HeldMeeting]) -> Sheet:
    """Return the sheet of meetings."""
    words, notation = book.ward.vocabularies, book.notation
    sheet = Sheet("meetings", headings(book.ward, "meetings", *MEETING))
    for meeting in held:
        field = words["priority_field"][meeting.field] if meeting.field else None
        row: Row = [
            _or_none(meeting.number, Meeting), words["meeting_kind"][meeting.kind].ja,
            meeting.held_on, Clock(meeting.starts_at), Clock(meeting.ends_at), meeting.venue,
            *(_or_none(number, People) for number in meeting.present), meeting.topic,
            notation.field(field) if field else None,
            words["cycle_step"][meeting.step].ja if meeting.step else None, meeting.decision,
        ]  # fmt: skip
        sheet.rows.append(row)
    return sheet


def _or_none(number: int | None, kind: type[int]) -> Value:
    return None if number is None else kind(number)
