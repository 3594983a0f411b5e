"""Match heading rows with the record tables."""

import re
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from aip_analysis.intake.layout.heading_text import (
    heading_forms,
    means_other,
    month_of,
    without_total,
)
from aip_analysis.intake.layout.known_headings import ANY_TABLE, FORM, LEFT_OUT, Headings
from aip_analysis.records import TABLES
from aip_analysis.reference import Ward

MONTHS_TABLE = "activity_months"
FORM_TABLE = "councils"
LEDGER, CATEGORY = "ledger", "category"
POPULATION, SURVEY_DAY = "population", "as_of"
ITEM, MONTH, ACTIVITY = "item", "month", "activity_id"
# A date may be split over two columns.
MONTH_PART, DAY_PART = "in_month", "in_day"
COUNTS = ("sessions", "attendances", "people")
_FORM_COLUMNS = frozenset({"label", "value", "correction_of", "correction_step", "reason"})
_FEWEST = 2
_FEWEST_WITHOUT_REQUIRED = 3
# A cash book has its amounts in one column or in two.
AMOUNTS = ("income_yen", "expense_yen", "amount_yen")
_ANY_AMOUNT = frozenset(AMOUNTS)
_BOOKED = _ANY_AMOUNT | {"balance_yen"}
_TOLD_APART = re.compile(r"([^(\[【]+)[(\[【]([^)\]】]+)[)\]】]")
# Required columns that a sheet may lack: the rules may determine the purpose of a category, a log
# may be of one kind of meeting, and a title may tell the day of a survey.
_TOLD_OTHERWISE = {"budgets": "purpose", "meetings": "kind", POPULATION: SURVEY_DAY}
_AMOUNT_HEADING = re.compile(r"(?:金額|額|円)(?:\(.*\))?$|\(円\)$")
LEDGER = "ledger"
_MONEY = frozenset({LEDGER, "budgets", "payments"})


@dataclass
class Match:
    """One or two heading rows, matched with a record table.

    Parameters
    ----------
    table
        The record table.
    columns
        Column name -> indexes of the sheet's columns for it, from the left.
    months
        For months as columns: index -> (month, what is counted there or empty). The month has its
        year if the headings give it: 4月, 2025年4月.
    categories
        For categories as columns: index -> (category, purpose or empty).
    unknown
        Index -> heading that the table does not have.
    left_out
        Indexes of columns that columns.toml says to ignore.
    missing
        Required columns that no heading means.
    amounts
        Headings of amounts in a table that has none: it may be another kind of table.
    """

    table: str
    columns: dict[str, list[int]] = field(default_factory=dict)
    months: dict[int, tuple[str, str]] = field(default_factory=dict)
    categories: dict[int, tuple[str, str]] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the table can be read with these headings."""
        return not self.missing

    @property
    def size(self) -> int:
        """Number of headings that it explains."""
        return sum(len(places) for places in self.columns.values()) + len(
            self.months | self.categories
        )

    @property
    def weight(self) -> tuple[int, bool, int]:
        """Sort key by which matches are ranked: a table is what most of its headings say."""
        return self.size, self.holds, -len(self.unknown)


Pair = tuple[str, str]


def match_row(texts: Mapping[int, Pair], headings: Headings) -> Match | None:
    """Return the best match of a heading row with the record tables; None if there is none.

    Parameters
    ----------
    texts
        Index -> (text above, text in the row); the former is empty for a single row.
    headings
        The meanings of headings.
    """
    texts = _with_pairs(texts)
    key = tuple(sorted(texts.items()))
    if key not in headings.matches:
        headings.matches[key] = _best(texts, headings)
    known = headings.matches[key]
    return deepcopy(known) if isinstance(known, Match) else None


def _with_pairs(texts: Mapping[int, Pair]) -> Mapping[int, Pair]:
    """Return headings with what brackets tell apart below what it is told of.

    Beside each other, 出席者数 [構成員] and 出席者数 [協力員] say what two rows of headings would.
    """
    parts = {
        place: found
        for place, (above, own) in texts.items()
        if not above and (found := _TOLD_APART.fullmatch(own))
    }
    bases = Counter(found[1] for found in parts.values())
    pairs = {place: (found[1], found[2]) for place, found in parts.items() if bases[found[1]] > 1}
    return {place: pairs.get(place, pair) for place, pair in texts.items()}


def _best(texts: Mapping[int, Pair], headings: Headings) -> Match | None:
    form = _form(texts, headings)
    if form:
        return form
    matches = [match for table in TABLES if (match := _match(table, texts, headings))]
    candidates = [match for match in matches if match.holds or _is_nearly(match, headings)]
    best = max(candidates, key=lambda match: match.weight, default=None)
    if best and best.table not in _MONEY:
        best.amounts = sorted(
            {text for place, text in best.unknown.items() if _is_amount(text, headings)}
        )
    return best


def _is_amount(text: str, headings: Headings) -> bool:
    """Return whether a heading is one of an amount of money."""
    return headings.column(LEDGER, text) in _BOOKED or bool(_AMOUNT_HEADING.search(text))


def _form(texts: Mapping[int, Pair], headings: Headings) -> Match | None:
    columns_by_place = {place: headings.column(FORM, own) for place, (_, own) in texts.items()}
    columns = {
        column: [place] for place, column in columns_by_place.items() if column in _FORM_COLUMNS
    }
    if not {"label", "value"} <= set(columns) or len(texts) > len(columns) + 1:
        return None
    return Match(FORM, columns)


def _match(table: str, texts: Mapping[int, Pair], headings: Headings) -> Match | None:
    match = Match(table)
    for place, (above, own) in texts.items():
        month = _month(above, own, headings) if table == MONTHS_TABLE else None
        column = _meaning(table, above, own, headings)
        if month:
            match.months[place] = month
        elif column == LEFT_OUT:
            match.left_out.add(place)
        elif column is None:
            match.unknown[place] = own or above
        else:
            match.columns.setdefault(column, []).append(place)
    _take_from_unknown(match, texts, headings)
    own_columns = set(match.columns) - {"area_code", "fiscal_year", "weekday", "public", "withheld"}
    if len(own_columns) + len(match.months) + len(match.categories) < _FEWEST:
        return None
    match.missing = _missing(table, match)
    return match


def _take_from_unknown(match: Match, texts: Mapping[int, Pair], headings: Headings) -> None:
    """Let unknown headings be names, categories and totals, where a table may have these."""
    if match.table == MONTHS_TABLE:
        if ACTIVITY not in match.columns:
            _take_names(match, headings)
        return
    if match.table == LEDGER and CATEGORY not in match.columns:
        _take_categories(match, texts, headings.ward)
    _take_totals(match, texts, headings)


def _take_names(match: Match, headings: Headings) -> None:
    """Let the column of names identify activities that have no numbers."""
    for place, text in match.unknown.items():
        if headings.column("activities", text) == "name":
            match.columns[ACTIVITY] = [place]
            del match.unknown[place]
            return


def _take_totals(match: Match, texts: Mapping[int, Pair], headings: Headings) -> None:
    """Let totals of people be what they are totals of: 計 below 出席者数, or 出席者合計."""
    counts = {column.name for column in TABLES[match.table].own if column.kind == "count"}
    for place in sorted(match.unknown):
        above, own = texts[place]
        stem = without_total(own)
        of = stem or above
        if stem == own or means_other(above):
            continue
        column = headings.column(match.table, of) if of else None
        if column in counts and column not in match.columns:
            match.columns[column] = [place]
            del match.unknown[place]


def _take_categories(match: Match, texts: Mapping[int, Pair], ward: Ward) -> None:
    """Move unknown headings that are categories of expense or income to the match's categories."""
    found: dict[int, tuple[str, str]] = {}
    for place, text in match.unknown.items():
        terms = map(ward.vocabularies["ledger_category"].find, heading_forms(text))
        term = next((term for term in terms if term), None)
        purpose = ward.vocabularies["ledger_purpose"].find(texts[place][0])
        if term:
            found[place] = term.code, purpose.code if purpose else ""
    if len(found) >= _FEWEST:
        match.categories = found
        match.unknown = {place: text for place, text in match.unknown.items() if place not in found}


