"""The sheet of results: three rows per activity, months as columns, sums on the right."""

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from aip_analysis.forms.cell_validation import add_validation
from aip_analysis.forms.sheet_plans import ACTIVITIES, LINE
from aip_analysis.forms.styled_workbook import FIRST, HEADER, UNUSED, StyledWorkbook
from aip_analysis.records.tables import Column

TABLE = "activity_months"
ITEMS = ("sessions", "attendances", "people")
# People who came in several months would be counted more than once in a sum.
_NOT_SUMMED = "people"
_LEFT = (10, 26, 12)
_MONTH, _SUM = 7, 9


def write_months(workbook: StyledWorkbook) -> None:
    """Write the sheet of results; activity numbers and names come from the sheet of activities."""
    council = workbook.council
    title, listed = council.say(f"sheet_{TABLE}"), council.say("sheet_activities")
    page = workbook.add_sheet(title)
    months = [f"{month.month}月" for month in council.year.months]
    widths = [*_LEFT, *([_MONTH] * len(months)), _SUM]
    workbook.start_table(page, title, council.say(f"lead_{TABLE}"), widths)
    headers = [
        council.headings[TABLE, "activity_id"], council.headings["activities", "name"],
        council.headings[TABLE, "item"], *months, council.say("total"),
    ]  # fmt: skip
    for place, heading in enumerate(headers):
        required = len(_LEFT) <= place < len(headers) - 1
        page.write_string(HEADER, place, heading, workbook.header_format(required=required))
    first, last = len(_LEFT), len(_LEFT) + len(months) - 1
    bottom = FIRST + ACTIVITIES * len(ITEMS) - 1
    for row in range(FIRST, bottom + 1):
        page.set_row(row, LINE)
        activity, item = divmod(row - FIRST, len(ITEMS))
        for place in (0, 1):
            source = f"'{listed}'!{xl_rowcol_to_cell(FIRST + activity, place, col_abs=True)}"
            style = workbook.cell_format("text", auto=True, line=True)
            page.write_formula(row, place, f'=IF({source}="","",{source})', style, UNUSED)
        label = council.headings[TABLE, ITEMS[item]]
        page.write_string(row, 2, label, workbook.cell_format("text", auto=True, line=True))
        for place in range(first, last + 1):
            page.write_blank(row, place, None, workbook.cell_format("count"))
        if ITEMS[item] == _NOT_SUMMED:
            page.write_blank(row, last + 1, None, workbook.cell_format("count", auto=True))
        else:
            cells = f"{xl_col_to_name(first)}{row + 1}:{xl_col_to_name(last)}{row + 1}"
            formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
            page.write_formula(
                row, last + 1, formula, workbook.cell_format("count", auto=True), UNUSED
            )
    add_validation(workbook, page, Column("sessions", "count"), (FIRST, first, bottom, last))
    page.freeze_panes(FIRST, len(_LEFT))
    page.print_area(0, 0, bottom, last + 1)
