"""The source line of residents: whose figures they are, and of which day."""

from typing import Any

import pandas as pd

from aip_analysis.measures.people import nearest_survey
from aip_analysis.reference import iter_rows
from aip_analysis.reference.calendar import era_year, wareki
from aip_analysis.report.context import Context

_COLUMNS = ("area_code", "fiscal_year", "as_of", "survey", "file_name")


def residents_source(context: Context) -> str:
    """Return the source line of a place's residents; empty if there are none on record."""
    tables = [
        context.figures.records_of("population", area, context.fiscal_year, *_COLUMNS)
        for area in context.ward.areas_of(context.place)
    ]
    records = pd.concat(tables)
    if records.empty:
        return ""
    return context.cite(_source(context, row) for row in iter_rows(nearest_survey(records)))


def _source(context: Context, record: Any) -> str:  # noqa: ANN401 -- rows of itertuples have no type
    """Return the name of the survey, else that of the file, with the day."""
    day = pd.Timestamp(record.as_of).date()
    kind = record.survey if isinstance(record.survey, str) else "file"
    era, number = era_year(day)
    return context.say(
        f"residents_{kind}",
        day=wareki(day) if context.language == "ja" else day.isoformat(),
        census=f"{era}{'元' if number == 1 else number}年"
        if context.language == "ja"
        else day.year,
        ward=context.ward.setting("name", context.language),
        file=record.file_name,
    )
