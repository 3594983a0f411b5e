"""Tables of money: the settlement (収支決算書), and the compensation of coordinators."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.allowances import standing_months
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING, number
from aip_analysis.reference import Place, iter_rows
from aip_analysis.tables.measures import figure_cell
from aip_analysis.tables.table import Cell, Table

AMOUNTS = ("purpose", "category", "amount_yen")
Amounts = dict[tuple[str, str], int]
Row = tuple[Cell, ...]
K = TypeVar("K")


def settlement_table(
    figures: RecordedFigures, place: Place, fiscal_year: int, language: Language
) -> Table:
    """Return income, expenses by purpose and category, and the balance, as in a 収支決算書.

    Columns: item, planned, actual, actual less planned (all yen), remark. In a part without any
    planned amount, planned cells are missing, not zero. Remarks name the largest expense of an
    area; for blocks and the ward there would be too many.
    """
    settlement = _Settlement(figures, place, fiscal_year, language)
    income, expenses, left = settlement.income(), settlement.expenses(), settlement.left()
    lines = [*income, *expenses, *left]
    ends = len(income) - 1, len(income) + len(expenses) - 1
    when = settlement.so_far
    headers = ("item", "budget", f"actual{when}", f"actual_less_budget{when}", "remark")
    return Table(
        tuple(say(f"settlement.{name}", language) for name in headers),
        tuple(lines),
        frozenset({1, 2, 3}),
        frozenset({*ends, *range(ends[1] + 1, len(lines))}),
        parts=tuple(
            (start, say(f"settlement.{name}", language))
            for start, name in (
                (0, "income_part"),
                (ends[0] + 1, "expense_part"),
                (ends[1] + 1, "balance_part"),
            )
        ),
    )


class _Settlement:
    """Builder of the lines of a settlement.

    Parameters
    ----------
    figures, place, fiscal_year, language
        As for ``settlement_table``.
    """

    def __init__(
        self, figures: RecordedFigures, place: Place, fiscal_year: int, language: Language
    ) -> None:
        self.figures, self.place, self.fiscal_year = figures, place, fiscal_year
        self.language: Language = language
        self.vocabularies = figures.ward.vocabularies
        self.so_far = "" if figures.is_complete(fiscal_year) else "_so_far"
        self.categories = self.vocabularies["ledger_category"].labels(language)
        self.planned = _amounts(figures.rows_of("budget_by_category", place, fiscal_year, *AMOUNTS))
        self.spent = _amounts(figures.rows_of("spending_by_category", place, fiscal_year, *AMOUNTS))
        received = figures.rows_of(
            "income_by_category", place, fiscal_year, "category", "amount_yen"
        )
        self.received = {row.category: int(row.amount_yen) for row in iter_rows(received)}
        # What has no line counts as zero only where a cash book was received at all.
        self.no_income, self.no_spending = (
            0 if figures.value(place, fiscal_year, code) is not None else None
            for code in ("grant", "spending")
        )

    def income(self) -> list[Row]:
        """Return the lines of income by category, and their sum."""
        vocabulary = self.vocabularies["ledger_category"]
        planned: dict[str, int] = {}
        for (_purpose, category), amount in self.planned.items():
            if category in vocabulary.with_trait("income"):
                planned[category] = planned.get(category, 0) + amount
        granted = vocabulary.with_trait("grant")
        # The allowance is listed even where nothing has been received yet.
        due = granted if self._value("allowance") else ()
        listed = {*planned, *self.received, *due}
        lines = [
            self._line(
                self.categories[category],
                _planned(planned, category),
                self.received.get(category, self.no_income),
                self._allowance() if category in granted else "",
            )
            for category in vocabulary.codes
            if category in listed
        ]
        total = sum(planned.values()) if planned else None
        received = sum(self.received.values()) if self.received else self.no_income
        return [*lines, self._line(self._say("income_total"), total, received)]

    def expenses(self) -> list[Row]:
        """Return a line for each purpose followed by those of its categories, and the sum."""
        vocabulary = self.vocabularies["ledger_category"]
        planned = {
            key: amount
            for key, amount in self.planned.items()
            if key[1] in vocabulary.with_trait("expense")
        }
        remarks = self._remarks()
        unknown = self._say("purpose_not_stated")
        purposes = self.vocabularies["ledger_purpose"].labels(self.language) | {"": unknown}
        lines = []
        for purpose, name in purposes.items():
            keys = [
                (purpose, category)
                for category in vocabulary.codes
                if (purpose, category) in planned or (purpose, category) in self.spent
            ]
            if not keys:
                continue
            whole = sum(planned.get(key, 0) for key in keys) if planned else None
            known = [self.spent[key] for key in keys if key in self.spent]
            lines.append(self._line(name, whole, sum(known) if known else self.no_spending))
            lines += [
                self._line(
                    self.categories[key[1]],
                    _planned(planned, key),
                    self.spent.get(key, self.no_spending),
                    remarks.get(key, ""),
                    under=name,
                )
                for key in keys
            ]
        total = sum(planned.values()) if planned else None
        spent = self._figure("spending")
        change = None if total is None or spent.value is None else int(spent.value) - total
        cells = [Cell(self._say("expense_total")), Cell(number(total), total), spent]
        remark = self._say("remark_no_spending") if spent.value is None else ""
        return [*lines, (*cells, Cell(self._written(change), change), Cell(remark))]

    def left(self) -> list[Row]:
        """Return the balance, and the part of it that is to be returned or was overspent.

        Where spending of the place or of one of its areas is not recorded, nobody knows it.
        """
        key = (self.place, self.fiscal_year, "spending")
        spent, without = self.figures.value(*key), self.figures.areas_without(*key)
        known = spent is not None and not without
        balance = sum(self.received.values()) - int(spent or 0) if known else None
        over = bool(self._value("overspent"))
        # A single council has one of the two; a sum of several may have both.
        both = ("unspent", "overspent") if self.place.level != "area" else ("overspent",)
        codes = both if over else ("unspent",)
        return [
            self._left(Cell(self._written(balance), balance), "balance"),
            *(
                self._left(self._figure(code), f"{code}{self.so_far}", self._remark_of(code))
                for code in codes
            ),
        ]

    def _left(self, amount: Cell, name: str, remark: str = "") -> Row:
        return (Cell(self._say(name)), Cell(""), amount, Cell(""), Cell(remark))

    def _figure(self, code: str) -> Cell:
        """Return an amount without its unit, which the caption states."""
        measure = self.figures.ward.codebook[code]
        cell = figure_cell(self.figures, self.place, self.fiscal_year, measure, self.language)
        if cell.value is None:
            return cell
        sign = say("states.lacking_sign", self.language) if cell.lack else ""
        return replace(cell, text=number(cell.value) + sign)

    def _remark_of(self, code: str) -> str:
        if self.place.level != "area":
            return self._say("remark_sum")
        if self.figures.value(self.place, self.fiscal_year, code) is None:
            return ""
        if not self._value(code):
            return "" if self.so_far else self._say("remark_nothing")
        amounts = {name: number(self._value(name)) for name in ("grant", "spending")}
        return self._say(f"remark_{code}", **amounts)

    def _allowance(self) -> str:
        """Return the remark on the allowance, with its calculation where it is a single product."""
        due = int(self._value("allowance"))
        month = self.figures.ward.rules_of(self.fiscal_year).allowance_yen_per_month
        months = standing_months(
            self.figures.courses_of(self.place, self.fiscal_year),
            [area.code for area in self.figures.ward.areas_of(self.place)],
            self.fiscal_year,
            self.figures.months(self.fiscal_year),
        )
        name = "remark_allowance" if months * month != due else "remark_allowance_months"
        if self.place.level != "area":
            name = name.replace("months", "council_months")
        remark = self._say(name, due=number(due), month=number(month), months=number(months))
        suspended = months - int(self._value("months_in_operation"))
        if suspended <= 0:
            return remark
        return self._say("remark_suspended", remark=remark, months=suspended)

    def _remarks(self) -> dict[tuple[str, str], str]:
        """Return a remark naming the largest expense per purpose and category of an area."""
        if self.place.level != "area":
            return {}
        columns = ("purpose", "category", "description", "amount_yen")
        ledger = self.figures.records_of(
            "ledger", self.place, self.fiscal_year, "direction", *columns
        )
        ledger = ledger[ledger["direction"] == "expense"]
        texts: dict[tuple[str, str], dict[str, int]] = {}
        for purpose, category, text, amount in zip(
            *(ledger[name] for name in columns), strict=True
        ):
            amounts = texts.setdefault((_code(purpose), str(category)), {})
            description = _code(text)
            amounts[description] = amounts.get(description, 0) + int(amount)
        return {key: self._remark(amounts) for key, amounts in texts.items()}

    def _remark(self, amounts: Mapping[str, int]) -> str:
        descriptions = [text for text in amounts if text]
        if not descriptions:
            return ""
        largest = max(descriptions, key=lambda text: amounts[text])
        return largest if len(amounts) == 1 else self._say("remark_and_more", text=largest)

    def _line(
        self,
        label: str,
        planned: int | None,
        actual: int | None,
        remark: str = "",
        *,
        under: str = "",
    ) -> Row:
        change = None if planned is None or actual is None else actual - planned
        return (
            Cell(label, under=under),
            Cell(number(planned), planned),
            Cell(number(actual), actual),
            Cell(self._written(change), change),
            Cell(remark),
        )

    def _written(self, amount: int | None) -> str:
        """Format an amount that may be negative as office accounts do: △1,200."""
        if amount is None or amount >= 0:
            return number(amount)
        return self._say("negative", amount=number(-amount))

    def _value(self, measure: str) -> float:
        return self.figures.value(self.place, self.fiscal_year, measure) or 0.0

    def _say(self, name: str, **values: object) -> str:
        return say(f"settlement.{name}", self.language, **values)


def _planned(planned: Mapping[K, int], key: K) -> int | None:
    """Return a planned amount: 0 where only others are planned, None where nothing is."""
    return planned.get(key, 0) if planned else None


def _amounts(table: pd.DataFrame) -> Amounts:
    columns = (table[name] for name in AMOUNTS)
    return {
        (_code(purpose), str(category)): int(amount)
        for purpose, category, amount in zip(*columns, strict=True)
    }


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""


def compensation_table(
    figures: RecordedFigures, place: Place, fiscal_year: int, language: Language
) -> Table:
    """Return the table of months in office, compensation due and paid, and their difference.

    Columns: item, months or yen with their unit, remark.
    """
    price = figures.ward.rules_of(fiscal_year).coordinator_yen_per_month

    def text(name: str, **values: object) -> str:
        return say(f"settlement.{name}", language, **values)

    def figure(code: str) -> Cell:
        return figure_cell(figures, place, fiscal_year, figures.ward.codebook[code], language)

    months, due, paid = (
        figure(code) for code in ("coordinator_months", "compensation", "compensation_paid")
    )
    difference = None if due.value is None or paid.value is None else due.value - paid.value
    yen = figures.ward.codebook["compensation"]
    unit = figures.ward.vocabularies["unit"][yen.unit].label(language)
    between = "" if language == "ja" else " "
    several = place.level != "area"
    office = "remark_office_areas" if several else "remark_office"
    product = "remark_due_sum" if several else "remark_due"
    rows = (
        (Cell(text("months_in_office")), months, Cell(text(office))),
        (
            Cell(text("due")),
            due,
            Cell(
                text(product, month=number(price), months=months.text)
                if months.value is not None
                else ""
            ),
        ),
        (Cell(text("paid")), paid, Cell("")),
        (
            Cell(text("overpaid" if difference is not None and difference < 0 else "unpaid")),
            Cell(MISSING, state=due.state or paid.state, unit=unit)
            if difference is None
            else Cell(f"{number(abs(difference))}{between}{unit}", abs(difference), unit=unit),
            Cell(""),
        ),
    )
    headers = ("compensation_item", "compensation_amount", "remark")
    return Table(tuple(text(name) for name in headers), rows, frozenset({1}), frozenset({3}))
