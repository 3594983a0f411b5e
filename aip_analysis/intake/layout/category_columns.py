"""Reshape cash books with a column for each category: one row per amount, with its category."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.match_headings import CATEGORY, LEDGER, Match
from aip_analysis.intake.layout.raw_rows import RawColumn, RawTable, Rows, list_columns, units_of
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded, read_yen
from aip_analysis.intake.values.amounts import is_nothing
from aip_analysis.intake.values.text import is_dash
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

AMOUNT, INCOME, BALANCE = "amount_yen", "income_yen", "balance_yen"
PURPOSE, DIRECTION = "purpose", "direction"
# Columns with the sum of each row: of its expenses, of its income, or of either.
TOTALS = {"expense_yen": "total_expense", INCOME: "total_income", AMOUNT: "total_amount"}
_TOTAL_HEADING = re.compile(
    r"(?P<of>支出|出金|収入|入金)?(?:の部)?の?(?:金額)?(?:合計|小計|総計|計)(?:金?額)?(?:\(.*\))?"
)
_RECEIVED = {"収入", "入金"}


class _Use(NamedTuple):
    """What a column with amounts is for, in words; empty if it follows from the others."""

    category: str
    purpose: str = ""
    direction: str = ""


def category_rows(sheet: Sheet, region: Region, rows: Rows, headings: Headings) -> RawTable:
    """Return the amounts of a cash book with a column for each category, one per row.

    A row without any amount stays a row without an amount. The balance stands with the last amount
    of its row. Income in a column of its own has the category that its description names.
    """
    listed = list_columns(sheet, region, rows, headings)
    uses = _uses(sheet, region, rows, headings)
    if INCOME in listed and _has_own_income(region.matched, headings.ward):
        label = headings.label(LEDGER, INCOME)
        uses[region.matched.columns[INCOME][0]] = _Use("", direction=label)
        del listed[INCOME]
    totals = {TOTALS[name]: listed.pop(name) for name in TOTALS if name in listed}
    totals |= _further_totals(sheet, region, rows)
    places = sorted(uses)
    filled = np.array(
        [sheet.columns[place].where(map(_is_amount, sheet.columns[place].values))[rows]
         for place in places]
    ).T  # fmt: skip
    filled[~filled.any(axis=1), 0] = True
    indexes, steps = np.nonzero(filled)
    columns = {name: column.some(indexes) for name, column in (listed | totals).items()}
    across = np.array(places, dtype=np.intp)[steps]
    if BALANCE in columns:
        columns[BALANCE] = _at_the_last(columns[BALANCE])
    columns[AMOUNT] = _amounts(sheet, region, across, rows[indexes], headings)
    words = [uses[place].category for place in across]
    if "description" in columns:
        words = _by_description(words, columns["description"], headings.ward)
    told = {
        CATEGORY: words,
        PURPOSE: [uses[place].purpose for place in across],
        DIRECTION: [uses[place].direction for place in across],
    }
    columns |= {
        name: _told(headings.label(LEDGER, name), texts, columns[AMOUNT])
        for name, texts in told.items()
        if name == CATEGORY or any(texts)
    }
    return RawTable(LEDGER, rows[indexes], columns, sheet_rows=rows, by_category=True)


def total_places(match: Match) -> dict[int, str]:
    """Return the columns with the sum of each row whose headings are no others: index -> name."""
    places: dict[int, str] = {}
    for place, text in match.unknown.items():
        heading = _TOTAL_HEADING.fullmatch(plain(text))
        if heading and place > min(match.categories, default=place):
            whole = TOTALS[AMOUNT] if not heading["of"] else TOTALS["expense_yen"]
            places[place] = TOTALS[INCOME] if heading["of"] in _RECEIVED else whole
    return places


def unknown_categories(sheet: Sheet, match: Match, rows: Rows) -> list[int]:
    """Return the columns with amounts among or beside the categories whose heading is unknown."""
    totals = total_places(match)
    known = {*match.categories, *totals}
    amounts = {
        place
        for place in match.unknown.keys() - totals.keys()
        if _has_amounts(sheet.columns[place].at(rows))
    }
    first, last = min(known, default=0), max(known, default=0)
    while first - 1 in amounts:
        first -= 1
    while last + 1 in amounts:
        last += 1
    return sorted(place for place in amounts if first <= place <= last)


def _has_amounts(encoded: EncodedColumn) -> bool:
    used = {int(code) for code in encoded.codes if code != EMPTY}
    return any(read_yen(encoded.values[code]) for code in used)


def _uses(sheet: Sheet, region: Region, rows: Rows, headings: Headings) -> dict[int, _Use]:
    """Return what each column is for; an unknown heading is taken for an unknown expense."""
    match = region.matched
    ward = headings.ward
    categories, purposes = (
        ward.vocabularies[name] for name in ("ledger_category", "ledger_purpose")
    )
    uses = {
        place: _Use(categories[code].ja, purposes[purpose].ja if purpose else "")
        for place, (code, purpose) in match.categories.items()
    }
    return uses | {
        place: _Use(region.labels.get(place, ""), direction=headings.label(LEDGER, "expense_yen"))
        for place in unknown_categories(sheet, match, rows)
    }


def _has_own_income(match: Match, ward: Ward) -> bool:
    """Return whether income stands in a column of its own, not by category."""
    codes = {code for code, _ in match.categories.values()}
    return codes.isdisjoint(ward.vocabularies["ledger_category"].with_trait("income"))


def _further_totals(sheet: Sheet, region: Region, rows: Rows) -> dict[str, RawColumn]:
    scale = units_of(sheet, region)
    return {
        name: RawColumn(
            label, sheet.columns[place].at(rows), np.full(len(rows), place), rows,
            scale.of(label, "yen"),
        )
        for place, name in total_places(region.matched).items()
        for label in (region.labels.get(place, ""),)
    }  # fmt: skip


def _is_amount(cell: Cell) -> bool:
    """Return whether a cell states an amount, readable or not: neither a dash nor nothing nor 0."""
    if isinstance(cell, str):
        return not (is_dash(folded(cell)) or is_nothing(cell) or read_yen(cell) == 0)
    return cell != 0


def _amounts(
    sheet: Sheet, region: Region, places: Rows, rows: Rows, headings: Headings
) -> RawColumn:
    cells = [sheet.columns[place].cell(row) for place, row in zip(places, rows, strict=True)]
    units = units_of(sheet, region)
    scales = {units.of(region.labels.get(place, ""), "yen") for place in region.matched.categories}
    amounts = [cell if cell is not None and _is_amount(cell) else None for cell in cells]
    label = headings.label(LEDGER, AMOUNT)
    return RawColumn(label, EncodedColumn.of(amounts), places, rows, min(scales, default=1))


def _told(heading: str, words: Sequence[str], amounts: RawColumn) -> RawColumn:
    """Return a column with what the headings tell about each amount, at the cell of the amount."""
    return RawColumn(heading, EncodedColumn.of(words), amounts.places, amounts.rows)


def _at_the_last(balance: RawColumn) -> RawColumn:
    """Return the balances of rows with several amounts, each beside the last of them only."""
    last = np.append(balance.rows[1:] != balance.rows[:-1], True)[: len(balance.rows)]
    codes = np.where(last, balance.cells.codes, EMPTY).astype(np.int32)
    return replace(balance, cells=replace(balance.cells, codes=codes))


def _by_description(words: Sequence[str], description: RawColumn, ward: Ward) -> list[str]:
    """Return the categories, where there is none that of income which the description names."""
    vocabulary = ward.vocabularies["ledger_category"]
    spellings = [
        (plain(spelling), vocabulary[code].ja)
        for code in vocabulary.with_trait("income")
        for spelling in (vocabulary[code].ja, *vocabulary[code].synonyms)
    ]

    def named(index: int) -> str:
        text = plain(str(description.cell(index) or ""))
        names = {name for spelling, name in spellings if spelling in text}
        return names.pop() if len(names) == 1 else ""

    return [word or named(index) for index, word in enumerate(words)]
