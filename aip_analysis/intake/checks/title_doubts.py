"""What titles and names say about a table that keeps its rows from being records of the council.

They may say that the table is another organisation's, an example or a plan, or too little to tell
what kind of table it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aip_analysis.intake.layout.match_headings import LEDGER, Match
from aip_analysis.intake.layout.name_marks import (
    EXAMPLE,
    PLANNED,
    is_guidance_name,
    is_of_examples,
    is_plan,
    stage_in,
)
from aip_analysis.intake.layout.title_words import (
    COUNCIL,
    OF_PURPOSES,
    OWNED,
    is_body,
    owner_in,
)
from aip_analysis.intake.layout.titles import kind_in_titles
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

BUDGETS = "budgets"
_BUDGET = re.compile(r"予算|計画|見込|見積|当初|補正")
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
    titles: Sequence[Sequence[str]],
    names: Sequence[str],
    labels: Iterable[str],
    match: Match,
    ward: Ward,
    *,
    beside_council: bool = False,
) -> list[TitleDoubt]:
    """Return why a table is set aside because of its titles, and of the names of sheet and file.

    Parameters
    ----------
    titles
        The texts above the table, in groups, nearest first.
    names
        The names of the sheet and of the file.
    labels
        The table's headings as written.
    match
        The table.
    ward
        The ward whose words apply.
    beside_council
        Whether another sheet of the file names the council: the name of another body alone then
        says whose books a sheet has.
    """
    groups = [*titles, *([name] for name in names)]
    found = (
        _guidance(names[0]),
        _other_organisation(groups, match, ward, beside_council=beside_council),
        _examples(groups),
        _plan(groups, match),
        _no_budget(groups, labels, match),
        _unclear_table(groups, match),
        _several_kinds(titles, names, match, ward),
    )
    return [doubt for doubt in found if doubt][:1]


def _other_organisation(
    groups: Sequence[Sequence[str]], match: Match, ward: Ward, *, beside_council: bool
) -> TitleDoubt | None:
    if match.table not in OWNED:
        return None
    by_name = beside_council and match.table in OF_PURPOSES
    for texts in groups:
        named = [(owner_in(text, ward), text) for text in texts]
        others = [
            text
            for owner, text in named
            if owner not in {"", COUNCIL} or (by_name and is_body(text, ward))
        ]
        if others:
            return TitleDoubt("other_organisation", found=others[0])
        if any(owner for owner, _ in named):
            return None
    return None


def _examples(groups: Sequence[Sequence[str]]) -> TitleDoubt | None:
    """Return that a table shows how another is filled in."""
    if not is_of_examples(groups):
        return None
    texts = (text for texts in groups for text in texts)
    return TitleDoubt("table_of_examples", found=next(t for t in texts if stage_in(t) == EXAMPLE))


def _plan(groups: Sequence[Sequence[str]], match: Match) -> TitleDoubt | None:
    """Return that a cash book is a plan: what is planned was not paid.

    Plans of meetings and activities are told from records by their rows, too: see check_plans.
    """
    if match.table != LEDGER or not is_plan(groups):
        return None
    texts = (text for texts in groups for text in texts)
    return TitleDoubt("table_of_plan", found=next(t for t in texts if stage_in(t) == PLANNED))


def _guidance(sheet: str) -> TitleDoubt | None:
    """Return that the rows may be examples: they stand on a sheet of explanations."""
    return TitleDoubt("table_of_guidance", found=sheet) if is_guidance_name(sheet) else None


def _no_budget(
    groups: Sequence[Sequence[str]], labels: Iterable[str], match: Match
) -> TitleDoubt | None:
    """Return that amounts of categories may be sums of what was paid: nothing calls them planned.

    Sums of the records are recognised as such once all files are read: see check_summaries.
    """
    texts = [*labels, *(text for texts in groups for text in texts)]
    if match.table != BUDGETS or any(_BUDGET.search(plain(text)) for text in texts):
        return None
    return TitleDoubt("table_of_sums")


def _unclear_table(groups: Sequence[Sequence[str]], match: Match) -> TitleDoubt | None:
    """Return that a table with amounts may be a cash book, unless titles say what it is."""
    if not match.amounts or match.table not in _KINDS:
        return None
    if any(_KINDS[match.table].search(plain(text)) for texts in groups for text in texts):
        return None
    return TitleDoubt("table_unclear", found="、".join(match.amounts))


def _several_kinds(
    titles: Sequence[Sequence[str]], names: Sequence[str], match: Match, ward: Ward
) -> TitleDoubt | None:
    if match.table != "meetings" or "kind" in match.columns:
        return None
    kinds = kind_in_titles(titles, names, ward)
    words = ward.vocabularies["meeting_kind"]
    if len(kinds) < 2:  # noqa: PLR2004 -- several
        return None
    return TitleDoubt("several_kinds", found="、".join(words[kind].ja for kind in kinds))
