"""The allowances due to councils, month by month."""

from collections.abc import Mapping, Sequence
from datetime import date

from aip_analysis.measures.councils import Course
from aip_analysis.reference.rules import Rules

Courses = Mapping[tuple[str, int], Course]


def standing_months(
    courses: Courses, area_codes: Sequence[str], year: int, months: Sequence[date]
) -> int:
    """Count the months for which councils are due an allowance, summed over councils.

    Parameters
    ----------
    courses
        The result of ``councils.courses``.
    area_codes
        The areas of the councils.
    year
        The fiscal year whose records are used.
    months
        The months of it that count, as their first days.
    """
    own = [courses[code, year] for code in area_codes if (code, year) in courses]
    return sum(course.months_since_setting_up(tuple(months)) for course in own)


def allowances(
    courses: Courses, area_codes: Sequence[str], months: Sequence[date], rules: Rules
) -> list[int]:
    """Return the allowance due up to the end of each month, in yen, summed over councils.

    Parameters
    ----------
    courses, area_codes
        As for ``standing_months``.
    months
        The months of the year that count, from its first, as their first days.
    rules
        The rules of the fiscal year.
    """
    return [
        sum(
            rules.allowance(
                standing_months(courses, [code], rules.fiscal_year, months[: count + 1])
            )
            for code in area_codes
        )
        for count in range(len(months))
    ]