def _meaning(table: str, above: str, own: str, headings: Headings) -> str | None:
    """Return the column that a heading means, with the heading above it and without."""
    if above and own:
        for spelling in (f"{above}{own}", f"{above}({own})"):
            column = headings.known.get(table, {}).get(spelling)
            if column is not None:
                return column
        if means_other(above):
            return None
    return headings.column(table, own or above)


def _month(above: str, own: str, headings: Headings) -> tuple[str, str] | None:
    if month := month_of(own, above):
        return month, ""
    if month := month_of(above):
        return month, headings.column(MONTHS_TABLE, own) or ""
    return None


def _missing(table: str, match: Match) -> list[str]:
    columns = set(match.columns)
    if table == MONTHS_TABLE:
        if match.months:
            counted = ITEM in columns or all(item in COUNTS for _, item in match.months.values())
            return [] if counted else [ITEM]
        missing = [] if MONTH in columns else [MONTH]
        return missing if columns & set(COUNTS) else [*missing, COUNTS[0]]
    required = [column.name for column in TABLES[table].own if column.required]
    if table == LEDGER:
        derived = {"direction", "amount_yen"} | ({CATEGORY} if match.categories else set())
        required = [name for name in required if name not in derived]
        if not columns & _ANY_AMOUNT and not match.categories:
            required.append("amount_yen")
    if {MONTH_PART, DAY_PART} <= columns and TABLES[table].days in required:
        required.remove(TABLES[table].days)
    told = _TOLD_OTHERWISE.get(table)
    return [name for name in required if name not in columns and name != told]


def _is_nearly(match: Match, headings: Headings) -> bool:
    """Return whether a table is probably meant although a heading that it needs is missing."""
    taken = frozenset(match.columns)
    near = {headings.near(match.table, text, taken) for text in match.unknown.values()}
    if near & _ANY_AMOUNT:
        near |= _ANY_AMOUNT
    if near & set(COUNTS):
        near |= set(COUNTS)
    if all(name in near for name in match.missing):
        return True
    known = len(taken - set(headings.known.get(ANY_TABLE, {}).values())) + len(match.categories)
    return known >= _FEWEST_WITHOUT_REQUIRED and known > len(match.unknown)
