"""Rows of meetings: combined times, weekdays, meeting numbers, sums of people present."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from aip_analysis.intake.conversion.parsed_table import (
    Completed,
    Flags,
    ParsedTable,
    RowProblems,
)
from aip_analysis.intake.values import folded, read_times
from aip_analysis.intake.values.days import CLOSE, OPEN, WEEKDAYS
from aip_analysis.intake.values.times import times_behind

PARTS = ("members_present", "supporters_present", "others_present")
_WEEKDAY = re.compile(rf"{OPEN}?([月火水木金土日])(?:曜日?)?(?:[・,、]?[祝休]日?)?{CLOSE}?")


def complete_meetings(table: ParsedTable, _set_aside: Flags) -> Completed:
    """Return start and end times, and where redundant values contradict each other."""
    starts, ends = _times(table)
    problems = [
        *_unreadable_hours(table),
        *_wrong_weekdays(table),
        *_wrong_numbers(table),
        *_wrong_sums(table),
        _ends_before_starts(table, starts, ends),
    ]
    return Completed({"starts_at": starts, "ends_at": ends}, problems)


def _times(table: ParsedTable) -> tuple[list[str | None], list[str | None]]:
    """Return start and end times, also from a combined column or from behind the date."""
    starts, ends = _texts_of(table, "starts_at"), _texts_of(table, "ends_at")
    for name, read in (("hours", read_times), ("held_on", times_behind)):
        raw = table.raw.columns.get(name)
        if raw is None:
            continue
        parsed = [read(value) for value in raw.cells.values]
        for row, code in enumerate(raw.cells.codes):
            times = parsed[code] if code >= 0 else None
            if times:
                starts[row] = starts[row] or times[0]
                ends[row] = ends[row] or times[1]
    return starts, ends


def _unreadable_hours(table: ParsedTable) -> Iterator[RowProblems]:
    raw = table.raw.columns.get("hours")
    if raw is not None:
        wrong = raw.cells.where(read_times(value) is None for value in raw.cells.values)
        yield RowProblems("not_a_time", "warn", "hours", np.flatnonzero(wrong))


def _texts_of(table: ParsedTable, name: str) -> list[str | None]:
    column = table.columns.get(name)
    if column is None:
        return [None] * table.size
    values = [*column.values, None]
    return [None if values[code] is None else str(values[code]) for code in column.codes]


def _wrong_weekdays(table: ParsedTable) -> Iterator[RowProblems]:
    """Yield weekdays that disagree with the dates."""
    raw, held = table.raw.columns.get("weekday"), table.columns.get("held_on")
    if raw is None or held is None:
        return
    matches = [_WEEKDAY.fullmatch(folded(value)) for value in raw.cells.values]
    right = {}
    for row, day in enumerate(held.days()):
        code = raw.cells.codes[row]
        match = matches[code] if code >= 0 else None
        if match is None or np.isnat(day):
            continue
        weekday = WEEKDAYS[day.astype(object).weekday()]
        if match[1] != weekday:
            right[row] = weekday
    yield RowProblems("weekday_disagrees", "warn", "weekday", *_rows_and_expected(right))


def _wrong_numbers(table: ParsedTable) -> Iterator[RowProblems]:
    """Yield meetings whose number disagrees with the one in the topic: 第12回定例会."""
    number = table.columns.get("number")
    topic = table.raw.columns.get("topic")
    if number is None or topic is None:
        return
    kinds = (term.ja for term in table.ward.vocabularies["meeting_kind"])
    names = "|".join(re.escape(name) for name in (*kinds, *_suffixes(table)))
    pattern = re.compile(rf"第(\d{{1,9}})回(?:{names})")
    matches = [pattern.search(folded(value)) for value in topic.cells.values]
    numbers = number.numbers()
    right = {}
    for row, code in enumerate(topic.cells.codes):
        match = matches[code] if code >= 0 else None
        if match and numbers[row] and int(match[1]) != numbers[row]:
            right[row] = str(numbers[row])
    yield RowProblems("number_disagrees", "warn", "topic", *_rows_and_expected(right))


def _suffixes(table: ParsedTable) -> Sequence[str]:
    configured = table.ward.settings.get("area_suffixes", [])
    return [configured] if isinstance(configured, str) else configured


def _wrong_sums(table: ParsedTable) -> Iterator[RowProblems]:
    """Yield totals present that are not the sum of their parts, if a sheet has both."""
    total = table.columns.get("total_present")
    parts = [column for name, column in table.columns.items() if name.split("+")[0] in PARTS]
    if total is None or not parts:
        return
    sums = sum((part.numbers() for part in parts), np.zeros(table.size, dtype=np.int64))
    known = ~total.lacks & ~np.all([part.lacks for part in parts], axis=0)
    wrong = np.flatnonzero(known & (sums != total.numbers()))
    expected = [str(sums[row]) for row in wrong]
    yield RowProblems("total_disagrees", "warn", "total_present", wrong, expected)


def _rows_and_expected(right: Mapping[int, str]) -> tuple[np.ndarray, list[str]]:
    return np.array(list(right), dtype=np.intp), list(right.values())


def _ends_before_starts(
    table: ParsedTable, starts: Sequence[str | None], ends: Sequence[str | None]
) -> RowProblems:
    columns = (name for name in ("ends_at", "hours", "held_on") if name in table.raw.columns)
    wrong = [
        row
        for row in range(table.size)
        if starts[row] and ends[row] and str(ends[row]) <= str(starts[row])
    ]
    rows = np.array(wrong, dtype=np.intp)
    return RowProblems("ends_before_start", "warn", next(columns, ""), rows)


def check_spans(table: ParsedTable, first: str, last: str) -> list[RowProblems]:
    """Warn about end dates before start dates."""
    starts = table.columns.get(first)
    ends = table.columns.get(last)
    if starts is None or ends is None:
        return []
    wrong = np.flatnonzero(ends.days() < starts.days())
    return [RowProblems("ends_before_start", "warn", last, wrong)]
