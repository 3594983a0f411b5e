"""The account of an intake: for programs, and in a few lines for people."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from aip_analysis.intake.building import FileIntake
from aip_analysis.messages import Language, say


def intake_summary(intakes: Iterable[FileIntake]) -> dict[str, Any]:
    """Give the whole account as plain values for intake.json."""
    return {
        "files": [
            {
                "file": intake.file,
                "sha256": intake.sha256,
                "fictional": intake.fictional,
                "sheets": [
                    {name: value for name, value in asdict(sheet).items() if name != "problems"}
                    for sheet in intake.sheets
                ],
                "problems": [
                    asdict(problem) | {"ja": problem.sentence("ja"), "en": problem.sentence("en")}
                    for problem in intake.problems
                ],
            }
            for intake in intakes
        ]
    }


def account_lines(intakes: list[FileIntake], language: Language) -> list[str]:
    """Say in a few lines what was read, used and set aside, and where the problems are."""
    sheets = [sheet for intake in intakes for sheet in intake.sheets]
    total = {
        name: sum(getattr(sheet, name) for sheet in sheets)
        for name in ("rows_read", "rows_used", "rows_set_aside", "rows_recognised")
    }
    yen = {
        name: sum(getattr(sheet, name) for sheet in sheets)
        for name in ("yen_read", "yen_used", "yen_set_aside")
    }
    lines = [
        say("intake.total_rows", language, files=len(intakes), **total),
        say("intake.total_yen", language, **yen),
    ]
    for intake in intakes:
        for problem in intake.problems:
            mark = say(f"intake.severity_{problem.severity}", language)
            lines.append(f"  {mark} {problem.sentence(language)}")
    return lines
