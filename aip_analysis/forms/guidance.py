"""The sheets that explain the others: how to fill them in, and an example of each column."""

from datetime import time
from typing import Any

from aip_analysis.forms.council_year import LANGUAGE, column_of
from aip_analysis.forms.record_sheet import BALANCE
from aip_analysis.forms.sheet_plans import SheetPlan, form_plan
from aip_analysis.forms.styled_workbook import StyledWorkbook
from aip_analysis.messages import say
from aip_analysis.records.tables import Column

_RULES, _HAND_IN = 7, 2
# Examples by the name of a column, or else by its kind.
_EXAMPLES = {
    "starts_at": time(18, 30), "ends_at": time(20, 0), "count": 12, "proxies": 1, "number": 3,
    "sessions": 4, "yen": 12_000,
}  # fmt: skip
# Columns of days that most rows leave empty.
_SELDOM = {"ended_on", "suspended_on", "resumed_on"}
_WIDE = 3
_SESSIONS = column_of("activity_months", "sessions")
_LINE, _TWO_LINES, _ON_A_LINE = 22, 40, 44


def write_guidance(workbook: StyledWorkbook, tables: list[str]) -> None:
    """Write the first sheet: what the workbook is for, what each sheet holds, and the rules."""
    council = workbook.council
    page = workbook.add_sheet(say("intake.guidance_mark", LANGUAGE))
    for place, width in enumerate((18, 46, 28)):
        page.set_column(place, place, width)
    plain = workbook.format(text_wrap=True)
    page.write_string(0, 0, council.say("guide_title"), workbook.format(bold=True, font_size=16))
    whose = council.say("guide_for", year=council.label, council=council.name)
    page.write_string(1, 0, whose, workbook.format(bold=True, font_size=12))
    page.merge_range(3, 0, 3, 2, council.say("guide_purpose"), plain)
    for row, height in ((0, 28), (1, 22), (3, _TWO_LINES)):
        page.set_row(row, height)
    row = _headline(workbook, page, 5, "guide_sheets")
    for place, name in enumerate(("sheet", "what", "when")):
        page.write_string(
            row, place, council.say(f"guide_{name}"), workbook.header_format(required=False)
        )
    page.set_row(row, _LINE)
    for row, table in enumerate(tables, start=row + 1):  # noqa: B020 -- goes on below it
        page.set_row(row, _LINE)
        texts = [council.say(f"{name}_{table}") for name in ("sheet", "what", "when")]
        for place, text in enumerate(texts):
            page.write_string(row, place, text, workbook.cell_format("text", bold=place == 0))
    row = _headline(workbook, page, row + 2, "guide_rules")
    row = _lines(workbook, page, row, [f"guide_rule_{number + 1}" for number in range(_RULES)])
    row = _headline(workbook, page, row + 1, "guide_hand_in")
    row = _lines(workbook, page, row, [f"guide_hand_{number + 1}" for number in range(_HAND_IN)])
    page.print_area(0, 0, row - 1, 2)
    workbook.set_up_printing(page, council.say("guide_title"), portrait=True)


def _headline(workbook: StyledWorkbook, page: Any, row: int, name: str) -> int:  # noqa: ANN401 -- xlsxwriter has no types
    style = workbook.format(bold=True, font_size=12, bottom=2, bottom_color="#2F4B6E")
    page.set_row(row, 24)
    page.write_string(row, 0, workbook.council.say(name), style)
    for place in range(1, _WIDE):
        page.write_blank(row, place, None, style)
    return row + 1


def _lines(workbook: StyledWorkbook, page: Any, row: int, names: list[str]) -> int:  # noqa: ANN401 -- as above
    for name in names:
        text = f"・{workbook.council.say(name)}"
        page.merge_range(row, 0, row, _WIDE - 1, text, workbook.format(text_wrap=True))
        # Merged cells do not grow with their text.
        page.set_row(row, _TWO_LINES if len(text) > _ON_A_LINE else _LINE)
        row += 1
    return row


