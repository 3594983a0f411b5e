"""The rows behind a figure, as a table with their sum."""

from dataclasses import replace

import pandas as pd

from aip_analysis.measures.counting.counts import COUNTS, restricted
from aip_analysis.measures.figure_words import lack_text
from aip_analysis.messages import Language, say
from aip_analysis.records import TABLES
from aip_analysis.records.some_months import WHOLE_YEAR
from aip_analysis.reference import Measure, Place
from aip_analysis.reference.codebook import DENOMINATOR, NUMERATOR
from aip_analysis.reference.units import format_figure
from aip_analysis.workbench.figures.figure_status import FigureStatus
from aip_analysis.workbench.figures.formulas import Counted, counts_of
from aip_analysis.workbench.figures.measure_figures import MeasureFigures
from aip_analysis.workbench.figures.measure_tables import Asked, MeasureTables
from aip_analysis.workbench.figures.own_measures import OwnMeasure
from aip_analysis.workbench.lists.frame_display import described

COLUMNS = (
    *("area", "part", "measure", "table", "file", "sheet", "row", "cell"),
    *("activity_id", "month", "months", "value", "lack"),
)
_CODES = (NUMERATOR, DENOMINATOR, "suppressed", "blank", "held")


def rows_table(figures: MeasureFigures, asked: Asked, language: Language) -> pd.DataFrame:
    """Return the rows behind the figure of one measure, place and year.

    Returns
    -------
    DataFrame
        ``COLUMNS``: see ``RowsBehind``. Rows that are lacking stand at the end.
    """
    (measure,), (place,), (year,) = asked.measures, asked.places, asked.years
    counts = counts_of(figures.formula(measure)) if isinstance(measure, OwnMeasure) else ()
    if counts:
        several = [_rows_of(figures, each, place, year) for each in counts]
        rows = pd.concat([*(one for one, _ in several), *(one for _, one in several)])
    else:
        behind = figures.whole.rows_behind(measure.code, place, year)
        rows = pd.concat([behind.rows, behind.missing])
    ward = figures.whole.ward
    names = {area.code: area.name(language) for area in ward.places_of("area")}
    texts = rows[["file", "sheet", "cell", "lack", "part"]].astype(object).fillna("")
    words = {"": ""} | {code: say(f"figure_tables.row_{code}", language) for code in _CODES}
    texts = texts.assign(**{name: texts[name].map(words) for name in ("lack", "part")})
    frame = rows.assign(
        area=rows["area_code"].map(names),
        month=pd.to_datetime(rows["month"]),
        **texts,
    ).reset_index(drop=True)[[*COLUMNS]]
    tables = MeasureTables(figures, language)
    label = ward.label(place, language)
    title = say(
        "figure_tables.rows_title",
        language,
        measure=measure.label(language),
        place=label,
        period=tables.period(asked),
    )
    heads = {name: say(f"figure_tables.head_{name}", language) for name in COLUMNS}
    note = _note(figures, measure, place, year, language)
    return described(frame, title=title, heads=heads, note=note)


def _rows_of(
    figures: MeasureFigures, counted: Counted, place: Place, year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a count, and what is missing, as far as they have its terms."""
    behind = figures.whole.rows_behind(counted.code, place, year)
    rows, missing = behind.rows, behind.missing
    if not counted.only:
        return rows, missing
    part = figures.part(WHOLE_YEAR)
    count = replace(COUNTS[counted.code], only=counted.only)
    own = restricted(part.rows(counted.table, wide=True), count)
    activities = figures.whole.records["activities"]
    about = tuple(pair for pair in counted.only if pair[0] in TABLES["activities"].content)
    blank = missing["record"].notna()
    running = restricted(activities, replace(count, only=about))
    return (
        rows[rows["record"].isin(own.index)],
        missing[~blank | missing["record"].isin(running.index)],
    )


def _note(
    figures: MeasureFigures, measure: Measure, place: Place, year: int, language: Language
) -> str:
    """Return what the rows come to, and what is missing in it."""
    ward = figures.whole.ward
    figure = figures.figure(measure, place, year)
    text = format_figure(ward, measure, figure.value, language)
    lacks = lack_text(figure, language)
    status = FigureStatus(figures, language).of(measure, place, year, figure)
    is_sum = measure.code in COUNTS and COUNTS[measure.code].how == "sum"
    key = "figure_tables.rows_sum" if is_sum else "figure_tables.rows_figure"
    if not figure.known:
        return say("figure_tables.rows_none", language, status=status)
    note = say(key, language, figure=text)
    return note + (say("figure_tables.rows_lacks", language, lacks=lacks) if lacks else "")
