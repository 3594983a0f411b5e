"""Parse times of day, single or as a range."""

import re
from datetime import datetime, time, timedelta

from aip_analysis.intake.values.text import folded

_TIME = (
    r"(?P<half{0}>午前|午後|AM|PM)?(?P<hour{0}>\d{{1,2}})(?::|時)?"
    r"(?P<minute{0}>\d{{1,2}}|半)?(?:分|:\d\d)?(?P<after{0}>AM|PM)?"
)
_ONE = re.compile(_TIME.format(""), re.IGNORECASE)
_RANGE = re.compile(
    rf"{_TIME.format('1')}(?:から|[-~〜→–—―ー])(?:{_TIME.format('2')})?(?:まで)?", re.IGNORECASE
)
_MARKS = re.compile(r"[:時]")
_RANGE_BEHIND = re.compile(r"(?:午前|午後|AM|PM)?\d{1,2}(?::\d\d|時).*$", re.IGNORECASE)
_NOON, _LAST_HOUR, _MINUTES = 12, 24, 60
_LATER = {"午後", "PM"}


def read_time(cell: object) -> str | None:
    """Parse a time of day as ``"18:30"``; None if it is not a time."""
    if isinstance(cell, (datetime, time)):
        return f"{cell.hour:02d}:{cell.minute:02d}"
    if isinstance(cell, timedelta):
        return _clock(round(cell.total_seconds() / 60))
    if isinstance(cell, float) and 0 <= cell < 1:
        return _clock(round(cell * 24 * 60))
    text = _noon(folded(cell))
    match = _ONE.fullmatch(text)
    return _written(match, "", "") if match and _MARKS.search(text) else None


def read_times(cell: object) -> tuple[str | None, str | None] | None:
    """Parse a start and an end: 18:30-20:00, 午後6時30分から8時30分; None if it is neither.

    A single time is a start without an end.
    """
    single = read_time(cell)
    if single is not None:
        return single, None
    text = _noon(folded(cell))
    match = _RANGE.fullmatch(text)
    if not match or not _MARKS.search(text):
        return None
    start = _written(match, "1", "")
    end = None
    if match["hour2"]:
        # 午後6時から8時: the half of the day given for the start also applies to the end.
        end = _written(match, "2", match["half1"] or "")
        if end is None:
            return None
    return None if start is None else (start, end)


def times_behind(cell: object) -> tuple[str | None, str | None] | None:
    """Parse the times that follow a date in the same cell: 4月8日(火) 18:30～20:00."""
    if isinstance(cell, datetime):
        return (read_time(cell), None) if cell.time() != time() else None
    if not isinstance(cell, str):
        return None
    after_date = re.split(r"[日)]|曜日?|(?<=\d)\s", cell.replace("）", ")"))[-1]
    match = _RANGE_BEHIND.search(folded(after_date))
    return read_times(match[0]) if match else None


def _noon(text: str) -> str:
    return text.replace("正午", "12:00")


def _written(match: re.Match[str], part: str, half: str) -> str | None:
    half_of_day = match[f"half{part}"] or match[f"after{part}"] or half
    minute_text = match[f"minute{part}"] or "0"
    hour, minute = int(match[f"hour{part}"]), 30 if minute_text == "半" else int(minute_text)
    if half_of_day.upper() in _LATER and hour < _NOON:
        hour += _NOON
    return f"{hour:02d}:{minute:02d}" if hour < _LAST_HOUR and minute < _MINUTES else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % _LAST_HOUR:02d}:{minutes % 60:02d}"
