"""Find telephone numbers, mail addresses and individual numbers (マイナンバー) in folded text."""

import re
from collections.abc import Iterator

from aip_analysis.intake.privacy.word_tables import any_of, words

_HYPHEN = "[-ー.]"
_BETWEEN = f"(?: ?{_HYPHEN} ?| )"
# A match must not be part of a longer number, such as that of a receipt; "TEL" may touch it.
_LEFT = r"(?:(?<![0-9A-Za-z.,\-¥])|(?<=TEL)|(?<=TEL\.)|(?<=FAX)|(?<=FAX\.)|(?<=CALL))"
_RIGHT = rf"(?![0-9]|{_HYPHEN}[0-9])"

# An at sign is often spelled, so that machines do not find the address.
_AT = r"(?:@|[\[(<{] ?(?:at|@|アット|あっと) ?[\])>}]|アットマーク|[★☆●■◆])"
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+ ?{_AT} ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"{_LEFT}(?P<area>\+81[ \-]?(?:\(0\))?[ \-]?[1-9][0-9]{{0,3}}"
    r"|0[0-9]{1,4}|\( ?0[0-9]{1,4} ?\))"
    rf"(?P<first>{_BETWEEN}?|\()(?P<office>[0-9]{{1,4}})(?P<second>{_BETWEEN}?|\))"
    rf"(?P<line>[0-9]{{3,4}}){_RIGHT}",
    re.IGNORECASE,
)
# Mobile and IP telephony, toll-free, the two largest cities, and all other area codes.
_DIALLED = re.compile(
    r"0(?:[5-9]0[0-9]{8}|800[0-9]{7}|120[0-9]{6}|570[0-9]{6}|[36][0-9]{8}|[124-9][1-9][0-9]{7})"
)
# Local numbers, only near a word that identifies them as such.
_LOCAL = re.compile(
    rf"(?:{any_of(words('phone_words'))})(?!帳)[^0-9、。]{{0,6}}"
    r"(?P<local>\(?(?!20[0-3][0-9][-.])[2-9][0-9]{1,3}[-ー.のノ)] ?[0-9]{4})(?![-ー.]?[0-9]|円)",
    re.IGNORECASE,
)
# A cell that holds a mobile number without its 0: Excel takes it for a number.
_WITHOUT_ZERO = re.compile(r"[789]0[0-9]{8}")
_NUMBER = re.compile(rf"{_LEFT}([0-9]{{4}})([ \-]?)([0-9]{{4}})\2([0-9]{{4}}){_RIGHT}(?! ?円)")
# Twelve digits that are said to be one, even if mistyped.
_CALLED = re.compile(
    r"(?:マイナンバー|個人番号)[^0-9、。]{0,10}(?P<x>[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4})(?![0-9])"
)
_CHECKED = 11


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of mail addresses."""
    return (match.span() for match in _MAIL.finditer(text))


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of phone and fax numbers: dialable ones, and local ones after "TEL"."""
    for match in _PHONE.finditer(text):
        area = re.sub(r"\+81(?:[ \-]?\(0\))?", "0", match["area"])
        dialled = re.sub("[^0-9]", "", area + match["office"] + match["line"])
        if _DIALLED.fullmatch(dialled) and _evenly(match["first"], match["second"]):
            yield match.span()
    for match in _LOCAL.finditer(text):
        yield match.span("local")
    if _WITHOUT_ZERO.fullmatch(text):
        yield 0, len(text)


def individual_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of twelve digits with the check digit or the name of an individual number."""
    for match in _NUMBER.finditer(text):
        digits = "".join(match.group(1, 3, 4))
        if digits.strip("0") and int(digits[-1]) == check_digit(digits[:-1]):
            yield match.span()
    yield from (match.span("x") for match in _CALLED.finditer(text))


def check_digit(digits: str) -> int:
    """Return the check digit for the first eleven digits of an individual number.

    From the right, the digits have the weights 2 to 7 and then 2 to 6. The check digit is 11 minus
    the weighted sum modulo 11; if the remainder is 0 or 1, it is 0.

    Parameters
    ----------
    digits
        Eleven digits.
    """
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    total = sum(
        int(digit) * weight for digit, weight in zip(reversed(digits), weights, strict=True)
    )
    rest = total % _CHECKED
    return 0 if rest <= 1 else _CHECKED - rest


def _evenly(first: str, second: str) -> bool:
    """Return whether the separators suggest one grouped number, not several side by side."""
    return (first == " ") == (second == " ") or second.strip(" ") != ""
