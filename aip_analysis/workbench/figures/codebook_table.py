"""The codebook as a table."""

import csv
import io
from collections.abc import Sequence

import pandas as pd

from aip_analysis.messages import Language, say
from aip_analysis.reference import Measure, Ward
from aip_analysis.reference.csv_tables import columns_in
from aip_analysis.reference.units import unit_label
from aip_analysis.workbench.figures.own_measures import OwnMeasure, codebook_row
from aip_analysis.workbench.lists.frame_display import described

COLUMNS = ("name", "definition", "unit", "source", "numerator", "denominator", "official_code")
FILE = "codebook.csv"


def codebook_table(ward: Ward, measures: Sequence[Measure], language: Language) -> pd.DataFrame:
    """Return measures with what they mean, by their codes.

    Returns
    -------
    DataFrame
        code (the index); ``COLUMNS``, and topic. A measure of one's own comes with a note that says
        how to keep it.
    """
    rows = [
        (
            measure.code,
            measure.label(language),
            measure.definition(language),
            unit_label(ward, measure, language),
            measure.source(language),
            _part(ward, measure.numerator, language),
            _part(ward, measure.denominator, language),
            measure.official_code,
            say(f"workbench.topic_{measure.topic}", language),
        )
        for measure in measures
    ]
    frame = pd.DataFrame(rows, columns=["code", *COLUMNS, "topic"]).set_index("code")
    heads = {
        name: say(f"figure_tables.head_{name}", language) for name in (*COLUMNS, "topic", "code")
    }
    own = [measure for measure in measures if isinstance(measure, OwnMeasure)]
    note = _keeping(own[0], ward, language) if len(measures) == len(own) == 1 else ""
    title = say("figure_tables.codebook", language)
    return described(frame, title=title, heads=heads, note=note)


def _part(ward: Ward, code: str, language: Language) -> str:
    return ward.codebook[code].label(language) if code else ""


def _keeping(measure: OwnMeasure, ward: Ward, language: Language) -> str:
    """Return how a measure of one's own is kept for good."""
    cells = codebook_row(measure)
    if not cells:
        return say("figure_tables.kept_in_notebook", language)
    line = io.StringIO()
    # The row has a cell for each heading that the ward's own file has.
    names = columns_in(ward.folder / FILE)
    csv.writer(line, lineterminator="").writerow([cells.get(name, "") for name in names])
    return say("figure_tables.kept_in_codebook", language, row=line.getvalue())
