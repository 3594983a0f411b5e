"""What titles tell about the rows below them, and whether it is something else than before."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from aip_analysis.intake.area_names import areas_in, councils_in
from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.match_headings import ACTIVITY, MONTHS_TABLE, Match
from aip_analysis.intake.layout.name_marks import stage_in
from aip_analysis.intake.layout.title_words import (
    OF_PURPOSES,
    OF_WHAT_WAS,
    OWNED,
    kinds_of,
    owner_in,
    purpose_in,
    section_in,
)
from aip_analysis.intake.layout.unit_words import MONEY, scales_in_title
from aip_analysis.intake.values.fiscal_years import read_fiscal_years
from aip_analysis.reference.vocabulary import plain

_LABELLED = re.compile(r"(?:^|[\s　])([^:：\s]+)\s*[:：]\s*(\S.*?)\s*$")
# An activity is identified by its number, else by its name.
_IDENTIFYING = ("activity_id", "name")
_BEHIND_NUMBER = re.compile(r"[\s(（【]")
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
        The factor of amounts, by their unit.
    kinds
        The kinds of meetings.
    sections
        ``income`` or ``expense``, for a part of a cash book or budget.
    purposes
        The purpose of all amounts of a cash book or budget.
    councils
        The names before words such as 協議体, of an area or of none.
    owners
        Whose table it is: the council's, or another organisation's.
    stages
        Whether it is of what was held or of what was planned.
    activities
        The activity; for a table that has no other place for it, all that a title says.
    """

    areas: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    councils: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
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
    areas, councils = frozenset[str](), frozenset[str]()
    if "area_code" not in columns:
        areas = areas_in(texts, ward).codes
        councils = councils.union(*(councils_in(text, ward) for text in texts))
    if match.table == FORM:
        return TitleFacts(areas, years, councils=councils)
    paged = [text for text in texts if of_meetings and not _PAGE.search(plain(text))]
    return TitleFacts(
        areas=areas,
        years=frozenset() if "fiscal_year" in columns else years,
        units=frozenset[int]().union(*(scales_in_title(plain(text), MONEY) for text in texts)),
        kinds=kinds_of(paged, ward) or kinds_of(texts if of_meetings else (), ward),
        sections=_some(map(section_in, texts)),
        purposes=_some(purpose_in(text, ward) for text in texts if match.table in OF_PURPOSES),
        councils=councils,
        owners=_some(owner_in(text, ward) for text in texts if match.table in OWNED),
        stages=_some(stage_in(text) for text in texts if match.table in OF_WHAT_WAS),
        activities=frozenset(() if are_names else _activities(texts, headings, match)),
    )


def _some(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text for text in texts if text)


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
                # A number may have the name or a page behind it.
                number = _BEHIND_NUMBER.split(value, maxsplit=1)[0]
                values.setdefault(column, number if column == ACTIVITY and number else value)
    return next((values[name] for name in _IDENTIFYING if name in values), "")
