"""Calendar of offices: usual weekdays of a month, holidays and working days, ranges of months."""

from datetime import date, timedelta
from random import Random

from aip_analysis.reference.calendar import month_at, month_end, months_between

WEEK = 7
SATURDAY = 5
WEEKDAYS = "月火水木金土日"
# Days on which nothing is held or booked: around New Year, and holidays (month, day).
CLOSED = {
    (12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (3, 20), (3, 21),
    (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (8, 11), (9, 22), (9, 23), (11, 3), (11, 23),
}  # fmt: skip
# Holidays on a Monday: month, and which Monday of it.
MONDAYS = {(1, 2), (7, 3), (9, 3), (10, 2)}


def usual_day(month: date, week: int, weekday: int) -> date:
    """Return a month's ``week``-th (from 2) ``weekday`` (Monday is 0); on a holiday, one before."""
    first = month.replace(day=1)
    day = first + timedelta(days=(weekday - first.weekday()) % WEEK + (week - 1) * WEEK)
    return day - timedelta(days=WEEK) if is_holiday(day) else day


def is_holiday(day: date) -> bool:
    """Return whether a day is a holiday or around New Year."""
    monday = day.weekday() == 0 and (day.month, (day.day - 1) // WEEK + 1) in MONDAYS
    return monday or (day.month, day.day) in CLOSED


def working_day(day: date) -> date:
    """Return the day itself if offices are open on it, else the next day on which they are."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def last_working_day(month: date) -> date:
    """Return the last working day of a month."""
    day = month_end(month)
    while day.weekday() >= SATURDAY or is_holiday(day):
        day -= timedelta(days=1)
    return day


def some_working_day(rng: Random, month: date) -> date:
    """Draw a working day of a month."""
    return min(working_day(month.replace(day=rng.randint(1, 28))), last_working_day(month))


def occurrences(month: date, weekday: int) -> int:
    """Return how often a weekday occurs in a month."""
    end = month_end(month)
    return sum(1 for day in range(1, end.day + 1) if month.replace(day=day).weekday() == weekday)


def months_from(first: date, last: date) -> list[date]:
    """Return the first days of the months from one to another, both included."""
    return [month_at(first, step) for step in range(months_between(first, last))]
