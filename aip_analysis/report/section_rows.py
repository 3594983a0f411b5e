"""Rows of tables as sections show them: in the order of a vocabulary, or one for every month."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from aip_analysis.charts.time_axis import by_month, known_by_month, lacking_by_month
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Place
from aip_analysis.report.blocks import Paragraphs
from aip_analysis.report.context import Context
from aip_analysis.tables import Cell, Table


def in_order(table: pd.DataFrame, column: str, codes: Iterable[str]) -> pd.DataFrame:
    """Return the rows with the given codes, in the order of the codes; other rows are left out.

    Parameters
    ----------
    table
        Any table.
    column
        The name of its column of codes.
    codes
        The codes in the desired order.
    """
    ranks = {code: rank for rank, code in enumerate(codes)}
    ranked = [(ranks[code], at) for at, code in enumerate(table[column].tolist()) if code in ranks]
    return table.take([at for _rank, at in sorted(ranked)]).reset_index(drop=True)


def meetings_by_month(context: Context, place: Place) -> pd.DataFrame:
    """Return the council meetings of a place: month, meetings.

    Months without a meeting have 0 if any of its councils was at work in them and is on record, and
    are missing otherwise.
    """
    year = context.fiscal_year
    columns = ("month", "meetings")
    held = by_month(context.figures.rows_of("meetings_by_month", place, year, *columns),
                    "meetings", context.months)  # fmt: skip
    areas = context.ward.areas_of(place)
    ends = dict(context.figures.gaps_of(place, year).ended)
    courses = context.figures.courses_of(place, year)
    kept = [area for area in areas if context.figures.value(area, year, "meetings") is not None]

    def is_at_work(area: Place, month: date) -> bool:
        course = courses.get((area.code, year))
        if month > ends.get(area, month):
            return False
        unknown = course is None or course.established_on is None
        return unknown or (course is not None and course.months_in_operation((month,)) > 0)

    counts = [
        count if count or any(is_at_work(area, month) for area in kept) else None
        for count, month in zip(held, context.months, strict=True)
    ]
    return pd.DataFrame(
        {
            "month": pd.to_datetime(list(context.months)),
            "meetings": pd.array(counts, dtype="Int64"),
        }
    )


def by_months(context: Context, *tables: pd.DataFrame, heads: Sequence[str]) -> Table:
    """Return a table with a row for every elapsed month, with 0 where nothing was counted.

    Where months lack something, a last column says how much.

    Parameters
    ----------
    context
        The page.
    *tables
        Each with a column month (first days) and columns of counts; where a month has no value in
        its first column, it has 0 in none of the others.
    heads
        The heads of the columns of counts.
    """
    months = context.months
    columns = [
        known_by_month(table, str(name), months)
        for table in tables
        for name in table.columns
        if name not in {"month", "lacking"}
    ]
    lacking = [lacking_by_month(table, months) for table in tables]
    numbers = [sum(counts) for counts in zip(*lacking, strict=True)]
    if any(numbers):
        columns.append(list(numbers))
        heads = [*heads, context.say("head_lacking")]
    rows = []
    for turn, month in enumerate(months):
        first = Cell(context.say("month_only", month=month.month))
        rows.append((first, *(_count(column[turn], context.language) for column in columns)))
    return Table(
        (context.say("head_month"), *heads), tuple(rows), frozenset(range(1, len(heads) + 1))
    )


def _count(value: int | None, language: Language) -> Cell:
    if value is None:
        return Cell(number(None), state=say("states.not_kept_full", language))
    return Cell(number(value), value)


def lacking_note(context: Context, table: pd.DataFrame) -> list[Paragraphs]:
    """Return the note below a chart of months of which something lacks."""
    count = sum(lacking_by_month(table, context.months))
    return [context.paragraphs([context.say("lacking_note", count=count)])] if count else []
