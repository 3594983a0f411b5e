"""Sentences on money: in a summary, and at the opening of the section on money."""

from aip_analysis.messages.capitals import after_words
from aip_analysis.messages.months import month_name
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.brackets import beside_rate, lacking
from aip_analysis.narrative.facts import Facts
from aip_analysis.narrative.of_records import of_records

# The purposes of spending, as in the names of its measures.
PURPOSES = ("running", "project")


def money_summary(facts: Facts) -> str:
    """Return the sentence on what was spent, of what, and what is left of it."""
    if not facts.has_rows("ledger"):
        return _without_ledger(facts)
    if not facts.knows("spending"):
        grant, lacks = facts.text("grant"), lacking(facts, "grant")
        return _say(facts, "no_spending", grant=grant, lacks=lacks)
    spent = {"spending": facts.text("spending"), "left": _left(facts)}
    if not facts.complete or not facts.has("allowance"):
        lacks = lacking(facts, "spending")
        return _say(facts, "spent" if facts.complete else "spent_so_far", **spent, lacks=lacks)
    without = _areas_without_spending(facts)
    if without:
        spent["left"] = after_words(spent["left"], facts.language)
    return _say(
        facts,
        "money_of_some" if without else "money",
        **spent,
        without=without,
        due=_due(facts),
        rate=_rate(facts),
        compared=beside_rate(facts, "execution_rate"),
    )


def _without_ledger(facts: Facts) -> str:
    """Return the sentence where there is no line of a cash book."""
    held = facts.figure("grant").lacking("held")
    if not facts.has("allowance"):
        # A council without a day of setting up has an allowance that nobody can tell.
        return _say(facts, "no_limit") if facts.has("meetings") else facts.say("no_allowance")
    if held:
        return _say(facts, "ledger_held", due=_due(facts), count=number(held))
    return _say(facts, "no_ledger", due=_due(facts))


def _due(facts: Facts) -> str:
    """Return the words for the allowance, with its months where they need to be known."""
    when = "" if facts.complete else "_so_far"
    return _say(facts, f"due{when}", allowance=facts.text("allowance"), months=_months(facts))


def _months(facts: Facts) -> str:
    """Return in brackets for how many months the allowance of an area is, and how many of it idle.

    Empty where it is for all months of the year, and the council worked in all of them.
    """
    course, months = facts.course, facts.figures.months(facts.fiscal_year)
    if course is None:
        return ""
    due = course.months_since_setting_up(months)
    suspended = due - course.months_in_operation(months)
    if suspended:
        return _say(facts, "due_months_suspended", months=due, suspended=suspended)
    return _say(facts, "due_months", months=due) if due < len(months) else ""


def _rate(facts: Facts) -> str:
    """Return the words for the rate; where some areas have no cash book, of how many it is."""
    rate = facts.text("execution_rate")
    if _areas_without_spending(facts):
        both = facts.figures.areas_with(facts.place, facts.fiscal_year, "execution_rate")
        return _say(facts, "rate_of", areas=len(both), rate=rate)
    return _say(facts, "rate", rate=rate)


def _areas_without_spending(facts: Facts) -> int:
    """Return the number of areas that have an allowance, but no record of spending."""
    due, both = (
        len(facts.figures.areas_with(facts.place, facts.fiscal_year, measure))
        for measure in ("allowance", "execution_rate")
    )
    return due - both


def _left(facts: Facts) -> str:
    """Return the clause on what remains of the amount received, or what was overspent."""
    when = "" if facts.complete else "_so_far"
    one_area, grant = facts.place.level == "area", facts.figure("grant")
    if one_area and not facts.figure("unspent").whole:
        return _say(facts, "left_unsure")
    if not grant.value:
        return _say(facts, "no_grant")
    amounts = {code: facts.text(code) for code in ("grant", "unspent", "overspent")}
    if not one_area and facts.has("overspent"):
        return _say(facts, f"left_and_over{when}", **amounts)
    if facts.has("overspent"):
        return _say(facts, f"over{when}", **amounts)
    if facts.has("unspent"):
        return _say(facts, f"left{when}", **amounts)
    return _say(facts, "nothing_left")


