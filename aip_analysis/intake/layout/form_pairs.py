"""The fields of forms: pairs of a name and its value, one pair in a row or several."""

from collections.abc import Iterable, Iterator, Sequence

from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.match_headings import FORM_TABLE, Match
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference.vocabulary import plain


def pairs_of(match: Match) -> Iterator[tuple[int, int]]:
    """Yield the columns of the names and of their values, from the left."""
    yield from zip(match.columns["label"], match.columns["value"], strict=True)


def fields_in(sheet: Sheet, match: Match, rows: Iterable[int], headings: Headings) -> set[str]:
    """Return the columns of records that the fields of a form are, in some rows."""
    labels = (
        sheet.columns[place].cell(row) for row in rows for place in match.columns["label"]
    )  # fmt: skip
    names = (headings.column(FORM_TABLE, plain(read_text(label))) for label in labels if label)
    return {name for name in names if name}


def as_one_form(
    sheet: Sheet, matches: Sequence[Match], rows: Sequence[int], headings: Headings
) -> Match | None:
    """Return forms that stand side by side as one form of several pairs; None if they are several.

    They are one if none has a field that another has: 項目｜内容｜項目｜内容.
    """
    if len(matches) < 2 or any(match.table != FORM for match in matches):  # noqa: PLR2004 -- several
        return None
    fields = [fields_in(sheet, match, rows, headings) for match in matches]
    if sum(map(len, fields)) > len(set[str]().union(*fields)):
        return None
    columns: dict[str, list[int]] = {}
    for match in matches:
        for name, places in match.columns.items():
            columns.setdefault(name, []).extend(places)
    return Match(FORM, columns)
