"""The complete blank workbook of a council for a fiscal year."""

from functools import partial
from typing import TYPE_CHECKING

from aip_analysis.forms.council_sheet import TABLE as FORM
from aip_analysis.forms.council_sheet import write_form
from aip_analysis.forms.council_year import LANGUAGE, CouncilYear
from aip_analysis.forms.guidance import write_examples, write_guidance
from aip_analysis.forms.record_sheet import write_table
from aip_analysis.forms.results_sheet import TABLE as MONTHS
from aip_analysis.forms.results_sheet import write_months
from aip_analysis.forms.sheet_plans import plans_of
from aip_analysis.forms.styled_workbook import StyledWorkbook
from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Place, Ward

if TYPE_CHECKING:
    from collections.abc import Callable


def template_bytes(ward: Ward, area: Place, year: FiscalYear) -> bytes:
    """Return a blank workbook: guidance, examples, one sheet per record table, drop-down lists.

    The same ward, area and year produce the same bytes.

    Raises
    ------
    InputRefusedError
        If the ward's rules.toml lacks the year.
    """
    council = CouncilYear(ward, area, year)
    plans = plans_of(council)
    workbook = StyledWorkbook(council)
    sheets: dict[str, Callable[[StyledWorkbook], None]] = {FORM: write_form}
    for plan in plans:
        sheets[plan.table] = partial(write_table, plan=plan)
        if plan.table == "activities":
            sheets[MONTHS] = write_months
    write_guidance(workbook, list(sheets))
    write_examples(workbook, plans)
    for write in sheets.values():
        write(workbook)
    workbook.write_lists(say("intake.choices_mark", LANGUAGE))
    return workbook.close()


def file_name(area: Place, year: FiscalYear) -> str:
    """Return the file name of a council's workbook: 「12…_令和8年度_活動記録.xlsx」."""
    label = year.short_label(LANGUAGE)
    return say("template.file", LANGUAGE, code=area.code, area=area.ja, year=label)
