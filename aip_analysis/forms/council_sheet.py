"""The sheet about the council itself: one field per row, label on the left, value on the right."""

from datetime import date

from aip_analysis.forms.cell_validation import add_validation
from aip_analysis.forms.council_year import CouncilYear, column_of
from aip_analysis.forms.sheet_plans import LINE
from aip_analysis.forms.styled_workbook import FIRST, GROWS, HEADER, StyledWorkbook
from aip_analysis.records.tables import TABLES
from aip_analysis.reference.calendar import wareki
from aip_analysis.reference.rows import iter_rows

TABLE = "councils"
_WIDTHS = [26, 90]
# Field -> the column of areas.csv that may already hold its value.
_KNOWN = {"established_on": "council_established"}


def write_form(workbook: StyledWorkbook) -> None:
    """Write the form, with what the reference tables know filled in already."""
    council = workbook.council
    title = council.say(f"sheet_{TABLE}")
    page = workbook.add_sheet(title)
    workbook.start_table(page, title, council.say(f"lead_{TABLE}"), _WIDTHS)
    required = {"fiscal_year", "area_code", "council_name"}
    for place, name in enumerate(("label", "value")):
        page.write_string(
            HEADER, place, council.headings["form", name], workbook.header_format(required=True)
        )
    known = _known(council)
    fields = [("*", "fiscal_year"), ("*", "area_code")]
    fields += [(TABLE, column.name) for column in TABLES[TABLE].own]
    for row, (table, name) in enumerate(fields, start=FIRST):
        page.set_row(row, GROWS if name == "vision" else LINE)
        column = column_of(TABLE, name)
        kind = "text" if table == "*" else column.kind
        page.write_string(
            row, 0, council.headings[table, name], workbook.header_format(required=name in required)
        )
        style = workbook.cell_format(kind)
        if known.get(name):
            page.write_string(row, 1, known[name], style)
        else:
            page.write_blank(row, 1, None, style)
        if table != "*":
            add_validation(workbook, page, column, (row, 1, row, 1))
    page.print_area(0, 0, FIRST + len(fields) - 1, 1)


def _known(council: CouncilYear) -> dict[str, str]:
    area = next(row for row in iter_rows(council.ward.areas) if row.area_code == council.area.code)
    known = {
        "fiscal_year": council.label,
        "area_code": council.area.ja,
        "council_name": council.name,
    }
    for name, source in _KNOWN.items():
        known[name] = _month(str(getattr(area, source) or ""))
    return known


def _month(text: str) -> str:
    """Return a month, written 2018-05, as an office writes it: 平成30年5月."""
    if not text:
        return ""
    return wareki(date.fromisoformat(f"{text}-01")).removesuffix("1日")
