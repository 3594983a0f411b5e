"""Months as an analyst types them: (4, 10), 10, "4月", ("10月", "3月")."""

import unicodedata
from collections.abc import Sequence

from aip_analysis.errors import UsageError
from aip_analysis.records.some_months import Months
from aip_analysis.reference.calendar import MONTHS
from aip_analysis.workbench.names.typed_names import Typed

_FIRST_AND_LAST = 2
# Two months of a year, the first and the last, in any spelling; or one.
TypedMonths = Typed | Sequence[Typed]


def typed_months(typed: TypedMonths) -> Months:
    """Return the months of a fiscal year that are meant, from a first to a last one.

    Raises
    ------
    UsageError
        When they are no months, or not in the order of a fiscal year.
    """
    several = [typed] if isinstance(typed, str | int) else list(typed)
    numbers = [_month(one) for one in several]
    if not 0 < len(numbers) <= _FIRST_AND_LAST or None in numbers:
        raise UsageError("figure_tables.no_such_months", given="、".join(map(str, several)))
    first, last = (number or 0 for number in (numbers[0], numbers[-1]))
    months = Months(first, last)
    if not len(months.places):
        raise UsageError("figure_tables.months_in_order", first=first, last=last)
    return months


def _month(typed: Typed) -> int | None:
    text = unicodedata.normalize("NFKC", str(typed)).strip().removesuffix("月")
    number = int(text) if text.isdecimal() and len(text) <= _FIRST_AND_LAST else 0
    return number if 1 <= number <= MONTHS else None
