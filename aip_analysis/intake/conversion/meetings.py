"""Rows of meetings: combined times, weekdays, meeting numbers, sums of people present."""

import re
from collections.abc import Sequence

import numpy as np

from aip_analysis.intake.conversion.conversion import Conversion
from aip_analysis.intake.values import folded, read_times
from aip_analysis.intake.values.days import WEEKDAYS
from aip_analysis.intake.values.times import times_behind

PARTS = ("members_present", "supporters_present", "others_present")
_WEEKDAY = re.compile(r"\(?([月火水木金土日])(?:曜日?)?\)?")


def complete_meetings(work: Conversion) -> None:
    """Fill in start and end times, and check redundant values against each other."""
    _times(work)
    _weekdays(work)
    _numbers(work)
    _sums(work)
    _ends(work)


def _times(work: Conversion) -> None:
    """Read start and end times from a combined column, or from behind the date."""
    starts, ends = _texts_of(work, "starts_at"), _texts_of(work, "ends_at")
    for name, read in (("hours", read_times), ("held_on", times_behind)):
        raw = work.raw.columns.get(name)
        if raw is None:
            continue
        parsed = [read(value) for value in raw.cells.values]
        if name == "hours":
            wrong = raw.cells.where(times is None for times in parsed)
            work.tell("not_a_time", "warn", name, np.flatnonzero(wrong))
        for row, code in enumerate(raw.cells.codes):
            times = parsed[code] if code >= 0 else None
            if times:
                starts[row] = starts[row] or times[0]
                ends[row] = ends[row] or times[1]
    work.made["starts_at"], work.made["ends_at"] = starts, ends


def _texts_of(work: Conversion, name: str) -> list[str | None]:
    read = work.read.get(name)
    if read is None:
        return [None] * work.size
    values = [*read.values, None]
    return [None if values[code] is None else str(values[code]) for code in read.codes]


def _weekdays(work: Conversion) -> None:
    """Check a column of weekdays against the dates."""
    raw, held = work.raw.columns.get("weekday"), work.read.get("held_on")
    if raw is None or held is None:
        return
    matches = [_WEEKDAY.fullmatch(folded(value)) for value in raw.cells.values]
    for row, day in enumerate(held.days()):
        code = raw.cells.codes[row]
        match = matches[code] if code >= 0 else None
        if match is None or np.isnat(day):
            continue
        right = WEEKDAYS[day.astype(object).weekday()]
        if match[1] != right:
            work.findings.report_cell("weekday_disagrees", "warn", raw, row, right)


def _numbers(work: Conversion) -> None:
    """Check a meeting's number against the one in its topic: 第12回定例会."""
    number = work.read.get("number")
    topic = work.raw.columns.get("topic")
    if number is None or topic is None:
        return
    kinds = (term.ja for term in work.ward.vocabularies["meeting_kind"])
    names = "|".join(re.escape(name) for name in (*kinds, *_suffixes(work)))
    pattern = re.compile(rf"第(\d+)回(?:{names})")
    matches = [pattern.search(folded(value)) for value in topic.cells.values]
    numbers = number.numbers()
    for row, code in enumerate(topic.cells.codes):
        match = matches[code] if code >= 0 else None
        if match and numbers[row] and int(match[1]) != numbers[row]:
            work.findings.report_cell("number_disagrees", "warn", topic, row, str(numbers[row]))


def _suffixes(work: Conversion) -> Sequence[str]:
    configured = work.ward.settings.get("area_suffixes", [])
    return [configured] if isinstance(configured, str) else configured


def _sums(work: Conversion) -> None:
    """Check the total number present against the sum of its parts, if a sheet has both."""
    total = work.read.get("total_present")
    parts = [read for name, read in work.read.items() if name.split("+")[0] in PARTS]
    if total is None or not parts:
        return
    sums = sum((part.numbers() for part in parts), np.zeros(work.size, dtype=np.int64))
    known = ~total.lacks & ~np.all([part.lacks for part in parts], axis=0)
    for row in np.flatnonzero(known & (sums != total.numbers())):
        work.findings.report_cell("total_disagrees", "warn", total.column, int(row), str(sums[row]))


def _ends(work: Conversion) -> None:
    starts, ends = work.made["starts_at"], work.made["ends_at"]
    columns = (name for name in ("ends_at", "hours", "held_on") if name in work.raw.columns)
    wrong = [
        row
        for row in range(work.size)
        if starts[row] and ends[row] and str(ends[row]) <= str(starts[row])
    ]
    work.tell("ends_before_start", "warn", next(columns, ""), np.array(wrong, dtype=np.intp))


def check_spans(work: Conversion, first: str, last: str) -> None:
    """Warn about end dates before start dates."""
    starts = work.read.get(first)
    ends = work.read.get(last)
    if starts is None or ends is None:
        return
    wrong = np.flatnonzero(ends.days() < starts.days())
    work.tell("ends_before_start", "warn", last, wrong)
