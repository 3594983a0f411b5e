"""An account with everything that one can contain, for tests of its page."""

from typing import Any

from aip_analysis.intake.account import Problem
from aip_analysis.intake.problem_codes import SEVERITIES

HTML = "<script>alert(1)</script><img src=https://example.org/x.png onerror=alert(1)>"
FORMULA = "＝cmd|' /C calc'!A0"
MANY = 20_000
COUNTS = {
    "rows_read": 10, "rows_used": 6, "rows_set_aside": 2, "rows_recognised": 2,
    "yen_read": 3000, "yen_used": 2000, "yen_set_aside": 1000,
    "rows_filled": 10, "rows_astray": 0, "balances": True,
    "amounts_read": 9, "amounts_used": 6, "amounts_set_aside": 2,
}  # fmt: skip


def problem(code: str, place: int, row: int = 5, found: str = "値") -> dict[str, Any]:
    severity = SEVERITIES[code][place]
    described = Problem(
        code, severity, "2025/悪い.xlsx", "出納帳", row, "科目", f"C{row}", found, "値"
    )
    return vars(described) | {language: described.sentence(language) for language in ("ja", "en")}


def account() -> dict[str, Any]:
    """Return an account with all codes and severities, hostile texts, and one code 20,000 times."""
    sheet = {
        "sheet": "出納帳",
        "tables": ["ledger"],
        "recognised": {"title": 1, "heading": 1},
        "amounts_recognised": {"title": 1},
    } | COUNTS
    every = [
        problem(code, place) for code, all_ in SEVERITIES.items() for place in range(len(all_))
    ]
    hostile = [problem("unknown_term", 0, 6, HTML), problem("unknown_term", 0, 7, FORMULA)]
    many = [problem("not_a_day", 0, row, f"日{row}") for row in range(10, 10 + MANY)]

    def file(name: str, problems: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "file": name,
            "sha256": "0",
            "fictional": False,
            "sheets": [sheet],
            "problems": problems,
        }

    return {
        "look_again_on": "2026-12-01",
        "made_from": "0123",
        "files": [
            file("2025/悪い.xlsx", [*every, *hostile, *many]),
            file(f"2025/{HTML}.csv", hostile),
            file("2025/良い.csv", []),
        ],
    }
