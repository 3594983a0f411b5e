"""A sheet with a row for each thing to be recorded, its sums below."""

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from aip_analysis.template.book import FIRST, HEAD, UNUSED, Book
from aip_analysis.template.council import column_of
from aip_analysis.template.limits import limit
from aip_analysis.template.plans import Plan

BALANCE, INCOME, EXPENSE = "balance_yen", "income_yen", "expense_yen"


def write_table(book: Book, plan: Plan) -> None:
    """Write the sheet of a plan."""
    council, table = book.council, plan.table
    title = council.say(f"sheet_{table}")
    page = book.page(title)
    book.open_table(page, title, council.say(f"lead_{table}"), list(plan.columns.values()))
    last = FIRST + plan.rows - 1
    for place, name in enumerate(plan.columns):
        column = column_of(table, name)
        heading = council.headings[table, name]
        page.write_string(HEAD, place, heading, book.head(needed=name in plan.needed))
        style = book.cell("code" if column.is_code else column.kind, auto=name == BALANCE)
        for row in range(FIRST, last + 1):
            preset = plan.presets[row - FIRST : row - FIRST + 1]
            if preset and place < len(preset[0]):
                page.write_string(row, place, preset[0][place], style)
            else:
                page.write_blank(row, place, None, style)
        if name != BALANCE:
            limit(book, page, column, (FIRST, place, last, place))
        if name in plan.needed and not plan.presets:
            _show_missing(book, page, plan, place)
    if BALANCE in plan.columns:
        _balances(book, page, plan)
    if plan.sums:
        _total(book, page, plan)
    page.print_area(0, 0, last + bool(plan.sums), len(plan.columns) - 1)


def _show_missing(book: Book, page: Any, plan: Plan, place: int) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    """Colour what a row still needs once something of it has been filled in."""
    right = xl_col_to_name(len(plan.columns) - 1)
    own, line = xl_rowcol_to_cell(FIRST, place, col_abs=True), FIRST + 1
    # The balance is a formula: what it shows counts by its length, like all else.
    begun = f"SUMPRODUCT(LEN($A{line}:${right}{line}))>0"
    page.conditional_format(
        FIRST, place, FIRST + plan.rows - 1, place,
        {"type": "formula", "criteria": f"=AND(LEN({own})=0,{begun})", "format": book.missing},
    )  # fmt: skip


def _balances(book: Book, page: Any, plan: Plan) -> None:  # noqa: ANN401 -- as above
    """Let each row of a cash book show what is left after it."""
    places = {name: place for place, name in enumerate(plan.columns)}
    income, expense = (xl_col_to_name(places[name]) for name in (INCOME, EXPENSE))
    top = FIRST + 1
    for row in range(FIRST, FIRST + plan.rows):
        line = row + 1
        sums = f"SUM({income}${top}:{income}{line})-SUM({expense}${top}:{expense}{line})"
        page.write_formula(
            row, places[BALANCE],
            f'=IF(COUNT({income}{line}:{expense}{line})=0,"",{sums})',
            book.cell("yen", auto=True), UNUSED,
        )  # fmt: skip


def _total(book: Book, page: Any, plan: Plan) -> None:  # noqa: ANN401 -- as above
    """Write the last row: the sums of the columns that can be added up."""
    row = FIRST + plan.rows
    places = {name: place for place, name in enumerate(plan.columns)}
    for name, place in places.items():
        letter = xl_col_to_name(place)
        cells = f"{letter}{FIRST + 1}:{letter}{row}"
        style = book.cell(column_of(plan.table, name).kind, auto=True, bold=True)
        if place == 0:
            page.write_string(
                row, place, book.council.say("total"), book.cell("text", auto=True, bold=True)
            )
        elif name in plan.sums:
            page.write_formula(row, place, f'=IF(COUNT({cells})=0,"",SUM({cells}))', style, UNUSED)
        elif name == BALANCE:
            income, expense = (xl_rowcol_to_cell(row, places[each]) for each in (INCOME, EXPENSE))
            formula = f'=IF(COUNT({income}:{expense})=0,"",SUM({income})-SUM({expense}))'
            page.write_formula(row, place, formula, style, UNUSED)
        else:
            page.write_blank(row, place, None, book.cell("text", auto=True))
