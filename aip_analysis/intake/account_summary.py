"""Summaries of an intake's account: for programs, and in a few lines for people."""

from typing import Any

from aip_analysis.intake.results import Intake
from aip_analysis.messages import Language, say

# Maximum number of problems listed on a terminal; the page shows all.
MOST_TOLD = 40


def intake_summary(intake: Intake) -> dict[str, Any]:
    """Return the whole account as plain values for intake.json."""
    return {
        "look_again_on": intake.look_again_on.isoformat() if intake.look_again_on else None,
        "files": [
            {
                "file": file.file,
                "sha256": file.sha256,
                "fictional": file.fictional,
                "sheets": [sheet.as_values() for sheet in file.sheets],
                "problems": [
                    vars(problem) | {"ja": problem.sentence("ja"), "en": problem.sentence("en")}
                    for problem in file.problems
                ],
            }
            for file in intake.files
        ],
    }


def account_lines(intake: Intake, language: Language) -> list[str]:
    """Return a few lines on what was read, used and set aside, and where the problems are."""
    names = (
        *("rows_read", "rows_used", "rows_set_aside", "rows_recognised"),
        *("yen_read", "yen_used", "yen_set_aside"),
    )
    total = {name: sum(getattr(sheet, name) for sheet in intake.sheets) for name in names}
    lines = [
        say("intake.total_rows", language, files=len(intake.files), **total),
        say("intake.total_yen", language, **total),
    ]
    lines += [
        say("intake.unbalanced", language, file=sheet.file, sheet=sheet.sheet)
        for sheet in intake.sheets
        if not sheet.balances
    ]
    order = ("set_aside", "warn", "note")
    problems = sorted(intake.problems, key=lambda problem: order.index(problem.severity))
    for problem in problems[:MOST_TOLD]:
        mark = say(f"intake.severity_{problem.severity}", language)
        lines.append(f"  {mark} {problem.sentence(language)}")
    if len(problems) > MOST_TOLD:
        lines.append(say("intake.more_problems", language, more=len(problems) - MOST_TOLD))
    return lines
