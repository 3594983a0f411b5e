"""The words of a heading, without the marks that forms put around them.

開催日 ※1, 日付【必須】, *科目, ①日付 and 《任意》備考 are 開催日, 日付, 科目, 日付 and 備考.
A remark in brackets or behind ※ is left out only if it does not change what is meant: 支出 ※税込 is
支出, but neither 支出 ※税抜 nor 開催日（予定） is what it would be without the remark.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from aip_analysis.intake.reading import Cell
from aip_analysis.reference.calendar import FIRST_MONTH, MONTHS
from aip_analysis.reference.vocabulary import plain

# Numbers within a sign, and numbers of footnotes: NFKC would turn them into digits of the heading.
_SIGNS = re.compile(r"^[①-⓿❶-➓㉈-㉟㊱-㊿]+|[⁰¹²³⁴-⁹₀-₉]+$")
_UPRIGHT = re.compile(r"(?<=[ァ-ヶー])\s*[|｜︱]\s*(?=[ァ-ヶ]|$)")
_OPEN, _CLOSE = r"(\[{<《〈【〔「『", r")\]}>》〉】〕」』"
_BEFORE = re.compile(rf"^[{_OPEN}]([^{_OPEN}{_CLOSE}]*)[{_CLOSE}](?=.)")
_BEHIND = re.compile(rf"(?<=.)[{_OPEN}]([^{_OPEN}{_CLOSE}]*)[{_CLOSE}]$")
_AROUND = re.compile(rf"^[{_OPEN}]([^{_OPEN}{_CLOSE}]+)[{_CLOSE}]$")
_COUNTED = re.compile(r"^\d{1,2}[.、:)](?=\D)")
# A reference to a note, behind or before a heading: ※1, (*2), 注3), 備考2, 1).
_REFERENCE = r"(?:[※*＊]+\d*|(?:脚?注|註|備考)[※*]?\d+)"
_FOOTNOTE = re.compile(
    rf"(?<=.)(?:{_REFERENCE}(?:[、,・](?:{_REFERENCE}|\d+))*\)?|注\)|(?<=\D)\d{{1,2}}\))$"
)
_FOOTNOTE_BEFORE = re.compile(rf"^(?:{_REFERENCE}\)?|注\))(?=\D)")
_REMARK = re.compile(r"(?<=.)[※*＊]\d*([^※*＊]+)$")
_OTHER_MEANING = re.compile(
    r"予定|計画|見込|見通|案(?![内件])|前年|前期|前回|前月|前々|昨|次|翌|比|増減|率|%|割合|累|平均|目標|上限"
    r"|決算|予算|うち|内[訳数]|延べ?|実(?![施績])|税抜|以外|除|参考|補正|他$|男|女"
)
_TOTAL = re.compile(r"(?:の?(?:合計|総計|総数|計)|\((?:合計|総計|総数|計)\))(?:人?数)?$")
_MONTH = re.compile(
    r"(?P<next>翌年?の?)?(?:(?P<year>\d{4}|(?:令和|平成|[rh])(?:\d{1,2}|元))(?P<fiscal>年度)?[年./-]?)?"
    r"(?P<month>1[0-2]|0?[1-9])(?P<unit>月(?:分|度)?)?"
)
_YEAR_ABOVE = re.compile(r"(?P<year>\d{4}|(?:令和|平成|[rh])(?:\d{1,2}|元))年(?P<fiscal>度)?")
_FEWEST_MONTHS = 3
# No heading is longer; a text of signs alone would be peeled sign by sign.
_LONGEST = 200


def heading_text(cell: str) -> str:
    """Return the folded text of a heading, without signs that folding makes digits of it."""
    bare = cell if cell.isascii() else _UPRIGHT.sub("ー", _SIGNS.sub("", cell.strip()))
    return plain(bare) or plain(cell)


@lru_cache(maxsize=65_536)
def heading_forms(text: str) -> tuple[str, ...]:
    """Return the forms to look a heading up by: unchanged, then with fewer and fewer marks."""
    whole = plain(text)
    forms = [whole]
    while 0 < len(forms[-1]) <= _LONGEST and (less := _peeled(forms[-1])) != forms[-1]:
        forms.append(less)
    # 会議の種別 is 会議種別.
    forms += [form.replace("の", "") for form in forms if "の" in form[1:-1]]
    return tuple(form for form in forms if form)


def means_other(text: str) -> bool:
    """Return whether a word beside or above a heading makes something else of it: 予定, 前年度."""
    return bool(_OTHER_MEANING.search(text))


def without_total(text: str) -> str:
    """Return what a folded heading is the total of: 出席者数 for 出席者数合計; empty for 計."""
    for form in heading_forms(text):
        if total := _TOTAL.search(form):
            return form[: total.start()]
    return text


def _peeled(text: str) -> str:
    """Return a text without its outermost mark; the same text if it has none."""
    if text.isalnum() and not (text[0].isdigit() or text[-1].isdigit()):
        return text
    if around := _AROUND.match(text):
        return around[1]
    marks = (_COUNTED, _FOOTNOTE_BEFORE)
    # What stands within brackets is judged whole.
    for pattern in marks if _BEHIND.search(text) else (_FOOTNOTE, *marks):
        if pattern.search(text):
            return pattern.sub("", text)
    for pattern in (_BEHIND, _REMARK, _BEFORE):
        found = pattern.search(text)
        if found and not means_other(found[1]):
            return pattern.sub("", text)
    return _without_symbols(text)


def _without_symbols(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _is_symbol(text[start]):
        start += 1
    while end > start and _is_symbol(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_symbol(letter: str) -> bool:
    """Return whether a letter is a mark such as ▼, ★, * or ・, neither a word nor a bracket."""
    return letter not in "%々〃" and unicodedata.category(letter) in {"So", "Sm", "Po", "Sk", "Pd"}


def month_of(own: str, above: str = "") -> str:
    """Return the month that a folded heading names; empty if it names none.

    Parameters
    ----------
    own
        The heading: 4月, 令和7年4月分, R7.4, 2025/4, 翌1月.
    above
        The heading above it, which may give the year: 令和7年, 2025年度.

    Returns
    -------
    str
        The month, with its year if the headings give one: 4月, R7年4月.
    """
    match = next(filter(None, map(_MONTH.fullmatch, heading_forms(own))), None)
    if match is None or not (match["year"] or match["unit"]):
        return ""
    year = match if match["year"] else _YEAR_ABOVE.fullmatch(above)
    month = int(match["month"])
    if match["next"] and (year or month >= FIRST_MONTH):
        # 翌1月 is in the same fiscal year; 翌4月 is not.
        return ""
    if year is None:
        return f"{month}月"
    if year["fiscal"]:
        later = month < FIRST_MONTH
        return f"{_western(year['year']) + later}年{month}月"
    return f"{_western(year['year'])}年{month}月"


def is_year_above(text: str) -> bool:
    """Return whether a heading is a year that others below it belong to: 令和7年."""
    return bool(_YEAR_ABOVE.fullmatch(text))


def _western(year: str) -> int:
    if year.isdecimal():
        return int(year)
    number = re.sub(r"\D", "", year)
    return (2018 if year[0] in "令r" else 1988) + (int(number) if number else 1)


def months_in_cells(cells: Mapping[int, Cell]) -> dict[int, str] | None:
    """Return index -> month of the cells of a heading row that are days or numbers.

    Excel shows 1 April as 4月, or headings are 4, 5, 6. A single number, or numbers that do not
    count on, are no months, and left out. None if there are days that are no months.
    """
    days = {place: cell for place, cell in cells.items() if isinstance(cell, date)}
    if days and (len(days) < 2 or any(day.day != 1 for day in days.values())):  # noqa: PLR2004 -- a single day is a value
        return None
    months = {place: f"{day.year}年{day.month}月" for place, day in days.items()}
    numbers = {place: number for place, cell in cells.items() if (number := _number(cell))}
    places = sorted(numbers)
    steps = [(numbers[after] - numbers[before]) % MONTHS == 1 for before, after in pairwise(places)]
    if len(places) >= _FEWEST_MONTHS and all(steps):
        months |= {place: f"{number}月" for place, number in numbers.items()}
    return months


def _number(cell: Cell) -> int:
    """Return the number of a month that a cell may be; 0 if it may be none."""
    text = plain(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell))
    number = int(text) if text.isdecimal() and len(text) < 3 else 0  # noqa: PLR2004 -- at most 12
    return number if number <= MONTHS else 0
