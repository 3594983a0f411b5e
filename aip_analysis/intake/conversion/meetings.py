"""Rows of meetings: times that stand together, weekdays, numbers told twice, parts and sums."""

import re
from collections.abc import Sequence

import numpy as np

from aip_analysis.intake.conversion.work import Work
from aip_analysis.intake.values import folded, read_times
from aip_analysis.intake.values.days import WEEKDAYS
from aip_analysis.intake.values.times import times_behind

PARTS = ("members_present", "supporters_present", "others_present")
_WEEKDAY = re.compile(r"\(?([月火水木金土日])(?:曜日?)?\)?")


def complete_meetings(work: Work) -> None:
    """Take the times from where they stand, and hold what is told twice against itself."""
    _times(work)
    _weekdays(work)
    _numbers(work)
    _sums(work)
    _ends(work)


def _times(work: Work) -> None:
    """Read beginnings and ends from a column of both, or from behind the day."""
    begins, ends = _both(work, "starts_at"), _both(work, "ends_at")
    for name, read in (("hours", read_times), ("held_on", times_behind)):
        raw = work.raw.columns.get(name)
        if raw is None:
            continue
        found = [read(value) for value in raw.cells.values]
        if name == "hours":
            wrong = raw.cells.where(times is None for times in found)
            work.tell("not_a_time", "warn", name, np.flatnonzero(wrong))
        for row, code in enumerate(raw.cells.codes):
            times = found[code] if code >= 0 else None
            if times:
                begins[row] = begins[row] or times[0]
                ends[row] = ends[row] or times[1]
    work.made["starts_at"], work.made["ends_at"] = begins, ends


def _both(work: Work, name: str) -> list[str | None]:
    read = work.read.get(name)
    if read is None:
        return [None] * work.size
    values = [*read.values, None]
    return [None if values[code] is None else str(values[code]) for code in read.codes]


def _weekdays(work: Work) -> None:
    """Hold a column of weekdays against the days."""
    raw, held = work.raw.columns.get("weekday"), work.read.get("held_on")
    if raw is None or held is None:
        return
    told = [_WEEKDAY.fullmatch(folded(value)) for value in raw.cells.values]
    for row, day in enumerate(held.days()):
        code = raw.cells.codes[row]
        found = told[code] if code >= 0 else None
        if found is None or np.isnat(day):
            continue
        right = WEEKDAYS[day.astype(object).weekday()]
        if found[1] != right:
            work.findings.tell_cell("weekday_disagrees", "warn", raw, row, right)


def _numbers(work: Work) -> None:
    """Hold a meeting's number against the one in its text: 第12回定例会."""
    number = work.read.get("number")
    topic = work.raw.columns.get("topic")
    if number is None or topic is None:
        return
    kinds = (term.ja for term in work.ward.vocabularies["meeting_kind"])
    names = "|".join(re.escape(name) for name in (*kinds, *_suffixes(work)))
    pattern = re.compile(rf"第(\d+)回(?:{names})")
    told = [pattern.search(folded(value)) for value in topic.cells.values]
    numbers = number.numbers()
    for row, code in enumerate(topic.cells.codes):
        found = told[code] if code >= 0 else None
        if found and numbers[row] and int(found[1]) != numbers[row]:
            work.findings.tell_cell("number_disagrees", "warn", topic, row, str(numbers[row]))


def _suffixes(work: Work) -> Sequence[str]:
    found = work.ward.settings.get("area_suffixes", [])
    return [found] if isinstance(found, str) else found


def _sums(work: Work) -> None:
    """Hold the number of all present against the parts, where a sheet has both."""
    total = work.read.get("total_present")
    parts = [read for name, read in work.read.items() if name.split("+")[0] in PARTS]
    if total is None or not parts:
        return
    sums = sum((part.numbers() for part in parts), np.zeros(work.size, dtype=np.int64))
    known = ~total.lacks & ~np.all([part.lacks for part in parts], axis=0)
    for row in np.flatnonzero(known & (sums != total.numbers())):
        work.findings.tell_cell("total_disagrees", "warn", total.column, int(row), str(sums[row]))


def _ends(work: Work) -> None:
    begins, ends = work.made["starts_at"], work.made["ends_at"]
    columns = (name for name in ("ends_at", "hours", "held_on") if name in work.raw.columns)
    wrong = [
        row
        for row in range(work.size)
        if begins[row] and ends[row] and str(ends[row]) <= str(begins[row])
    ]
    work.tell("ends_before_start", "warn", next(columns, ""), np.array(wrong, dtype=np.intp))


def check_spans(work: Work, first: str, last: str) -> None:
    """Warn where a day of ending lies before that of beginning."""
    begins = work.read.get(first)
    ends = work.read.get(last)
    if begins is None or ends is None:
        return
    wrong = np.flatnonzero(ends.days() < begins.days())
    work.tell("ends_before_start", "warn", last, wrong)
