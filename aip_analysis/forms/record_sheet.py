"""A sheet with one row per record, with sums below."""

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from aip_analysis.forms.cell_validation import add_validation
from aip_analysis.forms.council_year import column_of
from aip_analysis.forms.sheet_plans import SheetPlan
from aip_analysis.forms.styled_workbook import FIRST, GROWS, HEADER, UNUSED, StyledWorkbook

BALANCE, INCOME, EXPENSE = "balance_yen", "income_yen", "expense_yen"


def write_table(workbook: StyledWorkbook, plan: SheetPlan) -> None:
    """Write the sheet of a plan."""
    title = workbook.council.say(f"sheet_{plan.table}")
    page = workbook.add_sheet(title)
    introduction = workbook.council.say(f"lead_{plan.table}")
    workbook.start_table(page, title, introduction, list(plan.columns.values()))
    end = FIRST + plan.rows + bool(plan.sums)
    for row in range(FIRST, end):
        page.set_row(row, plan.line)
    for place in range(len(plan.columns)):
        _column(workbook, page, plan, place)
    if BALANCE in plan.columns:
        _balances(workbook, page, plan)
    if plan.sums:
        _total(workbook, page, plan)
    page.print_area(0, 0, end - 1, len(plan.columns) - 1)


def _column(workbook: StyledWorkbook, page: Any, plan: SheetPlan, place: int) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    """Write a column: its heading, its preset values, and what its cells accept."""
    name = list(plan.columns)[place]
    column = column_of(plan.table, name)
    heading = workbook.council.headings[plan.table, name]
    page.write_string(
        HEADER, place, heading, workbook.header_format(required=name in plan.required)
    )
    kind = "code" if column.is_code else column.kind
    style = workbook.cell_format(kind, auto=name == BALANCE, line=plan.line != GROWS)
    texts = [preset[place] for preset in plan.presets if place < len(preset)]
    last = FIRST + plan.rows - 1
    for row, text in enumerate(texts, start=FIRST):
        page.write_string(row, place, text, style)
    for row in range(FIRST + len(texts), last + 1):
        page.write_blank(row, place, None, style)
    if name != BALANCE:
        add_validation(workbook, page, column, (FIRST, place, last, place))
    if name in plan.required and not plan.presets:
        _show_missing(workbook, page, plan, place)


def _show_missing(workbook: StyledWorkbook, page: Any, plan: SheetPlan, place: int) -> None:  # noqa: ANN401 -- as above
    """Highlight the empty required cells of a row once any of its cells is filled in."""
    right = xl_col_to_name(len(plan.columns) - 1)
    own, line = xl_rowcol_to_cell(FIRST, place, col_abs=True), FIRST + 1
    # The balance is a formula: like the other cells, it counts by the length of what it shows.
    begun = f"SUMPRODUCT(LEN($A{line}:${right}{line}))>0"
    rule = {
        "type": "formula",
        "criteria": f"=AND(LEN({own})=0,{begun})",
        "format": workbook.missing,
    }
    page.conditional_format(FIRST, place, FIRST + plan.rows - 1, place, rule)


def _balances(workbook: StyledWorkbook, page: Any, plan: SheetPlan) -> None:  # noqa: ANN401 -- as above
    """Write the formula for the balance after each row of a cash book."""
    places = {name: place for place, name in enumerate(plan.columns)}
    income, expense = (xl_col_to_name(places[name]) for name in (INCOME, EXPENSE))
    top, style = FIRST + 1, workbook.cell_format("yen", auto=True)
    for row in range(FIRST, FIRST + plan.rows):
        line = row + 1
        sums = f"SUM({income}${top}:{income}{line})-SUM({expense}${top}:{expense}{line})"
        formula = f'=IF(COUNT({income}{line}:{expense}{line})=0,"",{sums})'
        page.write_formula(row, places[BALANCE], formula, style, UNUSED)


def _total(workbook: StyledWorkbook, page: Any, plan: SheetPlan) -> None:  # noqa: ANN401 -- as above
    """Write the last row: the sums of the columns in ``plan.sums``, and the final balance."""
    row = FIRST + plan.rows
    places = {name: place for place, name in enumerate(plan.columns)}
    text = workbook.cell_format("text", auto=True, bold=True)
    for place in places.values():
        page.write_blank(row, place, None, text)
    page.write_string(row, 0, workbook.council.say("total"), text)
    for name in plan.sums:
        letter = xl_col_to_name(places[name])
        # Up to the row above this one, so that rows inserted right there are counted as well.
        cells = f"{letter}{FIRST + 1}:INDEX({letter}:{letter},ROW()-1)"
        style = workbook.cell_format(column_of(plan.table, name).kind, auto=True, bold=True)
        formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        page.write_formula(row, places[name], formula, style, UNUSED)
    if BALANCE in places:
        income, expense = (xl_rowcol_to_cell(row, places[column]) for column in (INCOME, EXPENSE))
        formula = f'=IF(COUNT({income}:{expense})=0,"",SUM({income})-SUM({expense}))'
        style = workbook.cell_format("yen", auto=True, bold=True)
        page.write_formula(row, places[BALANCE], formula, style, UNUSED)
