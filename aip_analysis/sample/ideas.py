"""Ideas from できること探し, in full sentences."""

from datetime import date

from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet, headings
from aip_analysis.sample.meetings import HeldMeeting
from aip_analysis.sample.themes import STEPS, Talk, spare_talk

COLUMNS = (
    "raised_on", "theme", "background", "shared_information", "findings", "idea", "status",
    "priority_field",
)  # fmt: skip
STATUS = {"considering": 5, "trial": 3, "done": 3, "ongoing": 3, "dropped": 1}
# How many ideas come up at once, how often any come up outside the cycle, and how often nobody
# recorded what was shared.
AT_ONCE, BESIDE, NOT_SHARED = (1, 2, 2, 3, 3), 0.6, 0.08
# In the year that is still running, most ideas have not got far.
STATUS_NOW = {"considering": 6, "trial": 3, "done": 1, "ongoing": 1, "dropped": 0.3}


def ideas_sheet(workbook: CouncilWorkbook, meetings: list[HeldMeeting]) -> Sheet:
    """Return the sheet of ideas that were raised at the meetings on できること探し."""
    sheet = Sheet("ideas", headings(workbook.ward, "ideas", *COLUMNS))
    words, notation = workbook.ward.vocabularies, workbook.notation
    fields, statuses = words["priority_field"], words["idea_status"]
    weights = STATUS_NOW if workbook.until < workbook.year.last_day else STATUS
    raised: dict[str, list[str]] = {}
    for day, talk in _occasions(workbook, meetings):
        theme = talk.theme
        rng = workbook.chance.of(
            "ideas", workbook.council.code, workbook.year.year, theme["name"], day
        )
        texts = [rng.choice(theme[step]) for step in ("background", "sharing", "findings")]
        left = raised.setdefault(theme["name"], rng.sample(theme["ideas"], len(theme["ideas"])))
        for idea in [left.pop() for _ in range(min(len(left), rng.choice(AT_ONCE)))]:
            status = rng.choices(list(weights), weights=list(weights.values()))[0]
            filled = [text.format(**talk.words) for text in (*texts, idea)]
            if rng.random() < NOT_SHARED:
                filled[1] = ""
            row: Row = [
                day, theme["name"], *filled, statuses[status].ja,
                notation.field(fields[theme["field"]]),
            ]  # fmt: skip
            sheet.rows.append(row)
    return sheet


def _occasions(workbook: CouncilWorkbook, meetings: list[HeldMeeting]) -> list[tuple[date, Talk]]:
    """Return the days on which ideas came up: at できること探し, and sometimes another meeting."""
    regular = [meeting for meeting in meetings if meeting.talk is not None]
    occasions = [
        (meeting.held_on, meeting.talk)
        for meeting in regular
        if meeting.talk and meeting.talk.step == STEPS[-1]
    ]
    rng = workbook.chance.of("ideas", workbook.council.code, workbook.year.year)
    if regular and rng.random() < BESIDE:
        day = rng.choice(regular).held_on
        occasions.append((day, spare_talk(workbook.council, workbook.year, workbook.chance)))
    return sorted(occasions, key=lambda occasion: occasion[0])