def write_examples(workbook: StyledWorkbook, plans: list[SheetPlan]) -> None:
    """Write the sheet that shows, for each column, an example and how to write it."""
    council = workbook.council
    page = workbook.add_sheet(say("intake.example_mark", LANGUAGE))
    headers = ("sheet", "column", "needed", "example", "how")
    for place, (name, width) in enumerate(zip(headers, (18, 18, 10, 46, 56), strict=True)):
        page.set_column(place, place, width)
        text = council.say(f"example_heading_{name}")
        page.write_string(2, place, text, workbook.header_format(required=False))
    page.set_row(0, 28)
    page.write_string(0, 0, council.say("example_title"), workbook.format(bold=True, font_size=16))
    row = 3
    for plan in (form_plan(), *plans):
        for name in plan.columns:
            column = column_of(plan.table, name)
            _write(workbook, page, row, column, _cells(workbook, plan, column))
            row += 1
        if plan.table == "activities":
            _write(workbook, page, row, _SESSIONS, _months(workbook))
            row += 1
    page.freeze_panes(3, 0)
    page.repeat_rows(2)
    page.print_area(0, 0, row - 1, len(headers) - 1)
    workbook.set_up_printing(page, council.say("example_title"))


def _cells(workbook: StyledWorkbook, plan: SheetPlan, column: Column) -> list[Any]:
    """Return a column's row: sheet, heading, whether it is required, example, how to write it."""
    council, name = workbook.council, column.name
    if name == BALANCE:
        example, how = None, council.say("how_auto")
    else:
        example, how = (
            _example(workbook, plan, column),
            council.say_about("how", plan.table, column),
        )
    if plan.presets and name in list(plan.columns)[: len(plan.presets[0])]:
        how = council.say("how_preset")
    required = council.say("example_needed") if name in plan.required else ""
    heading = council.headings[plan.table, name]
    return [council.say(f"sheet_{plan.table}"), heading, required, example, how]


def _months(workbook: StyledWorkbook) -> list[Any]:
    """Return the row about all month columns of the sheet of results."""
    say_, months = workbook.council.say, workbook.council.year.months
    span = say_("example_months", first=months[0].month, last=months[-1].month)
    required = say_("example_needed")
    return [
        say_("sheet_activity_months"),
        span,
        required,
        _EXAMPLES["sessions"],
        say_("how_months"),
    ]


def _write(workbook: StyledWorkbook, page: Any, row: int, column: Column, cells: list[Any]) -> None:  # noqa: ANN401 -- as above
    page.set_row(row, 18)
    for place, value in enumerate(cells):
        kind = column.kind if place == _WIDE and not isinstance(value, str) else "text"
        style = workbook.cell_format(kind, align="left")
        if value is None or value == "":
            page.write_blank(row, place, None, style)
        elif isinstance(value, str):
            page.write_string(row, place, value, style)
        elif isinstance(value, int | float):
            page.write_number(row, place, value, style)
        else:
            page.write_datetime(row, place, value, style)


def _example(workbook: StyledWorkbook, plan: SheetPlan, column: Column) -> Any:  # noqa: ANN401 -- as above
    """Return an example for a column: from its vocabulary, by its kind, or a text of its own."""
    council = workbook.council
    if column.kind == "term":
        presets = dict(zip(plan.columns, plan.presets[0] if plan.presets else (), strict=False))
        return presets.get(column.name) or council.words(column.vocabulary)[0]
    if column.kind == "day":
        return None if column.name in _SELDOM else council.example_day
    if column.name == "council_name":
        return council.name
    if column.kind == "degree":
        return council.point[column.name]
    if column.kind == "text":
        return council.say(f"example_{plan.table}_{column.name}")
    return _EXAMPLES.get(column.name, _EXAMPLES.get(column.kind))
