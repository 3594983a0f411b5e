"""Notes on the data behind a page that readers must know."""

from aip_analysis.geography import geography_of
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.distance import has_distance, method_gap, metres
from aip_analysis.narrative.facts import Facts


def notes(facts: Facts) -> list[str]:
    """Return the notes: fictional, partial, provisional, sketch, estimates, set aside, sources."""
    ward = facts.figures.ward
    sentences = []
    if facts.figures.fictional:
        sentences.append(facts.say("note_fictional"))
    if not facts.complete:
        sentences.append(facts.say("note_partial"))
    if not ward.blocks_confirmed:
        sentences.append(facts.say("note_blocks"))
    sentences += [_borders(facts), facts.say("note_maps")]
    sentences += [facts.say("note_rates"), facts.say("note_rounded")]
    if has_distance(facts):
        sentences.append(facts.say("note_far", metres=metres(facts)))
        sentences += [gap] if (gap := method_gap(facts)) else []
    sentences.append(_rows(facts))
    sentences.append(_inexact(facts))
    sentences.append(ward.setting("credit", facts.language))
    return sentences


def _rows(facts: Facts) -> str:
    """Return the note on the rows used, and on those set aside by kind of record.

    What is quoted of a row set aside, and what to do about it, is for the intake page only.
    """
    account = facts.figures.row_account(facts.place, facts.fiscal_year)
    counts = {"files": number(account.files), "used": number(account.total.used)}
    if not account.total.set_aside:
        return facts.say("note_rows_all_used", **counts)
    kinds = [
        facts.say(
            "kind_of_rows",
            table=facts.say_from("account", f"table_{line.table}")
            if line.table
            else facts.say_from("keyfigures", "other_sheets"),
            count=number(line.set_aside),
        )
        for line in account.lines
        if line.set_aside
    ]
    aside, between = number(account.total.set_aside), facts.say("between_parts")
    return facts.say("note_rows", **counts, aside=aside, kinds=between.join(kinds))


def _inexact(facts: Facts) -> str:
    """Return the note on the numbers of approximate and of suppressed figures."""
    total = facts.figures.row_account(facts.place, facts.fiscal_year).total
    if not total.approximate and not total.suppressed:
        return facts.say_from("keyfigures", "exact")
    return facts.say_from(
        "keyfigures",
        "inexact",
        approximate=number(total.approximate),
        suppressed=number(total.suppressed),
    )


def _borders(facts: Facts) -> str:
    """Return the note on the source of the borders on maps."""
    source = geography_of(facts.figures.ward).source
    if source is None:
        return facts.say("note_sketch")
    if source.year is None:
        return facts.say("note_boundaries_no_year", file=source.file)
    return facts.say("note_boundaries", file=source.file, census=source.year)
