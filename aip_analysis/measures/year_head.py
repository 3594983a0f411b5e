"""The head of a fiscal year in tables, files and charts: a year still running says so."""

from datetime import date
from typing import Protocol

from aip_analysis.messages import Language, say
from aip_analysis.messages.months import month_name
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import MONTHS


class HasMonths(Protocol):
    """Records or figures, which know the months of each fiscal year that have elapsed."""

    def months(self, fiscal_year: int, /) -> tuple[date, ...]:
        """Return the elapsed months of a year; empty without records."""
        ...


def year_head(
    figures: HasMonths, fiscal_year: int, language: Language, *, broken: bool = False
) -> str:
    """Return the name of a fiscal year, with the last month on record of one still running.

    Parameters
    ----------
    broken
        Whether the month is on a line of its own.
    """
    label = FiscalYear(fiscal_year).short_label(language)
    months = figures.months(fiscal_year)
    if not months or len(months) == MONTHS:
        return label
    month = month_name(months[-1].month, language)
    between = "\n" if broken else "" if language == "ja" else " "
    return label + between + say("tables.up_to_month", language, month=month)
