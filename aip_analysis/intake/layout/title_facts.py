"""What titles tell about the rows below them, and whether it is something else than before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from aip_analysis.intake.area_names import areas_in
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.match_headings import ACTIVITY, MONTHS_TABLE, Match
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.fiscal_years import read_fiscal_years
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

_LABELLED = re.compile(r"(?:^|[\s　])([^:：\s]+)\s*[:：]\s*(\S.*?)\s*$")
# An activity is identified by its number, else by its name.
_IDENTIFYING = ("activity_id", "name")
_SECTION = re.compile(
    r"(収入|支出|歳入|歳出)の部|^\W*\d?\W*(収入|支出|歳入|歳出)(?:内訳|明細)?\W*$"
)
_INCOME = frozenset({"収入", "歳入"})
_UNIT = re.compile(r"単位.{,3}?((?:百|千|万|百万)?円)|^\W*((?:百|千|万|百万)?円)(?:単位)?\W*$")
# Which page it is: (2枚目), 2/3, P.2, No.2, 続き.
_PAGE = re.compile(
    r"[(（\[【]?(?:その|第|no\.?|p\.?|page)?[\d一二三四五六七八九十]+(?:枚目?|頁|ページ|[/-]\d+|(?=[)）\]】]))"
    r"[)）\]】]?|(?:no|p|page)\.?\d+|[(（\[【]?(?:続き|つづき|続|再掲)[)）\]】]?|[-‐ー]\d+[-‐ー]"
)


@dataclass(frozen=True)
class TitleFacts:
    """What titles tell; each is empty if they do not tell it.

    Parameters
    ----------
    areas, years
        The areas and fiscal years.
    units
        The unit of amounts.
    kinds
        The kinds of meetings.
    sections
        ``income`` or ``expense``, for a part of a cash book or budget.
    activities
        The activity; for a table that has no other place for it, all that a title says.
    """

    areas: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()

    def over(self, above: "TitleFacts") -> "TitleFacts":
        """Return what holds below these titles: what they do not tell, those above tell."""
        names = (one.name for one in fields(self))
        return TitleFacts(**{name: getattr(self, name) or getattr(above, name) for name in names})

    def changes(self, above: "TitleFacts") -> bool:
        """Return whether these titles tell something else than holds above them."""
        return self.over(above) != above

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def facts_of(
    texts: Sequence[str], headings: Headings, match: Match, *, are_names: bool = False
) -> TitleFacts:
    """Return what titles tell that the columns of a table do not tell row by row.

    Parameters
    ----------
    texts
        The titles.
    headings
        The meanings of headings.
    match
        The table below them.
    are_names
        Whether they are the names of sheets, files and folders instead.
    """
    ward, columns = headings.ward, set(match.columns)
    years = frozenset[int]().union(*(read_fiscal_years(text, is_name=are_names) for text in texts))
    of_meetings = match.table == "meetings" and "kind" not in columns
    kinds = (kinds_in(text, ward) for text in texts if of_meetings)
    return TitleFacts(
        frozenset() if "area_code" in columns else areas_in(texts, ward).codes,
        frozenset() if "fiscal_year" in columns else years,
        frozenset(unit[1] or unit[2] for text in texts if (unit := _UNIT.search(folded(text)))),
        frozenset[str]().union(*kinds),
        frozenset(section for text in texts if (section := section_in(text))),
        frozenset(() if are_names else _activities(texts, headings, match)),
    )


def _activities(texts: Sequence[str], headings: Headings, match: Match) -> Iterable[str]:
    if match.table != MONTHS_TABLE or ACTIVITY in match.columns:
        return ()
    labelled = labelled_activity([texts], headings)
    whole = (_PAGE.sub("", plain(text)) for text in texts)
    return (labelled,) if labelled else (text for text in whole if text)


def labelled_activity(rows: Iterable[Sequence[str]], headings: Headings) -> str:
    """Return the activity in rows of titles: 活動番号：A-1, or with the value in the next cell."""
    values: dict[str, str] = {}
    for texts in rows:
        for text, behind in zip(texts, [*texts[1:], ""], strict=False):
            match = _LABELLED.search(text)
            label, value = (match[1], match[2]) if match else (text, behind)
            column = headings.column("activities", plain(label))
            if column in _IDENTIFYING and value:
                values.setdefault(column, value)
    return next((values[name] for name in _IDENTIFYING if name in values), "")


def section_in(text: str) -> str:
    """Return ``income`` or ``expense`` for the title of a part: 収入の部; else an empty text."""
    found = {one or other for one, other in _SECTION.findall(folded(text))}
    if len(found) != 1:
        return ""
    return "income" if found <= _INCOME else "expense"


@lru_cache(maxsize=1024)
def kinds_in(text: str, ward: Ward) -> frozenset[str]:
    """Return the kinds of meetings that a text names.

    The council's own name is that of a kind, too, but only says whose meeting it is.
    """
    spellings = _spellings(ward)
    bare = plain(text)
    for suffix in ward.settings.get("area_suffixes", []):
        bare = bare.replace(plain(suffix), "、")
    found = set()
    for spelling in sorted(spellings, key=len, reverse=True):
        if spelling in bare:
            found.add(spellings[spelling])
            bare = bare.replace(spelling, "、")
    return frozenset(found)


def _spellings(ward: Ward) -> Mapping[str, str]:
    return {
        plain(spelling): term.code
        for term in ward.vocabularies["meeting_kind"]
        for spelling in (term.ja, *term.synonyms)
    }
