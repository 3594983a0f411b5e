"""The day that residents by area are of, where it stands in a title instead of in a column."""

from collections.abc import Iterator, Sequence
from datetime import date

from aip_analysis.intake.checks.title_doubts import TitleDoubt
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.layout.match_headings import POPULATION, SURVEY_DAY, Match
from aip_analysis.intake.population.survey import (
    Survey,
    counts_others,
    find_survey,
    says_as_of,
    speaks_of_residents,
)
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.days import read_day
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.vocabulary import plain

_BRACKETS = "()[]<>〈〉【】〔〕「」"


def survey_of(
    groups: Sequence[Sequence[str]], name: str, match: Match, headings: Headings
) -> Survey | None:
    """Return the survey that titles and a file's name tell; None if no table needs one.

    Parameters
    ----------
    groups
        The titles in groups, nearest first: the nearest day counts.
    name
        The file's name without its extension.
    match
        The table.
    headings
        The meanings of headings.
    """
    if match.table != POPULATION or SURVEY_DAY in match.columns:
        return None
    for texts in groups:
        survey = find_survey(
            [text for text in texts if _may_tell(text, headings)], "", (), census=False
        )
        if survey.days:
            return survey
    return find_survey((), name, (), census=False)


def survey_doubts(
    survey: Survey | None, groups: Sequence[Sequence[str]], names: Sequence[str]
) -> Iterator[TitleDoubt]:
    """Yield why a table is set aside whose day only titles can tell."""
    if survey is None:
        return
    other = counts_others([*(text for texts in groups for text in texts), *names])
    if other:
        yield TitleDoubt("not_all_residents", found=other)
    if survey.day is None:
        yield TitleDoubt("no_survey_day", found=survey.days or "―")


def _may_tell(text: str, headings: Headings) -> bool:
    """Return whether a day in a title is that of the figures, not that of printing."""
    label = plain(text).partition(":")[0]
    if headings.column(POPULATION, label) == SURVEY_DAY:
        return True
    if says_as_of(text) or speaks_of_residents([text]):
        return True
    return isinstance(read_day(folded(text).strip(_BRACKETS), FiscalYear(1)).value, date)
