"""What a reader must know about the data behind the page."""

import numpy as np
import pandas as pd

from aip_analysis.geography import geography_of
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.distance import has_distance, metres
from aip_analysis.narrative.facts import Facts
from aip_analysis.records import NOWHERE

# So many reasons stand on a page; the page of the intake has all.
MOST_REASONS = 8
SOURCE = ("source_file", "source_sheet", "source_row")


def notes(facts: Facts) -> list[str]:
    """List the notes: fictional, partial, provisional, sketch, estimates, set aside, sources."""
    records, ward = facts.figures.records, facts.figures.ward
    sentences = []
    if records.fictional:
        sentences.append(facts.say("note_fictional"))
    if not facts.complete:
        sentences.append(facts.say("note_partial"))
    if not ward.blocks_confirmed:
        sentences.append(facts.say("note_blocks"))
    sentences += [_borders(facts), facts.say("note_maps"), facts.say("note_rates")]
    if has_distance(facts):
        sentences.append(facts.say("note_far", metres=metres(facts)))
    used = _origins(facts)
    files = used["source_file"].unique()
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
    sentences.append(_inexact(facts))
    reasons = told[told["file"].isin(files) & (told["severity"] == "set_aside")]
    sentences += list(reasons[facts.language].head(MOST_REASONS))
    if len(reasons) > MOST_REASONS:
        sentences.append(facts.say("note_more_rows", more=number(len(reasons) - MOST_REASONS)))
    sentences.append(ward.setting("credit", facts.language))
    return sentences


def _inexact(facts: Facts) -> str:
    """Say how many figures were written as approximate, and how many were left out on purpose."""
    areas = [area.code for area in facts.figures.ward.areas_of(facts.place)]
    lines = facts.figures.accounts.of(areas, facts.fiscal_year)
    about = sum(line.approximate for line in lines)
    left_out = sum(line.suppressed for line in lines)
    if not about and not left_out:
        return facts.say_of("keyfigures", "exact")
    return facts.say_of(
        "keyfigures", "inexact", approximate=number(about), suppressed=number(left_out)
    )


def _borders(facts: Facts) -> str:
    """Say where the borders on maps come from."""
    source = geography_of(facts.figures.ward).source
    if source is None:
        return facts.say("note_sketch")
    if source.year is None:
        return facts.say("note_boundaries_no_year", file=source.file)
    return facts.say("note_boundaries", file=source.file, census=source.year)


def _origins(facts: Facts) -> pd.DataFrame:
    """Give the rows that records of this place and year came from, each once."""
    keys = [(area.code, facts.fiscal_year) for area in facts.figures.ward.areas_of(facts.place)]
    records = facts.figures.records
    found = {
        name: np.concatenate([NOWHERE, *(positions[key] for key in keys if key in positions)])
        for name, positions in records.positions.items()
    }
    # Column by column: to take three columns of a table at once copies all their rows.
    columns = {
        column: pd.concat(
            [records[name][column].take(at) for name, at in found.items()], ignore_index=True
        )
        for column in SOURCE
    }
    return pd.DataFrame(columns).drop_duplicates()
