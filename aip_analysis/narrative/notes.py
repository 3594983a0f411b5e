"""What a reader must know about the data behind the page."""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from aip_analysis.messages.numbers import number
from aip_analysis.narrative.facts import Facts

# So many reasons stand on a page; the page of the intake has all.
MOST_REASONS = 8
SOURCE = ("source_file", "source_sheet", "source_row")

Origin = tuple[Hashable, ...]


def notes(facts: Facts) -> list[str]:
    """List the notes: fictional, partial, provisional, set aside, sketch map, sources."""
    records, ward = facts.figures.records, facts.figures.ward
    sentences = []
    if records.fictional:
        sentences.append(facts.say("note_fictional"))
    if not facts.complete:
        sentences.append(facts.say("note_partial"))
    if not ward.blocks_confirmed:
        sentences.append(facts.say("note_blocks"))
    sentences.append(facts.say("note_sketch"))
    sentences.append(facts.say("note_rates"))
    used = _origins(facts)
    files = {file for file, _sheet, _row in used}
    sources, told = records.sources, records.set_aside
    aside = int(sources.loc[sources["file"].isin(files), "rows_set_aside"].sum())
    sentences.append(
        facts.say(
            "note_rows" if aside else "note_rows_all_used",
            files=number(len(files)),
            used=number(len(used)),
            aside=number(aside),
        )
    )
    reasons = told[told["file"].isin(files) & (told["severity"] == "set_aside")]
    sentences += list(reasons[facts.language].head(MOST_REASONS))
    if len(reasons) > MOST_REASONS:
        sentences.append(facts.say("note_more_rows", more=number(len(reasons) - MOST_REASONS)))
    sentences.append(ward.setting("credit", facts.language))
    return sentences


def _origins(facts: Facts) -> set[Origin]:
    """Give the rows that records of this place and year came from: file, sheet and row."""
    keys = [(area.code, facts.fiscal_year) for area in facts.figures.ward.areas_of(facts.place)]
    records = facts.figures.records
    origins: set[Origin] = set()
    for name, positions in records.positions.items():
        found = [positions[key] for key in keys if key in positions]
        if found:
            at = np.concatenate(found)
            columns = (_cells(records[name][column], at) for column in SOURCE)
            origins.update(zip(*columns, strict=True))
    return origins


def _cells(column: pd.Series, at: np.ndarray) -> list[Hashable]:
    """Give some cells of a column; what is missing is None, which is equal to itself."""
    cells = column.array.take(at)
    return [None if missing else cell for cell, missing in zip(cells, cells.isna(), strict=True)]
