"""What titles and names give to all rows of a table: area and year, and values without a column."""

from collections.abc import Sequence
from dataclasses import dataclass

from aip_analysis.intake.checks.title_doubts import TitleDoubt, title_doubts
from aip_analysis.intake.identity import Identity, identify
from aip_analysis.intake.layout import Headings, RawTable, Region
from aip_analysis.intake.layout.match_headings import ACTIVITY, MONTHS_TABLE, SURVEY_DAY
from aip_analysis.intake.layout.name_marks import is_plan
from aip_analysis.intake.layout.title_words import OF_PURPOSES
from aip_analysis.intake.layout.titles import (
    kind_in_titles,
    named_in_titles,
    purpose_of,
    section_of,
    titles_of,
)
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.survey_day import survey_doubts, survey_of


@dataclass(frozen=True)
class TableTitles:
    """The titles above a table, and what they and the names of sheet, file and folders tell.

    Parameters
    ----------
    groups
        The texts in groups, nearest first.
    place
        Index of the table among those of the sheet.
    names
        The names of the sheet and of the file.
    alone
        Whether there is no other table on the sheet.
    activity
        The activity that they name.
    doubts
        Why they set the table aside.
    identity
        Area and fiscal year.
    role
        What they call the table, if not records: ``plan``.
    day
        The day that residents are of, if no column tells it: ``2025-04-01``.
    """

    groups: Sequence[Sequence[str]]
    names: tuple[str, str]
    place: int
    alone: bool
    activity: str
    doubts: Sequence[TitleDoubt]
    identity: Identity
    role: str = ""
    day: str = ""

    @property
    def texts(self) -> list[str]:
        """The titles and names, nearest first."""
        return [*(text for group in self.groups for text in group), *self.names]


def read_titles(
    sheet: Sheet,
    region: Region,
    regions: Sequence[Region],
    names: Sequence[str],
    headings: Headings,
    *,
    beside_council: bool = False,
) -> TableTitles:
    """Return what titles and names give to a table.

    Parameters
    ----------
    sheet, region, regions
        The sheet, the region of the table, and all regions of the sheet.
    names
        The name of the file, then those of its folders.
    headings
        The meanings of headings.
    beside_council
        Whether another sheet of the file names the council.
    """
    groups = titles_of(sheet, region, regions)
    own = (sheet.name, names[0])
    survey = survey_of(groups, names[0], region.matched, headings)
    return TableTitles(
        groups,
        own,
        regions.index(region),
        len(regions) == 1,
        named_in_titles(sheet, region, regions, headings),
        [
            *title_doubts(
                groups,
                own,
                region.labels.values(),
                region.matched,
                headings.ward,
                beside_council=beside_council,
            ),
            *survey_doubts(survey, groups, own),
        ],
        identify(groups, sheet.name, names, headings.ward),
        "plan" if is_plan([*groups, *([name] for name in own)]) else "",
        survey.day.isoformat() if survey and survey.day else "",
    )


def constants_of(raw: RawTable, titles: TableTitles, headings: Headings) -> dict[str, str]:
    """Return the values that titles give for all rows of a table: column name -> value."""
    if raw.table == "meetings" and "kind" not in raw.columns:
        kinds = headings.ward.vocabularies["meeting_kind"]
        named = kind_in_titles(titles.groups, titles.names, headings.ward)
        return {"kind": named[0] if named else kinds.with_trait("council")[0]}
    if raw.table == MONTHS_TABLE and ACTIVITY not in raw.columns:
        return {ACTIVITY: titles.activity} if titles.activity else {}
    if titles.day:
        return {SURVEY_DAY: titles.day}
    if raw.table in OF_PURPOSES:
        told = {
            "direction": section_of(titles.groups) if raw.table == "ledger" else "",
            "purpose": purpose_of(titles.groups, headings.ward),
        }
        return {name: code for name, code in told.items() if code and name not in raw.columns}
    return {}
