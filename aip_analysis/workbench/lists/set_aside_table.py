"""The rows set aside as a table: where each stands, what is wrong with it, and what to do."""

import re
from collections.abc import Collection

import pandas as pd

from aip_analysis.messages import Language, say
from aip_analysis.messages.visible_text import LONGEST, clipped
from aip_analysis.records import Records
from aip_analysis.reference import Ward
from aip_analysis.workbench.lists.frame_display import described
from aip_analysis.workbench.lists.record_columns import table_name

# What has to be read to correct a row stands first.
COLUMNS = (
    *("place", "fiscal_year", "file", "sheet", "cell", "found", "reason", "to_do"),
    *("heading", "row", "rows", "table", "block", "place_code"),
)
# Where a message's first sentence ends, and stand-ins for what is put into a message.
_END = re.compile(r"(?<=[。?])|(?<=\.)\s")
_FOUND, _EXPECTED = "\ue000", "\ue001"


def set_aside_table(
    records: Records,
    ward: Ward,
    language: Language,
    *,
    areas: Collection[str] | None = None,
    years: Collection[int] | None = None,
    table: str | None = None,
) -> pd.DataFrame:
    """Return the rows set aside, and files and sheets that could not be read.

    Parameters
    ----------
    records
        The records.
    ward
        The ward whose places are named.
    language
        The language of the reasons.
    areas, years, table
        Codes of areas, fiscal years and a record table to restrict them to. Rows of which these are
        not known are left out then, and told.

    Returns
    -------
    DataFrame
        ``COLUMNS``. A row with several problems has a line for each; ``rows`` sums to the number of
        rows set aside. ``found`` is the text in the cell as the page of the intake shows it.
    """
    problems = records.set_aside
    held = problems[(problems["severity"] == "set_aside") | (problems["rows"] > 0)]
    chosen = pd.Series(data=True, index=held.index)
    unknown = pd.Series(data=False, index=held.index)
    for column, wanted in (
        ("area_code", areas),
        ("fiscal_year", years),
        ("table", None if table is None else [table]),
    ):
        if wanted is not None:
            chosen &= held[column].isin(list(wanted))
            unknown |= held[column].isna() | (held[column] == "")
    frame = _lines(held[chosen], ward, language)
    rows = int(frame["rows"].sum())
    notes = [say("record_lists.held", language, rows=rows)]
    if left_out := int(held.loc[unknown & ~chosen, "rows"].sum()):
        notes.append(say("record_lists.held_unknown", language, rows=left_out))
    if rows:
        notes.append(say("record_lists.held_to_do", language))
    return described(
        frame,
        title=say("record_lists.set_aside", language),
        heads={name: say(f"record_lists.heading_held_{name}", language) for name in COLUMNS},
        note=say("record_lists.after", language).join(notes),
    )


def _lines(held: pd.DataFrame, ward: Ward, language: Language) -> pd.DataFrame:
    areas = {area.code: area for area in ward.places_of("area")}
    lines = []
    for row in held.itertuples(index=False):
        area = areas.get(str(row.area_code))
        found, expected = str(row.found or ""), str(row.expected or "")
        reason, to_do = reason_and_advice(str(row.code), found, expected, language)
        lines.append(
            (
                *(area.name(language) if area else "", row.fiscal_year),
                *(row.file, row.sheet, row.cell or "", clipped(found, LONGEST), reason, to_do),
                *(row.heading or "", row.row, row.rows),
                table_name(str(row.table), language) if row.table else "",
                *((ward.block_of(area).name(language), area.key) if area else ("", "")),
            )
        )
    numbers = dict.fromkeys(("fiscal_year", "row", "rows"), "Int64")
    return pd.DataFrame(lines, columns=list(COLUMNS)).astype(numbers)


def reason_and_advice(code: str, found: str, expected: str, language: Language) -> tuple[str, str]:
    """Return why a row is set aside, and how to correct it.

    The first sentence of a message of the intake says what is wrong, the others what to do.
    """
    text = say(f"intake.{code}", language, found=_FOUND, expected=_EXPECTED)
    first, *others = _END.split(text, maxsplit=1)
    whole = {_FOUND: clipped(found, LONGEST), _EXPECTED: expected}
    reason, advice = ("".join(whole.get(letter, letter) for letter in part)
                      for part in (first, "".join(others)))  # fmt: skip
    return reason.strip(), advice.strip()
