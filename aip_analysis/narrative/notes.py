"""What a reader must know about the data behind the page."""

from aip_analysis.geography import geography_of
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.distance import has_distance, metres
from aip_analysis.narrative.facts import Facts

# So many reasons stand on a page; the page of the intake has all.
MOST_REASONS = 8


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
    areas = [area.code for area in ward.areas_of(facts.place)]
    files, used = facts.figures.accounts.origins(areas, facts.fiscal_year)
    aside = sum(records.rows_set_aside.get(file, 0) for file in set(files))
    sentences.append(
        facts.say(
            "note_rows" if aside else "note_rows_all_used",
            files=number(len(files)),
            used=number(used),
            aside=number(aside),
        )
    )
    sentences.append(_inexact(facts))
    told = records.set_aside if aside else records.set_aside.iloc[:0]
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
