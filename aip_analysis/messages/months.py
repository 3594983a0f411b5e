"""Names of months in sentences."""

from functools import cache

from babel import Locale

from aip_analysis.messages.catalogue import Language


@cache
def month_name(month: int, language: Language) -> str:
    """Return the full name of a month of the calendar: 10月, October."""
    name: str = Locale.parse(language).months["stand-alone"]["wide"][month]
    return name
