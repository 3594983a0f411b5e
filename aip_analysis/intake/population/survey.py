"""The survey that a published table comes from, and the day that its figures are of."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from aip_analysis.intake.values import folded
from aip_analysis.intake.values.days import read_day
from aip_analysis.reference import FiscalYear

CENSUS, REGISTER = "census", "register"
_CENSUS_WORD = re.compile("国勢調査")
_REGISTER_WORD = re.compile("住民基本台帳|住基")
# Words of tables that count only some of the residents, or something else of them.
_OTHER = re.compile(
    r"昼間|夜間|推計|増減|異動|構成比|割合|出生|死亡|転入|転出|就業|従業|通学|一般世帯"
)
_NATIONALITY = re.compile("外国人|日本人")
_BOTH = re.compile("含む|含み|合計|総数|及び|および|と外国人|[・+＋]外国人")
# The census is taken on 1 October of every fifth year.
_CENSUS_DAY, _CENSUS_STEP = ".10.1", 5
_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHRmtshr])"
_NUMBER = r"[\d〇一二三四五六七八九十元]"
_YEAR = rf"(?:{_ERA}{_NUMBER}{{1,3}}|(?<!\d)\d{{4}})"
_BESIDE = r"(?:\([^)]{2,8}\))?"
_DAY = re.compile(
    rf"{_YEAR}(?:年{_BESIDE}|[-/._]|{_BESIDE}年){_NUMBER}{{1,3}}(?:[-/._月]){_NUMBER}{{1,3}}(?:日|(?!\d))"
)
_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)")
_SHORT = re.compile(r"(?<![A-Za-z])([RHSrhs])(\d\d)(\d\d)(\d\d)(?!\d)")
_AS_OF = re.compile(r"現在|時点|基準日")
_CENSUS_YEAR = re.compile(rf"{_YEAR}(?!\d)")


@dataclass(frozen=True)
class Survey:
    """Where a table's figures come from.

    Parameters
    ----------
    kind
        ``census``, ``register``, or empty if neither is named.
    day
        The day; None if none is named, or if several are.
    days
        All days named, for a message.
    """

    kind: str
    day: date | None
    days: str = ""


def find_survey(titles: Sequence[str], name: str, notes: Sequence[str], *, census: bool) -> Survey:
    """Return the survey and the day that titles, else the file's name, else notes tell.

    Parameters
    ----------
    titles
        The texts above the table, and the sheet's name.
    name
        The file's name without its extension.
    notes
        The texts below the table.
    census
        Whether the table has the columns of e-Stat's census tables.
    """
    kind = CENSUS if census else _kind([*titles, name]) or _kind(notes)
    for texts in (titles, [name], notes):
        days = _days(texts, kind)
        if days:
            named = "、".join(day.isoformat() for day in sorted(days))
            return Survey(kind, min(days) if len(days) == 1 else None, named)
    return Survey(kind, None)


def counts_others(texts: Iterable[str]) -> str:
    """Return the text that says that a table does not count all residents; empty if none does."""
    for text in texts:
        if _OTHER.search(text) or (_NATIONALITY.search(text) and not _BOTH.search(text)):
            return text
    return ""


def speaks_of_residents(texts: Iterable[str]) -> bool:
    """Return whether one of some texts says that residents are counted."""
    return any(
        "人口" in text or _CENSUS_WORD.search(text) or _REGISTER_WORD.search(text) for text in texts
    )


def says_as_of(text: str) -> bool:
    """Return whether a text says that a day is the one that figures are of: 現在, 時点, 基準日."""
    return bool(_AS_OF.search(text))


def _kind(texts: Iterable[str]) -> str:
    joined = " ".join(texts)
    census, register = _CENSUS_WORD.search(joined), _REGISTER_WORD.search(joined)
    if bool(census) == bool(register):
        return ""
    return CENSUS if census else REGISTER


def _days(texts: Iterable[str], kind: str) -> set[date]:
    """Return the days in some texts; those said to be of the figures come first."""
    days = {text: _read(_written_days(text)) for text in texts}
    stated = {day for text in days if _AS_OF.search(text) for day in days[text]}
    found = stated or {day for text in days for day in days[text]}
    if found or kind != CENSUS:
        return found
    years = (year for text in days for year in _CENSUS_YEAR.findall(folded(text)))
    taken = _read(f"{year}{_CENSUS_DAY}" for year in years)
    return {day for day in taken if day.year % _CENSUS_STEP == 0}


def _written_days(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    short = [f"{era}{year}.{month}.{day}" for era, year, month, day in _SHORT.findall(plain)]
    written = [day.replace("_", ".") for day in _DAY.findall("".join(plain.split()))]
    return [*written, *_DIGITS.findall(plain), *short]


def _read(texts: Iterable[str]) -> set[date]:
    values = [read_day(text.upper(), FiscalYear(1)).value for text in texts]
    return {value for value in values if isinstance(value, date)}
