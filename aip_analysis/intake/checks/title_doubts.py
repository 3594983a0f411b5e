"""What titles and names say about a table that keeps its rows from being records of the council.

They may say that the table is another organisation's, that it is a plan, or too little to tell what
kind of table it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aip_analysis.intake.layout.match_headings import Match
from aip_analysis.intake.layout.title_facts import kinds_in
from aip_analysis.intake.layout.titles import kind_in_titles
from aip_analysis.intake.values import folded
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

# A title says what a table is, or whose: 舟渡町会 会計, 老人クラブの総会.
_OWNED = (
    r"の?(?:会計|出納|収支|決算|予算|現金|預金|通帳|役員|総会|定例会|例会|会議|議事|事業|活動|記録"
    r"|報告|名簿|$)"
)
_BOOKS = r"の?(?:会計|出納|収支|決算|予算|現金|預金|通帳)"
_BODY = re.compile(
    rf"(?P<body>[^\W_]*(?:(?<!総)(?<!例)(?<!役員)(?<!幹事)会|クラブ|団|組合|サークル|PTA))"
    rf"{_BOOKS}"
)
_COUNCIL = ("会", "会議", "体")
_OWN_BOOKS = "own_books"
_OWNERS = frozenset({"ledger", "budgets", "meetings", "members", "goals"})
_PLAN = re.compile(r"計画|予定")
_HELD = re.compile(r"実績|記録|報告|結果|議事|出納|決算")
_OF_WHAT_WAS = frozenset({"ledger", "meetings", "activity_months"})
# Words in titles by which a table with a column of amounts may still be no cash book.
_KINDS = {
    "meetings": re.compile(r"会議|議事|例会|部会|会合|開催"),
    "activity_months": re.compile(r"活動|実績|利用|通いの場"),
}


@dataclass(frozen=True)
class TitleDoubt:
    """A reason for which titles and names set a table aside."""

    code: str
    found: str = ""
    expected: str = ""


def title_doubts(
    titles: Sequence[Sequence[str]], names: Sequence[str], match: Match, ward: Ward
) -> list[TitleDoubt]:
    """Return why a table is set aside because of its titles, and of the names of sheet and file.

    Parameters
    ----------
    titles
        The texts above the table, in groups, nearest first.
    names
        The names of the sheet and of the file.
    match
        The table.
    ward
        The ward whose words apply.
    """
    groups = [*titles, *([name] for name in names)]
    doubts = [
        doubt
        for find in (_other_organisation, _plan, _unclear_table, _several_kinds)
        if (doubt := find(groups, match, ward))
    ]
    return doubts[:1]


def _other_organisation(
    groups: Sequence[Sequence[str]], match: Match, ward: Ward
) -> TitleDoubt | None:
    if match.table not in _OWNERS:
        return None
    council = [word for word in _suffixes(ward) if word.endswith(_COUNCIL)]
    for texts in groups:
        for text in texts:
            if not any(word in folded(text) for word in council) and _names_other(text, ward):
                return TitleDoubt("other_organisation", found=text)
        if any(word in folded(text) for text in texts for word in council):
            return None
    return None


def _names_other(text: str, ward: Ward) -> bool:
    """Return whether a title says that a table is that of another organisation than the council."""
    bare = folded(text)
    if ":" in bare:
        return False
    types = ward.vocabularies["organisation_type"]
    words = "|".join(
        re.escape(folded(spelling))
        for code in types.with_trait(_OWN_BOOKS)
        for spelling in (types[code].ja, *types[code].synonyms)
    )
    if words and re.search(rf"(?:{words})[\W_]*{_OWNED}", bare):
        return True
    body = _BODY.search(bare)
    return body is not None and not kinds_in(body["body"], ward)


def _suffixes(ward: Ward) -> list[str]:
    configured = ward.settings.get("area_suffixes", [])
    return [configured] if isinstance(configured, str) else list(configured)


def _plan(groups: Sequence[Sequence[str]], match: Match, _ward: Ward) -> TitleDoubt | None:
    """Return that a table is a plan: what is planned was not held."""
    if match.table not in _OF_WHAT_WAS:
        return None
    for texts in groups:
        if any(_HELD.search(plain(text)) for text in texts):
            return None
        planned = [text for text in texts if _PLAN.search(plain(text))]
        if planned:
            return TitleDoubt("table_of_plan", found=planned[0])
    return None


def _unclear_table(groups: Sequence[Sequence[str]], match: Match, _ward: Ward) -> TitleDoubt | None:
    """Return that a table with amounts may be a cash book, unless titles say what it is."""
    if not match.amounts or match.table not in _KINDS:
        return None
    if any(_KINDS[match.table].search(plain(text)) for texts in groups for text in texts):
        return None
    return TitleDoubt("table_unclear", found="、".join(match.amounts))


def _several_kinds(groups: Sequence[Sequence[str]], match: Match, ward: Ward) -> TitleDoubt | None:
    if match.table != "meetings" or "kind" in match.columns:
        return None
    kinds = kind_in_titles(groups, ward)
    words = ward.vocabularies["meeting_kind"]
    if len(kinds) < 2:  # noqa: PLR2004 -- several
        return None
    return TitleDoubt("several_kinds", found="、".join(words[kind].ja for kind in kinds))
