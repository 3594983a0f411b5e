"""Plural forms within messages: ``{files:# file|# files}``.

The forms of a placeholder are separated by ``|``, one for each plural category of the language in
the order of the Unicode CLDR: in English, one and other. In the chosen form, ``#`` stands for the
number. The rules are those of the CLDR, "Language Plural Rules", as Babel has them.
"""

from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from string import Formatter
from typing import Any

from babel import Locale
from babel.plural import PluralRule

from aip_analysis.messages.figure_text import FigureText

BETWEEN_FORMS = "|"
NUMBER = "#"
OTHER = "other"
# All categories of the CLDR, in its order.
CATEGORIES = ("zero", "one", "two", "few", "many", OTHER)


class PluralFormatter(Formatter):
    """Formatter of messages in a language, as ``str.format`` with plural forms.

    Parameters
    ----------
    language
        The language whose rules choose the form.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 -- as in Formatter
        """Return a value as text; with plural forms, the form for it."""
        if BETWEEN_FORMS not in format_spec:
            return format(value, format_spec)
        count = _number_text(value)
        form = categories(self.language).index(plural_category(count, self.language))
        return format_spec.split(BETWEEN_FORMS)[form].replace(NUMBER, count)


@lru_cache(maxsize=4096)
def plural_category(number: str, language: str) -> str:
    """Return the plural category of a number as it is written: ``1`` is one, ``1.0`` is other.

    Words may stand before it: at least 1.
    """
    try:
        count = Decimal(number.rsplit(" ", maxsplit=1)[-1].replace(",", ""))
    except InvalidOperation:
        return OTHER
    return _rule(language)(count)


@cache
def categories(language: str) -> tuple[str, ...]:
    """Return the plural categories of a language, in the order of the CLDR."""
    named = _rule(language).tags
    return tuple(name for name in CATEGORIES if name in named or name == OTHER)


@cache
def _rule(language: str) -> PluralRule:
    return Locale.parse(language).plural_form


def _number_text(value: object) -> str:
    if isinstance(value, FigureText):
        return value.bare
    return f"{value:,}" if isinstance(value, int) else str(value)