@of_records
def money_sentences(facts: Facts) -> list[str]:
    """Return the sentences on purposes and months of spending, and on coordinators' compensation.

    The summary has told what was spent in all.
    """
    if not facts.has_rows("ledger"):
        return [_without_ledger(facts), *_compensation(facts)]
    received = _received(facts)
    if not facts.knows("spending"):
        return [received, facts.say("no_spending"), *_compensation(facts)]
    return [_purposes(facts), *_peak(facts), received, *_compensation(facts)]


def _purposes(facts: Facts) -> str:
    """Return the sentence on what was spent by purpose, with what names none.

    A purpose without spending is only told where no row is left out.
    """
    spending = facts.figure("spending")
    amounts = {code: facts.figure(f"spending_{code}").value or 0 for code in PURPOSES}
    rest = (spending.value or 0) - sum(amounts.values())
    parts = [
        facts.say(f"for_{purpose}", amount=facts.format_value("spending", amount))
        for purpose, amount in amounts.items()
        if amount or spending.whole
    ]
    if rest:
        parts.append(facts.say("for_rest", amount=facts.format_value("spending", rest)))
    joined = facts.say("between_parts").join(parts)
    return facts.say("purposes", parts=joined, lacks=lacking(facts, "spending"))


def _peak(facts: Facts) -> list[str]:
    """Return the sentence on the month with the most spending; none where rows are left out."""
    columns = ("month", "amount_yen")
    rows = facts.figures.rows_of("spending_by_month", facts.place, facts.fiscal_year, *columns)
    by_month = rows.groupby("month")["amount_yen"].sum()
    most = by_month[by_month == by_month.max()]
    whole = facts.figure("spending").whole and rows["month"].notna().all()
    if not whole or len(by_month) == 1 or len(most) != 1 or not most.iloc[0] > 0:
        return []
    peak = month_name(most.index[0].month, facts.language)
    amount = facts.format_value("spending", float(most.iloc[0]))
    return [facts.say("spending_peak", peak=peak, amount=amount)]


def _received(facts: Facts) -> str:
    """Return the sentence on what was received, of which limit."""
    if not facts.has("allowance"):
        return facts.say("received", grant=facts.text("grant"), lacks=lacking(facts, "grant"))
    when = "" if facts.complete else "_so_far"
    return facts.say(
        f"grant{when}",
        allowance=facts.text("allowance"),
        months=_months(facts),
        grant=facts.text("grant"),
        lacks=lacking(facts, "grant"),
    )


def _compensation(facts: Facts) -> list[str]:
    """Return the sentence on what coordinators are due and were paid; none without any."""
    if not facts.has("compensation") or not facts.knows("coordinator_months"):
        return []
    paid = facts.figure("compensation_paid")
    key = "compensation" if paid.known else "compensation_due"
    return [
        facts.say(
            key if facts.place.level == "area" else f"{key}_sum",
            compensation=facts.text("compensation"),
            months=facts.text("coordinator_months"),
            paid=facts.text("compensation_paid"),
            beyond=_paid_beyond(facts),
        )
    ]


def _paid_beyond(facts: Facts) -> str:
    """Return to how many areas without records of coordinators compensation was paid."""
    place, year = facts.place, facts.fiscal_year
    due = {area.code for area in facts.figures.areas_with(place, year, "compensation")}
    paid = [
        area
        for area in facts.figures.areas_with(place, year, "compensation_paid")
        if area.code not in due and facts.figures.value(area, year, "compensation_paid")
    ]
    return facts.say("paid_beyond", areas=len(paid)) if paid else ""


def _say(facts: Facts, key: str, **values: object) -> str:
    return facts.say_from("summary", key, **values)
